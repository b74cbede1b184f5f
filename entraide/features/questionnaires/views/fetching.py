"""Fetching what an address names; whatever is not visible is not there."""

from typing import TypeVar
from uuid import UUID

from django.http import Http404

from entraide.features.questionnaires.models import Addressee, Circulation, Question, Questionnaire, Reply, Section
from entraide.features.questionnaires.outline import Outline

Found = TypeVar("Found")


def is_uuid(text: str) -> bool:
    """Whether what was sent can be an identifier at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _or_404(found: Found | None) -> Found:
    if found is None:
        raise Http404
    return found


def questionnaire_of(pk: UUID) -> Questionnaire:
    """The questionnaire of this id."""
    return _or_404(Questionnaire.objects.select_related("predecessor").filter(pk=pk).first())


def circulation_of(pk: UUID) -> Circulation:
    """The circulation of this id."""
    return _or_404(Circulation.objects.select_related("questionnaire", "previous").filter(pk=pk).first())


def addressee_of(pk: UUID) -> Addressee:
    """The addressee of this id."""
    return _or_404(Addressee.objects.select_related("circulation__questionnaire").filter(pk=pk).first())


def reply_of(pk: UUID) -> Reply:
    """The reply of this id."""
    return _or_404(Reply.objects.select_related("circulation__questionnaire", "circulation__previous").filter(pk=pk).first())


def section_of(whole: Outline, pk: UUID) -> Section:
    """The section of this id, of this questionnaire."""
    return _or_404(whole.section_of.get(pk))


def question_of(whole: Outline, pk: UUID) -> Question:
    """The question of this id, of this questionnaire."""
    return _or_404(next((question for question in whole.questions if question.pk == pk), None))


def part_of(whole: Outline, pk: UUID) -> Section | Question:
    """The section or question of this id, of this questionnaire."""
    return whole.section_of.get(pk) or question_of(whole, pk)
