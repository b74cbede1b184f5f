"""Steps with a whole questionnaire: publish, next version, throw away, use a block, translations side by side."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from entraide.features.questionnaires import authoring, rules, translating
from entraide.features.questionnaires.choices import ANSWERED, ASKERS
from entraide.features.questionnaires.models import Question
from entraide.features.questionnaires.outline import outline
from entraide.features.questionnaires.views.fetching import is_uuid, questionnaire_of
from entraide.features.texts.reading import direction
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import language_name
from entraide.ui.narrowing import Facet, RowsFilter


@acting(*ASKERS)
def publish(request: ActingRequest, questionnaire: UUID) -> HttpResponse:
    """Asks, then publishes."""
    found = questionnaire_of(questionnaire)
    count = Question.objects.filter(questionnaire=found, kind__in=ANSWERED).count()
    verdict = rules.may_publish(request.acting, found, count)
    if request.method == "POST":
        authoring.publish(by=request.acting, questionnaire=found)
        messages.success(request, _("It is published. It can be sent round, and never changes."))
        return redirect(found)
    gaps = translating.gaps(outline(found))
    context = {
        "questionnaire": found, "count": count, "verdict": verdict, "back_url": found.get_absolute_url(),
        "gaps": [(language_name(code), number) for code, number in gaps.items() if number],
    }  # fmt: skip
    return render(request, "questionnaires/publish.html", context)


@acting(*ASKERS)
def step(request: ActingRequest, questionnaire: UUID, name: str) -> HttpResponse:
    """Begins the next version, throws a draft away, or uses a block; by POST alone."""
    found = questionnaire_of(questionnaire)
    if request.method != "POST":
        return redirect(found)
    if name == "next":
        return redirect(authoring.next_version(by=request.acting, questionnaire=found))
    if name == "discard":
        authoring.throw_away(by=request.acting, questionnaire=found)
        messages.success(request, _("The draft is thrown away."))
        return redirect("questionnaires:list")
    if name == "block":
        block = request.POST.get("block", "")
        if not is_uuid(block):
            raise Http404
        authoring.use_block(by=request.acting, questionnaire=found, block=questionnaire_of(UUID(block)))
        messages.success(request, _("The block stands at the end now."))
        return redirect(found)
    raise Http404


@acting(*ASKERS)
def translate(request: ActingRequest, questionnaire: UUID, language: str) -> HttpResponse:
    """Every text in the language it was written in, and beside it the translation."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    if language not in found.languages[1:]:
        raise Http404
    whole = outline(found)
    missing = Facet("state", _("State"), lambda line: "done" if line.translated.strip() else "missing", _said)
    narrowed = RowsFilter(request.GET, translating.lines(whole, language), missing)
    page = Paginator(narrowed.kept, 40).get_page(request.GET.get("page"))
    if request.method == "POST":
        given: dict[str, Any] = {line.name: request.POST[line.name] for line in narrowed.rows if line.name in request.POST}
        changed = translating.translate(by=request.acting, questionnaire=found, language=language, given=given)
        messages.success(request, _("Saved. Texts changed: %(count)d") % {"count": changed})
        goes_on = page.has_next() and "on" in request.POST and not narrowed.answers  # what is done leaves a list of what is missing
        asked = narrowed.answers | {"page": str(page.next_page_number() if goes_on else page.number)}
        return redirect(f"{request.path}?{urlencode(asked)}")
    first = found.languages[0]
    context = {
        "questionnaire": found, "page": page, "filter": narrowed, "language": language, "name": language_name(language), "first": first,
        "first_name": language_name(first), "first_dir": direction(first), "dir": direction(language),
        "back_url": found.get_absolute_url(), "gaps": translating.gaps(whole)[language],
    }  # fmt: skip
    return render(request, "questionnaires/translate.html", context)


def _said(line: translating.Line) -> str:
    return _("Translated") if line.translated.strip() else _("Missing")
