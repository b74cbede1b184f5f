"""The languages in which a command without a node speaks: the project's own catalogue, read without the framework."""

import gettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from entraide.engines.sentence import Voice

lang = click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Of all sentences.")


def voice_of(language: str) -> "Voice":
    """How sentences are said in that language."""
    from entraide.engines.sentence import ENGLISH, Voice

    if language == "en":
        return ENGLISH
    locale = Path(__file__).resolve().parent.parent / "locale"
    return Voice(gettext.translation("django", locale, [language]).gettext, thousands="\u202f", point=",")
