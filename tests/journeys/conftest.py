"""A real browser against the real site, each person in a session of her own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from entraide.kernel.accounts.models import Account

PASSWORD = "a long enough password"


@dataclass
class Person:
    """Somebody at a browser, in one language."""

    page: Page
    language: str
    address: str

    def says(self, sentence: str, **values: object) -> str:
        """A sentence of the site in this person's language."""
        with translation.override(self.language):
            text = str(translation.gettext(sentence))
        return text % values if values else text

    def go(self, path: str) -> None:
        """Opens a page of the site."""
        self.page.goto(self.address + path)

    def press(self, label: str) -> None:
        """Presses a button, or a link that looks like one."""
        name = self.says(label)
        button = self.page.get_by_role("button", name=name, exact=True).or_(self.page.get_by_role("link", name=name, exact=True))
        button.first.click()

    def follow(self, label: str) -> None:
        """Follows a link."""
        self.page.get_by_role("link", name=self.says(label)).first.click()

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
        """Axe finds nothing, and the page is no wider than the screen."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


class Visitors:
    """Lets people in, each with a browser session of her own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def sign_in(self, account: Account, language: str, *, width: int = 1280) -> Person:
        """Signs somebody in through the sign-in page."""
        context = self.browser.new_context(locale=language, viewport={"width": width, "height": 900})
        self.contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        person = Person(page, language, self.address)
        person.go("/accounts/login/")
        page.locator("#id_login").fill(account.email)
        page.locator("#id_password").fill(PASSWORD)
        person.press("Sign in")
        return person


@pytest.fixture
def visitors(browser: Browser, live_server: object, settings: object) -> Iterator[Visitors]:
    """The site, for browsers."""
    settings.ENTRAIDE_SECOND_FACTOR = False  # type: ignore[attr-defined]  # its own tests turn it on
    door = Visitors(browser, str(live_server))
    yield door
    for context in door.contexts:
        context.close()
    assert not [error for error in door.errors if "Content Security Policy" in error], door.errors
