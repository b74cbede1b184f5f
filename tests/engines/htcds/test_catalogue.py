"""The catalogue holds the whole standard, in two languages, and says what is personal."""

import pytest

from entraide.engines.htcds import FIELDS, SECTIONS, Group, Type, choices, code_for, elements, in_group
from entraide.engines.htcds.codelists import CODELISTS
from entraide.engines.htcds.iso import countries
from entraide.engines.htcds.palermo import ACTS, LINKS, MEANS, PURPOSES, Part


def test_every_field_of_the_standard_is_there_section_by_section() -> None:
    counts = {section: sum(field.section == section for field in FIELDS.values()) for section in SECTIONS}
    assert list(counts.values()) == [10, 25, 16, 3, 3, 10, 1, 10, 5, 1]
    assert sum(field.core for field in FIELDS.values()) == 40
    assert {field.id for field in FIELDS.values() if field.deprecated} == {
        "vic_AgreementToManagePersonalData",
        "vic_Vulnerabilities",
        "vic_DetailsOfVulnerabilities",
    }


def test_every_field_belongs_to_one_consent_group() -> None:
    assert sum(len(in_group(group)) for group in Group) == len(FIELDS) == 84
    assert FIELDS["prs_PrimaryLanguage"].group is Group.COMMUNICATION
    assert FIELDS["prs_MailingCity"].group is Group.CONTACT


def test_whatever_can_be_written_freely_is_personal() -> None:
    free = {Type.TEXT, Type.LONG_TEXT, Type.PHONE, Type.EMAIL, Type.GEOLOCATION}
    impersonal = {field.id for field in FIELDS.values() if field.type in free and not field.personal}
    assert impersonal == {"org_Name"}
    assert FIELDS["prs_Birthdate"].personal
    assert all(field.personal for field in in_group(Group.PERPETRATOR))


def test_every_field_and_every_value_has_a_french_name() -> None:
    assert all(field.name("fr") and field.name() for field in FIELDS.values())
    assert all(choice.name("fr-BE") and choice.name() for values in CODELISTS.values() for choice in values)


def test_every_listed_field_has_its_list() -> None:
    listed = {Type.PICKLIST, Type.MULTISELECT, Type.COUNTRY, Type.LANGUAGE}
    assert all(bool(choices(field)) == (field.type in listed) for field in FIELDS.values())


def test_no_spelling_means_two_values_of_a_list() -> None:
    for name, values in CODELISTS.items():
        spellings: dict[str, set[str]] = {}
        for choice in values:
            for spelling in {choice.code, choice.label, choice.label_fr, *choice.aliases}:
                spellings.setdefault(spelling.casefold(), set()).add(choice.code)
        assert not {spelling for spelling, meant in spellings.items() if len(meant) > 1}, name


def test_countries_are_the_249_of_the_standard_and_no_reserved_codes() -> None:
    assert len(countries()) == 249
    assert not {"EU", "UN", "XK", "ZZ", "UK", "AC"} & set(countries())


@pytest.mark.parametrize(
    ("written", "meant"), [("ng", "NG"), ("NGA", "NG"), ("Nigeria", "NG"), ("Allemagne", "DE"), ("XX", None), ("UK", None)]
)
def test_a_country_is_known_by_code_and_by_name(written: str, meant: str | None) -> None:
    assert code_for(FIELDS["hte_Country"], written) == meant


@pytest.mark.parametrize(
    ("written", "meant"), [("fra", "fr"), ("TI", "ti"), ("prs", "prs"), ("Dari", "prs"), ("tl", "tl"), ("arabe", "ar"), ("zz", None)]
)
def test_a_language_is_known_by_code_and_by_name(written: str, meant: str | None) -> None:
    assert code_for(FIELDS["prs_PrimaryLanguage"], written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("MethodsOfControlDebtBondage", "DebtBondage"),
        ("MethodsOfControlThreatOfLawEnforcement", "ThreatsLawEnforcement"),
        ("MethodsOfControlPsychoactiveSubstances", "PsychoactiveSubstance"),
        ("MethodsOfControlThreats", "Threats"),
        ("MethodsOfControlRestrictsMovement", "RestrictsMovement"),
        ("UsesChildren", "UsesChildren"),
        ("physical threats", "PhysicalThreats"),
        ("Servitude pour dettes", "DebtBondage"),
    ],
)
def test_both_sets_of_methods_of_control_are_understood(written: str, meant: str) -> None:
    assert code_for(FIELDS["vic_MethodsOfControl"], written) == meant


def test_a_record_shows_its_acts_means_and_purposes_in_the_order_of_article_3() -> None:
    shown = elements(
        {
            "vic_MethodOfRecruitment": ("AtWork",),
            "hte_Type": "Transit",
            "vic_MethodsOfControl": ("DebtBondage", "PhysicalThreats"),
            "vic_TypeOfExploitation": ("ForcedLabour", "OrganRemoval"),
        }
    )
    assert (shown.acts, shown.means) == (("recruitment", "transportation"), ("threat", "other_coercion"))
    assert shown.purposes == ("forced_labour_or_services", "organ_removal")
    assert {link.reading for link in shown.because if link.code == "DebtBondage"} == {True}
    assert {link.reading for link in shown.because if link.code == "OrganRemoval"} == {False}


def test_prostitution_alone_is_not_also_another_form_of_sexual_exploitation() -> None:
    named = {"vic_TypeOfExploitation": ("SexualExploitation",), "vic_TypeOfSexExploitation": ("Prostitution",)}
    assert elements(named).purposes == ("exploitation_of_prostitution_of_others",)
    assert elements({"vic_TypeOfExploitation": ("SexualExploitation",)}).purposes == ("other_sexual_exploitation",)


def test_vulnerability_and_long_hours_alone_are_no_means_and_an_unknown_method_no_act() -> None:
    shown = elements(
        {
            "vic_Vulnerabilities": ("Poverty",),
            "vic_MethodsOfControl": ("ExcessiveWorkingHours", "Other"),
            "vic_MethodOfRecruitment": ("Unknown",),
        }
    )
    assert (shown.acts, shown.means, shown.purposes) == ((), (), ())


def test_every_link_names_a_value_of_its_list_and_an_element_of_the_law() -> None:
    elements_of = {Part.ACT: ACTS, Part.MEANS: MEANS, Part.PURPOSE: PURPOSES}
    for link in LINKS:
        assert link.element in elements_of[link.part]
        assert link.code is None or link.code in {choice.code for choice in choices(FIELDS[link.field])}
