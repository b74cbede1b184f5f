"""Every view stands behind a door: public, signed in, or acting for a post. A view without one is a failing test."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused, refuse
from entraide.kernel.accounts import queries
from entraide.kernel.accounts.menu import menu_for
from entraide.kernel.accounts.models import Account
from entraide.kernel.accounts.zones import zone_of

P = ParamSpec("P")
SESSION_KEY = "post"
SHOWN_KEY = "second_factor_shown"
OTHER_FUNCTION = refuse("function", _("The post you act for does not include this. Switch to another post if you hold one."))


class ActingRequest(HttpRequest):
    """A request of somebody who acts for a post; for annotations only."""

    acting: Acting
    user: Account


View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ActingView = Callable[Concatenate[ActingRequest, P], HttpResponse]


@dataclass(frozen=True)
class Door:
    """How a view is guarded: `kind` is public, signed_in or acting; `functions` empty means any function.

    at_once: what it shows may be withdrawn, and nobody keeps it without asking again.
    """

    kind: str
    functions: frozenset[str] = frozenset()
    reason: str = ""
    at_once: bool = False


def _marked(view: Callable[..., HttpResponse], door: Door) -> View[P]:
    """The view with the mark that the architecture test reads."""
    view.door = door  # type: ignore[attr-defined]  # functions take marks
    return cast(View[P], view)


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """For everybody; the reason is read by whoever reviews the list of public pages."""

    def mark(view: View[P]) -> View[P]:
        return _marked(view, Door("public", reason=reason))

    return mark


def open_to_all(reason: str, *, at_once: bool = False) -> Callable[[View[P]], View[P]]:
    """For everybody; whoever acts for a post sees what that post may see beside what is public."""

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            show_frame(request)
            by: Acting | None = getattr(request, "acting", None)
            if by is None:
                return view(request, *args, **kwargs)
            with acting_as(by):
                return view(request, *args, **kwargs)

        return _marked(guarded, Door("open_to_all", reason=reason, at_once=at_once))

    return mark


def signed_in(view: View[P]) -> View[P]:
    """For whoever signed in, before choosing a post."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return _to_sign_in(request) or view(request, *args, **kwargs)

    return _marked(guarded, Door("signed_in"))


def acting(*functions: str) -> Callable[[ActingView[P]], View[P]]:
    """For a post of one of these functions (any, when none is named); its transaction sees and writes as that post."""

    def mark(view: ActingView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            elsewhere = _to_sign_in(request)
            if elsewhere:
                return elsewhere
            post = chosen_post(request)
            if post is None:
                _lay_down(request)
                return redirect("accounts:posts")
            by = _frame(request, post)
            with acting_as(by):
                if functions and by.function not in functions:
                    raise Refused(OTHER_FUNCTION)
                response = view(cast(ActingRequest, request), *args, **kwargs)
                render = getattr(response, "render", None)
                return render() if callable(render) else response  # lazily rendered pages must read while the post acts

        return _marked(guarded, Door("acting", frozenset(functions)))

    return mark


def chosen_post(request: HttpRequest) -> queries.PostHeld | None:
    """The post this session acts for, as long as it is held; with only one to choose from, that one, from then on."""
    held = queries.posts_held(account_of(request).pk)
    chosen = request.session.get(SESSION_KEY)
    if chosen is None and len(held) == 1:
        chosen = request.session[SESSION_KEY] = str(held[0].post)
    return next((post for post in held if str(post.post) == chosen), None)


def take_up(request: HttpRequest, post: UUID) -> None:
    """From now on this session acts for another post. A form that was opened for the one before is refused, not sent as the new one."""
    request.session[SESSION_KEY] = str(post)
    rotate_token(request)


def _lay_down(request: HttpRequest) -> None:
    """A session whose post has ended acts for none until one is chosen; what was opened for it can no longer be sent."""
    if request.session.pop(SESSION_KEY, None) is not None:
        rotate_token(request)
        messages.warning(request, _("The post you acted for has ended. What you had open for it was not saved and can no longer be sent."))


def account_of(request: HttpRequest) -> Account:
    """Whoever signed in, where a door has seen to it."""
    assert isinstance(request.user, Account)
    return request.user


def show_frame(request: HttpRequest) -> None:
    """Gives pages that no post acts on, e.g. help, the post and menu of whoever reads them; else the menu of what is open."""
    if not request.user.is_authenticated:
        request.menu = menu_for(None, request)  # type: ignore[attr-defined]  # read by the base page
        return
    if second_factor_owed(request):
        return
    post = chosen_post(request)
    if post is not None:
        _frame(request, post)
    else:
        timezone.activate(zone_of(account_of(request).zone, ""))


def _frame(request: HttpRequest, post: queries.PostHeld) -> Acting:
    """Post, menu and clock, as the page shows them."""
    account = account_of(request)
    by = post.acting(account)
    request.acting = by  # type: ignore[attr-defined]  # declared on ActingRequest
    request.menu = menu_for(by, request)  # type: ignore[attr-defined]  # read by the base page
    timezone.activate(zone_of(account.zone, post.country))
    return by


def _to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """Where to go first: sign in, then the second factor where it is required."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    owed = second_factor_owed(request)
    return redirect(f"{reverse(owed)}?next={request.path}") if owed else None


def second_factor_owed(request: HttpRequest) -> str:
    """The route at which this session still has to set up or show the second factor; empty when nothing is owed.

    That the account has a second factor is not enough: this very session must have shown it.
    """
    from allauth.account.authentication import get_authentication_records  # needs the apps to be loaded
    from allauth.mfa.utils import is_mfa_enabled

    account = account_of(request)
    if not settings.ENTRAIDE_SECOND_FACTOR:
        return ""
    if not is_mfa_enabled(account):
        return "mfa_activate_totp"
    shown = any(step["method"] == "mfa" for step in get_authentication_records(request, account))
    return "" if shown or request.session.get(SHOWN_KEY) == str(account.pk) else "mfa_reauthenticate"


def mark_second_factor(request: HttpRequest) -> None:
    """Notes that this session has shown the second factor."""
    request.session[SHOWN_KEY] = str(account_of(request).pk)
