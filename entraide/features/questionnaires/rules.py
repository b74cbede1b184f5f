"""Who may write, circulate, answer, clear and send; the sentence when not."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entraide.features.questionnaires import leave
from entraide.features.questionnaires.choices import ANSWERING, ASKERS, CIRCULATING, FOCAL, MACHINE, WRITERS, ReplyState, Shape
from entraide.features.questionnaires.models import Addressee, Assignment, Question, Questionnaire, Reply
from entraide.features.questionnaires.outline import Outline
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock

NO_SECRETARIAT = refuse("function", _("Only a secretariat writes and circulates questionnaires. Switch to such a post if you hold one."))
NO_FOCAL_POINT = refuse("function", _("Only the focal point of the answering body does this. Switch to such a post if you hold one."))


def may_author(by: Acting, questionnaire: Questionnaire | None = None) -> Verdict:
    """A secretariat writes its own drafts; what is published never changes."""
    if by.function not in ASKERS:
        return NO_SECRETARIAT
    if questionnaire is not None and questionnaire.holder != by.body:
        return refuse("not_holder", _("Another body wrote this questionnaire; only its secretariat changes it."))
    if questionnaire is not None and questionnaire.published:
        return refuse("published", _("This version is published and never changes. Begin the next version."))
    return ALLOWED


def may_publish(by: Acting, questionnaire: Questionnaire, questions: int) -> Verdict:
    """A draft with at least one question to answer."""
    verdict = may_author(by, questionnaire)
    if verdict and not questions:
        return refuse("empty", _("There is no question to answer yet. Add one first."))
    return verdict


def may_circulate(by: Acting, questionnaire: Questionnaire) -> Verdict:
    """A secretariat circulates what is published, whoever wrote it."""
    if by.function not in ASKERS:
        return NO_SECRETARIAT
    if questionnaire.shape != Shape.QUESTIONNAIRE:
        return refuse("block", _("A block is used in questionnaires; it is not circulated itself."))
    if not questionnaire.published:
        return refuse("draft", _("Publish the questionnaire first: what is circulated must never change."))
    return ALLOWED


def may_oversee(by: Acting, addressee: Addressee) -> Verdict:
    """The circulating secretariat extends deadlines and reminds."""
    if by.function not in ASKERS:
        return NO_SECRETARIAT
    if addressee.holder != by.body:
        return refuse("not_circulator", _("Another body circulated this questionnaire."))
    return ALLOWED


def may_begin(by: Acting, addressee: Addressee, open_edition: bool, official: Reply | None) -> Verdict:
    """The focal point of the body asked begins its reply, or the next edition of what was sent."""
    if by.function not in FOCAL or addressee.body_id != by.body:
        return NO_FOCAL_POINT
    if open_edition:
        return refuse("open", _("A reply is being written already; open that one."))
    if official is not None and official.state not in {ReplyState.SENT, ReplyState.RETURNED}:
        return refuse("wrong_state", _("Only what was sent can be corrected by a further edition."))
    return ALLOWED


def may_lead(by: Acting, reply: Reply) -> Verdict:
    """The focal point of the answering body assigns while the reply is being written."""
    if by.function not in FOCAL or reply.holder != by.body:
        return NO_FOCAL_POINT
    return _drafting(reply)


def _drafting(reply: Reply) -> Verdict:
    if reply.state != ReplyState.DRAFTING:
        return refuse("not_drafting", _("The reply is “%(state)s”: nobody writes in it now.") % {"state": reply.get_state_display()})
    return ALLOWED


def mine(by: Acting, assignments: Iterable[Assignment]) -> list[Assignment]:
    """The assignments that the acting post may write under."""
    return [
        each for each in assignments if each.ended_at is None and each.body_id == by.body and (each.post is None or each.post == by.post)
    ]


def may_write(by: Acting, reply: Reply, question: Question, outline: Outline, assignments: Iterable[Assignment]) -> Verdict:
    """The focal point writes everywhere; a respondent where the question, or a section around it, is assigned to her."""
    verdict = _drafting(reply)
    if not verdict:
        return verdict
    if by.function in FOCAL and reply.holder == by.body:
        return ALLOWED
    around = {section.pk for section in outline.chain(question)}
    given = mine(by, assignments)
    if any(each.question_id == question.pk or each.section_id in around for each in given):
        return ALLOWED
    return refuse("not_assigned", _("This question is not assigned to you. The focal point can assign it."))


def may_hand_on(by: Acting, assignment: Assignment, reply: Reply) -> Verdict:
    """Who writes at the body that was given a part says which colleague does; from a colleague only that colleague or the focal point."""
    verdict = _drafting(reply)
    if not verdict:
        return verdict
    if by.function not in WRITERS or assignment.body_id != by.body or assignment.ended_at is not None:
        return refuse("not_assigned", _("This is not assigned to you."))
    if assignment.post not in {None, by.post} and by.function not in FOCAL:
        return refuse("not_yours", _("A colleague writes this. Only that colleague or your focal point gives it to somebody else."))
    return ALLOWED


def may_finish(by: Acting, assignment: Assignment, reply: Reply) -> Verdict:
    """Whoever an assignment was given to says that it is done, while the reply is being written."""
    verdict = _drafting(reply)
    if not verdict:
        return verdict
    if by.function not in {Function.RESPONDENT, Function.FOCAL_POINT} or not mine(by, [assignment]):
        return refuse("not_assigned", _("This is not assigned to you."))
    return ALLOWED


def may(by: Acting, reply: Reply, name: str, *, pending: int = 0, undecided: int = 0) -> Verdict:
    """Whether a move may be made; a reply is cleared when nothing required is missing and nothing stands twice."""
    side = ANSWERING if reply.holder == by.body else CIRCULATING if reply.circulator == by.body else ""
    if MACHINE.move(name).by != side:
        return refuse("wrong_side", _("Another body does this, not yours."))
    verdict = MACHINE.verdict(name, state=reply.state, by=side, function=by.function)
    if not verdict or name != "clear":
        return verdict
    if undecided:
        return refuse("undecided", _("Some answers stand in two versions. Choose one of each first."))
    if pending:
        words = ngettext(
            "%(count)d required answer is missing. Answer it, or say why there is none.",
            "%(count)d required answers are missing. Answer them, or say why there are none.",
            pending,
        )
        return refuse("incomplete", words % {"count": pending})
    return ALLOWED


def lateness(reply: Reply) -> str:
    """What follows from the last day: nothing closes, and whoever reads the reply reads that it came late. Empty while there is time."""
    if reply.first_sent_on is None:
        sentence = _("The last day has passed. The reply can still be sent; it will be marked as late, unless you are given more time.")
        return str(sentence) if clock.today() > reply.due else ""
    days = reply.days_late
    return (
        ngettext("Sent %(days)d day after its last day.", "Sent %(days)d days after its last day.", days) % {"days": days} if days else ""
    )


def may_publish_reply(by: Acting, reply: Reply) -> Verdict:
    """The circulating secretariat publishes an official reply whose body allowed it, where the procedure that asked allows it too."""
    if by.function not in ASKERS or reply.circulator != by.body:
        return refuse("wrong_side", _("Only the secretariat that circulated the questionnaire publishes replies."))
    if reply.state not in {ReplyState.SENT, ReplyState.RETURNED}:
        return refuse("not_sent", _("Only what was sent can be published."))
    if not reply.may_publish:
        return refuse("no_leave", _("The answering body has not allowed publication."))
    if reply.published_at is not None:
        return refuse("published", _("This reply is published already."))
    return leave.verdict(reply)


def may_withdraw_reply(by: Acting, reply: Reply) -> Verdict:
    """Whoever publishes replies takes one out again."""
    if by.function not in ASKERS or reply.circulator != by.body:
        return refuse("wrong_side", _("Only the secretariat that circulated the questionnaire withdraws replies from publication."))
    if reply.published_at is None:
        return refuse("not_published", _("This reply is not published."))
    return ALLOWED


def may_allow(by: Acting, reply: Reply) -> Verdict:
    """The focal point of the answering body allows publication, or takes that back before it happened."""
    if by.function not in FOCAL or reply.holder != by.body:
        return NO_FOCAL_POINT
    if reply.published_at is not None:
        return refuse("published", _("This reply is published already."))
    return ALLOWED
