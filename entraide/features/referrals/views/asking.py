"""Refusals that a person can mend on the form go back onto it, with nothing lost; all others go their own way."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.forms import Form

from entraide.kernel.access.rules import Refused

MENDABLE = frozenset({"reason", "outcome", "text", "reply_by", "called_at", "answer", "legal_hold"})
T = TypeVar("T")


def once(is_done: Callable[[], bool], verb: Callable[[], bool]) -> bool:
    """Does it, unless it is done already: a second press arrives where the first did, also when it waited for the first to end."""
    if is_done():
        return True
    try:
        return verb()
    except Refused:
        if not is_done():
            raise
        return True


def mended(form: Form, verb: Callable[[], T]) -> T | None:
    """What the verb gives, or None after its sentence was put on the form."""
    try:
        with transaction.atomic():
            return verb()
    except Refused as refused:
        if refused.verdict.code not in MENDABLE:
            raise
        form.add_error(None, str(refused.verdict.sentence))
        return None
