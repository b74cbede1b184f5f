"""Reads a table into cells with codes. Every number of the file is either placed or listed with row, column and reason: nothing is lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from entraide.engines.tables import layout, numbers, words
from entraide.engines.tables.decode import Sheet, sheets
from entraide.engines.tables.layout import Head
from entraide.engines.tables.numbers import Bad, Parsed, Style, Value
from entraide.engines.tables.refusal import Unplaced, Unreadable

GROUPS = ("sex", "age", "form", "citizenship", "category")
LONGEST = {"area": 80, "sex": 40, "age": 40, "form": 120, "citizenship": 80, "category": 160}
Key = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What whoever brings the file says where the file does not: the indicator, the State, the year."""

    indicator: str = "tip.victims"
    area: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Placed:
    """A count with its codes and where it stood. `low` to `high`; no upper end where `high` is None."""

    row: int
    column: str
    indicator: str
    area: str
    year: int
    codes: Mapping[str, str]
    low: int
    high: int | None

    @property
    def key(self) -> Key:
        """What it is of."""
        return (self.indicator, self.area, str(self.year), *(self.codes.get(name, words.TOTAL) for name in GROUPS))


@dataclass
class Reading:
    """What a file holds: cells, what was not placed, and how it was written."""

    cells: list[Placed] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    not_known: int = 0
    remarks: list[str] = field(default_factory=list)
    encoding: str = ""
    separator: str = ""
    seen_low: int = 0
    seen_high: int = 0

    @property
    def placed_low(self) -> int:
        """Sum of the lower ends of all placed cells."""
        return sum(cell.low for cell in self.cells)

    @property
    def unplaced_low(self) -> int:
        """Sum of the lower ends of all numbers without a place."""
        return sum(each.low or 0 for each in self.unplaced)

    @property
    def reconciles(self) -> bool:
        """Whether every unit that was seen is placed or listed."""
        high = sum(_top(cell.low, cell.high) for cell in self.cells) + sum(_top(each.low, each.high) for each in self.unplaced)
        return self.seen_low == self.placed_low + self.unplaced_low and self.seen_high == high


def _top(low: int | None, high: int | None) -> int:
    return high if high is not None else low or 0


def read(data: bytes, name: str = "", asked: Asked | None = None) -> Reading:
    """The table in these bytes (CSV with any usual separator and encoding, or XLSX). Raises Unreadable where there is none."""
    reading = Reading()
    headless, empty = [], True
    for sheet in sheets(data):
        head = layout.head_of(sheet.rows)
        if head is None:
            headless.append(sheet)
        else:
            empty = empty and not any(text.strip() for row in sheet.rows[head.row + 1 :] for text in row)
            _Reader(reading, sheet, head, asked or Asked()).run()
    if not reading.cells and not reading.unplaced:
        raise Unreadable("no_head" if headless else "only_head" if empty else "no_cells")
    for sheet in headless:
        _without_head(reading, sheet)
    _no_twins(reading)
    return reading


def _without_head(reading: Reading, sheet: Sheet) -> None:
    for number, row in enumerate(sheet.rows, start=1):
        _loose(reading, sheet, number, row, Style(), "before_head")


def _loose(reading: Reading, sheet: Sheet, number: int, row: Sequence[str], style: Style, reason: str) -> None:
    """Numbers of a row outside the table; years are no counts."""
    for place, text in enumerate(row):
        got = numbers.parse(text, style, sheet.separator)
        if isinstance(got, Value) and layout.year_of(text) is None:
            _list(reading, sheet, number, layout.letter(place), text, reason, got)


def _list(reading: Reading, sheet: Sheet, row: int, column: str, text: str, reason: str, value: Value | None = None) -> None:
    reading.unplaced.append(
        Unplaced(row, column, text.strip()[:80], reason, value.low if value else None, value.high if value else None, sheet.name)
    )
    if value:
        reading.seen_low += value.low
        reading.seen_high += _top(value.low, value.high)


class _Reader:
    """One sheet being read."""

    def __init__(self, reading: Reading, sheet: Sheet, head: Head, asked: Asked) -> None:
        self.reading, self.sheet, self.head, self.asked = reading, sheet, head, asked
        self.valued = head.of("number")
        self.others = [place for place, each in enumerate(head.columns) if each.role in {"unknown", "unnamed"}]
        self._spread()
        self.style = numbers.style(row[place] for row in sheet.rows[head.row + 1 :] for place in self.valued if place < len(row))
        reading.encoding = reading.encoding or sheet.encoding
        reading.separator = reading.separator or sheet.separator

    def _spread(self) -> None:
        """What stands in a merged cell is said of all its rows. A count is one count, however many rows it spans."""
        rows, counts = self.sheet.rows, {*self.valued, *self.head.of("low"), *self.head.of("high"), *self.others}
        for column, top, bottom in self.sheet.merged:
            if self.head.row < top < len(rows) and column not in counts and column < len(rows[top]):
                for row in rows[top + 1 : bottom + 1]:
                    row.extend([""] * (column + 1 - len(row)))
                    row[column] = row[column] or rows[top][column]

    def run(self) -> None:
        for number, row in enumerate(self.sheet.rows[: self.head.row], start=1):
            _loose(self.reading, self.sheet, number, row, self.style, "before_head")
        for number, row in enumerate(self.sheet.rows[self.head.row + 1 :], start=self.head.row + 2):
            if any(cell.strip() for cell in row):
                self._row(number, row)

    def _row(self, number: int, row: list[str]) -> None:
        width = len(self.head.columns)
        if any(cell.strip() for cell in row[width:]):
            for place in [*self.valued, *range(width, len(row))]:
                self._refuse(number, place, row, "too_many_cells")
            return
        row = row + [""] * (width - len(row))
        self._remark(row)
        codes, reason = self._codes(row)
        for place in self.others:
            self._refuse(number, place, row, "unnamed_column" if self.head.columns[place].role == "unnamed" else "unknown_column")
        for place in self.valued or self.head.of("low")[:1]:
            self._cell(number, place, row, codes, reason)

    def _remark(self, row: list[str]) -> None:
        """Lines of words below a table are its notes."""
        if not any(row[place].strip() for place in self.valued) and row[0].strip() and not any(cell.strip() for cell in row[1:]):
            self.reading.remarks.append(row[0].strip()[:300])

    def _refuse(self, number: int, place: int, row: Sequence[str], reason: str) -> None:
        text = row[place] if place < len(row) else ""
        got = numbers.parse(text, self.style, self.sheet.separator)
        if isinstance(got, Value):
            _list(self.reading, self.sheet, number, self._name(place), text, reason, got)

    def _name(self, place: int) -> str:
        return self.head.columns[place].name if place < len(self.head.columns) else layout.letter(place)

    def _codes(self, row: list[str]) -> tuple[dict[str, str], str]:
        """The codes that the row gives all its numbers, and why it can give them none."""
        found: dict[str, str] = {}
        for role in layout.DIMENSIONS:
            for place in self.head.of(role):
                found |= self._coded(role, row[place].strip(), found)
        unit = " ".join(words.normal(row[place]) for place in self.head.of("unit"))
        return found, "rate" if any(word in unit for word in ("rate", "%", "percent", "share", "taux")) else ""

    def _coded(self, role: str, text: str, found: Mapping[str, str]) -> dict[str, str]:
        if role == "area":
            return {"area": words.TOTAL if words.group(text) == {} else words.area(text)} if text else {}
        if role == "year":
            return {"year": text} if text else {}
        if role == "dimension":
            return {"dimension": text}
        if role == "indicator":
            tag = words.indicator(text) if text else self.asked.indicator
            return {"indicator": tag} | ({"category": text} if tag == "other" else {})
        if role == "label":
            return {"area": words.area(text)} if words.is_area(text) else words.group(text, "category") or {"category": text}
        if role == "category":
            return self._category(text, found)
        got = words.group(text, role)
        if role == "citizenship" and got is None:
            return {role: words.area(text)}
        return {role: text} if got is None else got

    def _category(self, text: str, found: Mapping[str, str]) -> dict[str, str]:
        """What a category is depends on the dimension beside it."""
        dimension = words.normal(found.get("dimension", ""))
        if not text or words.normal(text) in {"total", "_t"}:
            return {}
        if "citizenship" in dimension and words.group(text) is None:
            return {"citizenship": words.area(text)}
        got = words.group(text, "form" if "exploitation" in dimension else "category")
        if got is not None:
            return got
        before = [found["category"]] if found.get("category") else []
        told = found.get("dimension", "")
        named = f"{told}: {text}" if told and dimension != "total" else text
        return {"category": " · ".join([*before, named])}

    def _cell(self, number: int, place: int, row: list[str], codes: Mapping[str, str], reason: str) -> None:
        got, text = self._number(place, row)
        if got is None:
            self.reading.not_known += bool(text.strip())
            return
        if isinstance(got, Bad):
            _list(self.reading, self.sheet, number, self._name(place), text, got.reason)
            return
        own = {name: code for name, code in codes.items() if name != "dimension"} | dict(self.head.columns[place].codes)
        reason = reason or self._why_not(own)
        if reason:
            _list(self.reading, self.sheet, number, self._name(place), text, reason, got)
            return
        self.reading.seen_low += got.low
        self.reading.seen_high += _top(got.low, got.high)
        self.reading.cells.append(self._placed(number, place, own, got))

    def _number(self, place: int, row: list[str]) -> tuple[Parsed, str]:
        text = row[place]
        got = numbers.parse(text, self.style, self.sheet.separator)
        low, high = self.head.of("low"), self.head.of("high")
        if low and (numbers.is_missing(text) or place in low):
            ends = [numbers.parse(row[one[0]], self.style, self.sheet.separator) if one else None for one in (low, high)]
            if isinstance(ends[0], Value):
                return Value(
                    ends[0].low, ends[1].low if isinstance(ends[1], Value) else None
                ), f"{row[low[0]]}–{row[high[0]] if high else ''}"
        return got, text

    def _why_not(self, codes: Mapping[str, str]) -> str:
        year = codes.get("year", "") or str(self.asked.year or "")
        if not codes.get("area", self.asked.area):
            return "no_area"
        if not year:
            return "no_year"
        if layout.year_of(year) is None:
            return "bad_year"
        return "too_long" if any(len(codes.get(name, "")) > most for name, most in LONGEST.items()) else ""

    def _placed(self, number: int, place: int, codes: Mapping[str, str], value: Value) -> Placed:
        groups = {name: codes[name] for name in GROUPS if codes.get(name)}
        year = layout.year_of(codes.get("year", "")) or self.asked.year or 0
        indicator = codes.get("indicator") or self.asked.indicator
        area = codes.get("area") or self.asked.area
        return Placed(number, self._name(place), indicator, area, year, groups, value.low, value.high)


def _no_twins(reading: Reading) -> None:
    """The second number for the same cell has no place, whether it agrees or not."""
    first: dict[Key, Placed] = {}
    kept = []
    for cell in reading.cells:
        other = first.setdefault(cell.key, cell)
        if other is cell:
            kept.append(cell)
        else:
            same = (other.low, other.high) == (cell.low, cell.high)
            text = str(cell.low) if cell.low == cell.high else f"{cell.low}–{cell.high if cell.high is not None else ''}"
            reading.unplaced.append(Unplaced(cell.row, cell.column, text, "twice" if same else "contradicts", cell.low, cell.high))
    reading.cells = kept


def differences(reading: Reading) -> Iterator[tuple[Placed, str, int, int]]:
    """Totals that their parts do not add up to: the total, by which dimension, and the least and most that the parts can be."""
    by_rest: dict[tuple[str, Key], list[Placed]] = {}
    totals = {cell.key: cell for cell in reading.cells}
    for cell in reading.cells:
        for at, name in enumerate(GROUPS, start=3):
            if cell.key[at] != words.TOTAL:
                by_rest.setdefault((name, (*cell.key[:at], words.TOTAL, *cell.key[at + 1 :])), []).append(cell)
    for (name, key), parts in by_rest.items():
        total = totals.get(key)
        low, high = sum(part.low for part in parts), sum(_top(part.low, part.high) for part in parts)
        if (total is not None and len(parts) > 1 and not low <= _top(total.low, total.high)) or (total is not None and total.low > high):
            yield total, name, low, high
