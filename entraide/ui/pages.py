"""Pages that say the same to everybody: not found, in one fixed text per language."""

import json
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

_WRITTEN = ("en", "fr", "ar")


def not_found(language: str, *, program: bool = False) -> bytes:
    """What is said of whatever is absent or invisible: no address, token, name or count, so that it gives nothing away."""
    code = language.split("-")[0].lower()
    return (_for_programs if program else _rendered)(code if code in _WRITTEN else "en")


@lru_cache(maxsize=len(_WRITTEN))
def _rendered(code: str) -> bytes:
    with translation.override(code):
        return render_to_string(f"static_pages/404.{code}.html").encode()


@lru_cache(maxsize=len(_WRITTEN))
def _for_programs(code: str) -> bytes:
    with translation.override(code):
        return json.dumps({"code": "not_found", "sentence": _("There is nothing here, or nothing that you may see.")}).encode()
