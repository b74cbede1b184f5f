"""Writing a note; noting a relative or companion."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entraide.features.cases import services
from entraide.features.cases.forms_work import LinkForm, NoteForm
from entraide.features.cases.models import Link, Note
from entraide.features.cases.pages import ask, attempt, back_to, posted
from entraide.features.cases.views_record import writable
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.accounts.doors import ActingRequest, acting


@acting(*HOLDS_CASES)
def note(request: ActingRequest, case: UUID) -> HttpResponse:
    """Adds a note; sent twice, it is one."""
    found = writable(request.acting, case)
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        once, text = form.cleaned_data["once"], form.cleaned_data["text"]
        written = Note.objects.filter(case=found, pk=once).exists()
        if written or attempt(form, lambda: services.write_note(by=request.acting, case=found, text=text, identifier=once)):
            messages.success(request, _("The note is saved."))
            return redirect(back_to(found, "notes"))
    return ask(request, form, title=_("Write a note"), button=_("Save the note"), back=back_to(found, "notes"), case=found)


@acting(*HOLDS_CASES)
def link(request: ActingRequest, case: UUID) -> HttpResponse:
    """Notes a relative or companion; sent twice, it is one."""
    found = writable(request.acting, case)
    form = LinkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["reference"] == found:
            form.add_error("reference", _("This is the reference of the very same case."))
        elif Link.objects.filter(case=found, pk=given["once"]).exists() or attempt(
            form,
            lambda: services.link_person(
                by=request.acting,
                case=found,
                relation=given["relation"],
                text=given["text"],
                other=given["reference"],
                identifier=given["once"],
            ),
        ):
            messages.success(request, _("The link is saved. It opens nobody’s case to anybody."))
            return redirect(back_to(found, "person"))
    intro = _("A link opens nobody’s case to anybody: whoever is not in the other’s team sees nothing of it.")
    return ask(
        request, form, title=_("Add a relative or companion"), button=_("Add"), back=back_to(found, "person"), case=found, intro=intro
    )
