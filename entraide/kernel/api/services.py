"""Verbs on tokens."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts.services import on_password_changed
from entraide.kernel.api import rules
from entraide.kernel.api.models import Token
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock

PREFIX = "ent_"
"""By which a token is known for one where it was left by mistake."""


def digest(token: str) -> bytes:
    """What is kept of a token. It is random, not chosen, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def make_token(*, by: Acting, name: str, days: int, second_factor_shown: bool) -> tuple[Token, str]:
    """A token for the acting post; returns it with its text, which nobody can show again."""
    require(rules.may_make(by, second_factor_shown=second_factor_shown, days=days))
    assert by.account is not None
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=by.account, body=by.body, post_id=by.hand, name=name, digest=digest(text), until=clock.today() + timedelta(days=days)
    )
    record(by=by, action="api.make_token", kind="token", object_id=token.pk, detail={"days": days, "function": by.function})
    return token, text


@transaction.atomic
def revoke_token(*, by: Acting, token: Token) -> None:
    """From now on it opens nothing."""
    require(rules.may_revoke(by, token))
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(by=by, action="api.revoke_token", kind="token", object_id=token.pk)


@on_password_changed
def end_tokens(by: Acting) -> None:
    """Whoever learned the password may have made one: all of the account's tokens end with it."""
    for token in Token.objects.select_for_update().filter(account=by.person, revoked_at__isnull=True, until__gt=clock.today()):
        revoke_token(by=by, token=token)
