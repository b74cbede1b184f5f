"""The reader's language: kept in a cookie, changed by a form without a token, so that public pages can be the same for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from entraide.kernel.accounts.doors import public


@public("whoever reads chooses the language; nothing else is changed by it")
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Back to the page one came from, in the language chosen; a name that is no language changes nothing."""
    onward = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(onward if ours else "/")
    response["Cache-Control"] = "no-store"
    wanted = request.GET.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )  # fmt: skip
    return response
