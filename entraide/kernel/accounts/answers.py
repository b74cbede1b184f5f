"""What the API says where a page would: the same sentences as JSON."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from entraide.kernel.access.rules import Refused, Stale

API = "/api/"


def speaks_json(request: HttpRequest) -> bool:
    """Whether a program asks; the page that lists the operations is for people."""
    return request.path.startswith(API) and request.path != API


def problem(status: int, code: str, sentence: str, **more: object) -> JsonResponse:
    """One shape for whatever did not work: a code for the program, a sentence for the person."""
    return JsonResponse({"code": code, "sentence": sentence, **more}, status=status)


def refused(exception: Refused) -> JsonResponse:
    """Not permitted, and why."""
    return problem(HTTPStatus.FORBIDDEN, exception.verdict.code, str(exception.verdict.sentence))


def stale(exception: Stale) -> JsonResponse:
    """Somebody else changed it meanwhile: both versions."""
    sentence = _("Somebody else saved this meanwhile; yours was not saved. Read what is saved now, then send your change again.")
    return problem(HTTPStatus.CONFLICT, "stale", sentence, yours=exception.mine, saved=exception.theirs)
