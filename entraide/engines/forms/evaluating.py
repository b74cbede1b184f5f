"""Evaluates parsed expressions over answers."""

import operator
import re
from collections.abc import Callable
from datetime import date
from math import fmod, inf, isinf, isnan, nan

from entraide.engines.forms.expressions import Lookup, Node, Scalar, number, scalar, text_of
from entraide.engines.forms.values import Value

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_PATTERN, MAX_SUBJECT = 200, 4_000
_RISKY = re.compile(r"[+*}]\)?[+*{]|\([^)]*[+*|][^)]*\)[+*{]")


def truth(value: Scalar) -> bool:
    """As XPath's boolean(): a text that is not empty, a number that is neither zero nor NaN."""
    if isinstance(value, float):
        return value != 0 and not isnan(value)
    return bool(value)


def _ordered(left: Scalar, right: Scalar) -> tuple[float, float]:
    """Both sides as numbers; two dates are ordered by day."""
    if isinstance(left, str) and isinstance(right, str) and _DATE.fullmatch(left) and _DATE.fullmatch(right):
        return (float(left.replace("-", "")), float(right.replace("-", "")))
    return number(left), number(right)


def _comparing(holds: Callable[[float, float], bool]) -> Callable[[Scalar, Scalar], Scalar]:
    return lambda left, right: holds(*_ordered(left, right))


def _equal(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


def _regex(subject: str, pattern: str) -> bool:
    """Whether the whole text matches; patterns that can run without end match nothing."""
    if len(pattern) > MAX_PATTERN or len(subject) > MAX_SUBJECT or _RISKY.search(pattern):
        return False
    try:
        return re.fullmatch(pattern, subject) is not None
    except re.error:
        return False


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return nan if not left or isnan(left) else inf if left > 0 else -inf


def _round(value: float, digits: float = 0.0) -> float:
    return value if isnan(value) or isinf(value) or isnan(digits) else round(value, max(-15, min(15, int(digits))))


def _numbers(of: Callable[[list[float]], float]) -> Callable[..., Scalar]:
    def fold(*args: Scalar) -> Scalar:
        found = [value for value in map(number, args) if not isnan(value)]
        return float(of(found)) if found else nan

    return fold


_PLAIN: dict[str, Callable[..., Scalar]] = {
    "=": _equal,
    "!=": lambda a, b: not _equal(a, b),
    "<": _comparing(operator.lt),
    "<=": _comparing(operator.le),
    ">": _comparing(operator.gt),
    ">=": _comparing(operator.ge),
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    "div": lambda a, b: _divide(number(a), number(b)),
    "mod": lambda a, b: fmod(number(a), number(b)) if number(b) and not isinf(number(a)) else nan,
    "neg": lambda a: -number(a),
    "not": lambda a: not truth(a),
    "true": lambda: True,
    "false": lambda: False,
    "selected": lambda a, b: text_of(b).strip() in text_of(a).split(),
    "count-selected": lambda a: float(len(text_of(a).split())),
    "string-length": lambda a: float(len(text_of(a))),
    "number": number,
    "int": lambda a: nan if isnan(number(a)) or isinf(number(a)) else float(int(number(a))),
    "string": text_of,
    "contains": lambda a, b: text_of(b) in text_of(a),
    "starts-with": lambda a, b: text_of(a).startswith(text_of(b)),
    "concat": lambda *args: "".join(map(text_of, args)),
    "regex": lambda a, b: _regex(text_of(a), text_of(b)),
    "date": text_of,
    "round": lambda a, b=0.0: _round(number(a), number(b)),
    "abs": lambda a: abs(number(a)),
    "min": _numbers(min),
    "max": _numbers(max),
    "sum": _numbers(sum),
}


class Evaluation:
    """Walks a parsed expression with the answers at hand."""

    def __init__(self, lookup: Lookup, own: Value, today: date | None) -> None:
        self.lookup, self.own, self.today = lookup, own, today

    def __call__(self, node: Node) -> Scalar:
        """The value of a node."""
        if node.op == "value":
            return node.value
        if node.op == "ref":
            return scalar(self.lookup(str(node.value)))
        if node.op == "dot":
            return scalar(self.own)
        if node.op == "today":
            return self.today.isoformat() if self.today else ""
        return self._lazy(node) if node.op in {"or", "and", "if", "coalesce"} else _PLAIN[node.op](*map(self, node.args))

    def _lazy(self, node: Node) -> Scalar:
        first = self(node.args[0])
        if node.op == "coalesce":
            return first if text_of(first) else self(node.args[1])
        if node.op == "if":
            return self(node.args[1] if truth(first) else node.args[2])
        if truth(first) == (node.op == "or"):
            return truth(first)
        return truth(self(node.args[1]))
