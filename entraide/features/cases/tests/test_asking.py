"""Asking the person: what she is shown, what is recorded of her answer, and what a refusal does not block."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from entraide.features.cases import consent, queries, texts
from entraide.features.cases.agreements import Agreement, AgreementText
from entraide.features.cases.models import Case
from entraide.features.cases.tests.browsing import Answer, day, page, send, words, written
from entraide.features.cases.tests.conftest import House
from entraide.kernel.access.context import acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world

pytestmark = pytest.mark.django_db
UNTIL = day("valid_until", (clock.today() + timedelta(days=60)).isoformat())


def text(language: str = "en", *, child: bool = False) -> AgreementText:
    return AgreementText.objects.get(language=language, for_children=child)


def asked(words_shown: AgreementText, *groups: str, purpose: str = "assistance_and_shelter") -> str:
    return "?" + urlencode(
        [
            ("purpose", purpose),
            ("text", words_shown.pk),
            *(("groups", group) for group in groups or ("identity", "safe_contact", "contact")),
        ]
    )


def agree(house: House, case: Case, body: Body, words_shown: AgreementText, **data: object) -> Answer:
    given = {"once": uuid4(), "groups": ["identity"], "manner": "spoken", "witness": "Nurse Testperson, night shift", **UNTIL, **data}
    return send(house.worker, "answer", case.pk, body.pk, query=asked(words_shown), **given)


def answers(house: House, case: UUID) -> list[Agreement]:
    with acting_as(house.worker):
        return list(queries.agreements(queries.get(case)))


def test_only_vetted_bodies_are_offered_and_another_says_why_not(house: House) -> None:
    unvetted = world.body("unvetted-house", vetted=False, name="Unvetted House")
    shown = words(page(house.worker, "recipients", house.case.pk, "agreement"))
    assert "Ban Rak" in shown
    assert "Unvetted House" not in shown
    looked_for = words(page(house.worker, "recipients", house.case.pk, "agreement", query="?text=unvetted"))
    assert "has not been vetted" in looked_for
    assert page(house.worker, "ask", house.case.pk, unvetted.pk).status_code == 403


def test_the_list_says_until_when_and_names_whom_to_ask_as_the_text_promises(house: House) -> None:
    elsewhere = world.account_of(world.post(house.partner, "data_protection"))
    with acting_as(house.worker):
        own = Body.objects.get(pk=house.worker.body)
    officer = world.account_of(world.post(own, "data_protection"))
    shown = words(page(house.worker, "show", house.case.pk, house.partner.pk, query=asked(text())))
    assert "Until a day that you choose." in shown and officer.email in shown and elsewhere.email not in shown


def test_ones_own_body_is_not_asked_about(house: House) -> None:
    assert page(house.worker, "ask", house.case.pk, house.worker.body).status_code == 403


def test_the_text_comes_in_a_language_the_person_speaks(house: House) -> None:
    assert page(house.worker, "ask", house.case.pk, house.partner.pk).context["form"].initial["text"].language == "en"
    speaks = world.case(house.worker, person={"communication": {"prs_PrimaryLanguage": "ti", "prs_SecondaryLanguage": "ar"}})
    assert page(house.worker, "ask", speaks.pk, house.partner.pk).context["form"].initial["text"].language == "ar"


def test_the_page_to_show_names_recipient_purpose_and_what_is_asked_in_her_language(house: House) -> None:
    shown = words(page(house.worker, "show", house.case.pk, house.partner.pk, query=asked(text("fr"), "identity")))
    assert 'lang="fr"' in shown
    assert "Pouvons-nous transmettre" in shown
    assert "Ban Rak" in shown


def test_a_translation_that_nobody_reviewed_says_so_and_runs_in_its_direction(house: House) -> None:
    shown = words(page(house.worker, "show", house.case.pk, house.partner.pk, query=asked(text("ar"))))
    assert "Nobody has reviewed this translation yet." in shown
    assert 'lang="ar" dir="rtl"' in shown


def test_police_is_told_of_beforehand_and_another_body_is_not(house: House) -> None:
    sentence = "copies given to police or justice may not come back"
    assert sentence in words(page(house.worker, "show", house.case.pk, house.police_body.pk, query=asked(text())))
    assert f"Say this first: {sentence}" not in words(page(house.worker, "show", house.case.pk, house.partner.pk, query=asked(text())))


@pytest.mark.parametrize("age", ["child", "in_doubt"])
def test_a_child_is_shown_words_for_children(age: str, house: House) -> None:
    child = world.case(house.worker, age=age)
    offered = page(house.worker, "ask", child.pk, house.partner.pk).context["form"].fields["text"].queryset
    assert {one.language for one in offered if one.for_children} == {"en", "fr"}
    assert not page(house.worker, "ask", house.case.pk, house.partner.pk).context["form"].fields["text"].queryset.filter(for_children=True)


def test_an_agreement_is_recorded_with_the_words_shown(house: House) -> None:
    assert agree(house, house.case, house.partner, text("fr"), interpreter="Interpreter Testperson").status_code == 302
    (answer,) = answers(house, house.case.pk)
    assert (answer.decision, answer.groups, answer.text.language) == ("given", ["identity"], "fr")
    assert written("cases.record_agreement", case=house.case.pk) == 1
    shown = words(page(house.worker, "agreement", house.case.pk, answer.pk))
    assert "Interpreter Testperson" in shown
    assert "version 1, French" in shown
    assert "Interpreter" not in str(answer.sealed)


def test_the_same_answer_sent_twice_is_one(house: House) -> None:
    once = uuid4()
    for _ in range(2):
        assert agree(house, house.case, house.partner, text(), once=once).status_code == 302
    assert len(answers(house, house.case.pk)) == 1


@pytest.mark.parametrize("age", ["child", "in_doubt"])
def test_a_child_needs_a_guardian_and_the_sentence_says_so(age: str, house: House) -> None:
    child = world.case(house.worker, age=age)
    refused = agree(house, child, house.partner, text(child=True))
    assert "name the guardian who agreed with the person" in words(refused)
    assert answers(house, child.pk) == []
    assert agree(house, child, house.partner, text(child=True), guardian="Guardian Testperson").status_code == 302


def test_an_agreement_without_guardian_stops_holding_when_the_person_turns_out_to_be_a_child(house: House) -> None:
    agree(house, house.case, house.partner, text())
    send(house.worker, "age", house.case.pk, once=uuid4(), seen="adult", age="in_doubt", text="she says she is sixteen")
    with acting_as(house.worker):
        case = queries.get(house.case.pk)
        assert queries.agreed_groups(case, recipient=house.partner.pk, purpose="assistance_and_shelter") == frozenset()
    assert "Ask again with the guardian" in words(page(house.worker, "case", house.case.pk))
    assert "Does not hold: no guardian" in words(page(house.worker, "agreements", house.case.pk))


def test_police_without_having_told_is_refused_with_the_sentence(house: House) -> None:
    refused = agree(house, house.case, house.police_body, text())
    assert refused.status_code == 200
    assert "Tell the person first that copies given to police or justice may not come back" in words(refused)
    assert answers(house, house.case.pk) == []
    assert agree(house, house.case, house.police_body, text(), told_copies_stay="on").status_code == 302


def test_nothing_is_ticked_beforehand_and_only_what_was_asked_can_be_agreed(house: House) -> None:
    form = words(page(house.worker, "answer", house.case.pk, house.partner.pk, query=asked(text(), "identity")))
    assert "checked" not in form
    refused = agree(house, house.case, house.partner, text(), groups=["trafficking"])
    assert refused.status_code == 200
    assert answers(house, house.case.pk) == []


@pytest.mark.parametrize("until", ["2020-01-01", "2999-01-01"])
def test_the_day_is_neither_past_nor_for_ever(until: str, house: House) -> None:
    assert "The date must be" in words(agree(house, house.case, house.partner, text(), **day("valid_until", until)))


def test_a_refusal_is_one_step_and_blocks_no_other_help(house: House) -> None:
    answer = send(house.worker, "refuse", house.case.pk, house.partner.pk, query=asked(text()), once=uuid4())
    assert answer.status_code == 302
    assert "every other help goes on as before" in words(page(house.worker, "show", house.case.pk, house.partner.pk, query=asked(text())))
    (refused,) = answers(house, house.case.pk)
    assert (refused.decision, refused.groups, refused.manner) == ("refused", [], ""), "nobody was asked in which manner"
    assert send(house.worker, "new_note", house.case.pk, once=uuid4(), text="we go on").status_code == 302
    other = world.body("another", name="Another")
    assert agree(house, house.case, other, text()).status_code == 302
    assert agree(house, house.case, house.partner, text()).status_code == 302  # and she may change her mind


def test_a_refusal_sent_twice_is_one(house: House) -> None:
    once = uuid4()
    for _ in range(2):
        send(house.worker, "refuse", house.case.pk, house.partner.pk, query=asked(text()), once=once)
    assert len(answers(house, house.case.pk)) == 1


@pytest.mark.parametrize(
    "query", ["", "?purpose=nonsense", "?groups=identity&purpose=medical_care&text=nonsense", "?purpose=%00&groups=%00"]
)
@pytest.mark.parametrize("name", ["show", "answer"])
def test_an_address_that_asks_nothing_leads_back_to_the_question(name: str, query: str, house: House) -> None:
    answer = page(house.worker, name, house.case.pk, house.partner.pk, query=query)
    assert answer.status_code == 200
    assert "Prepare what you ask the person" in words(answer)


def test_nobody_outside_the_team_asks(house: House) -> None:
    for who, status in ((house.stranger, 404), (house.colleague, 404), (house.police, 404), (house.dpo, 403)):
        assert page(who, "ask", house.case.pk, house.partner.pk).status_code == status
        assert send(who, "refuse", house.case.pk, house.partner.pk, query=asked(text()), once=uuid4()).status_code == status


def test_a_text_is_loaded_once_and_never_changed(house: House) -> None:
    given = texts.Wording("xx", "A title", "A body", reviewed=False)
    assert texts.load_texts([given], using="default") == 1
    changed = texts.Wording("xx", "Another title", "Another body")
    assert texts.load_texts([changed], using="default") == 0
    filed = AgreementText.objects.get(language="xx")
    assert (filed.title, filed.body, filed.reviewed) == ("A title", "A body", False)
    assert texts.load_texts([texts.Wording("xx", "A title", "A newer body", version=2)], using="default") == 1
    assert texts.offered(house.case).get(language="xx").version == 2


def test_the_web_role_cannot_touch_a_text(house: House) -> None:
    with acting_as(house.worker):
        assert AgreementText.objects.filter(language="en").update(body="changed") == 0


def test_english_and_french_say_the_same_things_to_adults_and_children() -> None:
    found = {(one.language, one.for_children): one for one in texts.from_files()}
    for child in (False, True):
        assert found["en", child].reviewed and found["fr", child].reviewed
        assert found["en", child].body.count("\n# ") == found["fr", child].body.count("\n# ") == 9
    assert not any(one.reviewed for (language, _child), one in found.items() if language not in ("en", "fr"))


def test_spoken_words_need_a_witness_who_is_sealed_and_shown_in_the_record(house: House) -> None:
    refused = agree(house, house.case, house.partner, text(), witness="")
    assert refused.status_code == 200 and "Name the witness who heard the person agree" in words(refused)
    assert not re.search(r"if the person agreed in words\s*<span", words(refused)), "what must be filled sometimes is not called optional"
    assert answers(house, house.case.pk) == []
    assert agree(house, house.case, house.partner, text()).status_code == 302
    [kept] = answers(house, house.case.pk)
    assert set(kept.sealed) == {"witness"} and "Nurse" not in str(kept.sealed)
    assert "Nurse Testperson, night shift" in words(page(house.worker, "agreement", house.case.pk, kept.pk))
    assert agree(house, house.case, house.partner, text(), manner="signed", witness="").status_code == 302


def test_no_other_way_in_takes_spoken_words_without_a_witness(house: House) -> None:
    with acting_as(house.worker), pytest.raises(Refused) as refused:
        consent.record_agreement(
            by=house.worker, case=house.case, recipient=house.partner, purpose="assistance_and_shelter", groups=["identity"],
            valid_until=clock.today(), text=text(), manner="spoken",
        )  # fmt: skip
    assert refused.value.verdict.code == "witness"


def test_a_telephone_number_is_not_asked_for_without_the_rules_for_calling_it(house: House) -> None:
    alone = page(house.worker, "show", house.case.pk, house.partner.pk, query=asked(text(), "identity", "contact"))
    assert "telephone and address never go without it" in words(alone) and "To whom" not in words(alone)
