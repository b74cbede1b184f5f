"""Who may do what with a case; the sentence when not."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from entraide.features.cases.agreements import Agreement
from entraide.features.cases.choices import TREATED_AS_CHILD, Age, AgreementDecision
from entraide.features.cases.models import Case
from entraide.kernel.access.context import AGENT, Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.accounts.choices import HOLDS_CASES
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body

LONGEST_AGREEMENT = timedelta(days=730)
NO_WITNESS = _("Name the witness who heard the person agree, and in which function.")


class HoldLifted(models.TextChoices):
    """Why a legal hold was lifted."""

    ENDED = "ended", _("The order has ended: its time has passed, or the proceedings are over")
    SET_ASIDE = "set_aside", _("The order was set aside or changed by whoever gave it")
    MISTAKE = "mistake", _("It was recorded by mistake: no order covers this person")


def last_day() -> date:
    """Nobody agrees for ever: the last day that can be asked for."""
    return clock.today() + LONGEST_AGREEMENT


def may_open(by: Acting) -> Verdict:
    """Whether a post may open a case at its body."""
    if by.function not in HOLDS_CASES and by.function != AGENT:
        return refuse("function", _("Your post holds no cases. Switch to a post that does, if you have one."))
    return ALLOWED


def may_write(by: Acting, case: Case) -> Verdict:
    """The team writes, as long as the person has not been erased."""
    if case.erased_on is not None:
        return refuse("erased", _("This person’s data have been erased; nothing can be added."))
    if case.holder != by.body:
        return refuse("not_holder", _("Another body holds this case."))
    return may_open(by)


def may_change_team(by: Acting, case: Case, post_side: str) -> Verdict:
    """A team is made of posts on the case's own side of the firewall."""
    if post_side != case.side:
        return refuse("firewall", _("Assistance and law enforcement do not share a team. Use a referral the person agreed to."))
    return may_write(by, case)


def may_agree(
    by: Acting, case: Case, *, has_guardian: bool, witnessed: bool, valid_until: date | None, told: bool, to_police: bool
) -> Verdict:
    """What an agreement needs before it can be recorded as given."""
    if case.age in TREATED_AS_CHILD and not has_guardian:
        return refuse("guardian", _("For a child, or while age is in doubt, name the guardian who agreed with the person."))
    if not witnessed:
        return refuse("witness", NO_WITNESS)
    if valid_until is None or valid_until < clock.today():
        return refuse("until", _("Say until when the person agrees; the day must not be past."))
    if valid_until > last_day():
        return refuse("until", _("Nobody agrees for ever: choose a day within two years."))
    if to_police and not told:
        return refuse("copies", _("Tell the person first that copies given to police or justice may not come back, and tick that you did."))
    return may_write(by, case)


def may_ask(by: Acting, case: Case, recipient: Body, *, vetted: bool) -> Verdict:
    """Whom the person can be asked about: another body, and one that was looked at."""
    if recipient.pk == case.holder:
        return refuse("own_body", _("This is your own body. What the person allows your own body stands under the legal basis."))
    if not vetted:
        return refuse("not_vetted", _("This body has not been vetted, or its vetting has ended: do not ask the person about it yet."))
    return may_write(by, case)


def may_end_agreement(by: Acting, case: Case, agreement: Agreement) -> Verdict:
    """Only an agreement in force can be narrowed or withdrawn."""
    if agreement.ended_at is not None:
        return refuse("ended", _("This answer is no longer in force; look at the newest one."))
    if agreement.decision == AgreementDecision.REFUSED:
        return refuse("refused", _("The person refused: there is nothing to withdraw. After a change of mind, ask again."))
    return may_write(by, case)


def may_narrow(by: Acting, case: Case, agreement: Agreement, *, groups: list[str], until: date) -> Verdict:
    """An agreement can only become smaller: some of its groups, its own day or a nearer one that is not past."""
    if not set(groups) & set(agreement.groups):
        return refuse("nothing_left", _("Nothing would be left of this agreement; withdraw it instead."))
    if until < clock.today():
        return refuse("until", _("Give a day that is not past. To end the agreement today, withdraw it."))
    if set(agreement.groups) <= set(groups) and until == agreement.valid_until:
        return refuse("same", _("Nothing would change. Untick what may no longer be shared, or give a nearer day."))
    return may_end_agreement(by, case, agreement)


def lacks_guardian(case: Case, agreement: Agreement) -> bool:
    """Whether an agreement does not hold because the person turned out to be, or may be, a child and nobody agreed with her."""
    return agreement.decision == AgreementDecision.GIVEN and case.age in TREATED_AS_CHILD and not agreement.has_guardian


def may_erase(by: Acting, case: Case) -> Verdict:
    """A legal hold forbids erasure."""
    if case.legal_hold:
        return refuse("legal_hold", _("A legal hold forbids erasure. It can be erased once the hold is lifted."))
    return may_write(by, case)


def may_lift(by: Acting, case: Case, reason: str) -> Verdict:
    """A legal hold is lifted for a reason that can be named."""
    if reason not in HoldLifted.values:
        return refuse("reason", _("Say why the hold is lifted."))
    return may_write(by, case)


def may_settle_age(by: Acting, case: Case, age: str) -> Verdict:
    """Age is settled as adult or child, with the reason written in a note."""
    if age not in Age.values:
        return refuse("age", _("Choose adult, child or in doubt."))
    return may_write(by, case)
