"""One's tokens: listed, made with a code of the second factor, shown once, revoked."""

from operator import attrgetter
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entraide.kernel.accounts.doors import ActingRequest, account_of, acting
from entraide.kernel.accounts.signing import MfaReauthenticateForm
from entraide.kernel.api import queries, rules, services
from entraide.kernel.api.forms import TokenForm
from entraide.kernel.api.models import Token
from entraide.ui.narrowing import Facet, RowsFilter


@acting()
def tokens(request: ActingRequest) -> HttpResponse:
    """The reader's own tokens, of all her posts."""
    narrowed = RowsFilter(request.GET, queries.mine(request.acting), Facet("state", _("State"), attrgetter("state"), _word))
    page = Paginator(narrowed.kept, 25).get_page(request.GET.get("page"))
    return render(request, "api/tokens.html", {"page": page, "filter": narrowed, "back_url": reverse("accounts:posts")})


def _word(token: Token) -> str:
    return {"revoked": _("Revoked"), "ended": _("Ended"), "valid": _("Valid")}[token.state]


@acting()
def new(request: ActingRequest) -> HttpResponse:
    """Asks what for, how long and for a code; then shows the token, this once."""
    form = TokenForm(request.POST or None)
    owed = settings.ENTRAIDE_SECOND_FACTOR
    code = MfaReauthenticateForm(request.POST or None, user=account_of(request)) if owed else None
    context = {"form": form, "code": code, "by": request.acting, "back_url": reverse("tokens:list")}
    if request.method == "POST" and form.is_valid() and (code is None or code.is_valid()):
        _token, text = services.make_token(by=request.acting, second_factor_shown=True, **form.cleaned_data)
        return render(request, "api/token_made.html", {"text": text, "by": request.acting, "days": form.cleaned_data["days"]})
    return render(request, "api/new_token.html", context)


@acting()
def revoke(request: ActingRequest, token: UUID) -> HttpResponse:
    """Asks, then revokes a token of one's own."""
    found = queries.mine(request.acting).filter(pk=token).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        services.revoke_token(by=request.acting, token=found)
        messages.success(request, _("The token is revoked; it opens nothing any more."))
        return redirect("tokens:list")
    context = {"token": found, "verdict": rules.may_revoke(request.acting, found), "back_url": reverse("tokens:list")}
    return render(request, "api/revoke_token.html", context)
