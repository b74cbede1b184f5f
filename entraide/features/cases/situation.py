"""The situation in act, means and purpose (Trafficking Protocol, article 3), from what is recorded; evidence, never a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entraide.engines import htcds
from entraide.engines.htcds.palermo import Part
from entraide.features.cases import fields
from entraide.features.cases.choices import TREATED_AS_CHILD
from entraide.features.cases.models import Case
from entraide.features.cases.values import Value, Values

LABELS: dict[str, str | Promise] = {
    "recruitment": _("Recruitment"),
    "transportation": _("Transportation"),
    "transfer": _("Transfer"),
    "harbouring": _("Harbouring"),
    "receipt": _("Receipt"),
    "threat": _("Threat"),
    "use_of_force": _("Use of force"),
    "other_coercion": _("Other forms of coercion"),
    "abduction": _("Abduction"),
    "fraud": _("Fraud"),
    "deception": _("Deception"),
    "abuse_of_power": _("Abuse of power"),
    "abuse_of_vulnerability": _("Abuse of a position of vulnerability"),
    "giving_payments_or_benefits_to_controller": _("Giving payments or benefits to somebody who controls the person"),
    "receiving_payments_or_benefits_from_controller": _("Receiving payments or benefits for somebody’s consent"),
    "exploitation_of_prostitution_of_others": _("Exploitation of the prostitution of others"),
    "other_sexual_exploitation": _("Other forms of sexual exploitation"),
    "forced_labour_or_services": _("Forced labour or services"),
    "slavery": _("Slavery"),
    "practices_similar_to_slavery": _("Practices similar to slavery"),
    "servitude": _("Servitude"),
    "organ_removal": _("Removal of organs"),
    "begging": _("Begging"),
    "exploitation_of_criminal_activities": _("Exploitation of criminal activities"),
    "surrogacy": _("Exploitation of surrogacy"),
    "forced_marriage": _("Forced marriage"),
    "illegal_adoption": _("Illegal adoption"),
}
PARTS: dict[Part, str | Promise] = {Part.ACT: _("Act"), Part.MEANS: _("Means"), Part.PURPOSE: _("Purpose")}
GROUPS = ("trafficking", "events", "perpetrator")
"""The field groups that elements are read from."""


@dataclass(frozen=True)
class Finding:
    """An element that the record gives evidence of, because of which values; `reading` where the link is ours, not the Protocol's words."""

    label: str | Promise
    because: list[str]
    reading: bool


@dataclass(frozen=True)
class Element:
    """Act, means or purpose with what was found of it; `needed` is false for the means of a child."""

    label: str | Promise
    needed: bool
    findings: list[Finding] = field(default_factory=list)


def elements(case: Case, by_group: Mapping[str, Values]) -> list[Element]:
    """The three elements; means are not needed where the person is a child, or treated as one (article 3 (c))."""
    values = {name: value for group in GROUPS for name, value in by_group.get(group, {}).items()}
    found = htcds.elements({name: _typed(value) for name, value in values.items()})
    child = case.age in TREATED_AS_CHILD
    named = {Part.ACT: found.acts, Part.MEANS: found.means, Part.PURPOSE: found.purposes}
    return [
        Element(
            label=PARTS[part],
            needed=not (child and part is Part.MEANS),
            findings=[
                _finding([link for link in found.because if (link.part, link.element) == (part, name)], values) for name in named[part]
            ],
        )
        for part in Part
    ]


def complete(found: list[Element]) -> bool:
    """Whether every element that is needed has evidence."""
    return all(element.findings for element in found if element.needed)


def _typed(value: Value) -> htcds.Value:
    return tuple(value) if isinstance(value, list) else value


def _finding(links: list["htcds.palermo.Link"], values: Values) -> Finding:
    because = [
        gettext("%(label)s: %(value)s")
        % {"label": fields.get(link.field).label, "value": fields.get(link.field).shown(link.code or values[link.field])}
        for link in links
    ]
    return Finding(LABELS[links[0].element], list(dict.fromkeys(because)), all(link.reading for link in links))
