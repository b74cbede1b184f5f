"""The doors of the API: nobody, whoever wants, or a post by session or token; what runs behind one runs in that post's context."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from ninja.utils import check_csrf

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused, refuse
from entraide.kernel.accounts.doors import Door, account_of, chosen_post, second_factor_owed
from entraide.kernel.accounts.keeping import kept
from entraide.kernel.api.problems import not_signed_in
from entraide.kernel.api.queries import acting_by

Run = Callable[..., HttpResponse]
READS = frozenset({"GET", "HEAD", "OPTIONS"})


def public(reason: str, *, at_once: bool = False) -> Door:
    """For everybody, the same for everybody, cached; the reason is read by whoever reviews the list of public operations."""
    return Door("public", reason=reason, at_once=at_once)


def open_to_all(reason: str, *, at_once: bool = False) -> Door:
    """For everybody; whoever acts for a post sees what that post may see beside what is public."""
    return Door("open_to_all", reason=reason, at_once=at_once)


def acting(*functions: str) -> Door:
    """For a post of one of these functions (any, when none is named)."""
    return Door("acting", frozenset(functions))


def guard(door: Door) -> Callable[[Run], Run]:
    """Wraps an operation, the reading of its input and the writing of its answer included."""

    def through(run: Run) -> Run:
        @wraps(run)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # the operation's own arguments
            by, known = _who(request, door)
            if not known:
                return not_signed_in()
            if by is None:
                return _cached(request, run(request, *args, **kwargs), door)
            request.acting = by  # type: ignore[attr-defined]  # declared on ActingRequest
            with acting_as(by):
                if door.functions and by.function not in door.functions:
                    raise Refused(
                        refuse("function", _("The post you act for does not include this. Switch to another post if you hold one."))
                    )
                return run(request, *args, **kwargs)

        return guarded

    return through


def _who(request: HttpRequest, door: Door) -> tuple[Acting | None, bool]:
    """Whoever acts, if anybody; and whether the door opens for that."""
    if door.kind == "public":
        return None, True
    given = request.headers.get("Authorization", "")
    if given:
        found = acting_by(given.removeprefix("Bearer ").strip()) if given.startswith("Bearer ") else None
        if found is None:
            return None, False
        by, request.user = found
        return by, True
    if not request.user.is_authenticated:
        return None, door.kind == "open_to_all"
    return _by_session(request), True


def _by_session(request: HttpRequest) -> Acting:
    if request.method not in READS and check_csrf(request) is not None:
        raise Refused(refuse("csrf", _("Signed in by session, send the token of a form of ours with it; programs use a token of a post.")))
    if second_factor_owed(request):
        raise Refused(refuse("second_factor", _("Show your second factor first: open any page and enter the code.")))
    post = chosen_post(request)
    if post is None:
        raise Refused(refuse("no_post", _("You hold no post, or several: choose the one to act for first.")))
    return post.acting(account_of(request))


def _cached(request: HttpRequest, response: HttpResponse, door: Door) -> HttpResponse:
    """A public answer says how long it is fresh, and is not sent again to whoever has it; nor to whoever would be answered otherwise."""
    if request.method not in READS or response.status_code != 200:
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    response["Cache-Control"] = kept(door)
    depends = ["Authorization", "Cookie"] if door.kind == "open_to_all" else ["Authorization"]
    patch_vary_headers(response, ["Accept-Language", *depends])
    return get_conditional_response(request, etag=etag, response=response) or response
