"""What nobody types on purpose: signs that cannot be seen, or that turn the direction of writing and let a text look like another."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TURNING = "\u202a-\u202e\u2066-\u2069"
# NUL is refused by Django's own field; tabs and ends of lines are typed.
_HIDDEN = re.compile(f"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_TURNING}\ufffd]")
_TURNS = re.compile(f"[{_TURNING}]")


def nothing_hidden(value: object) -> None:
    """A validator of every field for text; the marks that Persian or Hebrew need inside words may stand."""
    found = _HIDDEN.search(str(value))  # of an identifier too: Django counts its field among those for text
    if found is None:
        return
    if found.group() == "\ufffd":
        raise ValidationError(_("This holds U+FFFD: a letter was lost on the way. Type the text again."), code="letter_lost")
    name = {"character": f"U+{ord(found.group()):04X}"}
    if _TURNS.match(found.group()):
        sentence = _(
            "This holds %(character)s, a hidden character that turns the direction of writing and can make a text look like another. "
            "Type the text again."
        )
        raise ValidationError(sentence, code="direction_control", params=name)
    sentence = _("This holds the hidden character %(character)s. Remove it or type the text again.")
    raise ValidationError(sentence, code="control_character", params=name)
