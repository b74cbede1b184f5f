"""The moves of an evaluation, and what each brings about: editions, clocks, publication."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from entraide.features.monitoring import audiences, rules
from entraide.features.monitoring.choices import MACHINE, TRAVELS, EditionKind, ParagraphKind, Stage
from entraide.features.monitoring.models import Comment, Comments, Edition, Evaluation, Evidence, Finding, Paragraph, Recommendation
from entraide.features.monitoring.paper import as_texts, lines
from entraide.features.texts import services as texts
from entraide.kernel.access.context import Acting
from entraide.kernel.access.principals import EVERYBODY
from entraide.kernel.access.rules import require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.countries import country_name
from entraide.kernel.base.names import localised

TITLES = {"en": "Report on %(state)s – %(round)s", "fr": "Rapport : %(state)s – %(round)s"}


@transaction.atomic
def move(*, by: Acting, evaluation: Evaluation, name: str) -> Evaluation:
    """Makes a move of the table: the rule first, then what the move brings about, then the record."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("round__mechanism").get(pk=evaluation.pk)
    require(rules.may_move(by, evaluation, name))
    now = clock.now()
    evaluation.stage, evaluation.since = MACHINE.move(name).target, now
    if name == "send_draft":
        evaluation.comments_due = now.date() + timedelta(days=evaluation.round.mechanism.comments_days)
    if name == "publish":
        evaluation.published_at = now
    evaluation.save(update_fields=["stage", "since", "comments_due", "published_at"])
    if name in _BRINGS:
        _BRINGS[name](by, evaluation)
    record(by=by, action=f"monitoring.{name}", kind="evaluation", object_id=evaluation.pk)
    return evaluation


def _begin_draft(by: Acting, evaluation: Evaluation) -> None:
    titles = {
        code: title % {"state": country_name(evaluation.state, code), "round": localised(evaluation.round.names, code)}
        for code, title in TITLES.items()
    }
    Edition.objects.create(
        holder=evaluation.holder, audience=audiences.team(evaluation), evaluation=evaluation, kind=EditionKind.DRAFT, titles=titles
    )


def _send(by: Acting, evaluation: Evaluation) -> None:
    copy(_draft(evaluation), EditionKind.SENT, audiences.package(evaluation))


def _adopt(by: Acting, evaluation: Evaluation) -> None:
    draft = _draft(evaluation)
    copy(draft, EditionKind.FINAL, audiences.adopted(evaluation), annex=_annex(evaluation))
    Edition.objects.filter(pk=draft.pk).update(open=False, closed_at=clock.now())


def _annex(evaluation: Evaluation) -> list[dict[str, str]]:
    """The State's comments as they go into the annex, each in the State's own words."""
    root = Comments.objects.filter(edition__evaluation=evaluation, submitted_at__isnull=False).first()
    if root is None:
        return []
    number = {line.row.pk: line.number for line in lines(root.edition)}
    said = Comment.objects.filter(comments=root).select_related("paragraph").order_by("paragraph__place")
    on = [{code: _on(code) % {"number": number[row.paragraph_id], "text": row.text} for code in TITLES} for row in said]
    return [*([dict.fromkeys(TITLES, root.general)] if root.general else []), *on]


def _on(language: str) -> str:
    with override(language):
        return gettext("On paragraph %(number)s of the draft: %(text)s")


def _publish(by: Acting, evaluation: Evaluation) -> None:
    final = Edition.objects.select_related("evaluation__round__mechanism").get(evaluation=evaluation, kind=EditionKind.FINAL)
    version = None
    for text in as_texts(final):
        version = texts.file_text(by=by, text=text, kind="report", document=version.document if version else None, source=final.symbol)
    assert version is not None
    texts.publish(by=by, version=version, adopted_on=clock.today())
    Edition.objects.filter(pk=final.pk).update(
        audience=sorted({*final.audience, EVERYBODY}), published_at=clock.now(), text=version.document_id
    )


def _draft(evaluation: Evaluation) -> Edition:
    found = Edition.objects.get(evaluation=evaluation, kind=EditionKind.DRAFT)
    found.evaluation = evaluation
    return found


_BRINGS = {"write": _begin_draft, "send_draft": _send, "adopt": _adopt, "publish": _publish}


def copy(source: Edition, kind: EditionKind, audience: list[UUID], annex: Sequence[dict[str, str]] = ()) -> Edition:
    """A closed copy for others: every paragraph, finding and recommendation, and only the evidence that travels."""
    evaluation = source.evaluation
    symbol = f"{evaluation.round.mechanism.slug.upper()}/{evaluation.round.number}/{evaluation.state}/{kind.upper()}"
    made = Edition.objects.create(
        holder=source.holder, audience=audience, evaluation=evaluation, kind=kind, titles=source.titles, symbol=symbol
    )
    paragraphs = {
        row.pk: Paragraph(edition=made, key=row.key, place=row.place, kind=row.kind, level=row.level, texts=row.texts, behind=row.behind)
        for row in Paragraph.objects.filter(edition=source)
    }
    findings = {
        row.pk: Finding(edition=made, key=row.key, paragraph=paragraphs[row.paragraph_id], provision_id=row.provision_id, result=row.result)
        for row in Finding.objects.filter(edition=source)
    }
    last = max((row.place for row in paragraphs.values()), default=0)
    said = [
        Paragraph(edition=made, place=place, kind=ParagraphKind.ANNEX, texts=texts) for place, texts in enumerate(annex, start=last + 1)
    ]
    Paragraph.objects.bulk_create([*paragraphs.values(), *said])
    Finding.objects.bulk_create(findings.values())
    Evidence.objects.bulk_create(
        Evidence(
            edition=made, key=row.key, finding=findings[row.finding_id], origin=row.origin, title=row.title, url=row.url,
            answer=row.answer, body=row.body,
        )
        for row in Evidence.objects.filter(edition=source, origin__in=TRAVELS)
    )  # fmt: skip
    Recommendation.objects.bulk_create(
        Recommendation(
            edition=made, key=row.key, paragraph=paragraphs[row.paragraph_id], finding=findings[row.finding_id] if row.finding_id else None,
            provision_id=row.provision_id, state=row.state, verb=row.verb, strength=row.strength, themes=row.themes, persons=row.persons,
            targets=row.targets, due=row.due, earlier_id=row.earlier_id,
        )
        for row in Recommendation.objects.filter(edition=source)
    )  # fmt: skip
    Edition.objects.filter(pk=made.pk).update(open=False, closed_at=clock.now())
    return made


def stages_of(evaluation: Evaluation) -> list[str]:
    """The stages through which this mechanism leads, in order."""
    used, out = rules.in_use(evaluation.round.mechanism), [str(Stage.PLANNED)]
    return out + [move.target for move in MACHINE.moves if move.name in used]
