"""What the record calls things, in words: each app says in its `actions.py` what its actions mean; collected when the site starts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

_words: dict[str, str | Promise] = {}


def mean(words: Mapping[str, str | Promise]) -> None:
    """Adds the meaning of actions."""
    _words.update(words)


def word(action: str) -> str:
    """An action in words; pages that were refused or asked for in vain stand by the name of their address."""
    if action in _words:
        return str(_words[action])
    return _("Page “%(page)s”") % {"page": action} if ":" in action else action
