"""Questionnaires for programs: what one reads, what whoever asks does, what whoever answers does."""

from entraide.features.questionnaires.api import answering, asking, reading

__all__ = ["answering", "asking", "reading"]
