"""How each language writes days and times."""

from django.utils.dateformat import DateFormat


def write_ordinals() -> None:
    """`S` in a format was the English ordinal; from the start of the site on it is the French mark of the first of the month."""
    DateFormat.S = _first  # type: ignore[method-assign,assignment]  # every date goes through it, in templates and in code


def _first(written: DateFormat) -> str:
    return "er" if written.format("j") == "1" else ""
