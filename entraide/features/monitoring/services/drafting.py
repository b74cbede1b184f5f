"""Writing the working draft: paragraphs, findings with their evidence, recommendations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from entraide.engines.texts.model import CONTROLS, tidy
from entraide.features.monitoring import rules
from entraide.features.monitoring.choices import TRAVELS, Origin, ParagraphKind
from entraide.features.monitoring.models import Edition, Evidence, Finding, Paragraph, Recommendation
from entraide.features.questionnaires.choices import Capacity
from entraide.features.questionnaires.models import Answer, Reply
from entraide.features.texts.models import Provision
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Stale, refuse, require
from entraide.kernel.audit.services import record


def _written(by: Acting, edition: Edition, action: str) -> None:
    record(by=by, action=f"monitoring.{action}", kind="report", object_id=edition.pk)


def _locked(edition: UUID) -> Edition:
    """The draft, for whoever writes now; others wait."""
    return Edition.objects.select_for_update(of=("self",)).select_related("evaluation__round__mechanism").get(pk=edition)


def _words(text: str) -> str:
    words = tidy(CONTROLS.sub("", text))
    if not words:
        require(refuse("text", _("Write the text.")))
    return words


@transaction.atomic
def add_paragraph(
    *, by: Acting, edition: Edition, text: str, kind: str = ParagraphKind.PARAGRAPH, level: int = 1, after: int | None = None,
    texts: dict[str, str] | None = None, language: str = "",
) -> Paragraph:  # fmt: skip
    """Puts a line into the draft: after the place given, else at the end. Numbers follow by themselves."""
    edition = _locked(edition.pk)
    written = texts or {language or spoken(by, edition): text}
    for code in written:
        require(rules.may_write_in(by, edition, code))
    rows = Paragraph.objects.filter(edition=edition)
    place = after + 1 if after is not None else (rows.aggregate(last=Max("place"))["last"] or 0) + 1
    if after is not None:
        rows.filter(place__gte=place).update(place=F("place") + 1)
    given = {code: _words(each) for code, each in written.items()}
    paragraph = Paragraph.objects.create(edition=edition, place=place, kind=kind, level=level, texts=given)
    _written(by, edition, "write")
    return paragraph


def spoken(by: Acting, edition: Edition) -> str:
    """The language in which somebody writes a report unless she says otherwise: her own where the mechanism writes in it."""
    languages = edition.evaluation.round.mechanism.languages
    return by.language if by.language in languages else languages[0]


@transaction.atomic
def revise_paragraph(*, by: Acting, paragraph: Paragraph, text: str, seen: str, language: str = "", correction: bool = False) -> None:
    """Changes the text in one language; what somebody else wrote meanwhile is not lost but shown.

    The other languages are then behind, unless this one follows a change of theirs, is new, or is merely corrected.
    """
    paragraph = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    language = language or spoken(by, paragraph.edition)
    require(rules.may_write_in(by, paragraph.edition, language))
    now = paragraph.texts.get(language, "")
    if now != seen:
        raise Stale(mine={str(_("Text")): text}, theirs={str(_("Text")): now})
    behind = set(paragraph.behind)
    if language not in behind and now and not correction:
        behind = set(paragraph.texts)
    paragraph.texts, paragraph.behind = paragraph.texts | {language: _words(text)}, sorted(behind - {language})
    paragraph.save(update_fields=["texts", "behind"])
    _written(by, paragraph.edition, "write")


@transaction.atomic
def remove_paragraph(*, by: Acting, paragraph: Paragraph) -> None:
    """Takes a line out of the draft, with what hangs on it."""
    edition = _locked(paragraph.edition_id)
    require(rules.may_write(by, edition))
    Paragraph.objects.filter(pk=paragraph.pk).delete()
    _written(by, edition, "remove")


@transaction.atomic
def add_finding(*, by: Acting, paragraph: Paragraph, provision: Provision, result: str) -> Finding:
    """Says what a paragraph finds of an obligation."""
    require(rules.may_write(by, paragraph.edition))
    finding = Finding.objects.create(edition=paragraph.edition, paragraph=paragraph, provision=provision, result=result)
    _written(by, paragraph.edition, "find")
    return finding


@transaction.atomic
def add_evidence(
    *, by: Acting, finding: Finding, origin: str, title: str, url: str = "", answer: UUID | None = None, body: UUID | None = None
) -> Evidence:
    """Ties a finding to what it rests on; what an NGO gave, or what was heard on a visit, never leaves the team."""
    require(rules.may_write(by, finding.edition))
    evidence = Evidence.objects.create(
        edition=finding.edition, finding=finding, origin=Origin(origin), title=_words(title), url=url, answer=answer, body=body
    )
    _written(by, finding.edition, "find")
    return evidence


@transaction.atomic
def cite(*, by: Acting, finding: Finding, answer: Answer) -> Evidence:
    """Ties a finding to an answer; whether it travels follows from who gave it: the State, or an organisation in confidence."""
    reply = answer.reply
    origin = Origin.STATE if reply.capacity == Capacity.STATE else Origin.NGO
    title = f"{reply.name}: {answer.question.label}"[:300]
    return add_evidence(by=by, finding=finding, origin=origin, title=title, answer=answer.pk, body=reply.holder)


@transaction.atomic
def recommend(
    *, by: Acting, edition: Edition, verb: str, text: str, finding: Finding | None = None, provision: Provision | None = None,
    themes: Sequence[str] = (), persons: Sequence[str] = (), targets: Sequence[str] = (), due: date | None = None,
    earlier: Recommendation | None = None, texts: dict[str, str] | None = None, after: int | None = None,
    language: str = "",
) -> Recommendation:  # fmt: skip
    """A paragraph that asks something of the State; its verb is one of the mechanism's, with its strength there."""
    evaluation = edition.evaluation
    strength = evaluation.round.mechanism.strength(verb)
    if not strength:
        require(refuse("verb", _("This mechanism does not use that verb.")))
    if earlier is not None and earlier.state != evaluation.state:
        require(refuse("earlier", _("The earlier recommendation was made to another State.")))
    paragraph = add_paragraph(
        by=by, edition=edition, text=text, kind=ParagraphKind.RECOMMENDATION, texts=texts, after=after, language=language
    )
    return Recommendation.objects.create(
        edition=paragraph.edition, paragraph=paragraph, finding=finding, provision=provision or (finding.provision if finding else None),
        state=evaluation.state, verb=verb, strength=strength, themes=list(themes), persons=list(persons), targets=list(targets), due=due,
        earlier=earlier,
    )  # fmt: skip


def confidential_givers(edition: Edition) -> set[UUID]:
    """Bodies whose evidence stays with the team, and organisations that replied to it: evidence may be typed in without its giver."""
    rows = Evidence.objects.filter(edition=edition, body__isnull=False).exclude(origin__in=TRAVELS)
    replied = Reply.objects.filter(circulation__holder=edition.holder, capacity=Capacity.NGO, published_at__isnull=True)
    return {body for body in rows.values_list("body", flat=True) if body} | set(replied.values_list("holder", flat=True))
