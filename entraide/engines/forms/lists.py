"""The lists of the choices sheet."""

import re
from collections.abc import Iterable

from entraide.engines.forms.model import Option, Problem

Record = dict[tuple[str, str], str]


class Lists:
    """{list name: options}; what cannot be an option is told with its row."""

    def __init__(self, records: Iterable[tuple[int, Record]], problems: list[Problem]) -> None:
        self.options: dict[str, list[Option]] = {}
        self.languages: list[str] = []
        self.problems = problems
        self.rows: dict[str, int] = {}
        self.used: set[str] = set()
        for row, record in records:
            self._add(row, record)

    def _add(self, row: int, record: Record) -> None:
        name, code = record.get(("list_name", ""), ""), record.get(("name", ""), "")
        labels = {language: text for (what, language), text in record.items() if what == "label"}
        if not name or not code:
            self._tell(row, "choice_without_name", record)
            return
        there = self.options.setdefault(name, [])
        self.rows.setdefault(name, row)
        plain = re.sub(r"\s+", "_", code)
        if plain != code:
            self.problems.append(Problem("choices", row, "code_with_spaces", code))
        if plain in {option.code for option in there}:
            self._tell(row, "choice_twice", record)
            return
        more = {"::".join(filter(None, key)): text for key, text in record.items() if key[0] not in {"list_name", "name", "label"}}
        if more:
            self.problems.append(Problem("choices", row, "choice_more", f"{plain}: {' | '.join(more.values())}", more))
        self.languages += [language for language in labels if language]
        there.append(Option(plain, labels or {"": plain}))

    def _tell(self, row: int, code: str, record: Record) -> None:
        cells = {"::".join(filter(None, key)): text for key, text in record.items()}
        self.problems.append(Problem("choices", row, code, " | ".join(cells.values()), cells))

    def of(self, name: str, default: str) -> list[Option]:
        """The options of a list, labels without a language under the default one."""
        self.used.add(name)
        return [
            Option(option.code, {language or default: text for language, text in option.labels.items()})
            for option in self.options.get(name, [])
        ]

    def tell_unused(self) -> None:
        """Lists that no question asks for are in no form: told with their choices."""
        for name in self.options.keys() - self.used:
            said = {option.code: " | ".join(option.labels.values()) for option in self.options[name]}
            text = "; ".join(f"{code} = {label}" for code, label in said.items())
            self.problems.append(
                Problem("choices", self.rows[name], "list_unused", f"{name}: {text}", {"list_name": name, "choices": text})
            )
