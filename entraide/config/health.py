"""Whether the site is up, and what it says of an address it does not have, or when it cannot answer."""

import errno
import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from entraide.kernel.accounts import answers
from entraide.kernel.accounts.doors import public
from entraide.kernel.vault.keystore import StoreUnavailable

AGAIN = 30
"""Seconds after which a program may ask again."""


@public("asked by the supervisor and by a load balancer")
def health(request: HttpRequest) -> HttpResponse:
    """Answers when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A bare 404; the outermost middleware gives it its page."""
    return HttpResponse(status=404)


def failed(request: HttpRequest) -> HttpResponseBase:
    """Called while the fault is handled: what passes by itself, such as a database that restarts, is told apart from our own faults."""
    if not _passes(sys.exc_info()[1]):
        return server_error(request)
    if answers.speaks_json(request):
        sentence = _(
            "The database or the key store cannot be reached, or has no room. Look later whether it was saved; nothing is half done."
        )
        response: HttpResponse = answers.problem(503, "unavailable", sentence)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(AGAIN)
    response["Cache-Control"] = "no-store"
    return response


def _passes(fault: BaseException | None) -> bool:
    full = isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
    return full or isinstance(fault, OperationalError | InterfaceError | StoreUnavailable)
