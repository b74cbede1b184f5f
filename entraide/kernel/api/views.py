"""The page that lists what programs can ask, and its description in OpenAPI."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from ninja.operation import Operation

from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.doors import Door, public
from entraide.kernel.api.rooms import rooms
from entraide.kernel.api.site import api, schema


@public("what programs can ask is no secret")
def operations(request: HttpRequest) -> HttpResponse:
    """Every operation by room: address, what it does, for whom."""
    found = api().operations()
    shown = [
        (room.title, [_row(path, operation) for path, operation in found if path.split("/")[0] == room.name])
        for room in sorted(rooms, key=lambda room: str(room.title))
    ]
    return render(request, "api/operations.html", {"rooms": shown})


def _row(path: str, operation: Operation) -> dict[str, object]:
    door: Door = operation.view_func.door  # type: ignore[attr-defined]  # marked by Room
    functions = [str(Function(name).label) for name in sorted(door.functions)]
    shown = re.sub(r"\{\w+:(\w+)\}", r"{\1}", f"/api/{path}")
    return {"path": shown, "method": operation.methods[0], "summary": operation.summary, "door": door, "functions": functions}


@public("what programs can ask is no secret")
def openapi(request: HttpRequest) -> HttpResponse:
    """The schema, for programs that write programs."""
    return JsonResponse(schema())
