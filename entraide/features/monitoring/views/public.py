"""Mechanisms, rounds, the evaluation of a State, reports, recommendations, lots. Public where published; others see what is theirs."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.monitoring import queries, rules, shown, telling
from entraide.features.monitoring.choices import EditionKind, Reviewers
from entraide.features.monitoring.forms import EvaluationsFilter, RecommendationsFilter, state_choices
from entraide.features.monitoring.models import Draw, Evaluation
from entraide.features.texts.queries import label
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.doors import open_to_all
from entraide.kernel.base.countries import country_name, language_name
from entraide.kernel.bodies import queries as bodies
from entraide.ui.parts import Link

PUBLIC = "mechanisms, rounds and published reports are for everybody; each sees beside them what is sent to her"


def acting_of(request: HttpRequest) -> Acting | None:
    """Whoever acts, if anybody."""
    return getattr(request, "acting", None)


@open_to_all(PUBLIC)
def index(request: HttpRequest) -> HttpResponse:
    """Every mechanism with its rounds."""
    by = acting_of(request)
    rows = [(each, list(queries.rounds(each))) for each in queries.mechanisms()]
    may_found = by and rules.may_found(by, bodies.get(by.body))
    return render(request, "monitoring/index.html", {"rows": rows, "plans": list(queries.plans()[:10]), "may_found": may_found})


@open_to_all(PUBLIC)
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """How a mechanism works, and its rounds."""
    found, by = queries.mechanism(slug), acting_of(request)
    context = {
        "mechanism": found, "facts": shown.facts(found), "rounds": queries.rounds(found), "back_url": reverse("monitoring:index"),
        "may_manage": by and rules.may_manage(by, found),
    }  # fmt: skip
    return render(request, "monitoring/mechanism.html", context)


@open_to_all(PUBLIC)
def round(request: HttpRequest, round: UUID) -> HttpResponse:
    """A round: the order of countries, where each stands, what is looked at."""
    found = queries.round(round)
    chosen = EvaluationsFilter(request.GET)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    page = Paginator(queries.evaluations(found, **wanted), 40).get_page(request.GET.get("page"))
    by = acting_of(request)
    context = {
        "may_fix": by and found.mechanism.reviewers_are == Reviewers.STATES and rules.may_manage(by, found.mechanism),
        "round": found, "filter": chosen, "page": page, "rows": [(each, telling.stage_kind(each)) for each in page],
        "may_manage": by and rules.may_manage(by, found.mechanism), "questionnaires": shown.questionnaires(found),
        "scope": [
            (found.mechanism.cluster_name(cluster), [(each, label(each.provision, request.LANGUAGE_CODE)) for each in inside])
            for cluster, inside in queries.scope(found)
        ],
        "draws": Draw.objects.filter(round=found).order_by("-created_at"), "back_url": found.mechanism.get_absolute_url(),
    }  # fmt: skip
    return render(request, "monitoring/round.html", context)


@open_to_all(PUBLIC)
def evaluation(request: HttpRequest, evaluation: UUID) -> HttpResponse:
    """The evaluation of a State: where it stands, its clock, its team, its papers, what follows."""
    found = queries.evaluation(evaluation)
    context = shown.evaluation(found, acting_of(request)) | {"evaluation": found, "back_url": found.round.get_absolute_url()}
    return render(request, "monitoring/evaluation.html", context)


@open_to_all(PUBLIC)
def report(request: HttpRequest, edition: UUID) -> HttpResponse:
    """A report in one edition, with findings, evidence, recommendations and the State's comments beside their paragraphs."""
    found = queries.edition(edition)
    by = acting_of(request)
    comments, spoken = queries.comments(found), found.evaluation.round.mechanism.languages
    language = next((code for code in (request.GET.get("language"), request.LANGUAGE_CODE, *spoken) if code in spoken), "en")
    lines = shown.report_lines(found, comments, language)
    context = {
        "edition": found, "evaluation": found.evaluation, "lines": lines, "comments": comments,
        "may_write": by and found.kind == EditionKind.DRAFT and rules.may_write(by, found),
        "may_comment": by and found.kind == EditionKind.SENT and rules.may_comment(by, found),
        "back_url": found.evaluation.get_absolute_url(), "language": language,
        "tabs": [Link(language_name(code), f"?language={code}", code == language) for code in spoken] if len(spoken) > 1 else [],
    }  # fmt: skip
    return render(request, "monitoring/report.html", context)


@open_to_all(PUBLIC)
def recommendations(request: HttpRequest) -> HttpResponse:
    """Final recommendations, filtered and paged, with where each stands."""
    states = set(Evaluation.objects.values_list("state", flat=True))
    choices = {
        "state": [("", _("All")), *state_choices(states)],
        "mechanism": [("", _("All")), *((each.slug, each.name) for each in queries.mechanisms())],
    }
    chosen = RecommendationsFilter(request.GET, choices=choices)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    page = Paginator(queries.final_recommendations(**wanted), 20).get_page(request.GET.get("page"))
    context = {"filter": chosen, "page": page, "rows": shown.standing(list(page)), "back_url": reverse("monitoring:index")}
    return render(request, "monitoring/recommendations.html", context)


@open_to_all(PUBLIC)
def recommendation(request: HttpRequest, recommendation: UUID) -> HttpResponse:
    """One recommendation: the verb, what it rests on, replies, decisions, measures, how far it is carried out."""
    found = queries.recommendation(recommendation)
    by = acting_of(request)
    context = shown.recommendation(found) | {
        "may_reply": by and rules.may_reply(by, found), "may_assess": by and rules.may_assess(by, found),
        "back_url": found.edition.get_absolute_url(),
    }  # fmt: skip
    return render(request, "monitoring/recommendation.html", context)


@open_to_all(PUBLIC)
def draw(request: HttpRequest, draw: UUID) -> HttpResponse:
    """Lots: inputs, seed, result, and how to verify them."""
    found = queries.draw(draw)
    by = acting_of(request)
    order = found.result.get("order", [])
    context = {
        "draw": found, "may_draw": by and found.drawn_at is None and rules.may_manage(by, found.round.mechanism),
        "rows": [(place, country_name(code), [country_name(each) for each in found.result["reviewers"][code]]) for place, code in
                 enumerate(order, start=1)],
        "inputs": [(country_name(code), group) for code, group in found.inputs["reviewed"]],
        "pool": [(country_name(code), group) for code, group in found.inputs["pool"]],
        "excluded": [(country_name(a), country_name(b)) for a, b in found.inputs["excluded"]],
        "back_url": found.round.get_absolute_url(),
    }  # fmt: skip
    return render(request, "monitoring/draw.html", context)


@open_to_all(PUBLIC)
def draw_json(request: HttpRequest, draw: UUID) -> HttpResponse:
    """What `entraide lots verify` reads."""
    found = queries.draw(draw)
    told = {"inputs": found.inputs, "digest": found.digest, "seed": found.seed, "seed_source": found.seed_source, **found.result}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
