"""An invented person, and her or his fields as a case keeps them."""

from dataclasses import dataclass
from datetime import date

Values = dict[str, str | list[str]]
"""{field id: text, code or list of codes}, as a case keeps them."""
STATUS_OF = {
    "none": "PossibleVictimOfTrafficking",
    "presumed": "PossibleVictimOfTrafficking",
    "reasonable_grounds": "PossibleVictimOfTrafficking",
    "conclusive": "ActualVictimOfTrafficking",
    "negative": "NotAVictimOfTrafficking",
    "appealed": "NotAVictimOfTrafficking",
}


@dataclass(frozen=True, slots=True)
class SafeContact:
    """When and how contact is safe, and what must never be done."""

    when: str
    how: str
    never: str


@dataclass(frozen=True, slots=True)
class Trafficking:
    """HTCDS 2.0 codes, consistent with each other; `began` is the first day of exploitation, in `country`."""

    exploitation: tuple[str, ...]
    sex: tuple[str, ...]
    industry: str | None
    control: tuple[str, ...]
    recruitment: tuple[str, ...]
    websites: tuple[str, ...]
    relationship: str
    age_when: int | None
    began: date
    country: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. `family` is empty where people have one name; `born` None: day not known; `country`: where the person is now."""

    number: int
    given: str
    family: str
    original_name: str | None
    citizenship: tuple[str, ...]
    gender: str
    age: str
    birth_year: int | None
    born: date | None
    languages: tuple[str, ...]
    marital_status: str | None
    children: int
    education: str | None
    country: str
    phone: str | None
    email: str | None
    safe_contact: SafeContact
    trafficking: Trafficking
    identification: str
    decider: str | None
    guardian: str | None
    needs: tuple[str, ...]
    language: str
    story: str
    notes: tuple[str, ...]

    def values(self) -> Values:
        """The person's fields by their permanent ids (HTCDS 2.0, and `ent_` of our own), empty ones left out."""
        found = self._about() | self._contact() | self._what_happened()
        return {field: value for field, value in found.items() if value not in (None, "", [])}

    def _about(self) -> Values:
        return {
            "prs_FirstName": self.given,
            "prs_SecondName": self.family,
            "prs_Birthdate": self.born.isoformat() if self.born else "",
            "prs_Gender": self.gender,
            "prs_Citizenship": list(self.citizenship),
            "prs_PrimaryLanguage": self.languages[0],
            "prs_SecondaryLanguage": self.languages[1] if len(self.languages) > 1 else "",
            "prs_MaritalStatus": self.marital_status or "",
            "prs_NumberOfChildren": str(self.children) if self.children else "",
            "prs_HighestLevelOfEducation": self.education or "",
        }

    def _contact(self) -> Values:
        return {
            "prs_MobilePhone": self.phone or "",
            "prs_Email": self.email or "",
            "ent_SafeContactWhen": self.safe_contact.when,
            "ent_SafeContactHow": self.safe_contact.how,
            "ent_SafeContactNever": self.safe_contact.never,
        }

    def _what_happened(self) -> Values:
        what = self.trafficking
        return {
            "vic_TraffickingStatus": STATUS_OF[self.identification],
            "vic_TraffickingStatusDecisionMakingOrg": self.decider or "",
            "vic_RelationshipToTrafficker": what.relationship,
            "vic_AgeWhenTrafficked": "" if what.age_when is None else str(what.age_when),
            "vic_RecruitmentWebsitesAndApps": list(what.websites),
            "vic_MethodOfRecruitment": list(what.recruitment),
            "vic_MethodsOfControl": list(what.control),
            "vic_TypeOfExploitation": list(what.exploitation),
            "vic_ForcedLabourIndustry": what.industry or "",
            "vic_TypeOfSexExploitation": list(what.sex),
            "hte_Country": what.country,
            "hte_Date": what.began.isoformat(),
            "hte_Type": "Exploitation",
            "hte_Description": self.story,
        }
