"""What programs send is held to the same as what is typed: nothing hidden, nothing that turns the direction of writing."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError as Found
from django.core.validators import ProhibitNullCharactersValidator
from ninja import Schema
from ninja.errors import ValidationError

from entraide.ui.typed import nothing_hidden

no_nul = ProhibitNullCharactersValidator()
Place = tuple[str | int, ...]


def check(given: Mapping[str, object]) -> None:
    """Refuses the body of an operation, place by place, where a text in it holds what nobody types on purpose: 422."""
    errors = [each for value in given.values() if isinstance(value, Schema) for each in _errors(value.model_dump(), ("body", "given"))]
    if errors:
        raise ValidationError(errors)


def _errors(value: object, at: Place) -> list[dict[str, Any]]:  # as pydantic tells them
    if isinstance(value, Mapping):
        return [each for key, held in value.items() for part in (key, held) for each in _errors(part, (*at, str(key)))]
    if isinstance(value, list):
        return [each for number, held in enumerate(value) for each in _errors(held, (*at, number))]
    if isinstance(value, str):
        try:
            no_nul(value)
            nothing_hidden(value)
        except Found as found:
            return [{"type": "value_error", "loc": at, "ctx": {"error": found.messages[0]}}]
    return []
