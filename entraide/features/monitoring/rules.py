"""Who may do what in a procedure, and the one sentence when not."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entraide.features.monitoring.choices import (
    ANSWERS_FOR_STATE,
    MACHINE,
    SECRETARIAT,
    TEAM,
    EditionKind,
    InterestKind,
    Publicity,
    Reviewers,
    Stage,
)  # fmt: skip
from entraide.features.monitoring.models import (
    Comments,
    Consent,
    Edition,
    Evaluation,
    Interest,
    Mechanism,
    Paragraph,
    Plan,
    Recommendation,
    Reviewer,
    Root,
    Round,
    Visit,
)  # fmt: skip
from entraide.features.questionnaires.choices import Capacity
from entraide.features.questionnaires.models import Circulation
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.access.sides import Kind
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body

WRITING = frozenset({Stage.DRAFTING, Stage.FINALISING})
NOT_IN_TEAM = refuse("not_in_team", _("Only the team and the secretariat of this evaluation do this."))
NOT_THE_STATE = refuse("not_the_state", _("Only the body that answers for this State does this."))


def in_use(mechanism: Mechanism) -> frozenset[str]:
    """The moves that a mechanism uses: all, less the stages that its row leaves out."""
    out = {move.name for move in MACHINE.moves}
    if not mechanism.visits:
        out.discard("visit")
    if not mechanism.comments_days:
        out -= {"send_draft", "take_comments"}
    return frozenset(out)


def parts_of(by: Acting, evaluation: Evaluation) -> frozenset[str]:
    """In which parts somebody stands in this evaluation."""
    if by.body != evaluation.round.mechanism.body_id:
        return frozenset()
    if by.function == Function.SECRETARIAT:
        return frozenset({SECRETARIAT, TEAM})
    member = Reviewer.objects.filter(evaluation=evaluation, post=by.post, ended_on__isnull=True).exists()
    return frozenset({TEAM}) if member else frozenset()


def speaks_for(by: Acting, evaluation: Evaluation) -> bool:
    """Whether somebody answers for the evaluated State."""
    return by.body == evaluation.body_id and by.function in ANSWERS_FOR_STATE


def may_found(by: Acting, body: Body) -> Verdict:
    """A body that follows or coordinates enters a mechanism of its own."""
    if by.body != body.pk or by.function != Function.SECRETARIAT or body.kind not in {Kind.MONITORING, Kind.COORDINATION}:
        return refuse("not_secretariat", _("Only the secretariat of a body that monitors or coordinates enters a mechanism."))
    return ALLOWED


def may_manage(by: Acting, mechanism: Mechanism) -> Verdict:
    """The mechanism's secretariat opens rounds, appoints, draws lots."""
    if by.body != mechanism.body_id or by.function != Function.SECRETARIAT:
        return refuse("not_secretariat", _("Only the secretariat of this mechanism does this."))
    return ALLOWED


def may_ask(by: Acting, round: Round, circulation: Circulation, capacities: Collection[str], cluster: str = "") -> Verdict:
    """A round asks what its own secretariat sent round, of NGOs only where the mechanism hears them, about one of its clusters or all."""
    verdict = may_manage(by, round.mechanism)
    if not verdict:
        return verdict
    if circulation.holder != by.body or not capacities:
        return refuse("circulation", _("Choose a questionnaire that your own body sent round."))
    if Capacity.NGO in capacities and not round.mechanism.ngo_replies:
        return refuse("circulation", _("In this mechanism NGOs do not reply: choose a questionnaire that was sent to States only."))
    return may_name_cluster(round.mechanism, cluster)


def may_name_cluster(mechanism: Mechanism, cluster: str) -> Verdict:
    """What stands in a cluster stands in one of the mechanism's."""
    if cluster and cluster not in {each["code"] for each in mechanism.clusters}:
        return refuse("cluster", _("This mechanism has no such cluster."))
    return ALLOWED


def may_move(by: Acting, evaluation: Evaluation, name: str) -> Verdict:
    """Whether a move of the table may be made now by this post."""
    move = MACHINE.move(name)
    if name not in in_use(evaluation.round.mechanism):
        return refuse("not_in_use", _("This mechanism has no such stage."))
    if move.by not in parts_of(by, evaluation):
        return NOT_IN_TEAM
    verdict = MACHINE.verdict(name, state=evaluation.stage, by=move.by, function=by.function)
    return verdict and _ready(evaluation, name)


def _ready(evaluation: Evaluation, name: str) -> Verdict:
    checks = {
        "write": _team_complete,
        "send_draft": _something_written,
        "take_comments": _comments_in,
        "adopt": _commented,
        "publish": _agreed,
    }
    return checks[name](evaluation) if name in checks else ALLOWED


def _team_complete(evaluation: Evaluation) -> Verdict:
    wanted = evaluation.round.mechanism.reviewers
    if Reviewer.objects.filter(evaluation=evaluation, ended_on__isnull=True).count() < wanted:
        return refuse("team", _("This mechanism wants %(count)s reviewers for each State; appoint them first.") % {"count": wanted})
    return ALLOWED


def _something_written(evaluation: Evaluation) -> Verdict:
    if not Paragraph.objects.filter(edition__evaluation=evaluation, edition__kind=EditionKind.DRAFT).exists():
        return refuse("empty", _("The draft is still empty."))
    return ALLOWED


def _comments_in(evaluation: Evaluation) -> Verdict:
    submitted = Comments.objects.filter(edition__evaluation=evaluation, submitted_at__isnull=False).exists()
    if not submitted and evaluation.comments_due is not None and evaluation.comments_due >= clock.today():
        return refuse("still_time", _("The State still has time to comment, and has not yet sent its comments."))
    return ALLOWED


def _commented(evaluation: Evaluation) -> Verdict:
    if evaluation.stage == Stage.DRAFTING and evaluation.round.mechanism.comments_days:
        return refuse("not_sent", _("Send the draft to the State first: it has a right to comment."))
    return _something_written(evaluation)


def _agreed(evaluation: Evaluation) -> Verdict:
    by_state = evaluation.round.mechanism.publicity == Publicity.BY_STATE
    if by_state and not Consent.objects.filter(evaluation=evaluation).exists():
        return refuse("not_agreed", _("In this mechanism a report is published only if its State agrees; it has not agreed yet."))
    return ALLOWED


def open_moves(by: Acting, evaluation: Evaluation) -> list[tuple[str, str, Verdict]]:
    """(name, label, verdict) of the moves that this mechanism knows from here, for whoever stands in the evaluation."""
    parts, used = parts_of(by, evaluation), in_use(evaluation.round.mechanism)
    moves = [move for move in MACHINE.moves if evaluation.stage in move.sources and move.name in used and move.by in parts]
    if evaluation.stage == Stage.DRAFTING and "send_draft" in used:
        moves = [move for move in moves if move.name != "adopt"]
    return [(move.name, str(move.label), may_move(by, evaluation, move.name)) for move in moves]


def may_appoint(by: Acting, evaluation: Evaluation, post: UUID) -> Verdict:
    """An expert evaluates no State of which she is a national, and none in which she declared an interest."""
    mechanism = evaluation.round.mechanism
    verdict = may_manage(by, mechanism)
    if not verdict:
        return verdict
    if mechanism.reviewers_are != Reviewers.EXPERTS:
        return refuse("by_lot", _("In this mechanism reviewers are drawn by lot, not appointed."))
    ties = list(Interest.objects.filter(post=post))
    if not any(tie.kind == InterestKind.NATIONALITY for tie in ties):
        return refuse("undeclared", _("This expert has not yet declared of which State she is a national."))
    if any(tie.state == evaluation.state for tie in ties):
        return refuse("conflict", _("This expert has declared a tie to this State and cannot evaluate it."))
    if Reviewer.objects.filter(evaluation=evaluation, ended_on__isnull=True).count() >= mechanism.reviewers:
        return refuse("full", _("The team is complete."))
    return ALLOWED


def may_prepare_visit(by: Acting, evaluation: Evaluation) -> Verdict:
    """The team keeps the programme and its notes."""
    if TEAM not in parts_of(by, evaluation):
        return NOT_IN_TEAM
    if not evaluation.round.mechanism.visits:
        return refuse("not_in_use", _("This mechanism makes no visits."))
    return ALLOWED


def may_send_programme(by: Acting, visit: Visit, *, changed: bool) -> Verdict:
    """The secretariat sends the State the programme, and again when something in it has changed."""
    verdict = may_prepare_visit(by, visit.evaluation)
    if not verdict or SECRETARIAT not in parts_of(by, visit.evaluation):
        return verdict and NOT_IN_TEAM
    if not changed:
        return refuse("unchanged", _("The State has this programme already; nothing in it has changed."))
    return ALLOWED


def may_write(by: Acting, edition: Edition) -> Verdict:
    """The team writes the working draft, before it goes to the State and after the State's comments."""
    if TEAM not in parts_of(by, edition.evaluation):
        return NOT_IN_TEAM
    if edition.kind != EditionKind.DRAFT or not edition.open:
        return refuse("closed", _("This edition has left the house and no longer changes."))
    if edition.evaluation.stage not in WRITING:
        return refuse("stage", _("The draft is written before it goes to the State, and again after the State’s comments."))
    return ALLOWED


def may_write_in(by: Acting, edition: Edition, language: str) -> Verdict:
    """A report is written in the languages of its mechanism."""
    verdict = may_write(by, edition)
    if verdict and language not in edition.evaluation.round.mechanism.languages:
        return refuse("language", _("The reports of this mechanism are not written in that language."))
    return verdict


def may_comment(by: Acting, edition: Edition) -> Verdict:
    """The State comments on the draft sent to it, while its time lasts or until its comments are taken."""
    evaluation = edition.evaluation
    if not speaks_for(by, evaluation):
        return NOT_THE_STATE
    if edition.kind != EditionKind.SENT or evaluation.stage != Stage.COMMENTING:
        return refuse("stage", _("The period for comments has ended."))
    if Comments.objects.filter(edition=edition, submitted_at__isnull=False).exists():
        return refuse("submitted", _("Your comments have been sent already."))
    return ALLOWED


def may_consent(by: Acting, evaluation: Evaluation) -> Verdict:
    """Where it is left to the State, the State agrees to publication, once."""
    if not speaks_for(by, evaluation):
        return NOT_THE_STATE
    if evaluation.round.mechanism.publicity != Publicity.BY_STATE or evaluation.stage != Stage.ADOPTED:
        return refuse("stage", _("There is nothing to agree to: this is not a report that waits for its State."))
    if Consent.objects.filter(evaluation=evaluation).exists():
        return refuse("given", _("The State has agreed already."))
    return ALLOWED


def may_reply(by: Acting, recommendation: Recommendation) -> Verdict:
    """The State replies to a final recommendation."""
    if not speaks_for(by, recommendation.edition.evaluation):
        return NOT_THE_STATE
    if recommendation.edition.kind != EditionKind.FINAL:
        return refuse("not_final", _("Reply once the report is final; until then, comment on the draft."))
    return ALLOWED


def may_assess(by: Acting, recommendation: Recommendation) -> Verdict:
    """The mechanism says how far a final recommendation is carried out."""
    if TEAM not in parts_of(by, recommendation.edition.evaluation):
        return NOT_IN_TEAM
    return (
        ALLOWED if recommendation.edition.kind == EditionKind.FINAL else refuse("not_final", _("Only final recommendations are assessed."))
    )


def may_decide(by: Acting, evaluation: Evaluation) -> Verdict:
    """The committee's secretariat records what the committee decided on an adopted report."""
    committee = evaluation.round.mechanism.committee_id
    if committee is None:
        return refuse("no_committee", _("This mechanism has no committee that decides on reports."))
    if by.body != committee or by.function != Function.SECRETARIAT:
        return refuse("not_committee", _("Only the secretariat of the committee records its decisions."))
    if evaluation.stage not in {Stage.ADOPTED, Stage.PUBLISHED, Stage.CLOSED}:
        return refuse("stage", _("The committee decides once the report is adopted."))
    return ALLOWED


def may_rank(mechanism: Mechanism) -> Verdict:
    """Whether States may be set in an order by result; a mechanism between governments may bar it."""
    if not mechanism.ranking:
        return refuse("no_ranking", _("This mechanism does not allow States to be ranked."))
    return ALLOWED


def may_plan(by: Acting, plan: Plan | Root | None = None) -> Verdict:
    """Those who speak for a State write its national plan."""
    if by.function not in ANSWERS_FOR_STATE or not by.country:
        return refuse("function", _("Only those who coordinate for a State write its national plan."))
    if plan is not None and plan.holder != by.body:
        return refuse("not_holder", _("Another body keeps this plan."))
    return ALLOWED
