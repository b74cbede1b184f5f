"""French typography: what stands before a colon or inside quotation marks never falls onto another line."""

import re

from entraide.commands import catalogue

BREAKING = re.compile(r"\S (?:[:;?!]|»)(?=\s|$)|« ")


def test_no_french_sentence_lets_its_punctuation_fall_onto_the_next_line() -> None:
    said = [text for entry in catalogue.read("fr") for text in ((entry.string,) if isinstance(entry.string, str) else entry.string or ())]
    assert len(said) > 1000
    assert not [text for text in said if BREAKING.search(text)], "a space that does not break belongs there"
