"""The style guide, and the answer for what is not found."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language

from entraide.ui.guide import sample
from entraide.ui.pages import not_found


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For `handler404`: the same bytes whatever was asked, by whomever."""
    return HttpResponseNotFound(not_found(get_language() or "en"))


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers and mail programs ask here whatever the page says."""
    return HttpResponsePermanentRedirect(static("ui/mark-32.png"))


def guide(request: HttpRequest) -> HttpResponse:
    """Every component once, in the reader's language."""
    return render(request, "ui/guide.html", sample(get_language() or "en", request))
