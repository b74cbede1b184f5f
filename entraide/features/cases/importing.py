"""HTCDS files in: a dry run that names every rejected value, then all rows or none; repeating makes no duplicates."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from entraide.engines import htcds
from entraide.features.cases import fields, opening, recognising, rules
from entraide.features.cases.choices import Age, Decider, Origin, Status
from entraide.features.cases.models import Case, CaseRecord
from entraide.features.cases.recognising import SOURCE
from entraide.features.cases.spelling import to_case_values
from entraide.features.cases.values import Values
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import Refused, refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.vault import services as vault
from entraide.kernel.vault.keystore import PersonKey

CONFLICT = gettext_noop("A case with this number is already here with other values. Change it there, or take the row out of the file.")
PROBLEMS = refuse("problems", _("The file has problems; nothing was imported. Put them right and try again."))
OVERTAKEN = refuse(
    "overtaken",
    _("Somebody at your body imported some of these rows meanwhile; nothing of your file was filed. Look again at what is here already."),
)
EIGHTEEN = 18
BATCH = 100


@dataclass(frozen=True)
class Checked:
    """What a dry run found; `new` can be filed when there is no problem."""

    reading: htcds.Reading
    new: tuple[htcds.Row, ...]
    already_here: int
    conflicts: tuple[int, ...]
    """Rows, as a person counts them in the file, whose case is here with other values."""
    elsewhere: int = 0
    """Rows whose case is at the body with a team that the reader is not in: not filed twice, and nothing of it is compared or shown."""

    @property
    def ok(self) -> bool:
        """Whether the file can be filed as it is."""
        return self.reading.ok and not self.conflicts


def check(*, by: Acting, data: bytes, filename: str, ignore_unknown: bool = False) -> Checked:
    """Reads a file and compares it with what is here already, imported or entered by hand; changes nothing."""
    require(rules.may_open(by))
    reading = htcds.read(data, filename, today=clock.today(), ignore_unknown=ignore_unknown)
    known = recognising.recognise(by=by, rows=reading.rows)
    return Checked(
        reading,
        new=tuple(row for row in reading.rows if row.number not in known.at_body),
        already_here=len(known.visible) - len(known.differing),
        conflicts=tuple(sorted(known.differing)),
        elsewhere=len(known.at_body) - len(known.visible),
    )


@transaction.atomic
def file_rows(
    *, by: Acting, checked: Checked, progress: Callable[[int, int], None] = lambda done, total: None, invented: bool = False
) -> list[Case]:
    """Files every new row as a case, or nothing at all. `progress` may raise to stop: then nothing was filed.

    Where somebody else at the body files one of the rows at this moment, the database lets one of the two do it.
    """
    require(rules.may_open(by))
    if not checked.ok:
        require(PROBLEMS)
    try:
        with transaction.atomic():
            cases = _file(by, checked, progress, invented)
    except IntegrityError as error:
        if "case_imported_once" not in str(error):
            raise
        raise Refused(OVERTAKEN) from None
    here = checked.already_here + checked.elsewhere
    record(by=by, action="cases.import", kind="import", detail={"rows": len(checked.reading.rows), "new": len(cases), "already_here": here})
    return cases


def _file(by: Acting, checked: Checked, progress: Callable[[int, int], None], invented: bool) -> list[Case]:
    search_key, dialect = vault.search_key(by.body), checked.reading.dialect.to_json()
    keys = vault.new_keys(by.body, len(checked.new)) if checked.new else []
    cases: list[Case] = []
    for batch in _batches(list(enumerate(zip(checked.new, keys, strict=True), start=1))):
        drawn = [_draw(by, row, key, search_key, dialect, place, invented) for place, (row, key) in batch]
        opening.write(drawn)
        cases += [each.case for each in drawn]
        progress(len(cases), len(checked.new))
    return cases


def _batches(numbered: list[tuple[int, tuple[htcds.Row, PersonKey]]]) -> Iterator[list[tuple[int, tuple[htcds.Row, PersonKey]]]]:
    for start in range(0, len(numbered), BATCH):
        yield numbered[start : start + BATCH]


def _draw(
    by: Acting, row: htcds.Row, key: PersonKey, search_key: bytes, dialect: Mapping[str, object], place: int, invented: bool
) -> opening.Opening:
    values = to_case_values(row.values)
    drawn = opening.draw(
        by=by, age=_age(row.values), values_by_group=fields.by_group(values), origin=Origin.HTCDS, key=key,
        source_id=recognising.identity(search_key, row), invented=invented, search_key=search_key,
    )  # fmt: skip
    drawn.records.append(_source(drawn.case, key, row, dialect, place, recognising.content(search_key, row)))
    _decide(by, drawn, values)
    if values.get("cas_Status") in Status.values:
        drawn.case.status = Status(str(values["cas_Status"]))
    return drawn


def _source(case: Case, key: PersonKey, row: htcds.Row, dialect: Mapping[str, object], place: int, content: str) -> CaseRecord:
    identifier = uuid7()
    written = {
        "raw": row.raw,
        "kinds": {name: str(kind) for name, kind in row.kinds.items()},
        "source_id": row.source_id,
        "dialect": dialect,
    }
    sealed = vault.seal_fields(key, case=case.pk, record=identifier, values={"source": json.dumps(written, ensure_ascii=False)})
    return CaseRecord(id=identifier, case=case, group=SOURCE, coded={"content": content, "place": place}, sealed=sealed)


def _age(values: Mapping[str, htcds.Value]) -> Age:
    """A child under eighteen by the birth date; without one, in doubt: treated as a child until it is settled."""
    born = values.get("prs_Birthdate")
    if not isinstance(born, date):
        return Age.IN_DOUBT
    today = clock.today()
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Age.CHILD if years < EIGHTEEN else Age.ADULT


MOVES = {"PossibleVictimOfTrafficking": "presume", "NotAVictimOfTrafficking": "refuse"}


def _decide(by: Acting, drawn: opening.Opening, values: Values) -> None:
    """The file's word on identification. “Actual” counts as conclusive only where the file says who decided; else as presumed."""
    said, decider = values.get("vic_TraffickingStatus"), str(values.get("vic_TraffickingStatusDecisionMakingOrg", ""))
    if isinstance(said, str) and said:
        known = decider in Decider.values
        move = MOVES.get(said, "conclude" if known else "presume")
        opening.decide(drawn, by=by, name=move, decider=decider if known else Decider.OTHER)
