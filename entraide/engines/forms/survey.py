"""The rows of the survey sheet as sections and questions."""

import re
from collections.abc import Iterable

from entraide.engines.forms.lists import Lists, Record
from entraide.engines.forms.model import Problem, Question, Section, Texts

PLAIN = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date", "note": "note",
    "file": "file", "image": "file", "photo": "file", "audio": "file", "video": "file",
}  # fmt: skip
OTHERWISE = {
    "range": "decimal", "acknowledge": "yes_no", "time": "text", "datetime": "text", "datetime-no-tz": "text", "geopoint": "text",
    "geotrace": "text", "geoshape": "text", "barcode": "text", "email": "text", "phonenumber": "text", "url": "text",
}  # fmt: skip
"""Types that have no place of their own here: asked for as another kind, and told."""
SELECT = re.compile(r"(?P<kind>select[_ ]one|select1|select[_ ]multiple|select[_ ]many)\s+(?P<list>\S+)(?P<other>\s+or[_ ]other)?$", re.I)
NAME = re.compile(r"[A-Za-z_][\w.-]*")
YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"", "no", "false", "false()", "0"})
OWN = frozenset({"", "long", "cell", "table"})
MAX_NAME = 120


class Survey:
    """Reads rows one after the other; remembers in which row each key stands."""

    def __init__(self, lists: Lists, problems: list[Problem], default: str) -> None:
        self.lists, self.problems, self.default = lists, problems, default
        self.top: list[Section] = []
        self.open: list[tuple[int, Section]] = []
        self.rows: dict[str, int] = {}
        self.languages: list[str] = []

    def read(self, records: Iterable[tuple[int, Record]]) -> list[Section]:
        """The sections of the sheet, in order."""
        for row, record in records:
            self._row(row, record)
        for row, section in self.open:
            self._tell(row, "no_end", section.key)
        return self.top

    def _tell(self, row: int, code: str, text: str = "") -> None:
        self.problems.append(Problem("survey", row, code, text))

    def _row(self, row: int, record: Record) -> None:
        kind = re.sub(r"\s+", " ", record.get(("type", ""), "")).strip()
        plain = kind.casefold().replace("_", " ")
        if plain in {"begin group", "begin repeat"}:
            self._begin(row, record, repeats=plain.endswith("repeat"))
        elif plain in {"end group", "end repeat"}:
            if self.open:
                self._left(row, record, "end_more", {("type", ""), *([("name", "")] if self._named_alike(record) else [])})
                self.open.pop()
            else:
                self._unplaced(row, "end_without_begin", record)
        elif not kind:
            self._unplaced(row, "no_type", record)
        else:
            self._question(row, record, kind)

    def _unplaced(self, row: int, code: str, record: Record) -> None:
        cells = {"::".join(filter(None, key)): text for key, text in record.items()}
        self.problems.append(Problem("survey", row, code, " | ".join(cells.values())[:300], cells))

    def _named_alike(self, record: Record) -> bool:
        return record.get(("name", ""), "") == self.open[-1][1].key

    def _left(self, row: int, record: Record, code: str, used: set[tuple[str, str]]) -> None:
        """Tells the cells of a row that were not used."""
        cells = {"::".join(filter(None, key)): text for key, text in record.items() if key not in used}
        if cells:
            self.problems.append(Problem("survey", row, code, " | ".join(cells.values()), cells))

    def _texts(self, record: Record, what: str) -> Texts:
        found = {language or self.default: text for (name, language), text in record.items() if name == what}
        self.languages += found
        return found

    def _key(self, row: int, record: Record, otherwise: str) -> str:
        name = record.get(("name", ""), "")
        key = name if NAME.fullmatch(name) and len(name) <= MAX_NAME else re.sub(r"\W+", "_", name).strip("_")[:MAX_NAME]
        if not key or key[0].isdigit():
            key = f"{otherwise}_{key or row}"
        if key != name:
            self._tell(row, "name_missing" if not name else "name_changed", f"{name} → {key}" if name else key)
        if key in self.rows:
            fresh = next(each for number in range(2, 100_000) if (each := f"{key[:110]}_{number}") not in self.rows)
            self._tell(row, "name_twice", f"{key} → {fresh}")
            key = fresh
        self.rows[key] = row
        return key

    def _begin(self, row: int, record: Record, *, repeats: bool) -> None:
        extra = _extra(record)
        if repeats and any(section.repeats for _row, section in self.open):
            self._tell(row, "nested_repeat", record.get(("name", ""), ""))
            extra, repeats = extra | {"nested_repeat": "1"}, False
        section = Section(
            self._key(row, record, "section"),
            self._texts(record, "label"),
            self._texts(record, "hint"),
            record.get(("relevant", ""), ""),
            repeats,
            extra=extra,
        )
        idle = {"constraint", "constraint_message", "required", "entraide_provisions"}
        self._left(row, record, "group_more", {key for key in record if key[0] not in idle})
        count = record.get(("repeat_count", ""), "")
        if count.isdigit() and 0 < int(count) < 1_000:
            section.most = int(count)
        elif count:
            section.extra["repeat_count"] = count
            self._tell(row, "repeat_count", count)
        (self.open[-1][1].parts if self.open else self.top).append(section)
        self.open.append((row, section))

    def _home(self) -> Section:
        """The section that a question goes to; a loose one where no group is open."""
        if self.open:
            return self.open[-1][1]
        if not self.top or not self.top[-1].loose:
            key = next(each for number in range(1, 10_000) if (each := f"part_{number}") not in self.rows)
            self.rows[key] = 0
            self.top.append(Section(key, loose=True))
        return self.top[-1]

    def _question(self, row: int, record: Record, kind: str) -> None:
        match = SELECT.fullmatch(kind)
        question = Question("", "", self._texts(record, "label"), self._texts(record, "hint"), extra=_extra(record))
        if match:
            self._select(row, match, question)
        else:
            question.kind = PLAIN.get(kind.casefold(), "")
            if not question.kind and kind.casefold() in OTHERWISE:
                question.kind = OTHERWISE[kind.casefold()]
                question.extra["type"] = kind
                self._tell(row, "other_kind", kind)
        if not question.kind:
            self._unplaced(row, "calculation" if kind.casefold() in {"calculate", "hidden"} else "type", record)
            return
        question.key = self._key(row, record, "question")
        self._details(row, record, question)
        self._home().parts.append(question)

    def _details(self, row: int, record: Record, question: Question) -> None:
        appearance, own = record.get(("appearance", ""), ""), record.get(("entraide_kind", ""), "")
        if question.kind == "text" and (own == "long" or "multiline" in appearance):
            question.kind = "long"
            appearance = appearance.replace("multiline", "").strip()
        self._left(
            row, record, "question_more", {key for key in record if key[0] != "repeat_count" and (own in OWN or key[0] != "entraide_kind")}
        )
        if own == "cell":
            question.extra["cell"] = "1"
        if appearance:
            question.extra["appearance"] = appearance
        question.condition = record.get(("relevant", ""), "")
        question.constraint = record.get(("constraint", ""), "")
        question.constraint_texts = self._texts(record, "constraint_message")
        question.provisions = record.get(("entraide_provisions", ""), "").split()
        required = record.get(("required", ""), "").strip()
        question.required = required.casefold() in YES
        if required.casefold() not in YES | NO:
            question.extra["required"] = required
            self._tell(row, "required_expression", required)
        if not question.labels:
            question.labels = {self.default: question.key}
            self._tell(row, "no_label", question.key)

    def _select(self, row: int, match: re.Match[str], question: Question) -> None:
        name = match["list"]
        question.options = self.lists.of(name, self.default)
        if not question.options:
            question.kind, question.extra["type"] = "text", match[0]
            self._tell(row, "list_missing", name)
            return
        question.extra["list"] = name
        one = "one" in match["kind"].casefold() or match["kind"].casefold() == "select1"
        codes = [option.code for option in question.options]
        question.kind = ("yes_no" if codes == ["yes", "no"] else "one") if one else "many"
        if match["other"]:
            question.extra["or_other"] = "1"
            self._tell(row, "or_other", name)


def _extra(record: Record) -> dict[str, str]:
    """The cells of columns that mean nothing here."""
    known = {
        "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "repeat_count", "appearance",
        "entraide_kind", "entraide_provisions",
    }  # fmt: skip
    found = {f"column:{name}": text for (name, _language), text in record.items() if name not in known}
    if record.get(("entraide_kind", "")) == "table":
        found["table"] = "1"
    if (appearance := record.get(("appearance", ""))) and "begin" in record.get(("type", ""), "").casefold():
        found["appearance"] = appearance
    return found
