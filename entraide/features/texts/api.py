"""Texts for programs: versions as trees, provisions with what they ever said, comparison; filing and publishing by a secretariat."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from entraide.engines import texts as engine
from entraide.features.texts import queries, services
from entraide.features.texts.choices import DocumentKind
from entraide.features.texts.models import Document, Provision, Version, Wording
from entraide.kernel.accounts.choices import Function
from entraide.kernel.api.doors import acting, open_to_all
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.problems import unusable
from entraide.kernel.api.rooms import ApiRequest, Room

PUBLIC = "published texts are for everybody; drafts show to the body that keeps them"
room = Room("texts", gettext_lazy("Texts"))


class TextOut(Schema):
    """A text that others point at."""

    urn: str
    slug: str
    kind: str
    titles: dict[str, str]
    source: str
    as_of: str
    confirmed: bool
    published: bool
    summary_of: str
    official_url: str


class VersionOut(Schema):
    """One version; a published one never changes."""

    number: int
    published: bool
    adopted_on: date | None
    note: str
    languages: list[str]


class TextDetail(TextOut):
    """A text with its versions, newest first."""

    versions: list[VersionOut]


class NoteOut(Schema):
    """A footnote: its mark, its words, and after which sign of the text it stands."""

    id: str
    mark: str
    text: str
    at: int | None = None
    place: str = "text"


class WordingOut(Schema):
    """What a provision says in one version and language; `id` is the same in all of them."""

    id: str
    depth: int
    kind: str
    number: str
    heading: str
    text: str
    footnotes: list[NoteOut]


class TreeOut(Schema):
    """A version in one language, in reading order."""

    slug: str
    number: int
    published: bool
    language: str
    title: str
    provisions: list[WordingOut]


class SaidOut(Schema):
    """What a provision says in one version, by language."""

    number: int
    published: bool
    wordings: dict[str, WordingOut]


class ProvisionOut(Schema):
    """A provision with what it said in every visible version, newest first."""

    urn: str
    id: str
    label: str
    address: str
    said: list[SaidOut]


class RunOut(Schema):
    """Some words: equal, insert or delete."""

    op: str
    text: str


class PartOut(Schema):
    """A part that differs (number, heading, text, a note) as runs of words, in order."""

    part: str
    runs: list[RunOut]


class DifferenceOut(Schema):
    """What became of a provision between two versions."""

    id: str
    change: str
    moved: bool
    parts: list[PartOut]


class Narrow(Page):
    """Which texts."""

    text: str = Field("", max_length=80)
    kind: str = Field("", max_length=12)


class Language(Schema):
    """In which language; the reader's where none is given."""

    lang: str = Field("", max_length=12)


class TwoVersions(Schema):
    """Which two versions, in which language."""

    old: int = Field(ge=1, le=32_000)
    new: int = Field(ge=1, le=32_000)
    lang: str = Field("en", max_length=12)


class FiledOut(Schema):
    """The draft that was filed, and what could not be placed."""

    slug: str
    number: int
    language: str
    provisions: int
    doubts: list[dict[str, Any]]  # as the importer tells them


class FileIn(Schema):
    """What comes with a file."""

    language: str = Field(max_length=12)
    kind: DocumentKind = DocumentKind.OTHER
    source: str = Field("", max_length=300)


class PublishIn(Schema):
    """When it was adopted, if it was."""

    adopted_on: date | None = None


def _text(row: Document) -> dict[str, object]:
    return {name: getattr(row, name) for name in TextOut.model_fields}


def _document(slug: str) -> Document:
    found = Document.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _version(document: Document, number: int | None) -> Version:
    found = queries.shown(document, number)
    if found is None:
        raise Http404
    return found


def _wording(row: Wording) -> dict[str, object]:
    kept = {name: getattr(row, name) for name in ("depth", "kind", "number", "heading", "text", "footnotes")}
    return {"id": row.provision.eid} | kept


@room.get("", door=open_to_all(PUBLIC), response=Paged[TextOut])
def texts(request: ApiRequest, wanted: Query[Narrow]) -> dict[str, object]:
    """Texts, narrowed by words of the title and by kind."""
    return paged(request, queries.listed(text=wanted.text, kind=wanted.kind), wanted, _text)


@room.get("{slug:slug}", door=open_to_all(PUBLIC), response=TextDetail)
def text(request: ApiRequest, slug: str) -> dict[str, object]:
    """One text with its versions and their languages."""
    document = _document(slug)
    names = ("number", "published", "adopted_on", "note")
    versions = [{name: getattr(row, name) for name in names} | {"languages": queries.languages(row)} for row in queries.versions(document)]
    return _text(document) | {"versions": versions}


@room.get("{slug:slug}/versions/{int:number}", door=open_to_all(PUBLIC), response=TreeOut)
def version(request: ApiRequest, slug: str, number: int, wanted: Query[Language]) -> dict[str, object]:
    """A version in one language: every provision in reading order, with its permanent id."""
    document = _document(slug)
    found = _version(document, number)
    language = queries.best_language(found, [wanted.lang, get_language() or "en"])
    if not language:
        raise Http404
    return {
        "slug": slug, "number": found.number, "published": found.published, "language": language,
        "title": queries.tree(found, language).title, "provisions": [_wording(row) for row in queries.wordings(found, language)],
    }  # fmt: skip


@room.get("{slug:slug}/provisions/{slug:eid}", door=open_to_all(PUBLIC), response=ProvisionOut)
def provision(request: ApiRequest, slug: str, eid: str) -> dict[str, object]:
    """One provision: what it said in every version and language."""
    found = Provision.objects.filter(document=_document(slug), eid=eid).select_related("document").first()
    if found is None:
        raise Http404
    said = [
        {
            "number": each.version.number, "published": each.version.published,
            "wordings": {code: _wording(row) for code, row in each.wordings.items()},
        }
        for each in queries.history(found)
    ]  # fmt: skip
    address = request.build_absolute_uri(found.get_absolute_url())
    return {"urn": found.urn, "id": eid, "label": queries.label(found, get_language() or "en"), "address": address, "said": said}


@room.get("{slug:slug}/compare", door=open_to_all(PUBLIC), response=list[DifferenceOut])
def compare(request: ApiRequest, slug: str, wanted: Query[TwoVersions]) -> list[dict[str, object]]:
    """What changed between two versions in one language, by words."""
    document = _document(slug)
    before, after = _version(document, wanted.old), _version(document, wanted.new)
    if not {wanted.lang} <= set(queries.languages(before)) & set(queries.languages(after)):
        raise Http404
    return [
        {
            "id": each.id,
            "change": each.change.value,
            "moved": each.moved,
            "parts": [{"part": part, "runs": [{"op": run.op.value, "text": run.text} for run in runs]} for part, runs in each.changes],
        }
        for each in engine.diff(queries.tree(before, wanted.lang), queries.tree(after, wanted.lang))
    ]


def _filed(request: ApiRequest, document: Document | None, given: FileIn, file: UploadedFile) -> Status[dict[str, object]]:
    try:
        got = engine.read(file.read(), file.name or "", given.language)
    except engine.Refused as refused:
        words = engine.SENTENCES[refused.code]
        raise unusable("file", _(words) % refused.params) from None
    made = services.file_text(
        by=request.acting, text=got.text, kind=given.kind, document=document, problems=got.problems, source=given.source
    )
    told = {"language": got.text.language, "provisions": sum(1 for _node in got.text.walk()), "doubts": made.doubts}
    return Status(201, {"slug": made.document.slug, "number": made.number} | told)


@room.post("", door=acting(Function.SECRETARIAT), response={201: FiledOut})
def file_text(request: ApiRequest, given: Form[FileIn], file: File[UploadedFile]) -> Status[dict[str, object]]:
    """Files a new text as a draft from plain text, DOCX or Akoma Ntoso; what could not be placed is told."""
    return _filed(request, None, given, file)


@room.post("{slug:slug}/versions", door=acting(Function.SECRETARIAT), response={201: FiledOut})
def add_version(request: ApiRequest, slug: str, given: Form[FileIn], file: File[UploadedFile]) -> Status[dict[str, object]]:
    """Adds a version, or another language of the draft that there is."""
    return _filed(request, _document(slug), given, file)


@room.post("{slug:slug}/versions/{int:number}/publish", door=acting(Function.SECRETARIAT), response=VersionOut)
def publish(request: ApiRequest, slug: str, number: int, given: PublishIn) -> dict[str, object]:
    """Publishes a draft: from now on everybody sees it, and it never changes."""
    found = _version(_document(slug), number)
    services.publish(by=request.acting, version=found, adopted_on=given.adopted_on)
    found.refresh_from_db()
    names = ("number", "published", "adopted_on", "note")
    return {name: getattr(found, name) for name in names} | {"languages": queries.languages(found)}
