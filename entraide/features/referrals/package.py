"""What goes with a referral: (agreed ∩ needed by the purpose, or covered by a legal duty) ∩ left ticked by the sender."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from entraide.features.cases import fields, queries
from entraide.features.cases.choices import SHAREABLE, Group, LegalBasisKind
from entraide.features.cases.models import Case
from entraide.features.cases.values import Values
from entraide.features.referrals.choices import NEEDED
from entraide.kernel.access.context import Acting
from entraide.kernel.bodies import queries as bodies

MINIMUM_BY_TELEPHONE = frozenset({Group.IDENTITY, Group.COMMUNICATION, Group.SAFE_CONTACT})


class Held(StrEnum):
    """Why a field group stays behind."""

    NOT_AGREED = "not_agreed"
    NOT_NEEDED = "not_needed"
    NOT_CHOSEN = "not_chosen"
    EMPTY = "empty"
    UNSAFE = "unsafe"


HELD_SENTENCES = {
    Held.NOT_AGREED: _("the person has not agreed to this"),
    Held.NOT_NEEDED: _("this purpose does not need it"),
    Held.NOT_CHOSEN: _("you left it out"),
    Held.EMPTY: _("nothing is recorded"),
    Held.UNSAFE: _("it never goes without how to reach the person safely"),
}


@dataclass(frozen=True)
class Preview:
    """Exactly what goes, by group, and what stays behind with the reason."""

    goes: dict[str, Values] = field(default_factory=dict)
    stays: dict[str, Held] = field(default_factory=dict)

    @property
    def gender(self) -> str:
        """Of what goes, the gender: told in the summary before acceptance."""
        return str(self.goes.get(Group.IDENTITY, {}).get("prs_Gender", ""))

    @property
    def languages(self) -> list[str]:
        """Of what goes, the languages: told in the summary before acceptance."""
        spoken = self.goes.get(Group.COMMUNICATION, {})
        return [str(spoken[name]) for name in ("prs_PrimaryLanguage", "prs_SecondaryLanguage") if spoken.get(name)]

    @property
    def values(self) -> Values:
        """All values that go, in one map."""
        return {name: value for given in self.goes.values() for name, value in given.items()}

    def digest(self, referral: UUID) -> str:
        """A mark of exactly these values, good for one referral: what is sent is what was looked at, or nothing is."""
        return salted_hmac("referrals.preview", f"{referral}{json.dumps(self.goes, sort_keys=True)}", algorithm="sha256").hexdigest()

    def goes_shown(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """[(group label, [(field label, value shown)])] for the page."""
        return [(str(Group(group).label), list(fields.labelled(given).items())) for group, given in self.goes.items()]

    def stays_shown(self) -> list[tuple[str, str]]:
        """[(group label, reason)] for the page."""
        return [(str(Group(group).label), str(HELD_SENTENCES[why])) for group, why in self.stays.items()]


def duty_groups(case: Case, recipient: UUID) -> frozenset[str]:
    """Groups that a documented legal duty obliges this body to pass on to this recipient, agreed or not."""
    duty = queries.legal_duty(case, recipient)
    return frozenset(duty.groups) if duty else frozenset()


def allowed_groups(case: Case, *, recipient: UUID, purpose: str, by_telephone: bool = False) -> frozenset[str]:
    """Groups that may go: agreed ∩ needed, and what a legal duty covers; by telephone in danger to life also the minimum."""
    allowed = queries.agreed_groups(case, recipient=recipient, purpose=purpose)
    if by_telephone and _in_danger(case, recipient=recipient, purpose=purpose):
        allowed |= MINIMUM_BY_TELEPHONE
    return (allowed & frozenset(NEEDED[purpose])) | duty_groups(case, recipient)


def _in_danger(case: Case, *, recipient: UUID, purpose: str) -> bool:
    """Whether vital interests stand in for an answer nobody could ask for; never against a refusal, never across the firewall."""
    if queries.in_force(case, recipient=recipient, purpose=purpose) is not None or bodies.get(recipient).side != case.side:
        return False
    return queries.legal_bases(case).filter(kind=LegalBasisKind.VITAL_INTERESTS).exists()


def compose(*, by: Acting, case: Case, recipient: UUID, purpose: str, chosen: list[str], by_telephone: bool = False) -> Preview:
    """Reads the case (recorded) and says exactly which fields would go: agreed ∩ needed ∩ chosen, without empty ones.

    Telephone and address go only together with how to reach the person safely, unless the law obliges to pass them on.
    """
    allowed = allowed_groups(case, recipient=recipient, purpose=purpose, by_telephone=by_telephone)
    stays: dict[str, Held] = {}
    going: list[str] = []
    for group in SHAREABLE:
        if group not in allowed:
            stays[group] = Held.NOT_AGREED if group in NEEDED[purpose] else Held.NOT_NEEDED
        elif group not in chosen:
            stays[group] = Held.NOT_CHOSEN
        else:
            going.append(group)
    obliged = Group.CONTACT in duty_groups(case, recipient)
    if Group.CONTACT in going and Group.SAFE_CONTACT not in going and not obliged:
        going.remove(Group.CONTACT)
        stays[Group.CONTACT] = Held.UNSAFE
    found = queries.read(by=by, case=case, groups=going, why="referrals.preview") if going else {}
    if found.get(Group.CONTACT) and not found.get(Group.SAFE_CONTACT) and not obliged:  # nobody has recorded any rules
        going.remove(Group.CONTACT)
        stays[Group.CONTACT] = Held.UNSAFE
    stays |= {group: Held.EMPTY for group in going if not found.get(group)}
    return Preview({group: found[group] for group in going if found.get(group)}, stays)
