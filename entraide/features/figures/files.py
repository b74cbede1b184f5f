"""Numbers out as files."""

import csv
from collections.abc import Iterable
from io import StringIO

from entraide.features.figures.models import Number

HEAD = ("indicator", "area", "year", "sex", "age", "form", "citizenship", "category", "value", "low", "high")


def lines(numbers: Iterable[Number]) -> Iterable[list[str]]:
    """One line a number; `value` is empty where only an interval is known, `high` where it has no upper end."""
    for each in numbers:
        low, high = plain(each.low), "" if each.high is None else plain(each.high)
        codes = [each.indicator, each.area, str(each.year or ""), each.sex, each.age, each.form, each.citizenship, each.category]
        yield [*codes, low if each.exact else "", low, high]


def plain(value: object) -> str:
    """A decimal without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_csv(numbers: Iterable[Number]) -> bytes:
    """UTF-8 with a mark at the beginning, so that spreadsheets read accents right."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(lines(numbers))
    return out.getvalue().encode("utf-8-sig")
