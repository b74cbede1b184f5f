"""Every view stands behind a door; the few that belong to libraries are named here."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from entraide.kernel.accounts.doors import Door

LIBRARIES = {"account_", "mfa_"}
OTHERS = {"set_language": "Django's own: sets the language cookie"}


def views(patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from views(pattern.url_patterns, prefix + str(pattern.pattern), inner)
        else:
            yield space + (pattern.name or prefix + str(pattern.pattern)), pattern


def all_views() -> dict[str, URLPattern]:
    return dict(views(get_resolver().url_patterns))


def test_every_view_stands_behind_a_door() -> None:
    bare = [
        name
        for name, pattern in all_views().items()
        if not isinstance(getattr(pattern.callback, "door", None), Door)
        and name not in OTHERS
        and not any(name.startswith(own) for own in LIBRARIES)
    ]
    assert bare == []


def test_public_pages_give_their_reason() -> None:
    doors = [getattr(pattern.callback, "door", None) for pattern in all_views().values()]
    assert all(door.reason for door in doors if isinstance(door, Door) and door.kind in {"public", "open_to_all"})


def test_addresses_carry_identifiers_and_words_of_ours_only() -> None:
    for name, pattern in all_views().items():
        if not any(name.startswith(own) for own in LIBRARIES):
            kinds = {type(converter).__name__ for converter in pattern.pattern.converters.values()}
            assert kinds <= {"UUIDConverter", "SlugConverter", "IntConverter", "PileConverter"}, name
