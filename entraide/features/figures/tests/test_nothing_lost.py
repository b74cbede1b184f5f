"""Whatever a table holds, its numbers and its sum are the same when it is tried, filed, shown, published and taken away as a file."""

import csv
import io
import re
from collections.abc import Iterable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.features.figures import files, queries
from entraide.features.figures.models import Cell, Figure
from entraide.features.figures.shown import blocks
from entraide.features.figures.tests.releasing import drafted, filed
from entraide.kernel.access.context import Acting, acting_as

pytestmark = pytest.mark.django_db
Range = tuple[int, int]
SEXES = ("Female", "Male", "Total")
counts = st.one_of(st.integers(0, 9), st.integers(0, 10**6)).map(lambda count: (count, count))
ranges = st.one_of(st.just((1, 4)), st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: (min(ends), max(ends))))
places = st.tuples(st.sampled_from(["PT", "ES", "FR", "DE"]), st.integers(2015, 2021), st.sampled_from(SEXES))
tables = st.dictionaries(places, st.one_of(counts, ranges), min_size=1, max_size=25)


def written(number: Range) -> str:
    """As GLOTIP writes it: thousands with commas, small ones as "<5"."""
    low, high = number
    return f"{low:,}" if low == high else "<5" if number == (1, 4) else f"{low}-{high}"


def ends(rows: Iterable[tuple[object, object]]) -> list[Range]:
    return sorted((int(float(str(low))), int(float(str(high)))) for low, high in rows)


def shown(numbers: list[Cell]) -> list[Range]:
    """Read from the words of the page."""
    found = []
    for block in blocks(numbers):
        for text in (text for row in block.rows for text in row.told if text != "–"):
            read = [int(re.sub(r"\D", "", part)) for part in text.split(" to ")]
            found.append((read[0], read[-1]))
    return sorted(found)


def in_files(numbers: list[Cell] | list[Figure]) -> list[list[Range]]:
    plain = csv.DictReader(io.StringIO(files.as_csv(numbers).decode("utf-8-sig")))
    sdmx = csv.DictReader(io.StringIO(files.as_sdmx(numbers).decode()))
    book = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(numbers, [])))["Figures"]
    return [
        ends((row["low"], row["high"]) for row in plain),
        ends((row["LOWER"], row["UPPER"]) for row in sdmx),
        ends((row[9], row[10]) for row in list(book.values)[1:]),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(table=tables)
def test_every_number_and_the_sum_are_the_same_from_the_file_to_every_export(
    analyst: Acting, table: dict[tuple[str, int, str], Range]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Country", "Year", "Sex", "Value"], *([*place, written(number)] for place, number in table.items())])
    given_ = sorted(table.values())
    try:
        filed_ = filed(analyst, out.getvalue())
    except Exception as refused:  # the same table was drawn before
        assert "twice" in str(refused), refused
        return
    assert (filed_.report["placed"], filed_.report["placed_low"]) == (len(table), sum(low for low, _high in given_))
    with acting_as(analyst):
        cells = list(queries.cells(filed_))
        stored = sorted((int(each.low), int(each.high or 0)) for each in cells)
        assert stored == given_ == shown(cells)
        assert in_files(cells) == [given_] * 3
    release = drafted(analyst, filed_)
    with acting_as(analyst):
        published = list(queries.figures(release))
        assert in_files(published) == [given_] * 3, "what its source has published is copied as it is"
