"""Filing texts from files, publishing drafts, throwing them away."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.engines import texts as engine
from entraide.features.texts import rules, services
from entraide.features.texts.forms import FileForm, PublishForm
from entraide.features.texts.models import Document
from entraide.features.texts.views import document_of, version_of
from entraide.kernel.access.rules import Refused, require
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import ActingRequest, acting


def _file(request: ActingRequest, document: Document | None) -> HttpResponse:
    require(rules.may_file(request.acting, document))
    form = FileForm(request.POST or None, request.FILES or None, new=document is None)
    if request.method == "POST" and form.is_valid():
        done = _filed(request, form, document)
        if done is not None:
            return done
    title = _("Add a version or a language") if document else _("File a text")
    back = reverse("texts:text", args=[document.slug]) if document else reverse("texts:list")
    return render(request, "texts/file.html", {"form": form, "title": title, "document": document, "back_url": back})


def _filed(request: ActingRequest, form: FileForm, document: Document | None) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        got = engine.read(given["file"].read(), given["file"].name or "", given["language"])
        with transaction.atomic():
            version = services.file_text(
                by=request.acting, text=got.text, kind=given.get("kind", ""), document=document, problems=got.problems,
                source=given.get("source", ""),
            )  # fmt: skip
    except engine.Refused as refused:
        sentence = engine.SENTENCES[refused.code]
        form.add_error("file", _(sentence) % refused.params)
        return None
    except Refused as refused:
        if refused.verdict.code != "language":
            raise
        form.add_error("language", str(refused.verdict.sentence))
        return None
    messages.success(request, _("The draft is filed. Look through it, then publish it or throw it away."))
    address = reverse("texts:version", args=[version.document.slug, version.number])
    return redirect(f"{address}?lang={got.text.language}")


@acting(Function.SECRETARIAT)
def new(request: ActingRequest) -> HttpResponse:
    """A new text from a file."""
    return _file(request, None)


@acting(Function.SECRETARIAT)
def add(request: ActingRequest, slug: str) -> HttpResponse:
    """Another version of a text, or another language of its draft."""
    return _file(request, document_of(slug))


@acting(Function.SECRETARIAT)
def publish(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Asks when it was adopted, then publishes the draft."""
    document = document_of(slug)
    version = version_of(document, number)
    require(rules.may_change(request.acting, version))
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.publish(by=request.acting, version=version, adopted_on=form.cleaned_data["adopted_on"])
        messages.success(request, _("The version is published; everybody sees it, and it never changes."))
        return redirect("texts:text", slug=slug)
    context = {"form": form, "document": document, "version": version, "back_url": reverse("texts:version", args=[slug, number])}
    return render(request, "texts/publish.html", context)


@require_POST
@acting(Function.SECRETARIAT)
def throw_away(request: ActingRequest, slug: str, number: int) -> HttpResponse:
    """Throws a draft away."""
    document = document_of(slug)
    services.throw_away(by=request.acting, version=version_of(document, number))
    messages.success(request, _("The draft is thrown away."))
    return redirect("texts:text", slug=slug) if document.versions.exists() else redirect("texts:list")
