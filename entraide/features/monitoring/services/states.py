"""What a State says: comments on the draft, consent to publication, replies to recommendations."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.engines.texts.model import CONTROLS
from entraide.features.monitoring import audiences, rules
from entraide.features.monitoring.choices import Position
from entraide.features.monitoring.models import Comment, Comments, Consent, Edition, Evaluation, Paragraph, Recommendation, Reply
from entraide.kernel.access.context import Acting
from entraide.kernel.access.principals import agent
from entraide.kernel.access.rules import Stale, refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock


def comments_of(by: Acting, edition: Edition) -> Comments:
    """The State's comments on an edition, begun where there are none yet."""
    found = Comments.objects.select_for_update().filter(edition=edition).first()
    return found or Comments.objects.create(holder=by.body, audience=audiences.speakers(by.body), edition=edition)


@transaction.atomic
def comment(*, by: Acting, edition: Edition, text: str, paragraph: Paragraph | None = None, seen: str | None = None) -> None:
    """Writes what the State says, on one paragraph or on the whole; only the State sees it until it is sent.

    seen: the text that stood there when the page was opened; where another wrote meanwhile, nothing is overwritten.
    """
    require(rules.may_comment(by, edition))
    root, text = comments_of(by, edition), CONTROLS.sub("", text).strip()
    line = Comment.objects.filter(comments=root, paragraph=paragraph).first() if paragraph else None
    now = (line.text if line else "") if paragraph else root.general
    if seen is not None and seen.strip().split() != now.split():
        raise Stale(mine={str(_("Comment")): text}, theirs={str(_("Comment")): now})
    if paragraph is None:
        root.general = text
        root.save(update_fields=["general"])
    elif line and text:
        line.text = text
        line.save(update_fields=["text"])
    elif line:
        line.delete()
    elif text:
        Comment.objects.create(comments=root, paragraph=paragraph, text=text)
    record(by=by, action="monitoring.comment", kind="report", object_id=edition.pk)


@transaction.atomic
def submit(*, by: Acting, edition: Edition) -> Comments:
    """Sends the comments: from now on the team sees them, and nobody changes them."""
    require(rules.may_comment(by, edition))
    root = comments_of(by, edition)
    if not root.general and not Comment.objects.filter(comments=root).exists():
        require(refuse("empty", _("Nothing is written yet. To say that you have no comments, write so in the general comment.")))
    Comments.objects.filter(pk=root.pk).update(
        submitted_at=clock.now(), open=False, audience=sorted({*edition.audience, *root.audience, agent(by.body)})
    )
    record(by=by, action="monitoring.submit_comments", kind="report", object_id=edition.pk)
    return root


@transaction.atomic
def consent(*, by: Acting, evaluation: Evaluation) -> Consent:
    """The State agrees that its report is published."""
    require(rules.may_consent(by, evaluation))
    given = Consent.objects.create(
        holder=by.body, audience=audiences.agreed(evaluation, by.body), evaluation=evaluation, given_on=clock.today(), open=False
    )
    record(by=by, action="monitoring.consent", kind="evaluation", object_id=evaluation.pk)
    return given


@transaction.atomic
def reply(*, by: Acting, recommendation: Recommendation, position: str, text: str, token: UUID | None = None) -> Reply:
    """Answers a recommendation; the same `token` answers it once."""
    require(rules.may_reply(by, recommendation))
    text = CONTROLS.sub("", text)
    if not text.strip():
        require(refuse("text", _("Write the reply.")))
    found = Reply.objects.filter(pk=token).first() if token else None
    if found:
        return found
    evaluation = recommendation.edition.evaluation
    made = Reply(
        holder=by.body, audience=audiences.follow_up(evaluation, by.body), recommendation=recommendation, position=Position(position),
        text=text.strip(), on=clock.today(),
    )  # fmt: skip
    if token:
        made.pk = token
    made.save(force_insert=True)
    record(by=by, action="monitoring.reply", kind="recommendation", object_id=recommendation.pk)
    return made
