"""A full round for three States with two NGOs and a committee decision; walking the chain. In English and French, on a phone too."""

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from entraide.features.monitoring.models import Decision, Edition, Evaluation, Evidence, Recommendation, Reply, Round
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_chain import whole
from entraide.kernel.access.context import Acting
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors
from tests.steward import as_steward

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
EVALUATED = ("XA", "XB", "XC")
ASKS = {state: f"train the front line of region {number}." for number, state in enumerate(EVALUATED, start=1)}
SAID = {"Open Door": "In practice hardly ever.", "Second Door": "Never outside the capital."}
"""Two organisations that work in XA, and what each says."""
IN_CONFIDENCE = (*SAID, *SAID.values())


@pytest.fixture
def scene() -> Scene:
    return Scene(password=PASSWORD)


def enter(visitors: Visitors, by: Acting, language: str, *, width: int = 1280) -> Person:
    return visitors.sign_in(world.account_of(by), language, width=width)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_whole_round_for_three_states_two_ngos_and_the_committee(language: str, scene: Scene, visitors: Visitors) -> None:
    given_a_mechanism_with_its_questions(scene)
    secretariat = enter(visitors, scene.secretariat, language)
    evaluations = given_a_round(secretariat, scene)
    states = {code: enter(visitors, scene.speakers[code], language) for code in EVALUATED}
    for person in states.values():
        when_somebody_answers(person, "By a procedure of 2024.")
    for by, words in ((scene.ngo, SAID["Open Door"]), (scene.other_ngo, SAID["Second Door"])):
        when_somebody_answers(enter(visitors, by, language, width=390), words)
    expert = enter(visitors, scene.experts[0], language, width=390)
    for code, evaluation in evaluations.items():
        given_a_draft_begun(secretariat, scene, evaluation)
        when_the_expert_writes(expert, evaluation, code)
        then_the_secretariat_moves(secretariat, evaluation, "Send the draft to the State")
        secretariat.sees("The State’s comments on the draft")
        when_the_state_comments(states[code], evaluation, code)
        then_the_secretariat_moves(secretariat, evaluation, "End the comments period", "Adopt the final report", "Publish the report")
        then_everybody_reads_it(visitors.visit(language), evaluation, code)
    committee = enter(visitors, scene.committee, language)
    for code, evaluation in evaluations.items():
        when_the_committee_decides(committee, evaluation)
        when_the_state_replies(states[code], evaluation, code)
        when_the_team_assesses(expert, evaluation, code)
        then_the_committee_is_answered(committee, evaluation)
    then_all_is_done_and_no_ngo_travelled(len(EVALUATED))
    then_the_round_is_read_as_a_table(visitors.visit(language), secretariat, scene)


def given_a_mechanism_with_its_questions(scene: Scene) -> None:
    """The row of the mechanism and its sheet of questions; the pages that author questions have a journey of their own."""
    with transaction.atomic():
        scene.mechanism()
        scene.questions([(scene.ministries[code], "state") for code in EVALUATED])


def given_a_round(secretariat: Person, scene: Scene) -> dict[str, Evaluation]:
    """The secretariat opens it on its page, for three States, on both articles, with the questions that were sent round."""
    secretariat.go(reverse("monitoring:mechanism", args=["greta-like"]))
    secretariat.has_no_barriers()
    secretariat.press("Open a round")
    secretariat.fill("Name of the round", "Third round")
    secretariat.fill_date("opens_on", 1, 2, 2027)
    secretariat.fill_date("closes_on", 1, 2, 2030)
    secretariat.page.locator("input[name=circulations]").first.check()
    for box in (*scene.provisions, *(scene.ministries[code] for code in EVALUATED)):
        secretariat.page.locator(f"input[type=checkbox][value='{box.pk}']").check()
    secretariat.has_no_barriers()
    secretariat.send_form()
    secretariat.follow_text("Third round")
    secretariat.has_no_barriers()
    with as_steward():
        found = Evaluation.objects.order_by("place")
        assert [each.state for each in found] == list(EVALUATED)
        return {each.state: each for each in found}


def when_somebody_answers(person: Person, words: str) -> None:
    """A State or an organisation writes its reply, clears it and sends it."""
    person.go("/questionnaires/asked/")
    person.follow("Begin the reply")
    person.send_form(last=True)
    person.click(person.page.locator(".govuk-task-list__link").first)
    person.page.locator("main textarea, main input[type=text]").first.fill(words)
    person.press("Save and go back to the list")
    person.press("Clear the reply")
    person.send_form(last=True)
    person.press("Send the reply")
    person.send_form(last=True)
    person.sees("The reply is sent.")
    person.has_no_barriers()


def given_a_draft_begun(secretariat: Person, scene: Scene, evaluation: Evaluation) -> None:
    """The evaluation begins, its team is appointed, the draft begins."""
    then_the_secretariat_moves(secretariat, evaluation, "Begin the evaluation")
    for expert in scene.experts[:2]:
        secretariat.press("Appoint an expert")
        secretariat.page.locator("#id_post").select_option(str(expert.hand))
        secretariat.send_form()
        secretariat.sees("The expert is in the team.")
    secretariat.has_no_barriers()
    secretariat.press("Begin the draft report")
    secretariat.send_form()
    secretariat.sees("Working draft")


def then_the_secretariat_moves(secretariat: Person, evaluation: Evaluation, *moves: str) -> None:
    secretariat.go(evaluation.get_absolute_url())
    for move in moves:
        secretariat.press(move)
        secretariat.send_form()
    secretariat.has_no_barriers()


def when_the_expert_writes(expert: Person, evaluation: Evaluation, code: str) -> None:
    """A paragraph, what it finds, what that rests on, and what is asked."""
    expert.go(evaluation.get_absolute_url())
    expert.follow("Working draft")
    expert.press("Add to the draft")
    expert.page.locator("#id_text").fill(f"Few victims are identified in {code}.")
    expert.send_form()
    expert.follow_text(f"{expert.says('Change')} 1")
    expert.has_no_barriers()
    expert.follow("Add a finding")
    expert.tick("Met in part")
    expert.send_form()
    for number in range(1, 4 if code == "XA" else 2):
        expert.follow_text(f"{expert.says('Change')} 1")
        expert.follow_text(expert.says("Add evidence: %(obligation)s", obligation="").strip())
        expert.page.locator("#id_answer").select_option(index=number)
        expert.send_form()
    if code == "XA":
        expert.sees("Stays with the team")
        for name in SAID:
            expert.sees_text(name)
    expert.press("Add a recommendation")
    expert.fill("What is asked", ASKS[code])
    expert.page.locator("#id_finding").select_option(index=1)
    expert.send_form()
    expert.sees_text(ASKS[code])
    expert.has_no_barriers()


def when_the_state_comments(state: Person, evaluation: Evaluation, code: str) -> None:
    """From its desk, on the copy in which no NGO is named; then all comments together."""
    state.go("/")
    state.follow("Comments on the draft report")
    state.follow("Draft as sent to the State")
    state.sees_text(ASKS[code])
    state.follow("Comment on this paragraph")
    state.fill("Comment", f"The figure for {code} is of 2024.")
    state.send_form()
    state.sees_text(f"The figure for {code} is of 2024.")
    for words in IN_CONFIDENCE:
        state.does_not_see(words)
    state.has_no_barriers()
    state.press("Send the comments")
    state.send_form()
    state.sees("The comments are sent.")


def then_everybody_reads_it(reader: Person, evaluation: Evaluation, code: str) -> None:
    """Without signing in: the final report with the State's comment in its annex, and no NGO."""
    reader.go(evaluation.get_absolute_url())
    reader.follow("Final report")
    reader.sees_text(ASKS[code])
    reader.sees("Annex: comments of the State")
    reader.sees_text(f"The figure for {code} is of 2024.")
    for words in IN_CONFIDENCE:
        reader.does_not_see(words)
    reader.has_no_barriers()


def when_the_committee_decides(committee: Person, evaluation: Evaluation) -> None:
    committee.go(evaluation.get_absolute_url())
    committee.press("Record a decision of the committee")
    committee.fill("What the committee asks", f"Report back on {evaluation.state}.")
    committee.page.get_by_role("checkbox").first.check()
    committee.fill_date("due", 1, 6, 2030)
    committee.send_form()
    committee.sees_text(f"Report back on {evaluation.state}.")
    committee.has_no_barriers()


def when_the_state_replies(state: Person, evaluation: Evaluation, code: str) -> None:
    state.go("/")
    state.follow("Report back on a decision")
    state.sees_text(f"Report back on {code}.")
    state.follow_text(ASKS[code])
    state.press("Reply")
    state.tick("Accepted")
    state.fill("Reply", f"We begin in {code} this year.")
    state.send_form()
    state.sees_text(f"We begin in {code} this year.")
    state.has_no_barriers()


def when_the_team_assesses(expert: Person, evaluation: Evaluation, code: str) -> None:
    expert.go(evaluation.get_absolute_url())
    expert.follow_text(ASKS[code])
    expert.sees_text(f"We begin in {code} this year.")
    expert.press("Assess")
    expert.tick("Carried out in part")
    expert.send_form()
    expert.sees("The assessment is recorded.")
    expert.has_no_barriers()


def then_the_committee_is_answered(committee: Person, evaluation: Evaluation) -> None:
    committee.go(evaluation.get_absolute_url())
    committee.follow("The State has reported back")
    committee.send_form()
    committee.sees("Recorded.")


def then_all_is_done_and_no_ngo_travelled(count: int) -> None:
    with as_steward():
        assert {each.stage for each in Evaluation.objects.all()} == {"published"}
        assert Reply.objects.count() == Decision.objects.filter(answered_on__isnull=False).count() == count
        assert Recommendation.objects.filter(edition__kind="final").count() == count
        assert not Evidence.objects.filter(origin="ngo").exclude(edition__kind="draft").exists()
        assert Evidence.objects.filter(origin="ngo").count() == len(SAID)


def then_the_round_is_read_as_a_table(reader: Person, secretariat: Person, scene: Scene) -> None:
    """The table is everybody's; this mechanism bars ranking; the chain says what is public and no more."""
    with as_steward():
        address = Round.objects.get().get_absolute_url()
    reader.go(address)
    reader.follow("Obligations by States")
    reader.sees("Met in part")
    reader.sees("This mechanism does not allow States to be ranked.")
    reader.has_no_barriers()
    chain = reverse("monitoring:chain", args=["provision", scene.provisions[0].pk]) + "?state=XA"
    for person, sees_it in ((reader, False), (secretariat, True)):
        person.go(chain)
        person.sees_text(ASKS["XA"])
        person.sees_text("Report back on XA.")
        person.sees("Carried out in part")
        if sees_it:
            person.sees_text(SAID["Second Door"])
        else:
            person.does_not_see(SAID["Second Door"])
        person.has_no_barriers()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_walking_the_chain_from_a_provision_to_the_next_question(language: str, width: int, scene: Scene, visitors: Visitors) -> None:
    with transaction.atomic():
        addresses = whole(scene)
    reader = enter(visitors, scene.secretariat, language, width=width)
    reader.go(scene.provisions[0].get_absolute_url())
    reader.follow("Choose a State and walk the chain")
    reader.open_first()
    expect(reader.page.locator("svg.ui-chain:visible")).to_have_count(1)
    for words in (
        "How are victims identified?",
        "In practice hardly ever.",
        "Train 400 officers",
        "What was done to train the front line?",
    ):
        reader.sees_text(words)
    reader.has_no_barriers()
    reader.follow_text("to train the front line.")
    reader.follow("Walk the chain from here")
    reader.sees("You begin at")
    reader.has_no_barriers()
    reader.go(addresses["measure"])
    reader.sees_text("Two hundred trained.")
    with as_steward():
        assert Recommendation.objects.filter(edition__kind="final").count() == 1 and Edition.objects.count() == 3
