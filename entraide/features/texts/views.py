"""The list of texts, one text, one provision, two versions compared, files out. Public; drafts show to the body that keeps them."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entraide.engines import texts as engine
from entraide.features.texts import cited_by, queries, reading, rules, trees
from entraide.features.texts.forms import TextsFilter
from entraide.features.texts.models import Document, Provision, Version, Wording
from entraide.kernel.accounts.doors import open_to_all
from entraide.kernel.base.countries import language_name
from entraide.kernel.base.days import day_words

PUBLIC = "published texts are for everybody; drafts show to the body that keeps them"
FILES: dict[str, tuple[str, str, Callable[[engine.Text], bytes]]] = {
    "akn": ("xml", "application/akn+xml", engine.write_akn),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", engine.write_docx),
    "txt": ("txt", "text/plain; charset=utf-8", lambda text: engine.write_plain(text).encode()),
}


@open_to_all(PUBLIC)
def texts(request: HttpRequest) -> HttpResponse:
    """The list, filtered and paged."""
    chosen = TextsFilter(request.GET)
    page = Paginator(queries.listed(**(chosen.cleaned_data if chosen.is_valid() else {})), 25).get_page(request.GET.get("page"))
    acting = getattr(request, "acting", None)
    return render(request, "texts/list.html", {"page": page, "filter": chosen, "may_file": acting and rules.may_file(acting)})


def document_of(slug: str) -> Document:
    """The visible text of this name."""
    found = Document.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def version_of(document: Document, number: int | None) -> Version:
    """The visible version."""
    found = queries.shown(document, number)
    if found is None:
        raise Http404
    return found


def language_of(request: HttpRequest, version: Version) -> str:
    """The language asked for, else the reader's, where the version is in it."""
    return queries.best_language(version, [request.GET.get("lang", ""), get_language() or "en"])


@open_to_all(PUBLIC)
def text(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A version in one language, with its contents."""
    document = document_of(slug)
    version = version_of(document, number)
    language = language_of(request, version)
    rows = [reading.shown(row) for row in queries.wordings(version, language)]
    acting = getattr(request, "acting", None)
    context = {
        "document": document,
        "as_of": day_words(document.as_of),
        "version": version,
        "versions": queries.versions(document),
        "language": language,
        "direction": reading.direction(language),
        "here": [(code, language_name(code)) for code in queries.languages(version)],
        "rows": rows,
        "contents": [row for row in rows if row.row.heading and row.row.depth < 2],
        "may_change": acting and rules.may_change(acting, version),
        "may_add": acting and rules.may_file(acting, document),
        "doubts": _doubts(version) if not version.published else [],
        "gaps": _gaps(version) if not version.published else None,
        "back_url": reverse("texts:list"),
    }
    return render(request, "texts/text.html", context)


def _doubts(version: Version) -> list[dict[str, object]]:
    return [each | {"reason": _state(each["code"]), "language": language_name(each["language"])} for each in version.doubts]


def _state(code: str) -> str:
    sentence = engine.STATES[code]
    return _(sentence)


def _gaps(version: Version) -> engine.InStep | None:
    languages = queries.languages(version)
    return engine.in_step({code: queries.tree(version, code) for code in languages}) if len(languages) > 1 else None


@open_to_all(PUBLIC)
def provision(request: HttpRequest, slug: str, eid: str) -> HttpResponse:
    """One provision in every version and language, the quotation a link asks for, and what points here."""
    document = document_of(slug)
    found = Provision.objects.filter(document=document, eid=eid).first()
    if found is None:
        raise Http404
    history = queries.history(found)
    quote = _quoted(request.GET.get("quote", ""), eid, history)
    language = queries.best_language(history[0].version, [request.GET.get("lang", ""), get_language() or "en"]) if history else ""
    now = history[0].wordings.get(language) if history else None
    context = {
        "document": document,
        "provision": found,
        "language": language,
        "label": queries.label(found, get_language() or "en"),
        "said": [
            (
                said.version,
                [(code, language_name(code), reading.direction(code), _shown(row, quote)) for code, row in said.wordings.items()],
            )
            for said in history
        ],
        "quote": quote,
        "link": _link(request, found, now) if now is not None and request.GET.get("words") else None,
        "words": request.GET.get("words", ""),
        "cited_by": cited_by.panels(request, found),
        "back_url": reverse("texts:text", args=[slug]),
    }
    return render(request, "texts/provision.html", context)


def _shown(row: Wording, quote: "dict[str, object] | None") -> reading.Shown:
    place = engine.find(_node(row), quote["anchor"]) if quote and isinstance(quote["anchor"], engine.Anchor) else None
    return reading.shown(row, (place.start, place.end) if isinstance(place, engine.Span) else None)


def _node(row: Wording) -> engine.Node:
    return engine.Node(row.provision.eid, engine.Kind(row.kind), row.number, row.heading, row.text, trees.notes_from_json(row.footnotes))


def _quoted(fragment: str, eid: str, history: list[queries.Said]) -> dict[str, object] | None:
    """The quotation asked for, and what became of it in the newest version: stands, changed, gone, or no such link."""
    if not fragment:
        return None
    try:
        anchor = engine.Anchor.parse(fragment)
    except engine.Refused:
        return {"anchor": None, "state": "bad"}
    if anchor.id != eid:
        return {"anchor": None, "state": "bad"}
    newest = history[0].wordings.values() if history else []
    stands = any(isinstance(engine.find(_node(row), anchor), engine.Span) for row in newest)
    return {"anchor": anchor, "state": "stands" if stands else "changed"}


def _link(request: HttpRequest, found: Provision, row: Wording) -> str:
    """The link that quotes these words; empty where they do not stand here."""
    try:
        anchor = engine.anchor(_node(row), request.GET["words"])
    except engine.Refused:
        return ""
    query = urlencode({"lang": row.language, "quote": anchor.fragment})
    return request.build_absolute_uri(f"{found.get_absolute_url()}?{query}")


@open_to_all(PUBLIC)
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions by words."""
    document = document_of(slug)
    versions = list(queries.versions(document))
    numbers = {str(version.number): version for version in versions}
    new = numbers.get(request.GET.get("new", ""), versions[0] if versions else None)
    old = numbers.get(request.GET.get("old", ""), versions[1] if len(versions) > 1 else new)
    if new is None or old is None:
        raise Http404
    shared = [code for code in queries.languages(new) if code in queries.languages(old)]
    asked = [code for code in (request.GET.get("lang"), get_language(), *shared) if code in shared]
    differences = engine.diff(queries.tree(old, asked[0]), queries.tree(new, asked[0])) if asked else ()
    context = {
        "document": document, "versions": versions, "old": old, "new": new, "language": asked[0] if asked else "",
        "direction": reading.direction(asked[0]) if asked else "ltr", "here": [(code, language_name(code)) for code in shared],
        "differences": differences, "back_url": reverse("texts:text", args=[slug]),
    }  # fmt: skip
    return render(request, "texts/compare.html", context)


@open_to_all(PUBLIC)
def export(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """A version in one language as a file."""
    document = document_of(slug)
    version = version_of(document, number)
    language = language_of(request, version)
    if form not in FILES or not language:
        raise Http404
    ending, kind, write = FILES[form]
    response = HttpResponse(write(queries.tree(version, language)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{document.slug}-{version.number}-{language}.{ending}"'
    return response
