"""Narrows a list by what its rows say of themselves: codes that occur in it, never a text that could name somebody in an address."""

from collections.abc import Callable, Iterable
from operator import attrgetter, methodcaller
from typing import Any, Generic, NamedTuple, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row")


class Facet(NamedTuple):
    """What a list may be narrowed by: its name in the address, its label, what a row answers, and the word for that answer."""

    name: str
    label: str | Promise
    answer: Callable[[Any], object]  # a row of whatever list
    word: Callable[[Any], object]


class RowsFilter(forms.Form, Generic[Row]):
    """A select for each facet, holding the answers that occur; nonsense in the address narrows nothing and is said."""

    def __init__(self, asked: QueryDict, rows: Iterable[Row], *facets: Facet, keep: tuple[str, ...] = ()) -> None:
        """`keep` are names in the address that stand beside the filter and stay when it is applied."""
        super().__init__(asked)
        self.rows, self.facets = list(rows), facets
        for each in facets:
            words = {str(each.answer(row)): str(each.word(row)) for row in self.rows}
            listed = sorted(((code, word) for code, word in words.items() if code), key=lambda pair: pair[1].casefold())
            self.fields[each.name] = forms.ChoiceField(choices=[("", _("All")), *listed], required=False)
            self.fields[each.name].label = each.label  # type: ignore[assignment]  # lazy text is text
        for name in keep:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def answers(self) -> dict[str, str]:
        """{question: the answer asked for}, without those left open."""
        given = self.cleaned_data if self.is_valid() else {}
        return {each.name: given[each.name] for each in self.facets if given.get(each.name)}

    @property
    def kept(self) -> list[Row]:
        """The rows that answer as asked; all of them where nothing, or nonsense, was asked."""
        answers = self.answers
        wanted = [(each, answers[each.name]) for each in self.facets if each.name in answers]
        return [row for row in self.rows if all(str(each.answer(row)) == code for each, code in wanted)]

    @property
    def narrows(self) -> bool:
        """Whether there is anything to choose: a list whose rows all answer alike needs no filter."""
        return any(len({str(each.answer(row)) for row in self.rows}) > 1 for each in self.facets)


def coded(name: str, label: str | Promise) -> Facet:
    """By a column with choices, in its own words."""
    return Facet(name, label, attrgetter(name), methodcaller(f"get_{name}_display"))
