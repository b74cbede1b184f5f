"""Verbs on accounts and posts."""

from django.db import transaction

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts import queries, rules
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.tasks import send_account_notice, send_password_link
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock


@transaction.atomic
def give_post(*, by: Acting, email: str, name: str, function: str, language: str = "en") -> Post:
    """Gives somebody a post at the acting body; makes the account when the address is new, and mails a link to set a password."""
    account = Account.objects.filter(email__iexact=email).first()
    require(rules.may_give(by, account))
    account = account or Account.objects.create_user(email, name, language=language)
    post, made = Post.objects.get_or_create(
        body_id=by.body, function=function, account=account, until=None, defaults={"holder_name": name, "since": clock.today()}
    )
    if made:
        record(by=by, action="accounts.give_post", kind="post", object_id=post.pk, detail={"function": function})
    if not account.has_usable_password():
        send_password_link.defer(account=str(account.pk))
    return post


@transaction.atomic
def end_post(*, by: Acting, post: Post) -> None:
    """Ends a post: from today it opens nothing."""
    require(rules.may_end(by, post))
    post.until = clock.today()
    post.save(update_fields=["until"])
    record(by=by, action="accounts.end_post", kind="post", object_id=post.pk)


@transaction.atomic
def remove_second_factor(*, by: Acting, post: Post) -> None:
    """Takes the second factor from a colleague who lost it; she is told by mail."""
    from allauth.mfa.models import Authenticator  # needs the apps to be loaded

    require(rules.may_remove_second_factor(by, post, queries.bodies_of(post.account_id)))
    Authenticator.objects.filter(user_id=post.account_id).delete()
    send_account_notice.defer(account=str(post.account_id), change="totp_deactivated")
    record(by=by, action="accounts.remove_second_factor", kind="post", object_id=post.pk)
