"""Every view stands behind a door; the few that belong to libraries are named here."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from entraide.kernel.accounts.doors import Door
from entraide.kernel.api.rooms import Room
from entraide.kernel.api.site import api

LIBRARIES = {"account_", "mfa_"}


def views(patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern), inner)
        else:
            yield space + (pattern.name or prefix + str(pattern.pattern)), pattern


def all_views() -> dict[str, URLPattern]:
    return dict(views(get_resolver().url_patterns))


def all_operations() -> dict[str, object]:
    """The door of every operation of the API by the name of its address; None where it has none."""
    return {f"api:{operation.url_name}": getattr(operation.view_func, "door", None) for _path, operation in api().operations()}


def test_every_operation_of_the_api_stands_behind_a_door_and_is_guarded() -> None:
    assert [name for name, door in all_operations().items() if not isinstance(door, Door)] == []
    assert [path for path, operation in api().operations() if not hasattr(operation.run, "__wrapped__")] == []
    served = {name for name, pattern in all_views().items() if pattern.callback.__module__ == "ninja.operation"}
    assert served == set(all_operations())


def test_an_operation_without_a_door_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        Room.get(object.__new__(Room), "bare", response=None)  # type: ignore[call-arg]


def test_every_view_stands_behind_a_door() -> None:
    operations = all_operations()
    bare = [
        name
        for name, pattern in all_views().items()
        if not isinstance(getattr(pattern.callback, "door", None), Door)
        and name not in operations
        and not any(name.startswith(own) for own in LIBRARIES)
    ]
    assert bare == []


def test_public_pages_give_their_reason() -> None:
    doors = [*all_operations().values(), *(getattr(pattern.callback, "door", None) for pattern in all_views().values())]
    assert all(door.reason for door in doors if isinstance(door, Door) and door.kind in {"public", "open_to_all"})


def test_addresses_carry_identifiers_and_words_of_ours_only() -> None:
    for name, pattern in all_views().items():
        if not any(name.startswith(own) for own in LIBRARIES):
            kinds = {type(converter).__name__ for converter in pattern.pattern.converters.values()}
            assert kinds <= {"UUIDConverter", "UUIDStrConverter", "SlugConverter", "IntConverter", "PileConverter"}, name
