"""Named reads of tokens."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from entraide.kernel.access.context import Acting
from entraide.kernel.accounts.models import Account
from entraide.kernel.accounts.queries import acting_for
from entraide.kernel.api.models import Token
from entraide.kernel.api.services import PREFIX, digest


def mine(by: Acting) -> QuerySet[Token]:
    """The tokens of whoever acts, for any of her posts; newest first."""
    assert by.account is not None
    return Token.objects.filter(account=by.account).select_related("post").order_by("-id")


def token_names(tokens: Iterable[UUID]) -> dict[str, str]:
    """What visible tokens are called, by identifier as text."""
    return {str(pk): name for pk, name in Token.objects.filter(pk__in=set(tokens)).values_list("pk", "name")}


def acting_by(text: str) -> tuple[Acting, Account] | None:
    """For whom a token acts: its own post while that is held, with its own function and nothing more. None where it opens nothing."""
    if not text.startswith(PREFIX):
        return None
    with connection.cursor() as cursor:
        cursor.execute("select token, account, post from app.token_of(%s)", [digest(text)])
        found = cursor.fetchone()
    if found is None:
        return None
    token, account, post = found
    by = acting_for(account, post)
    return (replace(by, token=token), Account.objects.get(pk=account)) if by else None
