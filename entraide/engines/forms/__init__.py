"""Questionnaires without a database: conditions, values, XLSForm in and out, and reply forms that travel as workbooks and documents."""

from entraide.engines.forms.expressions import BadExpression, holds, names
from entraide.engines.forms.model import Form, Imported, Option, Problem, Question, Refused, Section
from entraide.engines.forms.values import BadValue, Value, is_empty, read
from entraide.engines.forms.wiring import trouble
from entraide.engines.forms.xlsformin import read_xlsform
from entraide.engines.forms.xlsformout import write_xlsform

__all__ = [
    "BadExpression", "BadValue", "Form", "Imported", "Option", "Problem", "Question", "Refused", "Section", "Value", "holds", "is_empty",
    "names", "read", "read_xlsform", "trouble", "write_xlsform",
]  # fmt: skip
