"""Reads the data files of the demo world."""

import json
from importlib import resources
from typing import Any


def read(name: str) -> dict[str, Any]:  # what JSON holds
    """A data file of this package, parsed."""
    parsed: dict[str, Any] = json.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
    return parsed
