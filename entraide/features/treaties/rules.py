"""Who may record what about which State."""

from django.utils.translation import gettext_lazy as _

from entraide.features.treaties.models import Act, Instrument, Recorded
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.accounts.choices import Function

WRITERS = frozenset({Function.COORDINATOR, Function.SECRETARIAT})


def may_record(by: Acting, state: str) -> Verdict:
    """A coordinator or secretariat records what concerns its own State."""
    if by.function not in WRITERS:
        return refuse("function", _("Only a coordinator or a secretariat records this. Switch to such a post if you hold one."))
    if by.country != state:
        return refuse("other_state", _("You record what concerns your own State; each State answers for its own entries."))
    return ALLOWED


def may_deposit(by: Acting, instrument: Instrument) -> Verdict:
    """The depositary records what any State did with its instrument."""
    if by.function not in WRITERS:
        return refuse("function", _("Only a coordinator or a secretariat records this. Switch to such a post if you hold one."))
    if instrument.depositary_body != by.body:
        return refuse("not_depositary", _("Only the depositary of this instrument records what other States did with it."))
    return ALLOWED


def may_end(by: Acting, row: Recorded | Act, state: str) -> Verdict:
    """The body that recorded an entry ends it."""
    verdict = may_deposit(by, row.instrument) if isinstance(row, Act) and row.by_depositary else may_record(by, state)
    if verdict and row.holder != by.body:
        return refuse("not_holder", _("Another body recorded this; it must end it."))
    if verdict and row.ended_on is not None:
        return refuse("ended", _("This entry has ended already."))
    return verdict
