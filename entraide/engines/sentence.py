"""Sentences that can be said in any language: a template, marked for translation, and the values that go into it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation; whoever shows it translates it, because engines know no framework."""
    return message


def _same(message: str) -> str:
    return message


@dataclass(frozen=True)
class Voice:
    """A language: how a template is translated, and what stands between thousands and before decimals."""

    translate: Callable[[str], str] = _same
    thousands: str = ","
    point: str = "."

    def whole(self, number: float) -> str:
        """A count of persons for reading: 11,313."""
        return f"{round(number):,}".replace(",", self.thousands)

    def shown(self, value: object) -> object:
        """A value as it stands in a sentence; counts are grouped, words translated, lists joined by commas."""
        if isinstance(value, Sentence):
            return value.said(self)
        if isinstance(value, Decimals):
            return f"{value.number:.{value.places}f}".replace(".", self.point)
        if isinstance(value, bool | str):
            return value
        if isinstance(value, int | float):
            return self.whole(value)
        if isinstance(value, list | tuple):
            return ", ".join(str(self.shown(each)) for each in value)
        return value


ENGLISH = Voice()


@dataclass(frozen=True)
class Decimals:
    """A number that is not a count of persons, shown with so many places."""

    number: float
    places: int


@dataclass(frozen=True)
class Sentence:
    """A template with named places, %(n)s, and their values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, voice: Voice) -> str:
        """In that language."""
        return voice.translate(self.template) % {name: voice.shown(value) for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.said(ENGLISH)


def say(template: str, **values: object) -> Sentence:
    """A sentence; mark the template with `gettext_noop`."""
    return Sentence(template, values)


def kept(value: object) -> Any:
    """A sentence, or a value of one, as plain data for JSON, to be said later in whatever language: see `again`."""
    if isinstance(value, Sentence):
        return {"say": value.template, "values": {name: kept(each) for name, each in value.values.items()}}
    if isinstance(value, Decimals):
        return {"number": float(value.number), "places": value.places}
    if isinstance(value, list | tuple):
        return [kept(each) for each in value]
    if isinstance(value, bool | str):
        return value
    return int(value) if isinstance(value, Integral) else float(value) if isinstance(value, Real) else str(value)


def again(data: Any) -> Any:
    """What `kept` made data of."""
    if isinstance(data, dict):
        if "say" in data:
            return Sentence(data["say"], {name: again(each) for name, each in data["values"].items()})
        return Decimals(data["number"], data["places"])
    return [again(each) for each in data] if isinstance(data, list) else data
