"""Headings are recognised in every spelling that the standard and its tools use."""

import pytest

from entraide.engines.htcds import FIELDS
from entraide.engines.htcds.names import XLSFORM, Role, nearest, recognise, spelled
from tests.engines.htcds.help import found, read_text


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("prs_FirstName", "prs_FirstName"),
        ("prs_First_Name", "prs_FirstName"),
        ("PRS FIRST NAME", "prs_FirstName"),
        ("\ufeffprs_First_Name", "prs_FirstName"),
        ("group/inner group/prs_First_Name", "prs_FirstName"),
        ("vic_Methods_of_Control", "vic_MethodsOfControl"),
        ("prs_Nationality", "prs_Citizenship"),
    ],
)
def test_a_heading_is_known_in_every_spelling(heading: str, field: str) -> None:
    assert (recognise(heading).role, recognise(heading).field) == (Role.FIELD, field)


def test_every_field_is_known_by_both_of_its_names() -> None:
    for name in FIELDS:
        assert recognise(spelled(name, "ods")).field == recognise(spelled(name, "xlsform")).field == name
    assert spelled("prs_SecondName", "xlsform") == XLSFORM["prs_SecondName"] == "prs_Second_Name"


@pytest.mark.parametrize("heading", ["_submission_time", "start", "__version__", "meta/rootUuid", "formhub/uuid", "CreatedDate"])
def test_a_tools_own_columns_are_known_for_what_they_are(heading: str) -> None:
    assert recognise(heading).role is Role.METADATA


def test_a_column_for_one_value_is_known_in_either_set_of_codes() -> None:
    heading = recognise("g/vic_Methods_of_Control/MethodsOfControlThreatOfLawEnforcement")
    assert (heading.role, heading.field, heading.choice) == (Role.CHOICE, "vic_MethodsOfControl", "ThreatsLawEnforcement")


def test_columns_for_single_values_make_one_value() -> None:
    reading = read_text(
        "_id,vic_Methods_of_Control/DebtBondage,vic_Methods_of_Control/RestrictsMovement,vic_Methods_of_Control/Other\n7,1,1,0\n"
    )
    assert reading.ok
    assert reading.rows[0].values == {"vic_MethodsOfControl": ("DebtBondage", "RestrictsMovement")}


def test_a_value_that_its_own_columns_contradict_is_a_problem() -> None:
    reading = read_text("_id,vic_Methods_of_Control,vic_Methods_of_Control/DebtBondage\n7,DebtBondage,0\n8,DebtBondage,\n")
    assert found(reading) == [(2, "B", "choices_disagree")]


def test_a_column_for_a_value_that_does_not_exist_is_a_problem() -> None:
    reading = read_text("_id,vic_Methods_of_Control,vic_Methods_of_Control/Charm\n7,Other,1\n")
    assert found(reading) == [(1, "C", "column_choice_unknown")]


def test_two_columns_for_one_field_are_a_problem_that_names_both() -> None:
    reading = read_text("prs_FirstName,prs_SecondName,a/prs_First_Name\nAda,Example,Ida\n")
    assert found(reading) == [(1, "C", "column_twice")]
    assert reading.problems[0].sentence() == "Columns A and C are both prs_FirstName. Keep one."


@pytest.mark.parametrize(
    ("heading", "field"),
    [("prs_Fristname", "prs_FirstName"), ("First name", "prs_FirstName"), ("Birth date", "prs_Birthdate"), ("Shoe colour", None)],
)
def test_an_unknown_heading_is_told_the_name_most_like_it(heading: str, field: str | None) -> None:
    assert nearest(heading) == field


def test_an_unknown_column_is_a_problem_unless_it_is_empty_or_ignored() -> None:
    text = "prs_FirstName,Shoe colour,Left blank\nAda,red,\n"
    assert found(read_text(text)) == [(1, "B", "column_unknown_no_idea")]
    ignored = read_text(text, ignore_unknown=True)
    assert ignored.ok
    assert ignored.left_out == ("Shoe colour", "Left blank")


def test_the_case_number_comes_from_the_first_of_the_known_columns_that_holds_any() -> None:
    reading = read_text("_id,_uuid,prs_FirstName\n12,,Ada\n13,,Ida\n")
    assert [row.source_id for row in reading.rows] == ["12", "13"]
    assert reading.left_out == ("_uuid",)
    assert read_text("_id,_uuid,prs_FirstName\n12,ab,Ada\n").rows[0].source_id == "ab"
