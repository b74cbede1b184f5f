"""Who sees a case, and who does not, whatever was tried."""

import pytest
from django.db import connection

from entraide.features.cases import queries, services
from entraide.features.cases.forms_work import HoldForm
from entraide.features.cases.models import Case
from entraide.features.cases.pages import attempt
from entraide.features.cases.tests.browsing import page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused, refuse, require
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db
TABS = ["case", "person", "situation", "agreements", "notes", "timeline", "team"]


@pytest.mark.parametrize("tab", TABS)
def test_the_team_sees_every_tab_under_the_rules_of_safe_contact(tab: str, house: House) -> None:
    answer = page(house.worker, tab, house.case.pk)
    assert answer.status_code == 200
    assert "never by letter" in words(answer)


@pytest.mark.parametrize("tab", TABS)
def test_no_tab_has_a_name_in_its_title(tab: str, house: House) -> None:
    title = words(page(house.worker, tab, house.case.pk)).partition("<title>")[2].partition("</title>")[0]
    assert house.case.reference in title
    assert "Amara" not in title


@pytest.mark.parametrize("tab", TABS)
def test_a_stranger_gets_the_static_404_and_the_asking_is_written_down(tab: str, house: House) -> None:
    assert page(house.stranger, tab, house.case.pk).status_code == 404
    assert written(f"cases:{tab}", outcome="not_visible") == 1


@pytest.mark.parametrize("tab", TABS)
def test_a_colleague_outside_the_team_gets_the_static_404(tab: str, house: House) -> None:
    assert page(house.colleague, tab, house.case.pk).status_code == 404


@pytest.mark.parametrize("who", ["dpo", "administrator"])
@pytest.mark.parametrize("tab", TABS)
def test_data_protection_and_administration_of_the_same_body_do_not_open_cases(who: str, tab: str, house: House) -> None:
    answer = page(getattr(house, who), tab, house.case.pk)
    assert answer.status_code == 403
    assert "The post you act for does not include this." in words(answer)
    assert house.case.reference not in words(answer)


def test_a_police_post_forced_into_the_audience_still_sees_nothing(house: House) -> None:
    audience = [*house.case.audience, house.police.hand]
    with as_steward():
        Case.objects.filter(pk=house.case.pk).update(audience=audience)
    assert page(house.police, "case", house.case.pk).status_code == 404
    assert house.case.reference not in words(page(house.police, "list"))
    assert page(house.worker, "case", house.case.pk).status_code == 200


def test_a_police_post_is_not_taken_into_the_team_and_is_told_why(house: House) -> None:
    answer = send(house.worker, "add_member", house.case.pk, post=house.police.hand)
    assert answer.status_code == 200  # not among the colleagues offered
    assert page(house.police, "case", house.case.pk).status_code == 404


def test_whoever_is_added_sees_the_case_and_whoever_is_taken_out_sees_it_no_more(house: House) -> None:
    assert send(house.worker, "add_member", house.case.pk, post=house.colleague.hand).status_code == 302
    assert page(house.colleague, "case", house.case.pk).status_code == 200
    assert "Rui Colleague" in words(page(house.worker, "remove_member", house.case.pk, house.colleague.hand))
    assert send(house.worker, "remove_member", house.case.pk, house.colleague.hand).status_code == 302
    assert page(house.colleague, "case", house.case.pk).status_code == 404
    assert written("cases.add_to_team") == written("cases.remove_from_team") == 1


def test_what_cannot_be_mended_on_a_form_is_refused_for_good_and_written_down() -> None:
    """The middleware writes down what reaches it; a refusal swallowed by a form would leave no trace."""
    form = HoldForm({"order": "x"})
    assert not attempt(form, lambda: require(refuse("until", "Give another day.")))
    assert form.non_field_errors() == ["Give another day."]
    with pytest.raises(Refused, match="firewall"):
        attempt(form, lambda: require(refuse("firewall", "No.")))


def test_nobody_takes_herself_out_and_the_sentence_says_why(house: House) -> None:
    answer = send(house.worker, "remove_member", house.case.pk, house.worker.hand)
    assert answer.status_code == 403
    assert "Another member of the team must take you out" in words(answer)


def test_a_link_to_a_relatives_case_opens_it_to_nobody(house: House) -> None:
    sister = world.case(house.colleague)
    with acting_as(house.worker):
        services.link_person(by=house.worker, case=house.case, relation="sibling", text="her sister", other=sister)
    shown = words(page(house.worker, "person", house.case.pk))
    assert "her sister" in shown
    assert sister.reference not in shown
    assert str(sister.pk) not in shown
    assert page(house.worker, "case", sister.pk).status_code == 404


def test_a_reference_that_is_not_open_to_the_reader_cannot_be_linked(house: House) -> None:
    sister = world.case(house.colleague)
    answer = send(house.worker, "new_link", house.case.pk, once=sister.key, relation="sibling", text="x", reference=sister.reference)
    assert "There is no such case among those you may see." in words(answer)


def test_opening_a_page_is_written_down_with_the_groups(house: House) -> None:
    page(house.worker, "person", house.case.pk)
    assert written("cases.read", case=house.case.pk, outcome="read") >= 2


def test_the_list_shows_nothing_personal_and_opens_nobody(house: House) -> None:
    answer = page(house.worker, "list")
    assert house.case.reference in words(answer)
    assert "Amara" not in words(answer)
    assert written("cases.read") == 0


def test_the_list_filters_pages_and_teaches_when_empty(house: House) -> None:
    for _ in range(26):
        world.case(house.worker, person={})
    assert "27 cases" in words(page(house.worker, "list"))
    assert "?page=2" in words(page(house.worker, "list"))
    assert "No case fits what you asked for." in words(page(house.worker, "list", query="?age=child"))
    assert "Open one for a person you help" in words(page(house.colleague, "list"))


def test_a_reference_leads_to_its_case_however_it_is_typed(house: House) -> None:
    answer = page(house.worker, "list", query=f"?reference=%20{house.case.reference.lower()}")
    assert answer.status_code == 302
    assert "No case with this reference is open to you." in words(page(house.colleague, "list", query=f"?reference={house.case.reference}"))


def test_a_page_of_another_case_is_not_reached_through_ones_own(house: House) -> None:
    other = world.case(house.worker)
    world.agree(house.worker, other, house.partner)
    with acting_as(house.worker):
        answer = queries.agreements(other).get()
    assert page(house.worker, "agreement", house.case.pk, answer.pk).status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_list(house: House) -> None:
    page(house.worker, "list")
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        page(house.worker, "list")
    for _ in range(10):
        world.case(house.worker, person={})
    with CaptureQueriesContext(connection) as many:
        page(house.worker, "list")
    assert len(many) <= len(few) + 1
