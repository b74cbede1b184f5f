"""Who may do what with a referral; the sentence when not."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from entraide.features.cases import queries as cases
from entraide.features.cases import rules as case_rules
from entraide.features.cases.models import Case
from entraide.features.referrals import talk
from entraide.features.referrals.choices import GIVES_DATA, MACHINE, RECIPIENT, RUN_OUT, SENDER, State, WithdrawalAnswer
from entraide.features.referrals.models import IncomingReferral, OutgoingReferral
from entraide.features.referrals.package import allowed_groups
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.accounts.queries import reachable
from entraide.kernel.base import clock
from entraide.kernel.bodies import queries as bodies
from entraide.kernel.bodies.models import Body

Referral = OutgoingReferral | IncomingReferral
NOT_VETTED = refuse("not_vetted", _("This body has not been vetted, or its vetting has ended: it cannot receive personal data."))


def may_refer(by: Acting, case: Case, recipient: Body) -> Verdict:
    """A referral goes to another body that was vetted and has somebody to receive it."""
    return may_refer_to(by, case, recipient, vetted=bodies.is_vetted(recipient.pk), there=recipient.pk in reachable())


def may_refer_to(by: Acting, case: Case, recipient: Body, *, vetted: bool, there: bool) -> Verdict:
    """The same where a list knows already which bodies are vetted and at which somebody is there."""
    if recipient.pk == by.body:
        return refuse("itself", _("Choose another body: within your own, add a colleague to the case team."))
    if not vetted:
        return NOT_VETTED
    if not there:
        return refuse("nobody_there", _("Nobody at this body would see the referral; telephone them, or choose another."))
    return case_rules.may_write(by, case)


def may_pass_on(by: Acting, case: Case, recipient: Body, *, purpose: str, by_telephone: bool = False) -> Verdict:
    """What must be on record before data leave: an agreement or a legal duty, a legal basis, and over a border a basis of transfer."""
    verdict = may_refer(by, case, recipient)
    if not verdict:
        return verdict
    if not allowed_groups(case, recipient=recipient.pk, purpose=purpose, by_telephone=by_telephone):
        return refuse(
            "not_agreed",
            _("The person has not agreed to share anything with this body for this purpose. Ask first; a refusal costs no other help."),
        )
    if not cases.legal_bases(case).exists():
        return refuse("no_legal_basis", _("Record the legal basis on which your body handles this case first."))
    if recipient.country != by.country and cases.transfer_basis(case, recipient.pk) is None:
        return refuse("no_transfer_basis", _("The data would leave the country: record the basis of transfer for this body first."))
    return ALLOWED


def part_of(referral: Referral) -> str:
    """On which side of the referral somebody stands."""
    return SENDER if isinstance(referral, OutgoingReferral) else RECIPIENT


def may(by: Acting, referral: Referral, name: str) -> Verdict:
    """Whether a move of the table may be made now by this post; the sending moves also ask what must be on record."""
    verdict = MACHINE.verdict(name, state=referral.state, by=part_of(referral), function=by.function)
    if not verdict:
        return verdict
    if name != "recall" and has_run_out(referral):
        return refuse("too_late", _("The time to reply has passed. The sender has been told and may send again."))
    if name in GIVES_DATA and not bodies.is_vetted(referral.recipient_id):
        return NOT_VETTED
    if name in {"send", "telephone"} and isinstance(referral, OutgoingReferral):
        return _may_leave(by, referral, name)
    return ALLOWED


def _may_leave(by: Acting, referral: OutgoingReferral, name: str) -> Verdict:
    if referral.by_telephone != (name == "telephone"):
        return refuse("other_way", _("This draft is of the other kind: one is sent, the other records what was agreed by telephone."))
    return may_pass_on(by, referral.case, referral.recipient, purpose=referral.purpose, by_telephone=referral.by_telephone)


def has_run_out(referral: Referral) -> bool:
    """Whether the time to reply is over, though the clock's job may not have come by yet."""
    return referral.state in RUN_OUT and referral.reply_by is not None and referral.reply_by <= clock.now()


def is_late(referral: Referral) -> bool:
    """Whether an answer is overdue: what is drawn in red, and what the filter for late ones finds."""
    waits = referral.state in RUN_OUT or referral.state == State.TELEPHONED
    return waits and referral.reply_by is not None and referral.reply_by <= clock.now()


def is_done(by: Acting, referral: Referral, name: str, facts: dict[str, str]) -> bool:
    """Whether this very post made this very move last, with the same words: a second press of the same button asks for nothing more."""
    mine = by.post is not None and referral.moved_by == by.post and referral.last_move == name
    same = all(getattr(referral, fact) == facts[fact] for fact in ("reason", "outcome", "withdrawal_answer") if fact in facts)
    return mine and same and ("text" not in facts or talk.said_last(referral, facts["text"]))


def may_answer_withdrawal(by: Acting, referral: IncomingReferral, answer: str = "") -> Verdict:
    """A withdrawal is answered once; that a copy was erased can only be said where nothing forbids to erase it."""
    if referral.withdrawn_at is None:
        return refuse("not_withdrawn", _("The person has not withdrawn anything here."))
    if referral.withdrawal_answer:
        return refuse("answered", _("This withdrawal has been answered already."))
    if answer == WithdrawalAnswer.ERASED and referral.case is not None and referral.case.erased_on is None:
        return case_rules.may_erase(by, referral.case)
    return case_rules.may_open(by)


def open_moves(by: Acting, referral: Referral) -> list[tuple[str, str, Verdict]]:
    """(name, label, verdict) of each move that the table knows from here for this side: the buttons of the page."""
    other = "" if not isinstance(referral, OutgoingReferral) else "send" if referral.by_telephone else "telephone"
    moves = [move for move in MACHINE.open_to(state=referral.state, by=part_of(referral)) if move.name != other]
    return [(move.name, str(move.label), may(by, referral, move.name)) for move in moves]


def responsible(referral: Referral) -> UUID:
    """The body responsible for the person: the sender until arrival is confirmed."""
    return referral.recipient_id if referral.arrived_at else referral.sender_id
