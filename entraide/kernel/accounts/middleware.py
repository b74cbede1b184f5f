"""What refusals and absences become: one sentence, or one static page; both are written down after the rollback."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_from_request

from entraide.kernel.access.rules import Refused, Stale
from entraide.kernel.accounts import answers
from entraide.kernel.accounts.doors import show_frame
from entraide.kernel.audit.choices import Outcome
from entraide.kernel.audit.services import record_apart
from entraide.ui.pages import not_found

Handler = Callable[[HttpRequest], HttpResponse]


class StaticNotFound:
    """Outermost: whatever was not found, the answer is the same bytes and the same headers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Replaces any 404 by the static page of the reader's language."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        language = get_language_from_request(request)
        program = answers.speaks_json(request)
        kind = "application/json" if program else "text/html; charset=utf-8"
        page = HttpResponse(not_found(language, program=program), status=HTTPStatus.NOT_FOUND, content_type=kind)
        page["Content-Language"] = language
        page["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'"
        page["Referrer-Policy"] = "same-origin"
        page["X-Content-Type-Options"] = "nosniff"
        page["Cache-Control"] = "no-store"
        return page


class Refusals:
    """Innermost: turns a refusal into 403 with its sentence, a stale edit into both versions, and records what was refused."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pages with personal data are never kept by a browser or a proxy."""
        with timezone.override(None):  # the doors take up the clock of whoever asks; it ends with the answer
            response = self.get_response(request)
        if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE and request.user.is_authenticated:  # who it is stands in the database
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> None:
        """Pages outside an acting door show the reader's post and menu too."""
        door = getattr(view, "door", None)
        if answers.speaks_json(request):
            return
        if door is None or door.kind not in {"acting", "open_to_all"}:
            show_frame(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Runs after the view's transaction was rolled back."""
        if isinstance(exception, Refused):
            _note(request, Outcome.REFUSED, exception.verdict.code)
            if answers.speaks_json(request):
                return answers.refused(exception)
            return render(request, "403.html", {"reason": exception.verdict.sentence}, status=HTTPStatus.FORBIDDEN)
        if isinstance(exception, Stale):
            context = {
                "mine": list(exception.mine.items()),
                "theirs": list(exception.theirs.items()),
                "contact": exception.contact,
                "reload_url": request.get_full_path(),
            }
            _note_reading(request, exception)
            if answers.speaks_json(request):
                return answers.stale(exception)
            return render(request, "409.html", context, status=HTTPStatus.CONFLICT)
        if isinstance(exception, Http404):
            _note(request, Outcome.NOT_VISIBLE, "")
        return None


def _note(request: HttpRequest, outcome: Outcome, code: str) -> None:
    match = request.resolver_match
    if match is None or not request.user.is_authenticated:
        return
    asked = next((value for value in match.kwargs.values() if isinstance(value, UUID)), None)
    by = getattr(request, "acting", None)
    detail = {"code": code} if code else {}
    record_apart(by=by, action=match.view_name, outcome=outcome, object_id=asked, detail=detail, account=request.user.pk)


def _note_reading(request: HttpRequest, stale: Stale) -> None:
    """The other version is shown although the work was rolled back, and with it the entry of its reading."""
    seen, by = stale.reading, getattr(request, "acting", None)
    if seen:
        record_apart(
            by=by, action=seen.action, outcome=Outcome.READ, object_id=seen.case, case=seen.case, detail={"groups": list(seen.groups)}
        )
