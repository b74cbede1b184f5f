"""Taking a reply along as a file, and bringing it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entraide.engines.forms import Refused
from entraide.features.questionnaires import bringing, offline, sentences
from entraide.features.questionnaires.choices import WRITERS
from entraide.features.questionnaires.forms import UploadForm
from entraide.features.questionnaires.loaded import load
from entraide.features.questionnaires.views.fetching import reply_of
from entraide.features.questionnaires.views.reply import context_of
from entraide.kernel.accounts.doors import ActingRequest, acting

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@acting(*WRITERS)
def download(request: ActingRequest, reply: UUID, form: str) -> HttpResponse:
    """The form of this reply, with what the acting post may write."""
    if form not in TYPES:
        raise Http404
    loaded = load(reply_of(reply))
    response = HttpResponse(offline.form_of(request.acting, loaded, form), content_type=TYPES[form])
    name = slugify(loaded.reply.circulation.title)[:60] or "reply"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@acting(*WRITERS)
def upload(request: ActingRequest, reply: UUID) -> HttpResponse:
    """Brings a filled form back: what was saved, what stands in two versions, what could not be read."""
    found = reply_of(reply)
    form = UploadForm(request.POST or None, request.FILES or None)
    done = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            done = bringing.upload(by=request.acting, loaded=load(found), data=given.read())
        except Refused as wrong:
            form.add_error("file", sentences.of_file(wrong, "XLSX / DOCX"))
        else:
            messages.success(request, _("Answers changed: %(count)d") % {"count": done.saved.changed})
    context = context_of(found) | {"form": form, "done": done, "back_url": found.get_absolute_url()}
    if done:
        context["clashes"] = [
            (clash.question, reverse("questionnaires:section", args=[found.pk, clash.question.section_id])) for clash in done.saved.clashes
        ]
    return render(request, "questionnaires/upload.html", context)
