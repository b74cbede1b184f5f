"""HTCDS values in the room's spelling, texts and lists of codes, and back in the engine's types."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from entraide.engines import htcds
from entraide.features.cases.values import Value, Values


def to_case_values(values: Mapping[str, htcds.Value]) -> Values:
    """The engine's typed values in the room's spelling: texts and lists of codes."""
    return {field: _to_text(value) for field, value in values.items()}


def _to_text(value: htcds.Value) -> Value:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def from_case_values(values: Mapping[str, Value]) -> dict[str, htcds.Value]:
    """The room's values, typed again for the engine; our own fields stay out."""
    return {field: _typed(htcds.FIELDS[field].type, value) for field, value in values.items() if field in htcds.FIELDS}


def _typed(kind: htcds.Type, value: Value) -> htcds.Value:
    if isinstance(value, list):
        return tuple(value)
    if kind is htcds.Type.DATE:
        return date.fromisoformat(value)
    if kind is htcds.Type.NUMBER:
        return int(value)
    if kind is htcds.Type.GEOLOCATION:
        return Decimal(value)
    return value == "TRUE" if kind is htcds.Type.CHECKBOX else value
