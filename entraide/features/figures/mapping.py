"""How case files (HTCDS 2.0) become statistics (IC-TIP): what is established, and what is not. No code of IC-TIP is.

The International Classification for Administrative Data on Trafficking in Persons (IOM and UNODC, endorsed by the Statistical Commission
in March 2025) names four entities. Its official code lists are not in Entraide: they still have to be taken from the publication.
ICCS: International Classification of Crime for Statistical Purposes, version 1.0 of March 2015, codes 02041 to 02044.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Form:
    """A kind of exploitation in a case file, its code in figures and the class of crime where one is established."""

    htcds: str
    form: str
    iccs: str = ""
    ictip: str = ""


FORMS = (
    Form("SexualExploitation", "SEX", "02041"),
    Form("ForcedLabour", "LAB", "02042"),
    Form("Servitude", "DOM", "02042"),
    Form("ForcedBegging", "BEG"),
    Form("ForcedMarriage", "MAR", "02044"),
    Form("ForcedAdoption", "ADO", "02044"),
    Form("Surrogacy", "SUR", "02044"),
    Form("OrganRemoval", "ORG", "02043"),
    Form("ForcedMilitaryByNonStateActors", "SOL", "02044"),
    Form("ChildLabour", "CHL", "02042"),
    Form("Other", "OTH", "02044"),
)


@dataclass(frozen=True)
class Entity:
    """One of the four things that IC-TIP counts, and what of a case file says it; `established` is of this, never of its codes."""

    label: str | Promise
    htcds: str | Promise
    established: bool


ENTITIES = (
    Entity(_("Event of trafficking"), _("Recruitment, transport and exploitation of the file: acts, means, places, dates"), False),
    Entity(_("Victim"), _("The person of the file: gender, age, citizenship, kinds of exploitation"), True),
    Entity(_("Perpetrator"), _("What the file says about those responsible; it is about what a victim saw, not about a suspect"), False),
    Entity(_("Reporting entity"), _("The body that holds the file"), True),
)
