"""Conditions and constraints as XLSForm writes them: a small part of XPath 1.0 with functions of ODK XForms, evaluated safely.

No attribute, no path, no code is ever reached: all that an expression can name are answers, `${key}`, and `.` for the answer at hand.
Source: XLSForm reference tables (xlsform.org); ODK XForms specification, "XPath functions"; comparison and truth: XPath 1.0 §3.4, §4.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isnan, nan

from entraide.engines.forms.values import Value, as_text

MAX_LENGTH = 2_000
MAX_DEPTH = 40
MAX_TOKENS = 400
Scalar = str | float | bool
Lookup = Callable[[str], Value]


class BadExpression(Exception):
    """The expression is not understood: `code` says why, `at` from which character on, `part` what stands there."""

    def __init__(self, code: str, at: int, part: str = "") -> None:
        super().__init__(code)
        self.code, self.at, self.part = code, at, part


@dataclass(frozen=True)
class Node:
    """A parsed expression: `op` with its arguments; a leaf carries its value in `value`."""

    op: str
    args: tuple["Node", ...] = ()
    value: Scalar = ""


_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*(?P<key>[^}\s]+)\s*\})|(?P<number>\d+(?:\.\d+)?)|(?P<string>'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”)"
    r"|(?P<name>[A-Za-z_][\w:-]*)|(?P<op><=|>=|!=|[=<>+\-*(),])|(?P<dot>\.))"
)
FUNCTIONS: dict[str, tuple[int, int]] = {
    "selected": (2, 2), "not": (1, 1), "true": (0, 0), "false": (0, 0), "count-selected": (1, 1), "string-length": (1, 1), "number": (1, 1),
    "int": (1, 1), "string": (1, 1), "if": (3, 3), "coalesce": (2, 2), "contains": (2, 2), "starts-with": (2, 2), "concat": (1, 20),
    "regex": (2, 2), "today": (0, 0), "date": (1, 1), "round": (1, 2), "min": (1, 20), "max": (1, 20), "sum": (1, 20), "abs": (1, 1),
}  # fmt: skip
"""{name: (fewest, most arguments)} of what is understood."""


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadExpression("character", at, text[at:].strip()[:10])
        kind = match.lastgroup if match.lastgroup != "key" else "ref"
        assert kind is not None
        found.append((kind, match["key"] if kind == "ref" else match[kind], match.start(kind)))
        at = match.end()
    return found


class _Parser:
    """Recursive descent over the tokens; binds as XPath does."""

    LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))

    def __init__(self, text: str) -> None:
        self.tokens, self.place, self.depth, self.end = _tokens(text), 0, 0, len(text)
        if len(self.tokens) > MAX_TOKENS:
            raise BadExpression("too_long", self.tokens[MAX_TOKENS][2])

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "", self.end)

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        self.place += 1
        return token

    def want(self, text: str) -> None:
        kind, found, at = self.take()
        if kind != "op" or found != text:
            raise BadExpression("expected", at, text)

    def whole(self) -> Node:
        node = self.level(0)
        kind, found, at = self.peek()
        if kind != "end":
            raise BadExpression("left_over", at, found)
        return node

    def level(self, number: int) -> Node:
        if number == len(self.LEVELS):
            return self.single()
        left = self.level(number + 1)
        while self.peek()[0] in {"op", "name"} and self.peek()[1] in self.LEVELS[number]:
            operator = self.take()[1]
            left = Node(operator, (left, self.level(number + 1)))
        return left

    def single(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadExpression("too_deep", self.peek()[2])
        try:
            return self.primary()
        finally:
            self.depth -= 1

    def primary(self) -> Node:
        kind, text, at = self.take()
        if kind == "op" and text == "-":
            return Node("neg", (self.single(),))
        if kind == "op" and text == "(":
            inside = self.level(0)
            self.want(")")
            return inside
        if kind == "name":
            return self.call(text, at)
        leaf = {"ref": Node("ref", value=text), "dot": Node("dot")}.get(kind)
        if kind == "number":
            leaf = Node("value", value=float(text))
        if kind == "string":
            leaf = Node("value", value=text[1:-1])
        if leaf is None:
            raise BadExpression("incomplete" if kind == "end" else "unexpected", at, text)
        return leaf

    def call(self, name: str, at: int) -> Node:
        if name not in FUNCTIONS:
            raise BadExpression("function", at, name)
        self.want("(")
        args: list[Node] = []
        while self.peek()[1] != ")" or self.peek()[0] != "op":
            if args:
                self.want(",")
            args.append(self.level(0))
        self.want(")")
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(args) <= most:
            raise BadExpression("arguments", at, name)
        return Node(name, tuple(args))


@lru_cache(maxsize=4_096)
def parse(text: str) -> Node:
    """The expression as a tree; raises BadExpression."""
    if len(text) > MAX_LENGTH:
        raise BadExpression("too_long", MAX_LENGTH)
    return _Parser(text).whole()


def names(text: str) -> set[str]:
    """The keys that an expression names; raises BadExpression."""

    def walk(node: Node) -> set[str]:
        own = {str(node.value)} if node.op == "ref" else set()
        return own.union(*(walk(child) for child in node.args))

    return walk(parse(text))


def holds(text: str, lookup: Lookup, *, own: Value = None, today: date | None = None) -> bool:
    """Whether the expression is true; an empty one always is. `lookup(key)` gives answers, `own` stands for `.`."""
    if not text.strip():
        return True
    from entraide.engines.forms.evaluating import Evaluation, truth

    return truth(Evaluation(lookup, own, today)(parse(text)))


def number(value: Scalar) -> float:
    """As XPath's number(): what is no number is NaN."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value
    try:
        return float(value.strip()) if value.strip() and "_" not in value else nan
    except ValueError:
        return nan


def text_of(value: Scalar) -> str:
    """As XPath's string(): whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "NaN" if isnan(value) else str(int(value)) if value.is_integer() else repr(value)
    return value


def scalar(value: Value) -> Scalar:
    """An answer as an expression sees it: codes with a space between, everything else as text."""
    return as_text(value)
