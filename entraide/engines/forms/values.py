"""Answers as values: what each kind keeps, how a person writes it, whether it fits, how it reads.

Kept as JSON: text, long → str; integer → int; decimal → str of a decimal number, exact; date → ISO 8601 day; yes_no, one → code;
many → list of codes in the order of the options; table → {row code: {column code: str of a decimal number}}; file → nothing of its own.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

Value = str | int | list[str] | dict[str, dict[str, str]] | None
LONGEST = {"text": 1_000, "long": 50_000}
MOST_DIGITS = 18
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")


class BadValue(Exception):
    """What was written is no answer to this kind of question; `code` is one of the sentences, `part` what is wrong."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(code)
        self.code, self.part = code, part


def as_text(value: Value) -> str:
    """As conditions see it: codes with a space between; a table is empty or "1"."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, dict):
        return "1" if any(cells for cells in value.values()) else ""
    return str(value)


def is_empty(value: Value) -> bool:
    """Whether nothing was answered."""
    return value is None or value == "" or value == [] or (isinstance(value, dict) and not any(value.values()))


def adds_to(before: Value, after: Value) -> bool:
    """Whether what was typed is what stood before with something put in at one place: nothing of it was taken away."""
    old, new = as_text(before), as_text(after)
    same = next((at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), min(len(old), len(new)))
    return new[same:].endswith(old[same:])


def decimal(text: str) -> str:
    """A decimal number however people write it (1 234,5; 1,234.5; 1'234.5) as plain text; raises BadValue."""
    plain = _SPACES.sub("", text).translate(_DIGITS)
    if plain.count(",") and plain.count("."):
        last = "," if plain.rfind(",") > plain.rfind(".") else "."
        plain = plain.replace("." if last == "," else ",", "")
    if plain.count(",") > 1 or re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain):
        if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", plain):
            raise BadValue("ambiguous_number", text)
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?|-?\.\d+", plain):
        raise BadValue("not_a_number", text)
    if len(plain.strip("-").replace(".", "")) > MOST_DIGITS:
        raise BadValue("too_many_digits", text)
    try:
        return format(Decimal(plain), "f")
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        raise BadValue("not_a_number", text) from None


_DIGITS = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}


def integer(text: str) -> int:
    """A whole number however people write it; raises BadValue."""
    try:
        found = Decimal(decimal(text))
    except BadValue as wrong:
        if wrong.code == "ambiguous_number":  # 1,234 can only be a thousand where no decimals are asked for
            return int(_SPACES.sub("", text).replace(",", ""))
        raise
    if found != found.to_integral_value():
        raise BadValue("not_whole", text)
    return int(found)


def day(text: str) -> str:
    """An ISO day: 2026-11-25, or 25/11/2026, 25.11.2026 with the day first; raises BadValue."""
    plain = text.strip().translate(_DIGITS)
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", plain)
    parts = match.groups() if match else None
    if parts is None and (match := re.fullmatch(r"(\d{1,2})[./ ](\d{1,2})[./ ](\d{4})", plain)):
        parts = match.groups()[::-1]
    if parts is None:
        raise BadValue("not_a_date", text)
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2])).isoformat()
    except ValueError:
        raise BadValue("not_a_date", text) from None


def chosen(given: Iterable[str], options: Iterable[str]) -> list[str]:
    """The codes chosen, in the order of the options, each once; raises BadValue for one that is no option."""
    wanted, known = {code.strip() for code in given if code.strip()}, list(options)
    for code in wanted - set(known):
        raise BadValue("not_an_option", code)
    return [code for code in known if code in wanted]


def table(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Figures by row and column, empty ones left out; raises BadValue with the cell that is none."""
    found: dict[str, dict[str, str]] = {}
    for row, cells in given.items():
        for column, text in cells.items():
            if text.strip():
                try:
                    found.setdefault(row, {})[column] = decimal(text)
                except BadValue as wrong:
                    raise BadValue(wrong.code, f"{row} / {column}: {text}") from None
    return found


def read(kind: str, given: str, options: Iterable[str] = ()) -> Value:
    """What was written in one box as the value of its kind; empty is None. Raises BadValue."""
    text = given.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        return None
    if kind == "many":
        return chosen(re.split(r"[\s,;]+", text), options) or None
    if kind in {"one", "yes_no"}:
        return chosen([text], options)[0]
    if kind == "integer":
        return integer(text)
    if kind == "decimal":
        return decimal(text)
    if kind == "date":
        return day(text)
    if len(text) > LONGEST.get(kind, 1_000):
        raise BadValue("too_long", str(LONGEST.get(kind, 1_000)))
    return text
