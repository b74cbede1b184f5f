"""What each room offers to programs: operations with a door, collected from each room's `api.py`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.utils.functional import Promise
from ninja import NinjaAPI, Router
from ninja.decorators import decorate_view
from ninja.operation import Operation

from entraide.kernel.accounts.doors import ActingRequest, Door
from entraide.kernel.api.doors import guard
from entraide.kernel.api.problems import HANDLERS, PROBLEMS, SECURITY
from entraide.kernel.api.typed import check

ApiRequest = ActingRequest
"""For annotations: `request.acting` is whoever acts; behind a public door nobody does."""
F = TypeVar("F", bound=Callable[..., Any])
rooms: list["Room"] = []


class Room:
    """The operations of one room under /api/<name>/."""

    def __init__(self, name: str, title: str | Promise) -> None:
        self.name, self.title = name, title
        self.router = Router(tags=[name])
        rooms.append(self)

    def get(self, path: str, *, door: Door, response: object, **more: object) -> Callable[[F], F]:
        """An operation that reads."""
        return self._operation("GET", path, door, response, more)

    def post(self, path: str, *, door: Door, response: object, **more: object) -> Callable[[F], F]:
        """An operation that makes or moves something."""
        return self._operation("POST", path, door, response, more)

    def put(self, path: str, *, door: Door, response: object, **more: object) -> Callable[[F], F]:
        """An operation that replaces what a place holds."""
        return self._operation("PUT", path, door, response, more)

    def delete(self, path: str, *, door: Door, response: object, **more: object) -> Callable[[F], F]:
        """An operation that ends or throws away."""
        return self._operation("DELETE", path, door, response, more)

    def _operation(self, method: str, path: str, door: Door, response: object, more: dict[str, Any]) -> Callable[[F], F]:
        def add(view: F) -> F:
            name = f"{self.name}_{view.__name__}"
            view.door = door  # type: ignore[attr-defined]  # functions take marks
            summary = (view.__doc__ or view.__name__).strip().split("\n")[0].rstrip(".")
            told = {"responses": PROBLEMS[door.kind], "security": SECURITY[door.kind]}
            given = {"summary": summary, "description": "", "openapi_extra": told}
            made = self.router.api_operation([method], path, response=response, operation_id=name, url_name=name, **(given | more))
            return made(decorate_view(guard(door))(view if method == "GET" else _read(view)))

        return add


def _read(view: F) -> F:
    """The operation, once its input is known to hold nothing hidden."""

    @wraps(view)
    def reading(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:  # the operation's own arguments
        check(kwargs)
        return view(request, *args, **kwargs)

    return cast(F, reading)


class Api(NinjaAPI):
    """All rooms' operations as one description."""

    def set_default_exception_handlers(self) -> None:
        """Ours only: whatever else goes wrong rises to the middleware, after the rollback, as it does for pages."""
        for kind, answer in HANDLERS.items():
            self.add_exception_handler(kind, answer)

    def operations(self) -> list[tuple[str, Operation]]:
        """Every operation with its path."""
        return [
            (f"{bound.prefix}/{path}".strip("/"), operation)
            for bound in self._get_bound_routers()
            for path, view in bound.path_operations.items()
            for operation in view.operations
        ]
