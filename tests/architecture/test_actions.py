"""Whatever the record can tell is told in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from entraide.kernel.audit.words import word

CODE = Path(__file__).resolve().parents[2] / "entraide"


def texts(node: ast.expr | None) -> set[str]:
    """The plain strings that an expression may be; both arms of a choice."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)} if node else set()


def written(tree: ast.AST) -> Iterator[str]:
    """Every action that code may write: as keyword, as a default, and by the short form of referrals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg in {"action", "why"}:
                    yield from (text for text in texts(keyword.value) if "." in text and not text.endswith("."))
            if isinstance(node.func, ast.Name) and node.func.id == "_note" and len(node.args) == 3:
                yield from (f"referrals.{text}" for text in texts(node.args[2]) if text)
        elif isinstance(node, ast.FunctionDef):
            named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            yield from (text for argument, default in named if argument.arg == "why" for text in texts(default))


def test_every_action_that_the_code_writes_has_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in CODE.rglob("*.py") if "tests" not in path.parts]
    found = {action for source in sources for action in written(ast.parse(source))}
    assert len(found) > 50 and "cases.lift_hold" in found and "referrals.revise" in found
    assert not {action for action in found if word(action) == action}


def routes(resolver: URLResolver, room: str = "") -> Iterator[str]:
    """Every named route behind a door, as the record names it when it is refused."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{entry.namespace}:" if entry.namespace else room)
        elif isinstance(entry, URLPattern) and entry.name and getattr(entry.callback, "door", None):
            yield f"{room}{entry.name}"


def test_a_page_that_was_refused_is_told_by_its_room_and_not_by_its_address() -> None:
    found = {route for route in routes(get_resolver()) if route.partition(":")[0] not in {"ui", route}}
    assert len(found) > 80
    assert not {route for route in found if route in word(route)}
