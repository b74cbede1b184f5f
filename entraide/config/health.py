"""Whether the site is up, and what it says of an address it does not have."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from entraide.kernel.accounts.doors import public


@public("asked by the supervisor and by a load balancer")
def health(request: HttpRequest) -> HttpResponse:
    """Answers when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A bare 404; the outermost middleware gives it its page."""
    return HttpResponse(status=404)
