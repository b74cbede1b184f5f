"""A room for tests, with one operation of every kind, and addresses that hold it beside the real ones."""

from uuid import UUID

from django.http import Http404
from django.urls import URLPattern, URLResolver, path
from ninja import Query, Schema, Status
from pydantic import Field

from entraide.config.urls import handler404 as handler404
from entraide.config.urls import urlpatterns as real
from entraide.kernel.access.context import current
from entraide.kernel.access.rules import Refused, Stale, refuse
from entraide.kernel.accounts.models import Post
from entraide.kernel.api.doors import acting, open_to_all, public
from entraide.kernel.api.paging import Page, Paged, paged
from entraide.kernel.api.rooms import ApiRequest, Room, rooms
from entraide.kernel.api.site import built
from entraide.kernel.audit.services import record

room = Room("practice", "Practice")
rooms.remove(room)  # only here, not under /api/ of the site


class Made(Schema):
    what: str


class Given(Schema):
    what: str = Field(max_length=10)
    outcome: str = "done"
    more: dict[str, list[str]] = {}


@room.get("numbers", door=public("numbers are public"), response=Paged[Made])
def numbers(request: ApiRequest, page: Query[Page]) -> dict[str, object]:
    """Numbers up to a hundred."""
    return paged(request, range(100), page, lambda number: {"what": f"{number} {current() is None}"})


@room.get("whoever", door=open_to_all("names are public"), response=Made)
def whoever(request: ApiRequest) -> dict[str, str]:
    """Who reads."""
    by = current()
    return {"what": str(by.post) if by else "nobody"}


@room.get("posts", door=acting(), response=list[Made])
def posts(request: ApiRequest) -> list[dict[str, str]]:
    """What the acting post sees."""
    return [{"what": str(post.pk)} for post in Post.objects.all()]


@room.get("things/{uuid:thing}", door=acting(), response=Made)
def thing(request: ApiRequest, thing: UUID) -> dict[str, str]:
    """One thing, never there."""
    raise Http404


@room.post("things", door=acting("coordinator"), response={201: Made})
def make(request: ApiRequest, given: Given) -> Status[dict[str, str]]:
    """Makes a thing, or fails after writing."""
    record(by=request.acting, action="practice.make", kind="thing")
    if given.outcome == "refused":
        raise Refused(refuse("full", "There is no room for another thing."))
    if given.outcome == "stale":
        raise Stale(mine={"what": given.what}, theirs={"what": "theirs"})
    return Status(201, {"what": given.what})


def _mounted() -> list[URLPattern | URLResolver]:
    return [path("api/", (built([room]).urls[0][:-1], "practice", "practice"))]


urlpatterns = [*_mounted(), *real]
