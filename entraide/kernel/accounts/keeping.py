"""What everybody is given may be kept for a while and is not sent again unchanged; what one person is given is kept nowhere."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from entraide.kernel.accounts.doors import Door

FRESH = 300
"""Seconds for which a public answer may be shown again without asking, unless its door says that what it shows may be withdrawn."""
OPEN = frozenset({"public", "open_to_all"})
VARY = ("Accept-Language", "Cookie")


def kept(door: Door) -> str:
    """For how long what stands behind an open door may be kept."""
    return "public, no-cache" if door.at_once else f"public, max-age={FRESH}"


class Keeping:
    """Outside sessions and tokens against forgery: what they set on an answer, it sees."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """An answer that has not said how long it may be kept is told here."""
        response = self.get_response(request)
        door = _open_door(request)
        if door is None or response.status_code != HTTPStatus.OK or response.has_header("Cache-Control"):
            return response
        if request.user.is_authenticated or response.cookies or b"csrfmiddlewaretoken" in response.content:
            response["Cache-Control"] = "private, no-store"
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        response["Cache-Control"] = kept(door)
        patch_vary_headers(response, VARY)
        return get_conditional_response(request, etag=etag, response=response) or response


def _open_door(request: HttpRequest) -> Door | None:
    match = request.resolver_match
    door: Door | None = getattr(match.func, "door", None) if match else None
    return door if request.method in {"GET", "HEAD"} and door is not None and door.kind in OPEN else None
