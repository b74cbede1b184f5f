"""A full round for three States with two NGOs and a committee decision; walking the chain. In English and French, on a phone too."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from entraide.features.monitoring import services
from entraide.features.monitoring.models import Edition, Evaluation, Recommendation
from entraide.features.monitoring.tests.scenes import Scene
from entraide.features.monitoring.tests.test_chain import whole
from entraide.kernel.access.context import Acting, acting_as
from tests import world
from tests.journeys.conftest import PASSWORD, Person, Visitors
from tests.steward import as_steward

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene() -> Scene:
    return Scene(password=PASSWORD)


def enter(visitors: Visitors, by: Acting, language: str, *, width: int = 1280) -> Person:
    return visitors.sign_in(world.account_of(by), language, width=width)


def test_a_round_for_three_states_two_ngos_and_the_committee(scene: Scene, visitors: Visitors) -> None:
    with transaction.atomic():
        round = scene.round(scene.mechanism(), ("XA", "XB", "XC"))
        first, second, third = (scene.evaluation(round, state) for state in ("XA", "XB", "XC"))
        scene.answered(first)
        scene.published(second)
        scene.draft(third)
    secretariat = enter(visitors, scene.secretariat, "en")
    given_draft(secretariat, scene, first)
    expert = enter(visitors, scene.experts[0], "fr", width=390)
    when_the_expert_writes(expert, first)
    secretariat.go(first.get_absolute_url())
    secretariat.press("Send the draft to the State")
    secretariat.send_form()
    secretariat.sees("The State’s comments on the draft")
    state = enter(visitors, scene.speakers["XA"], "fr")
    when_the_state_comments(state, first)
    then_the_report_is_published(secretariat, first)
    when_the_committee_decides(enter(visitors, scene.committee, "en"), first)
    state.go(first.get_absolute_url())
    state.sees_text("Report back on identification.")
    state.follow_text("former les agents")
    state.press("Reply")
    state.tick("Accepted")
    state.fill("Reply", "Nous commençons cette année.")
    state.send_form()
    state.sees_text("Nous commençons cette année.")
    state.has_no_barriers()
    with as_steward():
        assert Evaluation.objects.get(pk=first.pk).stage == "published"


def given_draft(secretariat: Person, scene: Scene, evaluation: Evaluation) -> None:
    secretariat.go(evaluation.get_absolute_url())
    secretariat.press("Begin the evaluation")
    secretariat.send_form()
    with transaction.atomic(), acting_as(scene.secretariat):
        for each in scene.experts[:2]:
            services.appoint(by=scene.secretariat, evaluation=Evaluation.objects.get(pk=evaluation.pk), post=each.hand)
    secretariat.go(evaluation.get_absolute_url())
    secretariat.has_no_barriers()
    secretariat.press("Begin the draft report")
    secretariat.send_form()
    secretariat.sees("Working draft")


def when_the_expert_writes(expert: Person, evaluation: Evaluation) -> None:
    expert.go(evaluation.get_absolute_url())
    expert.follow("Working draft")
    expert.press("Add to the draft")
    expert.fill("Text", "Peu de victimes sont identifiées.")
    expert.send_form()
    expert.follow("Add a finding")
    expert.tick("Met in part")
    expert.send_form()
    expert.follow("Add evidence")
    expert.page.locator("#id_answer").select_option(index=2)
    expert.send_form()
    expert.sees("Stays with the team")
    expert.press("Add a recommendation")
    expert.fill("What is asked", "former les agents de première ligne.")
    expert.send_form()
    expert.sees_text("former les agents de première ligne.")
    expert.has_no_barriers()


def when_the_state_comments(state: Person, evaluation: Evaluation) -> None:
    state.go("/")
    state.follow("Comments on the draft report")
    state.follow("Draft as sent to the State")
    state.sees_text("former les agents de première ligne.")
    for name in ("Open Door", "Second Door"):
        state.does_not_see(name)
    state.follow("Comment on this paragraph")
    state.fill("Comment", "Le chiffre est de 2024.")
    state.send_form()
    state.sees_text("Le chiffre est de 2024.")
    state.has_no_barriers()
    state.press("Send the comments")
    state.send_form()
    for name in ("Open Door", "Second Door"):
        state.does_not_see(name)


def then_the_report_is_published(secretariat: Person, evaluation: Evaluation) -> None:
    secretariat.go(evaluation.get_absolute_url())
    for move in ("End the comments period", "Adopt the final report", "Publish the report"):
        secretariat.press(move)
        secretariat.send_form()
    secretariat.sees("Published")
    secretariat.has_no_barriers()


def when_the_committee_decides(committee: Person, evaluation: Evaluation) -> None:
    committee.go(evaluation.get_absolute_url())
    committee.press("Record a decision of the committee")
    committee.fill("What the committee asks", "Report back on identification.")
    committee.page.get_by_role("checkbox").first.check()
    committee.fill_date("due", 1, 6, 2030)
    committee.send_form()
    committee.sees_text("Report back on identification.")
    committee.has_no_barriers()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_walking_the_chain_from_a_provision_to_the_next_question(language: str, width: int, scene: Scene, visitors: Visitors) -> None:
    with transaction.atomic():
        addresses = whole(scene)
    reader = enter(visitors, scene.secretariat, language, width=width)
    reader.go(scene.provisions[0].get_absolute_url())
    reader.follow("Choose a State and walk the chain")
    reader.open_first()
    expect(reader.page.locator("svg[role=img]")).to_be_visible()
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
