"""What one takes along: a report as DOCX and PDF, the matrix, recommendations as JSON, a calendar, feeds."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.engines import texts as engine
from entraide.features.monitoring import feeds, paper, queries, rules, telling
from entraide.features.monitoring.choices import Result
from entraide.features.monitoring.forms import RecommendationsFilter, state_choices
from entraide.features.monitoring.matrix import matrix, workbook
from entraide.features.monitoring.models import Evaluation, Recommendation
from entraide.features.monitoring.shown import RESULT_KINDS
from entraide.features.monitoring.typesetting import pdf
from entraide.features.monitoring.views.public import PUBLIC
from entraide.features.texts.models import Provision
from entraide.features.texts.queries import label
from entraide.features.treaties import queries as treaties
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.doors import open_to_all
from entraide.kernel.base.countries import country_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def given_out(body: bytes, kind: str, filename: str = "") -> HttpResponse:
    """A file, to be saved where it has a name."""
    response = HttpResponse(body, content_type=kind)
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@open_to_all(PUBLIC)
def report_file(request: HttpRequest, edition: UUID, form: str) -> HttpResponse:
    """A report in one edition that the reader may see, as DOCX or PDF."""
    found = queries.edition(edition)
    lines = paper.lines(found)
    here = paper.languages(lines)
    if form not in {"docx", "pdf"} or not here:
        raise Http404
    wanted = (request.GET.get("lang", ""), request.LANGUAGE_CODE, "en")
    language = next((code for code in wanted if code in here), here[0])
    name = f"{found.evaluation.round.mechanism.slug}-{found.evaluation.round.number}-{found.evaluation.state}-{found.kind}-{language}"
    verbs = paper.verbs_of(found, language)
    if form == "docx":
        made = engine.write_docx(paper.as_text(found, lines, language, verbs), paper.cover(found, language))
        return given_out(made, DOCX, f"{name}.docx")
    return given_out(pdf(found, lines, verbs, language), "application/pdf", f"{name}.pdf")


@open_to_all(PUBLIC)
def matrix_page(request: HttpRequest, round: UUID) -> HttpResponse:
    """Obligations by States; in an order by result only where the mechanism allows to rank."""
    found = queries.round(round)
    ranked = request.GET.get("order") == "result"
    if ranked:
        require(rules.may_rank(found.mechanism))
    shown = matrix(found, request.LANGUAGE_CODE)
    shares = [(name, shown.share(code)) for code, name in shown.states]
    context = {
        "round": found, "states": shown.states, "back_url": found.get_absolute_url(), "may_rank": rules.may_rank(found.mechanism),
        "rows": [
            (cluster, words, [(Result(cell).label, RESULT_KINDS[cell]) if cell else None for cell in cells])
            for (words, cells), cluster in zip(shown.rows, shown.clusters, strict=True)
        ],
        "ranked": sorted(((name, round_(share)) for name, share in shares if share is not None), key=lambda row: -row[1]) if ranked else [],
    }  # fmt: skip
    return render(request, "monitoring/matrix.html", context)


def round_(share: float) -> int:
    """A share in per cent."""
    return int(share * 100 + 0.5)


@open_to_all(PUBLIC)
def matrix_file(request: HttpRequest, round: UUID) -> HttpResponse:
    """The matrix as XLSX."""
    found = queries.round(round)
    book = workbook(matrix(found, request.LANGUAGE_CODE), f"{found.mechanism.name}, {found.name}")
    return given_out(book, XLSX, f"{found.mechanism.slug}-{found.number}.xlsx")


def facets(row: Recommendation) -> dict[str, Any]:
    """A recommendation with the facets of the Universal Human Rights Index: mechanism, State, themes, persons, SDG targets, document."""
    evaluation = row.edition.evaluation
    return {
        "id": row.urn, "mechanism": evaluation.round.mechanism.slug, "round": evaluation.round.number, "country": row.state,
        "verb": row.verb, "strength": row.strength, "text": row.paragraph.texts, "themes": row.themes, "affected_persons": row.persons,
        "sdg_targets": row.targets, "document": row.edition.symbol, "due": row.due.isoformat() if row.due else None,
        "published": row.edition.published_at.isoformat() if row.edition.published_at else None,
        "provision": row.provision.urn if row.provision else None, "continues": row.earlier.urn if row.earlier else None,
        "escalation": telling.escalation(row) or None, "invented": evaluation.invented,
    }  # fmt: skip


@open_to_all(PUBLIC)
def recommendations_json(request: HttpRequest) -> HttpResponse:
    """Final recommendations as JSON, narrowed as the list is."""
    states = set(Evaluation.objects.values_list("state", flat=True))
    choices = {"state": [("", ""), *state_choices(states)], "mechanism": [("", ""), *((m.slug, m.name) for m in queries.mechanisms())]}
    chosen = RecommendationsFilter(request.GET, choices=choices)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    told = {"recommendations": [facets(row) for row in queries.final_recommendations(**wanted)[:5_000]]}
    return given_out(JsonResponse(told, json_dumps_params={"ensure_ascii": False}).content, "application/json")


@open_to_all(PUBLIC)
def calendar(request: HttpRequest) -> HttpResponse:
    """Days on which something is due, for a calendar."""
    text = feeds.calendar(feeds.dues(), _site(request))
    return given_out(text.encode(), "text/calendar; charset=utf-8")


@open_to_all(PUBLIC)
def state_feed(request: HttpRequest, state: str) -> HttpResponse:
    """What was published of a State, and what it did with treaties."""
    if not Evaluation.objects.filter(state=state).exists() and not treaties.done_lately(state=state, most=1):
        raise Http404
    with override(_language(request)):
        return _feed(request, feeds.entries(state=state), country_name(state), f"urn:entraide:state:{state}")


@open_to_all(PUBLIC)
def provision_feed(request: HttpRequest, provision: UUID) -> HttpResponse:
    """What was recommended to any State about a provision, and what was recorded here of its treaty."""
    found = Provision.objects.select_related("document").filter(pk=provision).first()
    if found is None:
        raise Http404
    language = _language(request)
    with override(language):
        return _feed(request, feeds.entries(provision=provision, document=found.document_id), label(found, language), found.urn)


def _feed(request: HttpRequest, found: list[feeds.Entry], title: str, urn: str) -> HttpResponse:
    said = _("Monitoring: %(title)s") % {"title": title}
    told = feeds.atom(found, title=said, urn=urn, site=_site(request), path=request.path, language=_language(request))
    return given_out(told, "application/atom+xml; charset=utf-8")


def _language(request: HttpRequest) -> str:
    """The language that the address names; without one, the reader's."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else request.LANGUAGE_CODE


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
