"""Who sees which row: the one place where audiences are made."""

from uuid import UUID

from entraide.features.monitoring.choices import ANSWERS_FOR_STATE, EditionKind, Publicity, Reviewers
from entraide.features.monitoring.models import Edition, Evaluation, Mechanism, Reviewer
from entraide.kernel.access.principals import EVERYBODY, agent, circle
from entraide.kernel.accounts.choices import Function

PUBLIC = [EVERYBODY]


def secretariat(mechanism: Mechanism) -> list[UUID]:
    """The secretariat of the mechanism's body."""
    return [circle(mechanism.body_id, Function.SECRETARIAT)]


def speakers(body: UUID) -> list[UUID]:
    """Those who speak for a State at its national body."""
    return sorted(circle(body, function) for function in ANSWERS_FOR_STATE)


def team(evaluation: Evaluation) -> list[UUID]:
    """Secretariat and whoever evaluates this State: its experts, or those who speak for the States that were drawn.

    And the body's agent, by whom somebody who must leave takes herself out: nobody can write a row that she no longer sees.
    """
    mechanism = evaluation.round.mechanism
    members: set[UUID] = set()
    for reviewer in Reviewer.objects.filter(evaluation=evaluation, ended_on__isnull=True):
        members |= {reviewer.post} if reviewer.post else set(speakers(reviewer.body_id)) if reviewer.body_id else set()
    return sorted({*secretariat(mechanism), agent(mechanism.body_id), *members})


def reviewers(mechanism: Mechanism) -> list[UUID]:
    """Who sees which experts evaluate whom: colleagues. Which States were drawn is public."""
    if mechanism.reviewers_are == Reviewers.STATES:
        return PUBLIC
    return sorted({*secretariat(mechanism), circle(mechanism.body_id, Function.EVALUATOR)})


def package(evaluation: Evaluation) -> list[UUID]:
    """The draft as sent: the State and the team."""
    return sorted({*team(evaluation), *speakers(evaluation.body_id)})


def heard(evaluation: Evaluation, holder: UUID) -> list[UUID]:
    """The State's comments once sent: whoever has the draft, and the agent of its body, by whom a change of the team reaches them."""
    return sorted({*package(evaluation), agent(holder)})


def adopted(evaluation: Evaluation) -> list[UUID]:
    """The final report before it is public: the State, the team, the committee's secretariat."""
    committee = evaluation.round.mechanism.committee_id
    return sorted({*package(evaluation), *([circle(committee, Function.SECRETARIAT)] if committee else [])})


def agreed(evaluation: Evaluation, holder: UUID) -> list[UUID]:
    """The State's consent: whoever has the final report, and the agent of its body, by whom a change of the team reaches it.

    Who evaluates, the State and the committee cannot see; whom their words reach, they take from the report that they have.
    """
    final = Edition.objects.filter(evaluation=evaluation, kind=EditionKind.FINAL).values_list("audience", flat=True).first() or []
    return sorted({*adopted(evaluation), *final, agent(holder)} - {EVERYBODY})


def follow_up(evaluation: Evaluation, holder: UUID) -> list[UUID]:
    """Replies, decisions and assessments: public once the report is; before that, and where the State keeps it, as its consent."""
    published = evaluation.published_at is not None
    return PUBLIC if published or evaluation.round.mechanism.publicity == Publicity.PUBLIC else agreed(evaluation, holder)
