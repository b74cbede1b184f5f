"""Codes of the dimensions and their words: sex and age as SDMX writes them, forms of exploitation as short codes of ours."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.engines.estimation import TITLES
from entraide.features.monitoring.choices import Progress, Theme
from entraide.kernel.base.countries import country_name

TOTAL, UNKNOWN, OTHER = "_T", "_U", "_O"
DIMENSIONS = ("sex", "age", "form", "citizenship", "category")

SEX: dict[str, str | Promise] = {"F": _("Female"), "M": _("Male"), OTHER: _("Another gender"), UNKNOWN: _("Not known")}
AGE: dict[str, str | Promise] = {"Y0T17": _("Under 18"), "Y_GE18": _("18 and over"), UNKNOWN: _("Not known")}
FORM: dict[str, str | Promise] = {
    "SEX": _("Sexual exploitation"),
    "LAB": _("Forced labour"),
    "DOM": _("Servitude"),
    "BEG": _("Forced begging"),
    "CRI": _("Forced criminality"),
    "MAR": _("Forced marriage"),
    "ADO": _("Illegal adoption or sale of a child"),
    "SUR": _("Exploitation of surrogacy"),
    "ORG": _("Organ removal"),
    "SOL": _("Armed recruitment"),
    "CHL": _("Child labour"),
    "MIX": _("Several forms"),
    "OTH": _("Another form"),
    UNKNOWN: _("Not known"),
}
FAMILIES: dict[str, str | Promise] = {method: _(title) for method, title in TITLES.items()}
CATEGORY: dict[str, str | Promise] = {
    **FAMILIES,
    "none": _("No decision yet"),
    "presumed": _("Presumed victim"),
    "reasonable_grounds": _("Reasonable grounds"),
    "conclusive": _("Conclusively identified"),
    "negative": _("Negative decision"),
    "appealed": _("Negative decision under appeal"),
    "returned": _("Returned, handed over"),
    "not_returned": _("Not returned"),
    "domestic": _("Own citizens"),
    "foreign": _("Foreign citizens"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "expired": _("Not answered in time"),
    "open": _("Not yet answered"),
    "arrived": _("Arrived"),
    "recalled": _("Recalled"),
    "state_answered": _("States that answered"),
    "state_silent": _("States that have not answered"),
    "ngo_answered": _("Organisations that answered"),
    "ngo_silent": _("Organisations that have not answered"),
    **{str(code): label for code, label in Theme.choices},
    **{str(code): label for code, label in Progress.choices},
    "not_assessed": _("Not assessed yet"),
    "under_way": _("Under way"),
    "not_begun": _("Not begun"),
    "late": _("Late"),
    "invites": _("Invites"),
    "asks": _("Asks"),
    "observes": _("Observes"),
    "considers": _("Considers that one should ask"),
    "urges": _("Urges"),
    UNKNOWN: _("Not known"),
}
NAMES: dict[str, str | Promise] = {
    "sex": _("Sex"),
    "age": _("Age"),
    "form": _("Form of exploitation"),
    "citizenship": _("Citizenship"),
    "category": _("Category"),
    "area": _("State"),
    "year": _("Year"),
    "indicator": _("Indicator"),
    "row": _("Row"),
    "column": _("Column"),
    "text": _("What stands there"),
    "reason": _("Why it has no place"),
}
WORDS: Mapping[str, Mapping[str, str | Promise]] = {"sex": SEX, "age": AGE, "form": FORM, "category": CATEGORY}


def word(dimension: str, code: str) -> str:
    """A code in words; what is no code of ours is shown as the source wrote it."""
    if code in {TOTAL, ""}:
        return gettext("Total")
    if dimension in {"citizenship", "area"}:
        return {OTHER: gettext("Other countries"), UNKNOWN: gettext("Not known"), "MIX": gettext("Several")}.get(code) or country_name(code)
    return str(WORDS.get(dimension, {}).get(code, code))
