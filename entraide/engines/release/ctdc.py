"""The synthetic rows in the shape of CTDC's Global Synthetic Dataset: 27 variables.

The names of the variables were compared with public programs that read that file (third parties; they also show `sectorOf…` for
`typeOf…` in newer editions). The spelling of the values is recalled, not verified: compare with CTDC's own codebook before sending.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

VERIFIED = "names seen in public programs of third parties; values recalled, to be checked against CTDC's codebook"
Rule = Callable[[str], str]
AGES = ((8, "0--8"), (17, "9--17"), (20, "18--20"), (23, "21--23"), (26, "24--26"), (29, "27--29"), (38, "30--38"), (47, "39--47"))


@dataclass(frozen=True)
class Variable:
    """One of the 27: which HTCDS column it comes from and how a value is read; without a column it is taken only by its own name."""

    name: str
    column: str = ""
    rule: Rule = str


def _one_of(*codes: str) -> Rule:
    """1 when the ;-separated list names any of `codes`, otherwise empty: not told, which is not no."""
    wanted = set(codes)
    return lambda value: "1" if wanted & {part.strip() for part in value.split(";")} else ""


def _mapped(**codes: str) -> Rule:
    return lambda value: codes.get(value, "")


def _age(value: str) -> str:
    """A number of years to its band; bands stay as they are."""
    if not value.isdigit():
        return value
    return next((band for oldest, band in AGES if int(value) <= oldest), "48+")


_CONTROL, _KIND, _SEX = "vic_MethodsOfControl", "vic_TypeOfExploitation", "vic_TypeOfSexExploitation"
_INDUSTRY, _RELATION = "vic_ForcedLabourIndustry", "vic_RelationshipToTrafficker"
_OTHER_KINDS = (
    "ForcedMarriage", "Servitude", "ForcedMilitaryByNonStateActors", "OrganRemoval", "ForcedBegging", "ForcedAdoption", "Surrogacy",
    "ForcedMilitaryService", "IllicitActivities", "IllegalAdoption", "Other",
)  # fmt: skip
_NEEDS = ("WithholdsNecessities", "RestrictsMedicalCare", "RestrictsFinancialAccess", "RestrictsMovement")

VARIABLES = (
    Variable("yearOfRegistration", "cas_IncomingReferralDate", lambda value: value[:4]),
    Variable(
        "gender",
        "prs_Gender",
        _mapped(
            Feminine="Woman", Masculine="Man", TransgenderFeminine="Trans/Transgender/NonConforming",
            TransgenderMasculine="Trans/Transgender/NonConforming", NonConforming="Trans/Transgender/NonConforming",
        ),
    ),
    Variable("ageBroad", "vic_AgeWhenTrafficked", _age),
    Variable("citizenship", "prs_Citizenship"),
    Variable("CountryOfExploitation", "hte_Country"),
    Variable("traffickMonths"),
    Variable("meansDebtBondageEarnings", _CONTROL, _one_of("DebtBondage", "TakesEarnings")),
    Variable("meansThreats", _CONTROL, _one_of("PhysicalThreats", "ThreatsLawEnforcement", "ThreatensChildrenFamily", "Threats")),
    Variable("meansAbusePsyPhySex", _CONTROL, _one_of("PsychologicalAbuse", "PhysicalAbuse", "SexualAbuse")),
    Variable("meansFalsePromises", _CONTROL, _one_of("FalsePromises")),
    Variable("meansDrugsAlcohol", _CONTROL, _one_of("PsychoactiveSubstance")),
    Variable("meansDenyBasicNeeds", _CONTROL, _one_of("WithholdsNecessities", "RestrictsMedicalCare", "RestrictsFinancialAccess",
    "RestrictsMovement")), Variable("meansExcessiveWorkHours", _CONTROL, _one_of("ExcessiveWorkingHours")), Variable("meansWithholdDocs",
    _CONTROL, _one_of("WithholdsDocuments")), Variable("isForcedLabour", _KIND, _one_of("ForcedLabour", "ChildLabour")),
    Variable("isSexualExploit", _KIND, _one_of("SexualExploitation")), Variable("isOtherExploit", _KIND, _one_of(*_OTHER_KINDS)),
    Variable("typeOfLabourAgriculture", _INDUSTRY, _one_of("A_AgricultureForestryAndFishing")), Variable("typeOfLabourConstruction",
    _INDUSTRY, _one_of("F_Construction")), Variable("typeOfLabourDomesticWork", _INDUSTRY,
    _one_of("T_ActivitiesOfHouseholdsAsEmployers")), Variable("typeOfLabourHospitality", _INDUSTRY,
    _one_of("I_AccommodationAndFoodServiceActivities")), Variable("typeOfSexProstitution", _SEX, _one_of("Prostitution")),
    Variable("typeOfSexPornography", _SEX, _one_of("Pornography")), Variable("recruiterRelationIntimatePartner"),
    Variable("recruiterRelationFriend"), Variable("recruiterRelationFamily", _RELATION, _one_of("Familial")),
    Variable("recruiterRelationOther", _RELATION, _one_of("Unaquainted")), )  # fmt: skip


def sources(names: list[str]) -> dict[str, tuple[int, Rule]]:
    """For each variable that can be filled, the column it comes from (its own name first) and the rule. Empty when none can."""
    place = {name.casefold(): number for number, name in enumerate(names)}
    found: dict[str, tuple[int, Rule]] = {}
    for variable in VARIABLES:
        if (own := place.get(variable.name.casefold())) is not None:
            found[variable.name] = (own, str)
        elif variable.column and (theirs := place.get(variable.column.casefold())) is not None:
            found[variable.name] = (theirs, variable.rule)
    return found


def shaped(names: list[str], rows: Iterable[tuple[str, ...]]) -> Iterable[list[str]]:
    """Each row as the 27 values; empty where our columns do not say."""
    found = sources(names)
    taken = [found.get(variable.name) for variable in VARIABLES]
    return ([one[1](row[one[0]]) if one else "" for one in taken] for row in rows)
