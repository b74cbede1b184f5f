"""The frame around pages, and the pages of refusal."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation

from entraide.ui import context, guide, views
from entraide.ui.pages import not_found
from tests.ui.reading import Reading, asked

ROOT = Path(__file__).parents[2] / "entraide"
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*") if path.is_file())


def frame(language: str, template: str = "base.html", **extra: object) -> Reading:
    with translation.override(language):
        return Reading(render(asked("/cases/?page=2"), template, extra).content.decode())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_an_exception_from_the_content_security_policy(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", source, re.IGNORECASE)


@pytest.mark.django_db
def test_a_browser_that_asks_for_the_old_picture_gets_one() -> None:
    answer = Client().get("/favicon.ico", follow=True)
    answer.close()
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"


def test_not_found_is_the_same_for_everybody() -> None:
    bodies = {
        views.page_not_found(asked(path, signed), Exception(path)).content for path in ("/a/", "/cases/17/") for signed in (True, False)
    }
    assert len(bodies) == 1
    with translation.override("ar"):
        assert not_found("en") in bodies
    page = not_found("fr").decode()
    assert 'lang="fr"' in page
    assert "csrf" not in page


def test_not_found_speaks_english_where_nothing_else_is_written() -> None:
    assert not_found("zz") == not_found("en")
    assert not_found("fr-be") == not_found("fr")


def test_arabic_is_read_from_right_to_left() -> None:
    page, other = frame("ar"), frame("fr")
    assert page.all("html", lang="ar", dir="rtl")
    assert page.all("link", rel="stylesheet")[0]["href"].endswith(".css")
    assert "entraide.rtl" in page.all("link", rel="stylesheet")[0]["href"]
    assert other.all("html", lang="fr", dir="ltr")
    assert "rtl" not in other.all("link", rel="stylesheet")[0]["href"]


def test_the_post_one_acts_for_stands_on_every_page() -> None:
    request = asked(signed_in=True)
    request.acting = SimpleNamespace(label="Case worker", body_label="Casa Aurora")  # type: ignore[attr-defined]  # set by accounts
    assert "Case worker — Casa Aurora" in Reading(render(request, "base.html").content.decode()).text
    assert "Acting as" not in Reading(render(asked(), "base.html").content.decode()).text


@pytest.mark.parametrize("demo", [True, False])
def test_a_demonstration_says_so(demo: bool) -> None:
    with override_settings(ENTRAIDE_DEMO=demo):
        assert ("invented" in frame("en").text) is demo


def test_the_page_supplies_a_safe_value_for_everything() -> None:
    supplied = context.page(asked())
    assert (supplied["acting"], supplied["menu"]) == (None, [])
    assert set(supplied) == {"acting", "menu", "demo", "languages", "links"}


def test_a_page_with_errors_says_so_in_its_title() -> None:
    form = guide.sample("en", asked())["form"]
    assert Reading(render_to_string("base.html", {"form": form}, request=asked())).text.split("–")[0].strip().startswith("Error:")


def test_a_refusal_gives_its_sentence() -> None:
    assert "Only the team of the case may send it on." in frame("en", "403.html", reason="Only the team of the case may send it on.").text


def test_a_stale_edit_shows_both_versions_and_marks_what_differs() -> None:
    page = frame("en", "409.html", mine=[("Town", "Prizren"), ("Age", "20")], theirs=[("Town", "Peja"), ("Age", "20")])
    assert "Prizren" in page.text
    assert "Peja" in page.text
    assert page.text.count("Differs") == 1


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "403_csrf.html", "429.html"])
def test_a_page_of_trouble_needs_nothing_to_be_drawn(name: str) -> None:
    assert Reading(render_to_string(name)).all("h1")


def test_the_guide_has_the_same_words_in_every_language() -> None:
    assert {tuple(words) for words in guide.WORDS.values()} == {tuple(guide.WORDS["en"])}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_guide_shows_every_component_with_unique_ids(language: str) -> None:
    with translation.override(language):
        page = Reading(views.guide(asked("/ui/guide/")).content.decode())
    assert len(page.ids) == len(set(page.ids))
    assert len(page.all("h1")) == 1
