"""Numbers out as files: CSV, a workbook, and SDMX-CSV 2.0 (github.com/sdmx-twg/sdmx-csv, data message field guide, v2.0.0).

The structure that the SDMX file names is not registered anywhere; the codes of sex and age are those of the SDMX cross-domain lists, the
status codes those of CL_OBS_STATUS 2.0: A normal, E estimated, Q suppressed, O missing.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

from entraide.engines.htcds import settled
from entraide.features.figures.definitions import definition
from entraide.features.figures.models import Number

HEAD = ("indicator", "area", "year", "sex", "age", "form", "citizenship", "category", "value", "low", "high", "best")
STRUCTURE = "ENTRAIDE:FIGURES(1.0.0)"
SDMX_HEAD = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "REF_AREA", "SEX", "AGE", "FORM", "CITIZENSHIP", "CATEGORY", "TIME_PERIOD",
    "OBS_VALUE", "LOWER", "UPPER", "OBS_STATUS", "UNIT_MEASURE", "DEFINITION_SOURCE",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def lines(numbers: Iterable[Number]) -> Iterator[list[str]]:
    """One line a number; `value` is empty where only a range is known, `high` where it has no upper end."""
    for each in numbers:
        low, high, best = plain(each.low), _maybe(each.high), _maybe(each.best)
        yield [*_codes(each), low if each.exact else "", low, high, best]


def _codes(each: Number) -> list[str]:
    codes = [each.indicator, each.area, str(each.year or ""), each.sex, each.age, each.form, each.citizenship, each.category]
    return [f"'{code}" if code.startswith(_RISKY) else code for code in codes]  # a spreadsheet would run it as a formula


def _maybe(value: object) -> str:
    return "" if value is None else plain(value)


def plain(value: object) -> str:
    """A decimal without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_csv(numbers: Iterable[Number]) -> bytes:
    """UTF-8 with a mark at the beginning, so that spreadsheets read accents right."""
    return _csv(HEAD, lines(numbers)).encode("utf-8-sig")


def as_sdmx(numbers: Iterable[Number]) -> bytes:
    """SDMX-CSV 2.0: commas, UTF-8, one observation a row, the definition's source as an attribute."""
    return _csv(SDMX_HEAD, map(_observation, numbers)).encode("utf-8")


def _observation(each: Number) -> list[str]:
    known = definition(each.indicator)
    status = "A" if each.exact else "E" if each.best is not None else "Q"
    indicator, area, year, sex, age, form, citizenship, category = _codes(each)
    unit = "PER_100000" if known.rate else "PS" if known.persons else "NUMBER"
    return [
        "datastructure", STRUCTURE, "I", "A", indicator.replace(".", "_").upper(), area or "_Z", sex, age, form, citizenship, category,
        year,
        plain(each.low) if each.exact else _maybe(each.best), plain(each.low), _maybe(each.high), status, unit, known.source,
    ]  # fmt: skip


def _csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def as_xlsx(numbers: Iterable[Number], notes: Iterable[tuple[str, str]]) -> bytes:
    """A workbook: the numbers, and on a second sheet what they are."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Figures")
    sheet.append(HEAD)
    for line in lines(numbers):
        sheet.append([*line[:8], *(float(cell) if cell else None for cell in line[8:])])
    about = book.create_sheet("About")
    for name, text in notes:
        about.append([_never_run(about, name), _never_run(about, text)])
    return _saved(book)


def _never_run(sheet: Any, value: object) -> object:  # a sheet of openpyxl, which gives its class no name
    """A text that begins like a formula stays a text."""
    if not isinstance(value, str) or not value.startswith(_RISKY):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return settled(out.getvalue())


def sheet(form: str, head: Iterable[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A small table as CSV or workbook."""
    if form != "xlsx":
        return _csv(head, (["" if cell is None else str(cell) for cell in row] for row in rows)).encode("utf-8-sig")
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for row in [tuple(head), *rows]:
        page.append([_never_run(page, cell) for cell in row])
    return _saved(book)


WRITERS = {"csv": ("text/csv; charset=utf-8", "csv"), "sdmx": ("application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8", "sdmx.csv"),
           "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")}  # fmt: skip


def written(form: str, numbers: Iterable[Number], notes: Iterable[tuple[str, str]]) -> bytes:
    """The file of this form."""
    if form == "xlsx":
        return as_xlsx(numbers, notes)
    return as_sdmx(numbers) if form == "sdmx" else as_csv(numbers)
