"""The words shown to a person before she or he agrees, and the coded lists in English and French."""

from dataclasses import dataclass
from functools import cache

from entraide.demo.world.files import read

LISTS = (
    "purposes",
    "decline_reasons",
    "no_capacity",
    "outcomes",
    "identification_statuses",
    "field_groups",
    "services",
)


@dataclass(frozen=True, slots=True)
class AgreementText:
    """A version of the words in one language; `sections` are (heading, text)."""

    code: str
    version: int
    language: str
    for_children: bool
    reviewed: bool
    title: str
    sections: tuple[tuple[str, str], ...]

    @property
    def body(self) -> str:
        """All sections as plain text, a blank line between them."""
        return "\n\n".join(f"{heading}\n{text}" for heading, text in self.sections)


@dataclass(frozen=True, slots=True)
class Label:
    """A code and its label."""

    code: str
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Track:
    """A track of a transnational referral and its steps; `steps_confirmed` False: not checked against the guidelines."""

    code: str
    en: str
    fr: str
    confirmed: bool
    steps_confirmed: bool
    steps: tuple[Label, ...]


@cache
def agreement_texts() -> tuple[AgreementText, ...]:
    """All versions, for adults and for children."""
    return tuple(
        AgreementText(**{**entry, "sections": tuple((heading, text) for heading, text in entry["sections"])})
        for entry in read("texts.json")["texts"]
    )


@cache
def labels(name: str) -> tuple[Label, ...]:
    """A coded list, by one of the names in LISTS; KeyError for another."""
    return tuple(Label(**entry) for entry in read("lists.json")[name])


@cache
def tracks() -> tuple[Track, ...]:
    """The five tracks with their steps."""
    return tuple(Track(**{**entry, "steps": tuple(Label(**step) for step in entry["steps"])}) for entry in read("lists.json")["tracks"])
