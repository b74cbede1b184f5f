"""HTCDS 2.0, IOM's Human Trafficking Case Data Standard: its catalogue, and reading and writing its files."""

from entraide.engines.htcds.catalogue import FIELDS, SECTIONS, choices, code_for, in_group
from entraide.engines.htcds.cells import as_read
from entraide.engines.htcds.model import Choice, Field, Group, Type, Value
from entraide.engines.htcds.palermo import Elements, elements
from entraide.engines.htcds.reader import read
from entraide.engines.htcds.reading import Dialect, Kind, Problem, Reading, Record, Row
from entraide.engines.htcds.sentences import SENTENCES
from entraide.engines.htcds.writer import settled, write_csv, write_xlsx

__all__ = [
    "FIELDS",
    "SECTIONS",
    "SENTENCES",
    "Choice",
    "Dialect",
    "Elements",
    "Field",
    "Group",
    "Kind",
    "Problem",
    "Reading",
    "Record",
    "Row",
    "Type",
    "Value",
    "as_read",
    "choices",
    "code_for",
    "elements",
    "in_group",
    "read",
    "settled",
    "write_csv",
    "write_xlsx",
]
