"""A real browser against the real site, each person in a session of her own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from entraide.kernel.accounts.models import Account
from tests.conftest import PATIENCE

PASSWORD = "a long enough password"


@dataclass
class Person:
    """Somebody at a browser, in one language."""

    page: Page
    language: str
    address: str
    scripts: bool = True

    def says(self, sentence: str, **values: object) -> str:
        """A sentence of the site in this person's language."""
        with translation.override(self.language):
            text = str(translation.gettext(sentence))
        return text % values if values else text

    def go(self, path: str) -> None:
        """Opens a page of the site, by its path or its whole address."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    @contextmanager
    def moving(self) -> Iterator[None]:
        """What is done within leads to another page; ends when that page is complete, however slow the machine."""
        with self.page.expect_navigation(wait_until="load"):
            yield

    def press(self, label: str) -> None:
        """Presses a button, or a link that looks like one, and is on the page it leads to."""
        name = self.says(label)
        button = self.page.get_by_role("button", name=name, exact=True).or_(self.page.get_by_role("link", name=name, exact=True))
        self.click(button.first)

    def follow(self, label: str) -> None:
        """Follows a link of the site."""
        self.follow_text(self.says(label))

    def follow_text(self, text: str) -> None:
        """Follows a link whose text is not of the site."""
        self.click(self.page.get_by_role("link", name=text).first)

    def open_first(self) -> None:
        """Opens what stands first in the list of the page."""
        self.click(self.page.locator(".ui-list a").first)

    def send_form(self, *, last: bool = False) -> None:
        """Sends the form of the page, with its first button or its last."""
        buttons = self.page.locator("main form button[type=submit]")
        self.click(buttons.last if last else buttons.first)

    def click(self, target: Locator) -> None:
        """Clicks what leads to another page, and is on it."""
        with self.moving():
            target.click()

    def tick(self, label: str) -> None:
        """Chooses a radio button or ticks a box."""
        self.page.get_by_label(self.says(label), exact=True).check()

    def fill(self, label: str, text: str) -> None:
        """Writes into a field, optional or not."""
        self.field(label).fill(text)

    def field(self, label: str) -> Locator:
        """A field by the beginning of its label."""
        return self.page.get_by_label(self.says(label)).first

    def fill_date(self, name: str, day: int, month: int, year: int) -> None:
        """Writes a date into its three boxes."""
        for part, value in (("day", day), ("month", month), ("year", year)):
            self.page.locator(f"[name={name}_{part}]").fill(str(value))

    def sees(self, sentence: str, **values: object) -> None:
        """The page shows a sentence of the site."""
        expect(self.page.locator("main")).to_contain_text(self.says(sentence, **values))

    def sees_text(self, text: str) -> None:
        """The page shows a text that is not of the site."""
        expect(self.page.locator("main")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        """The page's source holds this text nowhere."""
        assert text not in self.page.content()

    def has_no_barriers(self) -> None:
        """Axe finds nothing, and the page is no wider than the screen. Where no script runs, axe cannot either."""
        expect(self.page.locator("main h1").first).to_be_visible()
        if not self.scripts:
            return
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


class Visitors:
    """Lets people in, each with a browser session of her own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def sign_in(self, account: Account, language: str, *, width: int = 1280, scripts: bool = True) -> Person:
        """Signs somebody in through the sign-in page."""
        person = self.visit(language, width=width, scripts=scripts)
        person.go("/accounts/login/")
        person.page.locator("#id_login").fill(account.email)
        person.page.locator("#id_password").fill(PASSWORD)
        person.send_form(last=True)
        return person

    def visit(self, language: str, *, width: int = 1280, scripts: bool = True) -> Person:
        """Somebody who reads without signing in."""
        screen: ViewportSize = {"width": width, "height": 900}
        context = self.browser.new_context(locale=language, viewport=screen, java_script_enabled=scripts)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        return Person(page, language, self.address, scripts)


@pytest.fixture
def visitors(browser: Browser, live_server: object, settings: object) -> Iterator[Visitors]:
    """The site, for browsers."""
    settings.ENTRAIDE_SECOND_FACTOR = False  # type: ignore[attr-defined]  # its own tests turn it on
    door = Visitors(browser, str(live_server))
    yield door
    for context in door.contexts:
        context.close()
    assert not [error for error in door.errors if "Content Security Policy" in error], door.errors
