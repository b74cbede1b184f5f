"""Signing in to the demonstration with one button; does not exist anywhere else."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from entraide.kernel.accounts.doors import public
from entraide.kernel.accounts.models import Account


def cards() -> list[dict[str, str]]:
    """The posts offered, in the reader's language: email, title, try. A world made by an older version lacks the newer ones."""
    if not settings.ENTRAIDE_DEMO:
        return []
    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    posts = settings.ENTRAIDE_DEMO_POSTS
    there = set(Account.objects.filter(email__in=[post["email"] for post in posts]).values_list("email", flat=True))
    return [
        {"email": post["email"], "title": post[f"title_{language}"], "try": post[f"try_{language}"]}
        for post in posts
        if post["email"] in there
    ]


@require_POST
@public("one-button sign-in of the demonstration; 404 elsewhere")
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the offered posts, and as nobody else."""
    email = request.POST.get("email", "")
    if email not in {card["email"] for card in cards()}:
        raise Http404
    account = Account.objects.filter(email=email).first()
    if account is None:
        raise Http404
    request.session.flush()
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("desk:home")
