"""Which values a column may have: declared in public, or admitted by noisy counts, so that the list of values itself tells of nobody.

A schema is public: it must be written without looking at the data. Without one, a value enters only if its noisy count passes a threshold
that the value of one single person passes with probability below δ (the stability histogram of Korolova et al. 2009 and Bun, Nissim,
Stemmer 2016); all others together become "(rare)". Missing is always a value of its own and stays missing.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, log, sqrt

import numpy as np

from entraide.engines.release.arrays import Codes, Floats, Ints
from entraide.engines.release.budget import variance_for
from entraide.engines.release.microdata import MISSING, Microdata
from entraide.engines.release.noise import gaussian
from entraide.engines.release.randomness import Source
from entraide.engines.release.refusal import Refused
from entraide.engines.sentence import gettext_noop as _

RARE = "(rare)"
Schema = dict[str, list[str]]


@dataclass(frozen=True)
class Domain:
    """The table in its admitted values, with the noisy count of each value (none for `(rare)`, which is not counted)."""

    names: list[str]
    values: list[list[str]]
    codes: list[Codes]
    counted: list[Floats]  # nan where not counted
    variance: int
    public: bool

    @property
    def sizes(self) -> list[int]:
        return [len(values) for values in self.values]


def parse_schema(text: str) -> Schema:
    """{"columns": {"sex": ["Female", "Male"], …}}; a column may also be {"values": […], "meaning": "…"}."""
    try:
        columns = json.loads(text)["columns"]
        read = {str(name): _listed(told) for name, told in columns.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(_('The schema is not JSON of the form {"columns": {"sex": ["Female", "Male"]}}.')) from None
    return read


def _listed(told: object) -> list[str]:
    values = told["values"] if isinstance(told, dict) else told
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError
    stripped = [value.strip() for value in values]
    return [MISSING, *dict.fromkeys(value for value in stripped if value)]


def check_schema(data: Microdata, schema: Schema) -> None:
    """Refuses a schema that does not cover the table; before anything is spent."""
    for name, values in zip(data.names, data.values, strict=True):
        if name not in schema:
            raise Refused(_("The schema does not say which values the column “%(column)s” may have."), column=name)
        if set(values) - set(schema[name]):
            why = _("The column “%(column)s” holds values that the schema does not list: correct the one or the other.")
            raise Refused(why, column=name)


def threshold(variance: int, columns: int, delta: float) -> int:
    """A noisy count that a value held by one person reaches in any of `columns` with probability at most `delta`.

    One person brings at most one new value per column; P(noise ≥ m) ≤ exp(-m²/2σ²) for discrete Gaussian noise.
    """
    return 2 + ceil(sqrt(2 * variance * log(columns / delta)))


def admit(data: Microdata, schema: Schema | None, rho: Fraction, delta: float, source: Source) -> Domain:
    """Counts every value with noise (ρ for all columns together) and recodes the table to what is admitted (`delta` without schema)."""
    variance = variance_for(rho / len(data.names))
    least = None if schema is not None else threshold(variance, len(data.names), delta)
    done = [
        _column(values, codes, None if schema is None else schema[name], least, variance, source)
        for name, values, codes in zip(data.names, data.values, data.codes, strict=True)
    ]
    return Domain(
        data.names, [one[0] for one in done], [one[1] for one in done], [one[2] for one in done], variance, public=schema is not None
    )


def _column(
    values: list[str], codes: Codes, declared: list[str] | None, least: int | None, variance: int, source: Source
) -> tuple[list[str], Codes, Floats]:
    if declared is not None:
        place = {value: number for number, value in enumerate(declared)}
        recoded = np.array([place[value] for value in values], dtype=np.uint16)[codes]
        exact = np.bincount(recoded, minlength=len(declared))
        return declared, recoded, (exact + gaussian(source, variance, len(declared))).astype(np.float64)
    noisy: Ints = np.bincount(codes, minlength=len(values)) + gaussian(source, variance, len(values))
    kept = [number for number in range(1, len(values)) if noisy[number] >= (least or 0) and values[number] != RARE]
    kept.sort(key=lambda number: values[number])  # the order of the file must not show
    chosen = [0, *kept]
    recode = np.full(len(values), len(chosen), dtype=np.uint16)
    recode[chosen] = np.arange(len(chosen), dtype=np.uint16)
    counted = np.append(noisy[chosen].astype(np.float64), np.nan)
    return [*(values[number] for number in chosen), RARE], recode[codes], counted
