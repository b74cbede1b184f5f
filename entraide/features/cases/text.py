"""What a person may type: no hidden characters that change how a text reads, and nothing without end."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 10_000
DIRECTION = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def without_hidden_characters(text: str) -> None:
    """Refuses controls and the marks that turn the direction of writing; line breaks and tabs are fine."""
    for character in text:
        if character in DIRECTION or (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\r\n\t"):
            raise ValidationError(
                _("This holds the hidden character %(character)s. Remove it or type the text again."),
                params={"character": f"U+{ord(character):04X}"},
            )


class TextField(forms.CharField):
    """A line of text."""

    def __init__(self, *, long: bool = False, max_length: int | None = None, **kwargs: object) -> None:
        if long:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=max_length or (LONGEST if long else 500), **kwargs)  # type: ignore[arg-type]  # Django's own
        self.validators = [*self.validators, without_hidden_characters]
        self.error_messages["null_characters_not_allowed"] = _("This holds the hidden character U+0000. Remove it or type the text again.")
