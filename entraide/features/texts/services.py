"""Verbs on texts: file a draft, add a language, publish, throw a draft away."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entraide.engines.texts.model import Problem, Text
from entraide.features.texts import rules, trees
from entraide.features.texts.models import Document, Heading, Provision, Version, Wording
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7


@transaction.atomic
def file_text(
    *, by: Acting, text: Text, kind: str, document: Document | None = None, problems: Sequence[Problem] = (), source: str = ""
) -> Version:
    """Files a text as a draft: of a new document, or beside the draft that its document has already in another language."""
    require(rules.may_file(by, document))
    if document is None:
        identifier = uuid7()
        slug = f"{slugify(text.title)[:60] or 'text'}-{str(identifier)[-6:]}"
        document = Document(id=identifier, holder=by.body, slug=slug, kind=kind, titles={text.language: text.title or slug}, source=source)
        document.save(force_insert=True)
    version = _draft(by, document)
    if Heading.objects.filter(version=version, language=text.language).exists():
        require(refuse("language", _("The draft has this language already. Publish it or throw it away first.")))
    write(version, text)
    version.doubts = [*version.doubts, *_doubts(text.language, problems)]
    version.save(update_fields=["doubts"])
    if not document.published and text.language not in document.titles:
        document.titles = document.titles | {text.language: text.title}
        document.save(update_fields=["titles"])
    record(by=by, action="texts.file", kind="text", object_id=document.pk, detail={"language": text.language, "version": version.number})
    return version


def _draft(by: Acting, document: Document) -> Version:
    Document.objects.select_for_update().get(pk=document.pk)
    last = Version.objects.filter(document=document).order_by("-number").first()
    if last is not None and not last.published:
        return last
    return Version.objects.create(holder=document.holder, document=document, number=last.number + 1 if last else 1, made_by=by.post)


def _doubts(language: str, problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [
        {"language": language, "line": each.line, "code": each.code, "text": each.text[:500], "placed": each.placed} for each in problems
    ]


def write(version: Version, text: Text, *, using: str = "default") -> None:
    """Writes a tree under a version; provisions that the document has keep their rows."""
    wanted = [node.id for node in text.walk()]
    known = {row.eid: row for row in Provision.objects.using(using).filter(document=version.document_id, eid__in=wanted)}
    new = [
        Provision(holder=version.holder, published=version.published, document=version.document, eid=eid)
        for eid in wanted
        if eid not in known
    ]
    Provision.objects.using(using).bulk_create(new)
    known |= {row.eid: row for row in new}
    Heading.objects.using(using).bulk_create(
        [
            Heading(
                holder=version.holder, published=version.published, version=version, language=text.language, title=text.title,
                form=str(text.kind), notes=trees.notes_as_json(text.notes),
            )
        ]
    )  # fmt: skip
    Wording.objects.using(using).bulk_create(trees.rows(text, version, known))


@transaction.atomic
def publish(*, by: Acting, version: Version, adopted_on: date | None = None) -> None:
    """Publishes a draft: from now on everybody sees it, and it never changes."""
    require(rules.may_change(by, version))
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(rules.may_change(by, version))
    Version.objects.filter(pk=version.pk).update(published=True, published_at=clock.now(), adopted_on=adopted_on)
    Wording.objects.filter(version=version).update(published=True)
    Heading.objects.filter(version=version).update(published=True)
    Provision.objects.filter(wordings__version=version, published=False).update(published=True)
    titles = dict(Heading.objects.filter(version=version).values_list("language", "title"))
    document = Document.objects.select_for_update().get(pk=version.document_id)
    document.published, document.titles = True, titles | document.titles  # a draft's title is nobody else's before
    document.save(update_fields=["published", "titles"])
    record(by=by, action="texts.publish", kind="text", object_id=version.document_id, detail={"version": version.number})


@transaction.atomic
def throw_away(*, by: Acting, version: Version) -> None:
    """Throws a draft away; what points at its provisions keeps pointing at nothing until they are worded again."""
    require(rules.may_change(by, version))
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(rules.may_change(by, version))
    Wording.objects.filter(version=version).delete()
    Heading.objects.filter(version=version).delete()
    Version.objects.filter(pk=version.pk).delete()
    record(by=by, action="texts.throw_away", kind="text", object_id=version.document_id, detail={"version": version.number})
