"""The one API: every room's `api.py`, collected when addresses are first needed."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import autodiscover_modules

from entraide.kernel.api.rooms import Api, Room, rooms

ABOUT = (
    "The same rules, the same visibility and the same sentences as the pages. Public operations need no sign-in; the others act for a "
    "post, by session or with a personal token. Nothing is taken away from an operation or an answer; what is added may be ignored."
)


@cache
def api() -> Api:
    """All rooms under /api/."""
    autodiscover_modules("api")
    return built(rooms)


def built(chosen: list[Room]) -> Api:
    """One description of these rooms."""
    made = Api(title="Entraide", version="1", description=ABOUT, urls_namespace="api", openapi_url=None, docs_url=None)
    for room in sorted(chosen, key=lambda room: room.name):
        made.add_router(f"/{room.name}", room.router)
    return made


def schema() -> dict[str, Any]:
    """The description in OpenAPI 3.1."""
    told = dict(api().get_openapi_schema(path_prefix="/api/"))
    told["components"]["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "description": "A personal token of a post"},
        "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
    }
    return told
