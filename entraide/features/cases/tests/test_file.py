"""Notes, timeline, what comes next, situation, legal hold and erasure."""

from uuid import uuid4

import pytest

from entraide.features.cases import erasure, queries, services, situation
from entraide.features.cases.tests.browsing import page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def test_a_note_is_written_once_however_often_it_is_sent(house: House) -> None:
    once = uuid4()
    for _ in range(2):
        assert send(house.worker, "new_note", house.case.pk, once=once, text="we talked about the flat").status_code == 302
    assert words(page(house.worker, "notes", house.case.pk)).count("we talked about the flat") == 1
    assert written("cases.write_note", case=house.case.pk) == 1


def test_a_note_with_the_mark_of_another_cases_note_is_not_saved_and_says_so(house: House) -> None:
    once, other = uuid4(), world.case(house.worker)
    send(house.worker, "new_note", other.pk, once=once, text="of the other")
    answer = send(house.worker, "new_note", house.case.pk, once=once, text="of this one")
    assert "This was saved a moment ago already." in words(answer)
    assert "of this one" in words(answer)


def test_notes_page_and_only_those_shown_are_opened(house: House) -> None:
    with acting_as(house.worker):
        for number in range(27):
            services.write_note(by=house.worker, case=house.case, text=f"note number {number}.")
    first, second = (words(page(house.worker, "notes", house.case.pk, query=query)) for query in ("", "?page=2"))
    assert first.count("note number") == 25
    assert second.count("note number") == 2
    assert "note number 26." in first


def test_the_timeline_says_that_a_note_was_written_and_not_what_it_says(house: House) -> None:
    send(house.worker, "new_note", house.case.pk, once=uuid4(), text="the secret address")
    shown = words(page(house.worker, "timeline", house.case.pk))
    assert "Note written" in shown
    assert "secret address" not in shown


def test_the_timeline_tells_of_everything_newest_first(house: House) -> None:
    world.agree(house.worker, house.case, house.partner)
    with acting_as(house.worker):
        services.set_step(by=house.worker, case=house.case, track="T1", code="screening", state="done")
        services.add_to_team(by=house.worker, case=house.case, post=house.colleague.hand, post_side=house.worker.side)
        services.move(by=house.worker, case=house.case, name="follow_up")
    shown = words(page(house.worker, "timeline", house.case.pk))
    lines = ["Status: Follow-up", "Joined the team: Rui Colleague", "Initial screening: Done", "Basis of transfer recorded"]
    lines += ["Legal basis recorded", "The person agreed: Ban Rak", "Case opened"]
    assert [shown.index(line) for line in lines] == sorted(shown.index(line) for line in lines)


def test_the_overview_says_what_comes_next_most_urgent_first(house: House) -> None:
    bare = world.case(house.worker, age="in_doubt", person={})
    shown = words(page(house.worker, "case", bare.pk))
    lines = [
        "Ask how contact is safe",
        "Settle the age",
        "Ask the person what may be shared",
        "Record the legal basis",
        "Initial screening",
    ]
    assert [shown.index(line) for line in lines] == sorted(shown.index(line) for line in lines)


def test_what_is_not_recorded_about_contact_is_said_and_never_left_blank(house: House) -> None:
    bare = world.case(house.worker, person={})
    assert "Not recorded. Ask before you call." in words(page(house.worker, "case", bare.pk))


def test_the_situation_names_the_elements_and_the_evidence_for_each(house: House) -> None:
    shown = words(page(house.worker, "situation", house.case.pk))
    assert "Forced labour or services" in shown
    assert "Methods of Control: Debt bondage" in shown
    assert "people decide" in shown


@pytest.mark.parametrize(("age", "needed"), [("adult", True), ("child", False), ("in_doubt", False)])
def test_means_are_not_needed_for_a_child(age: str, needed: bool, house: House) -> None:
    case = world.case(house.worker, age=age)
    values = {"trafficking": {"vic_MethodOfRecruitment": ["AtWork"], "vic_TypeOfExploitation": ["ForcedLabour"]}}
    act, means, purpose = situation.elements(case, values)  # type: ignore[arg-type]  # values of one kind
    assert (act.needed, means.needed, purpose.needed) == (True, needed, True)
    assert situation.complete([act, means, purpose]) is not needed


def test_the_page_says_that_a_child_needs_no_means(house: House) -> None:
    child = world.case(house.worker, age="child", person={})
    shown = words(page(house.worker, "situation", child.pk))
    assert "Not needed for a child" in shown
    assert "means need not be shown" in shown


def test_every_element_of_the_engine_has_a_label() -> None:
    from entraide.engines.htcds.palermo import ACTS, MEANS, PURPOSES

    assert set(situation.LABELS) == {*ACTS, *MEANS, *PURPOSES}


def test_a_legal_hold_forbids_erasure_until_it_is_lifted(house: House) -> None:
    for _time in range(2):
        assert send(house.worker, "hold", house.case.pk, order="COURT/9").status_code == 302
    refused = send(house.worker, "erase", house.case.pk, requested="yes", sure="on")
    assert refused.status_code == 403
    assert "A legal hold forbids erasure." in words(refused)
    assert "A legal hold forbids erasure." in words(page(house.worker, "team", house.case.pk))
    asked = words(page(house.worker, "lift_hold", house.case.pk))
    assert "COURT/9" in asked and "everybody in the team can erase the person" in asked
    assert "Choose one of these." in words(send(house.worker, "lift_hold", house.case.pk))
    assert send(house.worker, "erase", house.case.pk, requested="yes", sure="on").status_code == 403, "one press lifts nothing"
    assert send(house.worker, "lift_hold", house.case.pk, reason="set_aside").status_code == 302
    assert "The order was set aside" in words(page(house.worker, "timeline", house.case.pk))
    assert send(house.worker, "erase", house.case.pk, requested="yes", sure="on").status_code == 302
    assert written("cases.hold") == written("cases.lift_hold") == written("cases.erase") == 1
    with as_steward():
        assert AuditEntry.objects.get(action="cases.lift_hold").detail["reason"] == "set_aside"


def test_a_hold_is_neither_set_without_an_order_nor_lifted_without_a_reason(house: House) -> None:
    with acting_as(house.worker):
        with pytest.raises(Refused, match="order"):
            erasure.hold(by=house.worker, case=house.case, order="")
        erasure.hold(by=house.worker, case=house.case, order="COURT/9")
        with pytest.raises(Refused, match="reason"):
            erasure.lift_hold(by=house.worker, case=house.case, reason="")
        assert queries.get(house.case.pk).legal_hold == "COURT/9"


def test_erasing_asks_for_certainty_and_a_reason(house: House) -> None:
    answer = words(send(house.worker, "erase", house.case.pk))
    assert "Tick the box to say that you understand." in answer
    assert "Choose one of these." in answer


def test_the_certificate_says_when_the_last_copy_forgets_and_names_nobody(house: House) -> None:
    send(house.worker, "erase", house.case.pk, requested="yes", sure="on")
    shown = words(page(house.worker, "certificate", house.case.pk))
    assert house.case.reference in shown
    assert "expires by" in shown
    assert "Amara" not in shown


def test_after_erasure_every_page_stands_and_nothing_of_the_person_is_there(house: House) -> None:
    child = world.case(house.worker, age="child")
    world.agree(house.worker, child, house.partner)
    send(house.worker, "new_note", child.pk, once=uuid4(), text="a secret note")
    with acting_as(house.worker):
        answer = queries.agreements(child).get()
    send(house.worker, "erase", child.pk, requested="no", sure="on")
    for tab in ("case", "person", "situation", "agreements", "notes", "timeline", "team"):
        shown = words(page(house.worker, tab, child.pk))
        assert "This person has been erased." in shown
        assert not any(word in shown for word in ("Amara", "never by letter", "a secret note", "Guardian Testperson"))
    assert "Guardian Testperson" not in words(page(house.worker, "agreement", child.pk, answer.pk))
    assert send(house.worker, "new_note", child.pk, once=uuid4(), text="x").status_code == 403
    assert send(house.worker, "erase", child.pk, requested="no", sure="on").status_code == 302  # to the certificate, again


def test_there_is_no_certificate_before(house: House) -> None:
    assert page(house.worker, "certificate", house.case.pk).status_code == 404


def test_notes_and_timeline_narrow_to_some_days(house: House) -> None:
    send(house.worker, "new_note", house.case.pk, once=uuid4(), text="we talked about the flat")
    past = "?since_day=1&since_month=1&since_year=2001&until_day=2&until_month=1&until_year=2001"
    today = clock.today()
    now = f"?since_day={today.day}&since_month={today.month}&since_year={today.year}"
    for tab in ("notes", "timeline"):
        assert "Nothing in these days." in words(page(house.worker, tab, house.case.pk, query=past))
        assert "Nothing in these days." not in words(page(house.worker, tab, house.case.pk, query=now))
    assert "the flat" in words(page(house.worker, "notes", house.case.pk, query=now))
    assert "the flat" not in words(page(house.worker, "notes", house.case.pk, query=past))


def test_only_a_colleague_at_ones_own_body_joins_the_team(house: House) -> None:
    stranger = world.post(house.partner, "case_worker")
    with acting_as(house.worker), pytest.raises(Refused, match="not_colleague"):
        services.add_to_team(by=house.worker, case=house.case, post=stranger.hand, post_side=stranger.side)
