"""Components: what they draw from what they are given."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from entraide.ui.parts import Cell, Column, Moment, Row, Step, Track
from tests.ui.reading import Reading, asked


def drawn(source: str, **context: object) -> Reading:
    return Reading(Template("{% load ui %}" + source).render(Context(context)))


def test_a_button_with_a_reason_is_no_button_but_its_sentence() -> None:
    page = drawn('{% button "Send" reason=reason %}', reason="The person has not agreed yet.")
    assert not page.all("button")
    assert "Send" in page.text
    assert "The person has not agreed yet." in page.text
    assert drawn('{% button "Send" reason=reason %}', reason="").all("button")


def test_pages_of_a_list_keep_what_else_is_asked() -> None:
    page = Paginator(range(100), 10).page(2)
    links = [link["href"] for link in drawn("{% pagination page %}", page=page, request=asked("/?state=late&page=2")).all("a")]
    assert links[0] == "?state=late&page=1"
    assert all("state=late" in link for link in links)
    assert not drawn("{% pagination page %}", page=Paginator([], 10).page(1), request=asked()).elements


def test_a_table_names_each_cell_for_small_screens() -> None:
    page = drawn(
        "{% table 'Referrals' columns rows %}",
        columns=[Column("Reference"), Column("State")],
        rows=[[Cell("R-1", url="/r/1/"), Cell("Late", kind="late")]],
    )
    assert [cell["data-label"] for cell in page.all("td")] == ["Reference", "State"]


def test_what_people_wrote_is_never_markup() -> None:
    hostile = "<script>alert(1)</script>"
    for source in (
        "{% summary_list rows %}",
        "{% details text %}{{ text }}{% enddetails %}",
        "{{ text|bdi }}",
        "{% warning %}{{ text }}{% endwarning %}",
    ):
        assert not drawn(source, rows=[Row("Name", hostile)], text=hostile).all("script")


def test_an_unrecorded_contact_rule_is_not_taken_for_safe() -> None:
    page = drawn("{% contact_rules never=never %}", never="Do not call the landline.")
    assert "Do not call the landline." in page.text
    assert page.text.count("Not recorded. Ask before you call.") == 2
    assert "does not mean that everything is safe" in drawn("{% contact_rules %}").text


def test_dates_are_written_so_that_readers_of_every_country_agree() -> None:
    # Needs FORMAT_MODULE_PATH = ["entraide.ui.formats"]: Django's English writes "Nov. 24, 2026, 2:30 p.m.".
    with translation.override("en"):
        moment = Moment(datetime(2026, 11, 24, 14, 30, tzinfo=UTC), "Sent")
        assert moment.stamp == "24 November 2026, 14:30 UTC"


def test_a_step_says_in_words_whether_it_is_done() -> None:
    page = drawn(
        "{% tracks tracks %}", tracks=[Track("Identification", "Under way", "active", [Step("Heard", done=True), Step("Decided")])]
    )
    assert page.text.count("Done:") == 1
    assert page.text.count("Not yet:") == 1
