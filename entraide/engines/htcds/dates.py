"""Days as ISO 8601 and nothing else: a birth date that may be two days is worse than none."""

import re
from datetime import date

from entraide.engines.htcds.reading import Kind, Refused

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", re.DOTALL)
_NUMERIC = re.compile(r"([0-9]{1,2})[./\- ]([0-9]{1,2})[./\- ]([0-9]{4}|[0-9]{2})")


def day(text: str, kind: Kind, latest: date, *, future: bool) -> date:
    """The day that `text` names, from 1900-01-01 to `latest`.

    `future` says that the field may look ahead, which changes only the sentence. Raises Refused with the reason.
    """
    found = _ISO.fullmatch(text)
    if not found:
        raise Refused(_reason(text, kind))
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Refused("date_impossible") from None
    if day.year < 1900:
        raise Refused("date_before_1900")
    if day > latest:
        raise Refused("date_too_far" if future else "date_future")
    return day


def _reason(text: str, kind: Kind) -> str:
    if _ISO_TIME.fullmatch(text):
        return "date_with_time"
    if re.fullmatch(r"(18|19|20)[0-9]{2}", text):
        return "date_year_only"
    if kind is Kind.NUMBER or re.fullmatch(r"[0-9]{4,5}(\.[0-9]+)?", text):
        return "date_serial"
    numeric = _NUMERIC.fullmatch(text)
    return "date_ambiguous" if numeric and max(int(numeric[1]), int(numeric[2])) <= 12 and numeric[1] != numeric[2] else "date_not_iso"
