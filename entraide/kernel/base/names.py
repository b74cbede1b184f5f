"""Names in several languages, kept as {language: text} from the first day."""

from collections.abc import Mapping

from django.utils.translation import get_language


def localised(names: Mapping[str, str], language: str | None = None) -> str:
    """The name in the reader's language, else in English, else in the first language given."""
    wanted = (language or get_language() or "en").split("-")[0]
    return names.get(wanted) or names.get("en") or next(iter(names.values()), "")
