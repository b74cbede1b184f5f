"""Entraide: acting together against trafficking in persons."""

import os

# Workbooks from strangers are parsed by defusedxml; openpyxl would prefer lxml, which is here for Word documents.
os.environ.setdefault("OPENPYXL_LXML", "False")


__version__ = "0.1.0"
