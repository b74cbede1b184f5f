"""Refusals that a person can mend on the form go back onto it, with nothing lost; all others go their own way."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.forms import Form

from entraide.kernel.access.rules import Refused

MENDABLE = frozenset({"reason", "outcome", "text", "reply_by", "called_at", "answer", "legal_hold"})
T = TypeVar("T")


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
