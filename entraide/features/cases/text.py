"""What a person may type: no hidden characters that change how a text reads, and nothing without end."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.engines import htcds
from entraide.engines.htcds.cells import check_text, value_of
from entraide.engines.htcds.reading import MAX_CELL, Cell, Refused
from entraide.kernel.base import clock
from entraide.ui.typed import nothing_hidden

# The engine speaks of cells of a file; on a form the same is said of a box.
_ON_A_FORM: dict[str, str | Promise] = {
    "too_long": _("This has %(length)s characters; at most %(limit)s can be taken. Shorten it, or put the rest into a note."),
    "control_character": _("This holds the hidden character %(character)s. Remove it or type the text again."),
    "direction_control": _(
        "This holds %(character)s, a hidden character that turns the direction of writing and can make a text look like another. "
        "Type the text again."
    ),
    "letter_lost": _("This holds U+FFFD: a letter was lost on the way. Type the text again."),
    "line_break": _("Write this on one line."),
    "formula": _("This begins with “=”, which a spreadsheet takes for a formula. Write the value itself."),
    "not_in_list": _("Choose one of the list."),
    "multiselect_not_in_list": _("Value number %(place)s is not in the list."),
    "country": _("Write the name of a country, such as Nigeria."),
    "countries": _(
        "Value number %(place)s is not a country. Write names of countries with a semicolon between them, such as Nigeria; France."
    ),
}


def sentence(refused: Refused) -> ValidationError:
    """The engine's reason as an error of a form."""
    words = _ON_A_FORM.get(refused.code) or gettext(htcds.SENTENCES[refused.code])
    return ValidationError(words, code=refused.code, params=refused.params)  # type: ignore[arg-type]  # lazy text is text


def plain(*, lines: bool, longest: int = MAX_CELL) -> Callable[[str], None]:
    """A validator: no controls, no marks that turn the direction of writing, not longer than `longest`."""

    def check(text: str) -> None:
        try:
            if len(text) > longest:
                raise Refused("too_long", length=len(text), limit=longest)
            check_text(Cell(text), lines=lines)
        except Refused as refused:
            raise sentence(refused) from None

    return check


def fits(field: htcds.Field) -> Callable[[str], None]:
    """A validator: what the standard takes as a value of this field."""

    def check(text: str) -> None:
        try:
            value_of(field, Cell(text), clock.today())
        except Refused as refused:
            raise sentence(refused) from None

    return check


class TextField(forms.CharField):
    """A line of text, or several with `long`; `check` replaces the check of what may stand in it."""

    def __init__(self, *, long: bool = False, longest: int = 0, check: Callable[[str], None] | None = None, **kwargs: Any) -> None:
        if long:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(**kwargs)
        check = check or plain(lines=long, longest=longest or (MAX_CELL if long else 500))
        # Said by our own check, in words that help.
        general = [v for v in self.validators if isinstance(v, ProhibitNullCharactersValidator) or v is nothing_hidden]
        self.validators = [*(v for v in self.validators if v not in general), check]
