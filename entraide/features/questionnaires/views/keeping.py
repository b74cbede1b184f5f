"""Saving a section while it is being written: the page's script sends what changed and is told, question by question, what became of it."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.features.questionnaires import rules, saving
from entraide.features.questionnaires.choices import WRITERS
from entraide.features.questionnaires.loaded import Loaded, load
from entraide.features.questionnaires.models import Question, Section
from entraide.features.questionnaires.outline import Asked
from entraide.features.questionnaires.saving import Given, Place, Saved
from entraide.features.questionnaires.views.fetching import reply_of, section_of
from entraide.features.questionnaires.writing import SectionForm, name_of, shown
from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.doors import ActingRequest, acting
from entraide.kernel.bodies.models import Body


@acting(*WRITERS)
def keep(request: ActingRequest, reply: UUID, section: UUID) -> HttpResponse:
    """Saves what was written in some questions of a section; by POST alone."""
    by, loaded = request.acting, load(reply_of(reply))
    here = section_of(loaded.outline, section)
    if request.method != "POST":
        return redirect("questionnaires:section", reply, here.pk)
    here = (loaded.outline.chain(here) or [here])[-1]
    form = SectionForm(request.POST, asked=loaded.asked, places=loaded.to_write(by, here), answers=loaded.answers)
    given = form.given()
    saved = saving.save(by=by, reply=loaded.reply, given=given, whole=loaded.outline, going=True)
    untouched = {name for name in _sent(request) if f"v{name}" in form.fields} - {name_of(place) for place in given}
    wrong = {name: said for name in untouched if (said := _wrong(form, name))}
    return JsonResponse(
        {
            "kept": {name_of(place): [version, given[place].sign] for place, version in saved.versions.items()},
            "same": sorted(untouched - set(wrong)),
            "wrong": wrong,
            "clashes": _clashes(loaded, saved),
            "refused": {name: _why(by, loaded, here, name) for name in _sent(request) if f"v{name}" not in form.fields},
            "asked": _asked_now(by, loaded, here, given, saved),
        }
    )


def _sent(request: ActingRequest) -> list[str]:
    """The questions that the page speaks of."""
    return [name[1:] for name in request.POST if name.startswith("vq-")]


def _wrong(form: SectionForm, name: str) -> str:
    for place, said in form.wrong_cells.items():
        if name_of(place) == name:
            return said
    return " ".join(str(said) for said in form.errors.get(name, []))


def _why(by: Acting, loaded: Loaded, here: Section, name: str) -> str:
    """Why a question cannot be written any more: its rule's sentence, or it is not asked now."""
    for question in loaded.outline.questions_in(here):
        if name.startswith(f"q-{question.pk.hex}-"):
            verdict = rules.may_write(by, loaded.reply, question, loaded.outline, loaded.assignments)
            if not verdict:
                return str(verdict.sentence)
    return _("This question is not asked any more: another answer closed it, or somebody removed it.")


def _clashes(loaded: Loaded, saved: Saved) -> dict[str, dict[str, str]]:
    bodies = Body.objects.filter(pk__in=[clash.theirs.written_body for clash in saved.clashes])
    names: dict[UUID | None, str] = {body.pk: body.name for body in bodies}
    return {
        name_of((clash.question.pk, clash.instance)): {
            "theirs": str(clash.theirs.get_gap_display())
            if clash.theirs.gap
            else shown(clash.question, clash.theirs.value, loaded.file_names) or _("Nothing"),
            "by": names.get(clash.theirs.written_body, ""),
            "url": reverse("questionnaires:decide", args=[loaded.reply.pk, clash.aside.pk]),
        }
        for clash in saved.clashes
    }


def _asked_now(by: Acting, loaded: Loaded, here: Section, given: dict[Place, Given], saved: Saved) -> list[str]:
    """The questions that the section has boxes for, now that this is answered."""
    values = loaded.asked.values | {place: given[place].kept for place in saved.versions}
    now = Asked(loaded.outline, values, loaded.instances)
    return [name_of((question.pk, instance)) for question, instance in loaded.to_write(by, here, now) if _has_a_box(question)]


def _has_a_box(question: Question) -> bool:
    return question.kind not in {"note", "file"}
