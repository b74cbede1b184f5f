"""What the record calls things, in words: each app says in its `actions.py` what its actions mean; collected when the site starts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

_words: dict[str, str | Promise] = {}


def mean(words: Mapping[str, str | Promise]) -> None:
    """Adds the meaning of actions."""
    _words.update(words)


def word(action: str) -> str:
    """An action in words; a page that was refused or asked for in vain by the words of its room, given as `room:`."""
    room, colon, _page = action.partition(":")
    known = _words.get(action) or _words.get(f"{room}{colon}")
    return str(known) if known else _("A page") if colon else action
