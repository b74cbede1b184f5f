"""The style guide in a real browser: accessible, within the width of a phone, one script's fonts at a time."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from entraide.ui import views
from tests.ui.reading import asked

STATIC = Path(__file__).parents[2] / "entraide/ui/static"
KINDS = {".css": "text/css", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2"}
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'"


def opened(browser: Browser, language: str, width: int, fonts: list[str], policy: str = POLICY) -> Page:
    """The guide, answered from memory and from the static files, under our content security policy."""
    with translation.override(language), override_settings(STATIC_URL="/static/", STORAGES=_plain()):
        body = views.guide(asked("/ui/guide/", signed_in=True)).content

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/ui/guide/":
            route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"content-security-policy": policy} if policy else {})
            return
        if path.endswith(".woff2"):
            fonts.append(Path(path).name)
        file = STATIC / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])

    page = browser.new_page(viewport={"width": width, "height": 900})
    page.route("**/*", answer)
    page.goto("http://guide.example/ui/guide/")
    return page


def _plain() -> dict[str, dict[str, str]]:
    return {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_guide_is_accessible_and_never_wider_than_the_screen(browser: Browser, language: str, width: int) -> None:
    # axe puts its own script into the page, which the policy rightly refuses: here without, the policy below.
    page = opened(browser, language, width, fonts=[], policy="")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_guide_lives_under_a_policy_without_exceptions_and_loads_no_foreign_script(browser: Browser) -> None:
    fonts: list[str] = []
    complaints: list[str] = []
    page = opened(browser, "en", 390, fonts)
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert fonts
    assert not [font for font in fonts if "arabic" in font]
    page.close()


def test_a_form_is_not_sent_twice(browser: Browser) -> None:
    page = opened(browser, "en", 1280, fonts=[])
    sent = page.evaluate(
        """() => { const form = document.querySelector('main form[method=post]'); let sent = 0;
        window.addEventListener('submit', (event) => { if (!event.defaultPrevented) sent += 1; event.preventDefault(); });
        for (let i = 0; i < 3; i++) form.requestSubmit(); return sent; }"""
    )
    assert sent == 1
    page.close()
