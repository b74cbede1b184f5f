"""Tables filed and releases drafted, cleared and published, for tests."""

from entraide.engines.tables import Asked
from entraide.features.figures import composing, importing, publishing
from entraide.features.figures.models import Release, Table
from entraide.kernel.access.context import Acting, acting_as

TITLES, SUMMARIES = {"en": "Victims", "fr": "Victimes"}, {"en": "Short.", "fr": "Court."}
VICTIMS = "Country,Year,Sex,Value\nPT,2021,Total,40\nPT,2021,Female,30\nPT,2021,Male,10\nPT,2020,Total,30\n"
PEOPLE = "Country,Year,Sex,Value\nPT,2021,Total,10000000\nPT,2021,Female,5000000\n"


def filed(by: Acting, text: str = VICTIMS, *, indicator: str = "tip.victims", public: bool = True) -> Table:
    with acting_as(by):
        tried = importing.try_file(
            by=by, data=text.encode(), name="t.csv", title="Victims", source="Test", already_public=public, asked=Asked(indicator=indicator)
        )
        return importing.file_table(by=by, table=tried, seen=True)


def drafted(by: Acting, *tables: Table, previous: Release | None = None) -> Release:
    with acting_as(by):
        return composing.draft(by=by, titles=TITLES, summaries=SUMMARIES, tables=tables or [filed(by)], estimates=[], previous=previous)


def cleared(by: Acting, reviewers: list[Acting], *tables: Table, previous: Release | None = None) -> Release:
    release = drafted(by, *tables, previous=previous)
    with acting_as(by):
        publishing.submit(by=by, release=release)
    for each in reviewers:
        with acting_as(each):
            publishing.review(by=each, release=release, agrees=True)
    return release


def published(by: Acting, reviewers: list[Acting], *tables: Table, previous: Release | None = None) -> Release:
    release = cleared(by, reviewers, *tables, previous=previous)
    with acting_as(by):
        return publishing.publish(by=by, release=release)
