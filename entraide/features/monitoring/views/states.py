"""What a State does: comments on the draft sent to it, consent, replies; and the committee's and the mechanism's follow-up."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from entraide.features.monitoring import forms, queries, rules, services
from entraide.features.monitoring.choices import ANSWERS_FOR_STATE, WORKS_ON_IT, EditionKind
from entraide.features.monitoring.models import Comment, Edition, Paragraph, Recommendation
from entraide.features.monitoring.views.asking import ask, posted
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.ids import uuid7


@acting(*ANSWERS_FOR_STATE)
def comment(request: ActingRequest, edition: UUID) -> HttpResponse:
    """On the draft as a whole."""
    return _comment(request, queries.edition(edition), None)


@acting(*ANSWERS_FOR_STATE)
def comment_paragraph(request: ActingRequest, paragraph: UUID) -> HttpResponse:
    """On one paragraph."""
    found = queries.paragraph(paragraph)
    return _comment(request, found.edition, found)


def _comment(request: ActingRequest, edition: Edition, paragraph: Paragraph | None) -> HttpResponse:
    require(rules.may_comment(request.acting, edition))
    root = queries.comments(edition)
    line = Comment.objects.filter(comments=root, paragraph=paragraph).first() if root and paragraph else None
    now = (line.text if line else "") if paragraph else root.general if root else ""
    form = forms.CommentForm(posted(request), initial={"text": now, "seen": now})
    return ask(
        request, form, title=_("Comment on this paragraph") if paragraph else _("General comment"),
        caption=paragraph.text[:300] if paragraph else edition.title, back=edition.get_absolute_url(),
        follows=_("Only your own body sees it until you send all comments together. Empty it to take it back."),
        verb=lambda given: services.comment(by=request.acting, edition=edition, paragraph=paragraph, **given), done=_("Saved."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def submit(request: ActingRequest, edition: UUID) -> HttpResponse:
    """Sends all comments."""
    found = queries.edition(edition)
    require(rules.may_comment(request.acting, found))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Send the comments"), back=found.get_absolute_url(),
        button=_("Send the comments"),
        follows=_("The team sees them from now on. They can no longer be changed, and are annexed to the report."),
        verb=lambda _given: services.submit(by=request.acting, edition=found), done=_("The comments are sent."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def consent(request: ActingRequest, evaluation: UUID) -> HttpResponse:
    """The State agrees to publication."""
    found = queries.evaluation(evaluation)
    require(rules.may_consent(request.acting, found))
    return ask(
        request, forms.BareForm(posted(request)), title=_("Agree to publication"), back=found.get_absolute_url(),
        button=_("Agree to publication"), follows=_("The secretariat may then publish the report. Published, it cannot be called back."),
        verb=lambda _given: services.consent(by=request.acting, evaluation=found), done=_("The State has agreed."),
    )  # fmt: skip


@acting(*ANSWERS_FOR_STATE)
def reply(request: ActingRequest, recommendation: UUID) -> HttpResponse:
    """Answers a recommendation."""
    found = queries.recommendation(recommendation)
    require(rules.may_reply(request.acting, found))
    form = forms.ReplyForm(posted(request), initial={"token": uuid7()})
    return ask(
        request, form, title=_("Reply to a recommendation"), caption=found.paragraph.text[:300], back=found.get_absolute_url(),
        verb=lambda given: services.reply(by=request.acting, recommendation=found, **given), done=_("The reply is recorded."),
    )  # fmt: skip


@acting(*WORKS_ON_IT)
def assess(request: ActingRequest, recommendation: UUID) -> HttpResponse:
    """Says how far a recommendation is carried out."""
    found = queries.recommendation(recommendation)
    require(rules.may_assess(request.acting, found))
    return ask(
        request, forms.AssessForm(posted(request)), title=_("Assess a recommendation"), caption=found.paragraph.text[:300],
        back=found.get_absolute_url(),
        verb=lambda given: services.assess(by=request.acting, recommendation=found, **given), done=_("The assessment is recorded."),
    )  # fmt: skip


@acting(Function.SECRETARIAT)
def decide(request: ActingRequest, evaluation: UUID) -> HttpResponse:
    """What the committee decided."""
    found = queries.evaluation(evaluation)
    require(rules.may_decide(request.acting, found))
    rows = Recommendation.objects.filter(edition__evaluation=found, edition__kind=EditionKind.FINAL).select_related("paragraph")
    asked = {str(row.pk): row for row in rows.order_by("paragraph__place")}
    form = forms.DecideForm(posted(request), choices={"recommendations": [(key, row.paragraph.text[:160]) for key, row in asked.items()]})

    def verb(given: dict[str, Any]) -> None:
        services.decide(
            by=request.acting, evaluation=found, texts={request.acting.language: given["text"]}, reference=given["reference"],
            recommendations=[asked[key] for key in given["recommendations"]], due=given["due"], adopted_on=given["adopted_on"],
        )  # fmt: skip

    return ask(
        request, form, title=_("Record a decision of the committee"), caption=found.state_name, back=found.get_absolute_url(), verb=verb,
        done=_("The decision is recorded."),
    )  # fmt: skip


@acting(Function.SECRETARIAT)
def answered(request: ActingRequest, decision: UUID) -> HttpResponse:
    """The State has reported back."""
    found = queries.decision(decision)
    require(rules.may_decide(request.acting, found.evaluation))
    return ask(
        request, forms.BareForm(posted(request)), title=_("The State has reported back"), back=found.evaluation.get_absolute_url(),
        verb=lambda _given: services.answered(by=request.acting, decision=found), done=_("Recorded."),
    )  # fmt: skip
