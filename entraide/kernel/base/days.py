"""Days that are known as well as they are known, in words."""

from datetime import date

from django.utils.formats import date_format


def day_words(partial: str) -> str:
    """A day, a month or a year (ISO 8601) as the reader's language writes it; anything else as it stands."""
    try:
        parts = [int(part) for part in partial.split("-")]
        if len(parts) == 1:
            return partial
        day = date(*(parts if len(parts) == 3 else [*parts, 1]))
    except (ValueError, TypeError):
        return partial
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")
