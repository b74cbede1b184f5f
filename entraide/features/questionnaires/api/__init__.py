"""Questionnaires for programs: what one reads, what whoever asks does, what whoever answers does, what everybody reads."""

from entraide.features.questionnaires.api import answering, asking, published, reading

__all__ = ["answering", "asking", "published", "reading"]
