"""Writing a questionnaire: its page, sections, questions; publication and the next version."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.engines.forms import Refused, read_xlsform
from entraide.features.questionnaires import authoring, queries, rules, sentences, xlsform
from entraide.features.questionnaires.choices import ASKERS, Shape
from entraide.features.questionnaires.forms import ImportForm, QuestionForm, QuestionnaireForm, SectionForm
from entraide.features.questionnaires.models import Binding, Question, Questionnaire, Section
from entraide.features.questionnaires.options import as_lines, from_lines
from entraide.features.questionnaires.outline import Outline, outline
from entraide.features.questionnaires.views.fetching import is_uuid, part_of, question_of, questionnaire_of, section_of
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.base.countries import language_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@acting()
def page(request: ActingRequest, questionnaire: UUID) -> HttpResponse:
    """A questionnaire: what it asks, and, for its secretariat, everything that can be done with it."""
    found, by = questionnaire_of(questionnaire), request.acting
    whole = outline(found)
    bound: dict[UUID, list[Binding]] = {}
    for each in Binding.objects.filter(question__questionnaire=found).select_related("provision__document"):
        bound.setdefault(each.question_id, []).append(each)
    mine = bool(rules.may_author(by)) and found.holder == by.body
    context = {
        "questionnaire": found, "tree": [_node(whole, section, bound) for section in whole.pages],
        "count": len(whole.questions), "may_change": rules.may_author(by, found), "mine": mine,
        "may_circulate": rules.may_circulate(by, found), "is_block": found.shape == Shape.BLOCK,
        "spoken": [language_name(code) for code in found.languages],
        "doubts": [_doubt(each) for each in found.doubts] if mine else [],
        "circulations": queries.circulations().filter(questionnaire=found)[:20],
        "blocks": queries.listed(shape=Shape.BLOCK).filter(published=True)[:50] if mine and not found.published else [],
        "back_url": reverse("questionnaires:blocks" if found.shape == Shape.BLOCK else "questionnaires:list"),
    }  # fmt: skip
    return render(request, "questionnaires/questionnaire.html", context)


def _node(whole: Outline, section: Section, bound: dict[UUID, list[Binding]]) -> dict[str, Any]:
    parts = [
        _node(whole, part, bound) if isinstance(part, Section) else {"question": part, "bound": bound.get(part.pk, [])}
        for part in whole.inside(section)
    ]
    return {"section": section, "parts": parts, "depth": min(len(whole.chain(section)), 3)}


def _doubt(each: dict[str, Any]) -> dict[str, Any]:
    return each | {"reason": sentences.of_problem(each["code"], each["text"]), "whole": " | ".join(each.get("cells", {}).values())}


@acting(*ASKERS)
def new(request: ActingRequest) -> HttpResponse:
    """Begins a questionnaire."""
    return _new(request, Shape.QUESTIONNAIRE)


@acting(*ASKERS)
def new_block(request: ActingRequest) -> HttpResponse:
    """Begins a reusable block."""
    return _new(request, Shape.BLOCK)


def _new(request: ActingRequest, shape: str) -> HttpResponse:
    form = QuestionnaireForm(request.POST or None, initial={"language": request.acting.language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        language = given["language"]
        made = authoring.create(
            by=request.acting, titles={language: given["title"]}, intros={language: given["intro"]} if given["intro"] else {},
            languages=[language, *given["others"]], shape=shape,
        )  # fmt: skip
        return redirect("questionnaires:new_section", made.pk)
    block = shape == Shape.BLOCK
    title = _("A new block") if block else _("A new questionnaire")
    back = reverse("questionnaires:blocks" if block else "questionnaires:list")
    return render(request, "questionnaires/ask.html", {"form": form, "title": title, "action": _("Go on"), "back_url": back})


@acting(*ASKERS)
def edit(request: ActingRequest, questionnaire: UUID) -> HttpResponse:
    """Title, introduction and languages of a draft."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    language = found.languages[0]
    first = {"title": found.titles.get(language, ""), "intro": found.intros.get(language, ""), "language": language,
             "others": found.languages[1:]}  # fmt: skip
    form = QuestionnaireForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        authoring.revise(
            by=request.acting, questionnaire=found, titles=found.titles | {given["language"]: given["title"]},
            intros=found.intros | {given["language"]: given["intro"]}, languages=[given["language"], *given["others"]],
        )  # fmt: skip
        return redirect(found)
    context = {"form": form, "title": _("Title and languages"), "action": _("Save"), "back_url": found.get_absolute_url()}
    return render(request, "questionnaires/ask.html", context)


@acting(*ASKERS)
def import_file(request: ActingRequest) -> HttpResponse:
    """An XLSForm becomes a draft; what it could not place is listed on the draft's page."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = read_xlsform(form.cleaned_data["file"].read())
        except Refused as wrong:
            form.add_error("file", sentences.of_file(wrong))
        else:
            made = xlsform.import_form(by=request.acting, found=found)
            messages.success(request, _("The form is here as a draft. Look through it, then publish it."))
            return redirect(made)
    return render(request, "questionnaires/import.html", {"form": form, "back_url": reverse("questionnaires:list")})


@acting()
def export(request: ActingRequest, questionnaire: UUID) -> HttpResponse:
    """The questionnaire as an XLSForm."""
    found = questionnaire_of(questionnaire)
    response = HttpResponse(xlsform.export_form(found), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}-{found.version}.xlsx"'
    return response


def _keys(whole: Outline) -> set[str]:
    return {question.key for question in whole.questions}


@acting(*ASKERS)
def new_section(request: ActingRequest, questionnaire: UUID) -> HttpResponse:
    """A section at the end, or within the section that the address names."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    whole = outline(found)
    parent = section_of(whole, UUID(request.GET["in"])) if is_uuid(request.GET.get("in", "")) else None
    form = SectionForm(request.POST or None, keys=_keys(whole))
    if request.method == "POST" and form.is_valid():
        made = authoring.add_section(by=request.acting, questionnaire=found, parent=parent, **_section_facts(found, form.cleaned_data))
        return redirect("questionnaires:new_question", found.pk, made.pk)
    title = _("A part of “%(section)s”") % {"section": parent.title} if parent else _("A new section")
    context = {"form": form, "title": title, "action": _("Save and add a question"), "back_url": found.get_absolute_url()}
    return render(request, "questionnaires/ask.html", context)


def _section_facts(found: Questionnaire, given: dict[str, Any], before: Section | None = None) -> dict[str, Any]:
    language = found.languages[0]
    titles, intros = (before.titles, before.intros) if before else ({}, {})
    return {
        "titles": titles | {language: given["title"]}, "intros": intros | {language: given["intro"]}, "condition": given["condition"],
        "repeats": given["repeats"], "most": given["most"],
    }  # fmt: skip


@acting(*ASKERS)
def edit_section(request: ActingRequest, questionnaire: UUID, section: UUID) -> HttpResponse:
    """A section of a draft."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    whole = outline(found)
    row, language = section_of(whole, section), found.languages[0]
    first = {"title": row.titles.get(language, ""), "intro": row.intros.get(language, ""), "condition": row.condition,
             "repeats": row.repeats, "most": row.most}  # fmt: skip
    form = SectionForm(request.POST or None, keys=_keys(whole), initial=first)
    if request.method == "POST" and form.is_valid():
        authoring.change(by=request.acting, part=row, **_section_facts(found, form.cleaned_data, row))
        return redirect(f"{found.get_absolute_url()}#{row.pk}")
    context = {"form": form, "title": _("Change the section"), "action": _("Save"), "back_url": found.get_absolute_url()}
    return render(request, "questionnaires/ask.html", context)


@acting(*ASKERS)
def new_question(request: ActingRequest, questionnaire: UUID, section: UUID) -> HttpResponse:
    """A question at the end of a section."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    whole = outline(found)
    home = section_of(whole, section)
    form = QuestionForm(request.POST or None, keys=_keys(whole))
    if request.method == "POST" and form.is_valid():
        facts = _question_facts(found, form.cleaned_data)
        authoring.add_question(
            by=request.acting, section=home, kind=facts.pop("kind"), labels=facts.pop("labels"),
            provisions=form.cleaned_data["provisions"], **facts,
        )  # fmt: skip
        if "again" in request.POST:
            messages.success(request, _("The question is added. Here is room for the next."))
            return redirect("questionnaires:new_question", found.pk, home.pk)
        return redirect(f"{found.get_absolute_url()}#{home.pk}")
    context = {
        "form": form, "title": _("A question in “%(section)s”") % {"section": home.title}, "action": _("Save"),
        "again": _("Save and add another"), "back_url": found.get_absolute_url(), "keys": whole.questions,
    }  # fmt: skip
    return render(request, "questionnaires/ask.html", context)


def _question_facts(found: Questionnaire, given: dict[str, Any], before: Question | None = None) -> dict[str, Any]:
    language = found.languages[0]

    def texts(name: str, text: str) -> dict[str, str]:
        kept: dict[str, str] = getattr(before, name) if before else {}
        return {code: each for code, each in (kept | {language: text}).items() if each}

    grid = before.grid if before else {}
    return {
        "kind": given["kind"], "labels": texts("labels", given["label"]), "hints": texts("hints", given["hint"]),
        "required": given["required"], "condition": given["condition"], "constraint": given["constraint"],
        "constraint_texts": texts("constraint_texts", given["constraint_text"]),
        "options": from_lines(given["options"], language, before.options if before else []),
        "grid": {
            name: from_lines(given[name], language, grid.get(name, [])) for name in ("rows", "columns")
        } if given["kind"] == "table" else {},
    }  # fmt: skip


@acting(*ASKERS)
def edit_question(request: ActingRequest, questionnaire: UUID, question: UUID) -> HttpResponse:
    """A question of a draft."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    whole = outline(found)
    row, language = question_of(whole, question), found.languages[0]
    bound = Binding.objects.filter(question=row).select_related("provision__document")
    first = {
        "label": row.labels.get(language, ""), "hint": row.hints.get(language, ""), "kind": row.kind, "required": row.required,
        "options": as_lines(row.options, language), "rows": as_lines(row.grid.get("rows", []), language),
        "columns": as_lines(row.grid.get("columns", []), language), "condition": row.condition, "constraint": row.constraint,
        "constraint_text": row.constraint_texts.get(language, ""),
        "provisions": "\n".join(f"{each.provision.document.slug}#{each.provision.eid}" for each in bound),
    }  # fmt: skip
    form = QuestionForm(request.POST or None, keys=_keys(whole), initial=first)
    if request.method == "POST" and form.is_valid():
        facts = _question_facts(found, form.cleaned_data, row)
        authoring.change(by=request.acting, part=row, provisions=form.cleaned_data["provisions"], **facts)
        return redirect(f"{found.get_absolute_url()}#{row.pk}")
    context = {
        "form": form, "title": _("Change the question"), "caption": row.key, "action": _("Save"), "back_url": found.get_absolute_url(),
        "keys": whole.questions,
    }  # fmt: skip
    return render(request, "questionnaires/ask.html", context)


@acting(*ASKERS)
def part(request: ActingRequest, questionnaire: UUID, part: UUID, name: str) -> HttpResponse:
    """Moves a section or question up or down, or takes it out; by POST alone."""
    found = questionnaire_of(questionnaire)
    require(rules.may_author(request.acting, found))
    row = part_of(outline(found), part)
    if request.method == "POST" and name in {"up", "down"}:
        authoring.move(by=request.acting, part=row, up=name == "up")
    elif request.method == "POST" and name == "remove":
        authoring.remove(by=request.acting, part=row)
        return redirect(found)
    elif name == "remove":
        context = {"part": row, "questionnaire": found, "back_url": found.get_absolute_url()}
        return render(request, "questionnaires/remove.html", context)
    return redirect(f"{found.get_absolute_url()}#{row.pk}")
