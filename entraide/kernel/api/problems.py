"""What the API says when something does not work, in words; and how the schema tells of it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError

from entraide.kernel.accounts.answers import problem

SENTENCES: dict[str, str | Promise] = {
    "missing": gettext_lazy("This is missing."),
    "date": gettext_lazy("Give a day as YYYY-MM-DD."),
    "uuid": gettext_lazy("This is no identifier."),
    "int": gettext_lazy("Give a whole number."),
    "bool": gettext_lazy("Give true or false."),
    "string": gettext_lazy("Give text."),
    "list": gettext_lazy("Give a list."),
    "dict": gettext_lazy("Give an object with named values."),
    "extra": gettext_lazy("There is no such value here."),
}
OTHER = gettext_lazy("This cannot be used here.")
_BOUNDS: dict[str, tuple[str, str | Promise]] = {
    "greater_than_equal": ("ge", gettext_lazy("Give %(bound)s or more.")),
    "less_than_equal": ("le", gettext_lazy("Give %(bound)s or less.")),
    "string_too_long": ("max_length", gettext_lazy("At most %(bound)s signs.")),
    "string_too_short": ("min_length", gettext_lazy("At least %(bound)s signs.")),
    "too_long": ("max_length", gettext_lazy("At most %(bound)s items.")),
    "literal_error": ("expected", gettext_lazy("Choose one of: %(bound)s.")),
    "enum": ("expected", gettext_lazy("Choose one of: %(bound)s.")),
}


def sentence(error: dict[str, Any]) -> str:
    """One of pydantic's errors in our words; never what was given."""
    kind = str(error["type"])
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return str(words) % {"bound": error["ctx"][name]}
    if kind == "value_error" and error.get("ctx", {}).get("error"):
        return str(error["ctx"]["error"])
    return str(SENTENCES.get(kind.split("_")[0], OTHER))


def wrong_input(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    """422: every place that cannot be used, with a sentence; nothing is kept of it."""
    _nothing_is_kept()
    places = [{"place": _place(error["loc"]), "sentence": sentence(error)} for error in exception.errors]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "input", _("Something given cannot be used; see each place."), places=places)


def unusable(place: str, sentence: str) -> ValidationError:
    """For an operation to raise where what was given cannot be used, in a sentence of its own: 422."""
    return ValidationError([{"type": "value_error", "loc": ("body", "given", place), "ctx": {"error": sentence}}])


def _nothing_is_kept() -> None:
    if not transaction.get_autocommit():
        transaction.set_rollback(True)


def _place(loc: tuple[int | str, ...]) -> str:
    """Where it stands in what was sent: the name that the operation gives its body is ours alone."""
    return ".".join(str(part) for part in (loc[:1] + loc[2:] if loc[0] == "body" else loc))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: not JSON, too large, or broken in another way; nothing is kept of it."""
    _nothing_is_kept()
    return problem(HTTPStatus.BAD_REQUEST, "unreadable", _("What was sent cannot be read: is it JSON, in UTF-8, and not too large?"))


def not_signed_in() -> HttpResponse:
    """401: no session and no token that opens anything."""
    words = _("Sign in, or send the token of a post: “Authorization: Bearer …”. A token that has ended or was revoked opens nothing.")
    response = problem(HTTPStatus.UNAUTHORIZED, "not_signed_in", words)
    response["WWW-Authenticate"] = 'Bearer realm="entraide"'
    response["Cache-Control"] = "no-store"
    return response


HANDLERS: dict[type[Exception], Any] = {
    ValidationError: wrong_input,
    HttpError: unreadable,
    SuspiciousOperation: unreadable,
    DataError: unreadable,  # e.g. a NUL, which JSON can carry and PostgreSQL cannot
}
"""Anything else rises to the middleware, after the rollback, as it does for pages."""

_SHAPE = {
    "type": "object",
    "required": ["code", "sentence"],
    "properties": {"code": {"type": "string"}, "sentence": {"type": "string"}},
}


def _told(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": _SHAPE}}}


_ALL = {400: _told("Unreadable"), 404: _told("Absent, or not visible: the same answer"), 422: _told("Something given cannot be used")}
_ACTING = {401: _told("Not signed in"), 403: _told("Not permitted, with the reason"), 409: _told("Changed by somebody else meanwhile")}
_SIGNED: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}]
SECURITY = {"public": [], "open_to_all": [{}, *_SIGNED], "acting": _SIGNED}
PROBLEMS = {"public": _ALL, "open_to_all": _ALL | _ACTING, "acting": _ALL | _ACTING}
