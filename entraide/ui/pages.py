"""Pages that say the same to everybody: not found, in one fixed text per language."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation

_WRITTEN = ("en", "fr", "ar")


def not_found(language: str) -> bytes:
    """The page for whatever is absent or invisible: no address, token, name or count, so that it gives nothing away."""
    code = language.split("-")[0].lower()
    return _rendered(code if code in _WRITTEN else "en")


@lru_cache(maxsize=len(_WRITTEN))
def _rendered(code: str) -> bytes:
    with translation.override(code):
        return render_to_string(f"static_pages/404.{code}.html").encode()
