"""Who may make and revoke tokens."""

from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.api.models import Token

LONGEST = 365
"""Days that a token lasts at most."""


def may_make(by: Acting, *, second_factor_shown: bool, days: int) -> Verdict:
    """A person makes tokens, never a token; with the second factor in hand, and for a year at most."""
    if by.token is not None or by.post is None:
        return refuse("by_token", _("A token cannot make another token: sign in."))
    if not second_factor_shown:
        return refuse("second_factor", _("A token is made only with a code of your second factor."))
    if not 0 < days <= LONGEST:
        return refuse("too_long", _("A token lasts between one day and a year."))
    return ALLOWED


def may_revoke(by: Acting, token: Token) -> Verdict:
    """The holder, once."""
    if token.account != by.account:
        return refuse("not_yours", _("Only its holder revokes a token. Ending the post ends its tokens too."))
    if token.revoked_at is not None:
        return refuse("already_revoked", _("This token has already been revoked."))
    return ALLOWED
