"""The situation report of a release as a file, in the reader's language."""

from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from entraide.features.figures import queries, reporting
from entraide.features.figures.choices import ReleaseState
from entraide.features.figures.views_release import gone
from entraide.kernel.accounts.doors import open_to_all

FORMS = {
    "pdf": ("application/pdf", reporting.as_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", reporting.as_docx),
}


@open_to_all("published figures are for everybody")
def report(request: HttpRequest, release: UUID, form: str) -> HttpResponse:
    """PDF or Word."""
    found = queries.release(release)
    if form not in FORMS:
        raise Http404
    if found.state == ReleaseState.WITHDRAWN:
        return gone(request, found)
    kind, write = FORMS[form]
    key = f"figures:report:{found.pk}:{found.state}:{get_language()}:{form}"
    written = cache.get(key) if found.public else None
    if written is None:
        written = write(reporting.report(found))
        if found.public:
            cache.set(key, written, 86_400)
    response = HttpResponse(written, content_type=kind)
    name = f"situation-{found.pk}-v{found.number}-{get_language()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
