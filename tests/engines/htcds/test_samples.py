"""The demo's files are what they say, and read as they should."""

import pytest

from entraide.engines.htcds import elements, read, write_csv, write_xlsx
from tests.engines.htcds.help import TODAY, found, read_book
from tests.engines.htcds.samples import DAMAGE, FILES, damaged, expected_damage, kobo
from tests.engines.htcds.test_writer import cells_of


@pytest.mark.parametrize(("name", "made"), [("htcds-damaged.csv", damaged), ("htcds-kobo-screening.xlsx", kobo)])
def test_a_sample_is_what_its_recipe_makes(name: str, made: object) -> None:
    assert callable(made)
    assert (FILES / name).read_bytes() == made()


def test_the_shelters_list_is_read_whole_and_goes_out_as_it_came_in() -> None:
    data = (FILES / "htcds-shelter-intake.csv").read_bytes()
    reading = read(data, "htcds-shelter-intake.csv", today=TODAY)
    assert reading.ok, reading.problems
    assert len(reading.rows) == 12
    assert write_csv(reading.rows, reading.dialect) == data


def test_the_survey_is_read_whole_with_the_tools_own_columns_set_aside() -> None:
    data = (FILES / "htcds-kobo-screening.xlsx").read_bytes()
    reading = read_book(data)
    assert reading.ok, reading.problems
    assert len(reading.rows) == 8
    assert reading.left_out == ("start", "end", "__version__", "_id", "_submission_time", "_validation_status", "_index")
    assert reading.rows[3].values["vic_MethodsOfControl"] == ("DebtBondage", "Threats", "RestrictsMovement")
    kept = [place for place, (heading, _) in enumerate(cells_of(data)[0]) if heading in reading.dialect.headers]
    expected = [[row[place] for place in kept] for row in cells_of(data)]
    assert [[_plain(cell) for cell in row] for row in cells_of(write_xlsx(reading.rows, reading.dialect))] == [
        [_plain(cell) for cell in row] for row in expected
    ]


def _plain(cell: tuple[object, str]) -> object:
    return cell if cell[0] is not None else None


def test_the_demo_shows_acts_means_and_purposes() -> None:
    reading = read((FILES / "htcds-shelter-intake.csv").read_bytes(), "", today=TODAY)
    shown = elements(reading.rows[0].values)
    assert shown.acts == ("recruitment",)
    assert shown.means == ("threat", "other_coercion")
    assert shown.purposes == ("exploitation_of_prostitution_of_others",)


def test_each_damage_is_found_by_row_column_and_reason_and_nothing_else_is() -> None:
    reading = read((FILES / "htcds-damaged.csv").read_bytes(), "htcds-damaged.csv", today=TODAY)
    assert set(found(reading)) == expected_damage()
    assert len({code for _, problems in DAMAGE for _, code in problems}) >= 15
