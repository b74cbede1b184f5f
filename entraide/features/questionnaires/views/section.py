"""One section of a reply on a page: written question by question, or read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.engines.forms.values import as_text
from entraide.features.questionnaires import evidence, queries, saving
from entraide.features.questionnaires.choices import WRITERS, QuestionKind
from entraide.features.questionnaires.loaded import Loaded, load
from entraide.features.questionnaires.models import Instance, Past, Question, Section
from entraide.features.questionnaires.views.fetching import question_of, reply_of, section_of
from entraide.features.questionnaires.views.reply import context_of
from entraide.features.questionnaires.writing import Line, SectionForm, name_of, shown
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Refused, Stale
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies.models import Body
from entraide.kernel.files import scanner
from entraide.ui.parts import Moment

Node = dict[str, Any]


@acting()
def section(request: ActingRequest, reply: UUID, section: UUID) -> HttpResponse:
    """The page of a section: what may be written is a form, the rest is read."""
    found, by = reply_of(reply), request.acting
    loaded = load(found)
    here = section_of(loaded.outline, section)
    here = (loaded.outline.chain(here) or [here])[-1]
    places = loaded.to_write(by, here)
    form = SectionForm(request.POST if request.method == "POST" else None, asked=loaded.asked, places=places, answers=loaded.answers)
    if request.method == "POST":
        _nothing_gets_lost(request, loaded, here, form)
        answer = _save(request, loaded, here, form)
        if answer is not None:
            return answer
    pages = [page for page in loaded.outline.pages if loaded.asked.shows(page)]
    at = next((number for number, page in enumerate(pages) if page.pk == here.pk), 0)
    context = context_of(found) | {
        "section": here, "nodes": _nodes(by, loaded, here, form, 0), "form": form,
        "writes": bool(places) or _files_to_write(by, loaded, here),
        "has_errors": form.is_bound and form.is_wrong, "cell_errors": list(form.wrong_cells.items()) if form.is_bound else [],
        "place": at + 1, "of": len(pages), "previous": pages[at - 1] if at else None,
        "following": pages[at + 1] if at + 1 < len(pages) else None,
        "last_round": _last_round(loaded, here), "back_url": found.get_absolute_url(), "post": by.post, "scanned": scanner.said(),
    }  # fmt: skip
    return render(request, "questionnaires/section.html", context)


def _files_to_write(by: Acting, loaded: Loaded, here: Section) -> bool:
    return any(question.kind == QuestionKind.FILE and loaded.may_write(by, question) for question in loaded.outline.questions_in(here))


def _nothing_gets_lost(request: ActingRequest, loaded: Loaded, here: Section, form: SectionForm) -> None:
    """Raises `Stale` when words were sent for questions that cannot be written any more: cleared, taken back, no longer asked."""
    mine, theirs = {}, {}
    for question in loaded.outline.questions_in(here):
        for instance in loaded.asked.places(question):
            name = name_of((question.pk, instance))
            answer = loaded.answers.get((question.pk, instance))
            words = ", ".join(filter(None, request.POST.getlist(name)))
            stands = as_text(answer.value) if answer else ""
            if words and f"v{name}" not in form.fields and words != stands:
                mine[question.label], theirs[question.label] = words, stands
    if mine:
        raise Stale(mine=mine, theirs=theirs)


def _save(request: ActingRequest, loaded: Loaded, here: Section, form: SectionForm) -> HttpResponse | None:
    """Saves what can be kept; None where the page must say what could not."""
    given = form.given()
    saved = saving.save(by=request.acting, reply=loaded.reply, given=given, whole=loaded.outline)
    if saved.clashes:
        messages.warning(request, _("Somebody else changed the same answer meanwhile. Both versions are kept: choose below."))
    filed = _files(request, loaded, here)
    if form.is_wrong:
        form.renew(saved.versions, given)
        return None
    if filed:
        return redirect(f"{reverse('questionnaires:section', args=[loaded.reply.pk, here.pk])}#{filed}")
    if not saved.clashes:  # also where the page's script saved it before the button did
        messages.success(request, _("Saved."))
    url = reverse("questionnaires:section", args=[loaded.reply.pk, here.pk])
    if "repeat" in request.POST:
        return _repeat(request, loaded, request.POST["repeat"]) or redirect(url)
    following = request.POST.get("on", "")
    if following and not saved.clashes:
        onward = next((page for page in loaded.outline.pages if str(page.pk) == following), None)
        return redirect(reverse("questionnaires:section", args=[loaded.reply.pk, onward.pk]) if onward else loaded.reply)
    return redirect(f"{url}#{name_of((saved.clashes[0].question.pk, saved.clashes[0].instance))}" if saved.clashes else url)


def _files(request: ActingRequest, loaded: Loaded, here: Section) -> str:
    """Adds the files that were chosen and takes away the one whose button was pressed; the place to go back to, if any."""
    went = ""
    for question in loaded.outline.questions_in(here):
        for instance in loaded.asked.places(question) if question.kind == QuestionKind.FILE else []:
            name = name_of((question.pk, instance))
            given = request.FILES.get(f"file-{name}")
            if given is not None:
                _add(request, loaded, (question, instance), given.name or "file", given.read())
                went = name
            elif request.POST.get("add") == name:
                messages.error(request, _("Choose a file first."))
                went = name
    dropped = next((each for each in loaded.attachments if str(each.key) == request.POST.get("drop", "")), None)
    if dropped is not None:
        evidence.remove_file(by=request.acting, reply=loaded.reply, attachment=dropped)
        messages.success(request, _("The file is removed from the answer."))
        went = name_of((dropped.question_id, dropped.instance))
    return went


def _add(request: ActingRequest, loaded: Loaded, place: tuple[Question, int], name: str, data: bytes) -> None:
    try:
        evidence.add_file(by=request.acting, reply=loaded.reply, question=place[0], instance=place[1], name=name, data=data)
    except Refused as no:
        if no.verdict.code not in {"kind", "empty", "too_big", "enough", "infected", "unscanned"}:
            raise
        messages.error(request, str(no.verdict.sentence))
    else:
        messages.success(request, _("The file is added."))


def _repeat(request: ActingRequest, loaded: Loaded, name: str) -> HttpResponse | None:
    found = next((each for each in loaded.outline.sections if each.pk.hex == name and each.repeats), None)
    if found is not None:
        made = saving.add_instance(by=request.acting, reply=loaded.reply, section=found)
        return redirect(f"{reverse('questionnaires:section', args=[loaded.reply.pk, found.pk])}#i-{found.pk.hex}-{made.number}")
    return None


def _nodes(by: Acting, loaded: Loaded, section: Section, form: SectionForm, instance: int) -> list[Node]:
    """What the page shows, in reading order: lines of questions, headings of parts, instances of what repeats."""
    found: list[Node] = []
    for part in loaded.outline.inside(section):
        if not loaded.asked.shows(part, instance):
            continue
        if isinstance(part, Question):
            found.append({"line": _line(by, loaded, part, form, instance)})
        elif part.repeats:
            for place, number in enumerate(loaded.instances.get(part.pk, []), start=1):
                inside = _nodes(by, loaded, part, form, number)
                found.append({"part": part, "place": place, "number": number, "nodes": inside, "anchor": f"i-{part.pk.hex}-{number}"})
            found.append({"repeat": part, "hex": part.pk.hex, "may": loaded.writes_in(by, part)})
        else:
            found.append({"part": part, "nodes": _nodes(by, loaded, part, form, instance)})
    return found


def _line(by: Acting, loaded: Loaded, question: Question, form: SectionForm, instance: int) -> Node:
    place = (question.pk, instance)
    answer, name = loaded.answers.get(place), name_of(place)
    editable = f"v{name}" in form.fields
    line = Line(question, instance, answer, editable)
    if editable:
        line.bound = form[name] if name in form.fields else None
        line.gap = form[f"g{name}"]
        if question.kind == QuestionKind.TABLE:
            line.rows = form.cells(question, instance)
            line.columns = [cell.label.rsplit(", ", 1)[-1] for cell in line.rows[0][1]] if line.rows else []
            line.error = form.wrong_cells.get(place, "")
    files = [each for each in loaded.attachments if each.question_id == question.pk and each.instance == instance]
    return {
        "row": line, "name": name, "hidden": [form[f"v{name}"], form[f"o{name}"]] if editable else [],
        "value": shown(question, answer.value, loaded.file_names) if answer else "",
        "gap_said": answer.get_gap_display() if answer and answer.gap else "", "files": files,
        "file_to_write": question.kind == QuestionKind.FILE and loaded.may_write(by, question),
        "asides": [each for each in loaded.undecided if (each.question_id, each.instance) == place],
        "history": answer is not None and answer.version > 1 and (loaded.reply.holder == by.body or loaded.may_write(by, question)),
    }  # fmt: skip


def _last_round(loaded: Loaded, here: Section) -> dict[str, str]:
    """{key: what the same body answered in the last round} of a section."""
    before = queries.predecessor_of(loaded.reply)
    if before is None:
        return {}
    keys = [question.key for question in loaded.outline.questions_in(here)]
    rows = queries.answers(before).filter(question__key__in=keys, instance=0)
    return {row.question.key: shown(row.question, row.value) for row in rows if row.value is not None}


@acting(*WRITERS)
def decide(request: ActingRequest, reply: UUID, aside: UUID) -> HttpResponse:
    """Two versions of one answer side by side: choose."""
    found = reply_of(reply)
    loaded = load(found)
    row = next((each for each in loaded.undecided if each.pk == aside), None)
    if row is None:
        raise Http404
    question = question_of(loaded.outline, row.question_id)
    answer = loaded.answers[row.question_id, row.instance]
    back = reverse("questionnaires:section", args=[found.pk, loaded.outline.page_of(question).pk])
    if request.method == "POST" and request.POST.get("take") in {"yes", "no"}:
        saving.decide(by=request.acting, reply=found, aside=row, take=request.POST["take"] == "yes")
        messages.success(request, _("Chosen. The other version stays in the history."))
        return redirect(f"{back}#{name_of((question.pk, row.instance))}")
    names = _names(answer.written_body, row.written_body)
    context = context_of(found) | {
        "question": question, "stands": _said(question, answer), "aside": _said(question, row), "back_url": back,
        "stands_by": names.get(answer.written_body, ""), "aside_by": names.get(row.written_body, ""), "answer": answer, "row": row,
    }  # fmt: skip
    return render(request, "questionnaires/decide.html", context)


def _said(question: Question, row: Any) -> str:  # an Answer or a Past
    return str(row.get_gap_display()) if row.gap else shown(question, row.value) or _("Nothing")


def _names(*wanted: UUID | None) -> dict[UUID | None, str]:
    return {body.pk: body.name for body in Body.objects.filter(pk__in=[each for each in wanted if each])}


@acting()
def history(request: ActingRequest, reply: UUID, question: UUID, instance: int) -> HttpResponse:
    """Everything that an answer ever said."""
    found = reply_of(reply)
    loaded = load(found)
    asked = question_of(loaded.outline, question)
    past: list[Past] = list(queries.history(found, asked, instance))
    answer = loaded.answers.get((asked.pk, instance))
    names = _names(*(each.written_body for each in past), answer.written_body if answer else None)
    rows = ([answer] if answer else []) + past
    moments = [
        Moment(each.written_at, _("Now") if each is answer else _("Kept aside") if getattr(each, "aside", False) else _("Before"),
               names.get(each.written_body, ""), _said(asked, each))
        for each in rows
    ]  # fmt: skip
    back = reverse("questionnaires:section", args=[found.pk, loaded.outline.page_of(asked).pk])
    return render(request, "questionnaires/history.html", context_of(found) | {"question": asked, "moments": moments, "back_url": back})


@acting(*WRITERS)
def instance(request: ActingRequest, reply: UUID, section: UUID, number: int) -> HttpResponse:
    """Asks, then takes away one filling of a repeating section."""
    found = reply_of(reply)
    row = Instance.objects.select_related("section").filter(reply=found, section=section, number=number, removed_at__isnull=True).first()
    if row is None:
        raise Http404
    back = reverse("questionnaires:section", args=[found.pk, section])
    if request.method == "POST":
        saving.remove_instance(by=request.acting, reply=found, instance=row)
        messages.success(request, _("Removed."))
        return redirect(back)
    return render(request, "questionnaires/remove_instance.html", context_of(found) | {"section": row.section, "back_url": back})


@acting()
def file(request: ActingRequest, reply: UUID, key: UUID) -> HttpResponse:
    """An evidence file, as a download."""
    found = reply_of(reply)
    opened = evidence.open_evidence(by=request.acting, reply=found, key=key)
    if opened is None:
        raise Http404
    row, data = opened
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _attached(row.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _attached(name: str) -> str:
    from django.utils.http import content_disposition_header

    return str(content_disposition_header(True, name))
