"""From HTCDS values to the three elements of trafficking in persons: act, means and purpose (Trafficking Protocol, article 3 (a))."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from entraide.engines.htcds.catalogue import FIELDS, choices
from entraide.engines.htcds.model import Value

ACTS = ("recruitment", "transportation", "transfer", "harbouring", "receipt")
MEANS = (
    "threat",
    "use_of_force",
    "other_coercion",
    "abduction",
    "fraud",
    "deception",
    "abuse_of_power",
    "abuse_of_vulnerability",
    "giving_payments_or_benefits_to_controller",
    "receiving_payments_or_benefits_from_controller",
)
PURPOSES = (
    "exploitation_of_prostitution_of_others",
    "other_sexual_exploitation",
    "forced_labour_or_services",
    "slavery",
    "practices_similar_to_slavery",
    "servitude",
    "organ_removal",
    "begging",  # from here on: Directive 2011/36/EU, then Directive (EU) 2024/1712
    "exploitation_of_criminal_activities",
    "surrogacy",
    "forced_marriage",
    "illegal_adoption",
)


class Part(StrEnum):
    """The three elements."""

    ACT = "act"
    MEANS = "means"
    PURPOSE = "purpose"


_PLACE = {name: place for names in (ACTS, MEANS, PURPOSES) for place, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class Link:
    """A field's value (or any value: `code` None) evidences an element; `reading` where it is our reading, not the Protocol's words."""

    field: str
    code: str | None
    part: Part
    element: str
    reading: bool = True


@dataclass(frozen=True, slots=True)
class Elements:
    """Which acts, means and purposes a record gives evidence of, in the Protocol's order, and because of which values."""

    acts: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    because: tuple[Link, ...] = ()


def _links(part: Part, field: str, table: Mapping[str, str], *, reading: bool) -> Iterator[Link]:
    for code, names in table.items():
        for element in names.split():
            yield Link(field, code, part, element, reading)


# An unknown method of recruitment says nothing; every other one says that somebody recruited.
_RECRUITMENT = {choice.code: "recruitment" for choice in choices(FIELDS["vic_MethodOfRecruitment"]) if choice.code != "Unknown"}
_FORMS = "vic_TypeOfExploitation"
_SEX_FORMS = "vic_TypeOfSexExploitation"
_CONTROL = "vic_MethodsOfControl"
_ROLE = "per_RoleInProcess"

LINKS: tuple[Link, ...] = (
    *_links(Part.ACT, "vic_MethodOfRecruitment", _RECRUITMENT, reading=False),
    Link("vic_RecruitmentWebsitesAndApps", None, Part.ACT, "recruitment"),
    Link("vic_LocationOfRecruitment", None, Part.ACT, "recruitment"),
    *_links(Part.ACT, "hte_Type", {"Recruitment": "recruitment"}, reading=False),
    *_links(Part.ACT, "hte_Type", {"Transit": "transportation"}, reading=True),
    *_links(
        Part.ACT,
        _ROLE,
        {"TransferredIndividual": "transfer", "HarbouredIndividual": "harbouring", "ReceivedIndividual": "receipt"},
        reading=False,
    ),
    *_links(
        Part.ACT,
        _ROLE,
        {
            "Transporter": "transportation",
            "RecruiterOrIntermediary": "recruitment",
            "SoldIndividual": "transfer",
            "BoughtIndividual": "receipt",
        },
        reading=True,
    ),
    *_links(Part.MEANS, _ROLE, {"Kidnapper": "abduction"}, reading=True),
    *_links(Part.MEANS, _CONTROL, {"PhysicalThreats": "threat", "Threats": "threat"}, reading=False),
    *_links(
        Part.MEANS,
        _CONTROL,
        {
            "ThreatsLawEnforcement": "threat",
            "ThreatensChildrenFamily": "threat",
            "PhysicalAbuse": "use_of_force",
            "SexualAbuse": "use_of_force",
            "FalsePromises": "deception",
            "DebtBondage": "other_coercion",
            "TakesEarnings": "other_coercion",
            "RestrictsFinancialAccess": "other_coercion",
            "RestrictsMedicalCare": "other_coercion",
            "WithholdsNecessities": "other_coercion",
            "PsychologicalAbuse": "other_coercion",
            "PsychoactiveSubstance": "other_coercion",
            "WithholdsDocuments": "other_coercion",
            "RestrictsMovement": "other_coercion",
            "UsesChildren": "other_coercion",
        },
        reading=True,
    ),
    *_links(
        Part.PURPOSE,
        _FORMS,
        {
            "ForcedLabour": "forced_labour_or_services",
            "SexualExploitation": "other_sexual_exploitation",
            "Servitude": "servitude",
            "OrganRemoval": "organ_removal",
        },
        reading=False,
    ),
    *_links(
        Part.PURPOSE,
        _FORMS,
        {
            "ChildLabour": "forced_labour_or_services",
            "ForcedMarriage": "practices_similar_to_slavery forced_marriage",
            "ForcedMilitaryByNonStateActors": "practices_similar_to_slavery",
            "ForcedMilitaryService": "practices_similar_to_slavery",
            "ForcedBegging": "forced_labour_or_services begging",
            "ForcedAdoption": "practices_similar_to_slavery illegal_adoption",
            "IllegalAdoption": "practices_similar_to_slavery illegal_adoption",
            "Surrogacy": "surrogacy",
            "IllicitActivities": "exploitation_of_criminal_activities",
        },
        reading=True,
    ),
    *_links(Part.PURPOSE, _SEX_FORMS, {"Prostitution": "exploitation_of_prostitution_of_others"}, reading=False),
    *_links(
        Part.PURPOSE,
        _SEX_FORMS,
        {
            "Pornography": "other_sexual_exploitation",
            "RemoteInteractiveServices": "other_sexual_exploitation",
            "PrivateSexualServices": "other_sexual_exploitation",
        },
        reading=True,
    ),
    Link("vic_ForcedLabourIndustry", None, Part.PURPOSE, "forced_labour_or_services"),
)


def elements(values: Mapping[str, Value]) -> Elements:
    """The elements that a record's values (field id → value) give evidence of.

    HTCDS itself does not map its values to the Protocol. Links with `reading=False` only repeat the words of article 3 (a); all others are
    our reading. Working hours alone and vulnerabilities alone are no means: the Protocol asks that somebody *abused* them. Evidence is not
    a finding: people decide, and for a person under 18 no means is needed (article 3 (c)).
    """
    found = [link for link in LINKS if _holds(values.get(link.field), link.code)]
    # "Sexual exploitation" whose only named form is prostitution is that, and not "other" forms.
    if values.get(_SEX_FORMS) == ("Prostitution",):
        found = [link for link in found if (link.field, link.code) != (_FORMS, "SexualExploitation")]
    return Elements(_of(found, Part.ACT), _of(found, Part.MEANS), _of(found, Part.PURPOSE), tuple(found))


def _holds(value: Value | None, code: str | None) -> bool:
    if value is None or value == () or value == "":
        return False
    if code is None:
        return True
    return code in value if isinstance(value, tuple) else code == value


def _of(found: list[Link], part: Part) -> tuple[str, ...]:
    return tuple(sorted({link.element for link in found if link.part is part}, key=_PLACE.__getitem__))


if unknown := {link.field for link in LINKS} - set(FIELDS):
    raise LookupError(f"palermo.py names fields that the catalogue lacks: {sorted(unknown)}")
