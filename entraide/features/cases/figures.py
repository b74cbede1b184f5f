"""What cases can be counted by: persons in a body's files, by sex, age, form of exploitation, citizenship, identification and return."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext_lazy as _

from entraide.features.cases.choices import Age, Group, Identification, StepState, Track
from entraide.features.cases.models import Case, CaseRecord, Step
from entraide.kernel.base.figures import Column, Counts, Tally, tells_figures

UNKNOWN, OTHER, SEVERAL = "_U", "_O", "MIX"
SEX = {"Feminine": "F", "Female": "F", "Masculine": "M", "Male": "M", "NonSpecifiedUnknown": UNKNOWN, "Unknown": UNKNOWN, "": UNKNOWN}
AGE = {Age.ADULT: "Y_GE18", Age.CHILD: "Y0T17", Age.IN_DOUBT: UNKNOWN}
FORM = {
    "SexualExploitation": "SEX", "ForcedLabour": "LAB", "Servitude": "DOM", "ForcedBegging": "BEG", "IllicitActivities": "CRI",
    "ForcedMarriage": "MAR", "ForcedAdoption": "ADO", "IllegalAdoption": "ADO", "Surrogacy": "SUR", "OrganRemoval": "ORG",
    "ForcedMilitaryByNonStateActors": "SOL", "ForcedMilitaryService": "SOL", "ChildLabour": "CHL", "Other": "OTH",
}  # fmt: skip
SEXES, AGES = ("F", "M", OTHER, UNKNOWN), ("Y0T17", "Y_GE18", UNKNOWN)
FORMS = (*dict.fromkeys(FORM.values()), SEVERAL, UNKNOWN)


def _one(values: Iterable[str]) -> str:
    """Everybody is counted once: who has several is counted under several."""
    different = sorted(set(values))
    return UNKNOWN if not different else different[0] if len(different) == 1 else SEVERAL


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _records(group: str, since: datetime, until: datetime) -> Mapping[object, dict[str, object]]:
    rows = CaseRecord.objects.filter(group=group, case__created_at__gte=since, case__created_at__lt=until)
    return dict(rows.values_list("case_id", "coded"))


def _persons(since: date, until: date) -> Iterable[Counts]:
    """By when the file was made here, not by when anything happened: a late entry falls into the year in which it is entered.

    Who returned is told of the same persons, not of those handed over in the year: two tables of partly the same persons would narrow
    each other's ranges.
    """
    start, end = (datetime.combine(day, time(), UTC) for day in (since, until))
    identities, happened = _records(Group.IDENTITY, start, end), _records(Group.TRAFFICKING, start, end)
    what, citizenship, stage, back = (Counter[tuple[str, ...]]() for _group in range(4))
    handed_over = Step.objects.filter(track=Track.T4, code="handover", state=StepState.DONE)
    returned = set(handed_over.filter(case__created_at__gte=start, case__created_at__lt=end).values_list("case_id", flat=True))
    rows = Case.objects.filter(created_at__gte=start, created_at__lt=end).values_list("pk", "age", "identification")
    for case, age, identification in rows.iterator():
        person, facts = identities.get(case, {}), happened.get(case, {})
        forms = (FORM.get(each, "OTH") for each in _listed(facts.get("vic_TypeOfExploitation")))
        what[SEX.get(str(person.get("prs_Gender") or ""), OTHER), AGE.get(Age(age), UNKNOWN), _one(forms)] += 1
        citizenship[(_one(_listed(person.get("prs_Citizenship"))),)] += 1
        stage[(identification,)] += 1
        back["returned" if case in returned else "not_returned",] += 1
    return what, citizenship, stage, back


tells_figures(
    Tally(
        "cases.persons",
        _("Persons in our files"),
        "entraide.assisted",
        (
            (Column("sex", SEXES), Column("age", AGES), Column("form", FORMS)),
            (Column("citizenship"),),
            (Column("category", tuple(Identification.values)),),
            (Column("category", ("returned", "not_returned"), indicator="entraide.returned"),),
        ),
        _persons,
    )
)
