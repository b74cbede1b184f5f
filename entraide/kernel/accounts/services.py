"""Verbs on accounts and posts."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused, refuse, require
from entraide.kernel.accounts import leaving, queries, rules
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.accounts.tasks import send_account_notice, send_password_link
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock

Consequence = Callable[[Acting], None]
_consequences: list[Consequence] = []


def on_password_changed(consequence: Consequence) -> Consequence:
    """Marks what a higher room ends together with an old password, in the same transaction."""
    _consequences.append(consequence)
    return consequence


@transaction.atomic
def end_with_password(account: Account) -> None:
    """What was opened with the old password ends with it."""
    for held in posts_held(account.pk)[:1]:  # any post will do: what ends belongs to the account
        by = held.acting(account)
        with acting_as(by):
            for consequence in _consequences:
                consequence(by)


@transaction.atomic
def give_post(*, by: Acting, email: str, name: str, function: str, language: str = "en") -> Post:
    """Gives somebody a post at the acting body; makes the account when the address is new, and mails a link to set a password."""
    account = Account.objects.filter(email__iexact=email).first()
    require(rules.may_give(by, account))
    account = account or _new_account(email, name, language)
    post, made = Post.objects.get_or_create(
        body_id=by.body, function=function, account=account, until=None, defaults={"holder_name": name, "since": clock.today()}
    )
    if made:
        record(by=by, action="accounts.give_post", kind="post", object_id=post.pk, detail={"function": function})
    if not account.has_usable_password():
        send_password_link.defer(account=str(account.pk))
    return post


def _new_account(email: str, name: str, language: str) -> Account:
    """Made once: where another administrator gives the same person a first post at this moment, hers counts and this one is said again."""
    try:
        with transaction.atomic():
            return Account.objects.create_user(email, name, language=language)
    except IntegrityError:
        raise Refused(refuse("at_once", _("Somebody else gave this person a first post a moment ago. Send it again."))) from None


@transaction.atomic
def end_post(*, by: Acting, post: Post, heir: Post | None = None) -> int:
    """Ends a post: from today it opens nothing. What nobody else has goes to the heir; returns how much that was.

    Of two that are ended at once, the second sees what the first left.
    """
    leaving.one_at_a_time(post)
    post = Post.objects.select_for_update().get(pk=post.pk)
    require(rules.may_end(by, post, queries.last_overseer(post.body_id)))
    left = leaving.count(by, post)
    if left:
        require(rules.may_leave(by, left, heir, queries.heirs(by, post)))
        assert heir is not None  # the rule saw to it
        leaving.hand_over(by, post, heir)
    post.until = clock.today()
    post.save(update_fields=["until"])
    record(by=by, action="accounts.end_post", kind="post", object_id=post.pk, detail={"handed_over": left} if left else None)
    return left


@transaction.atomic
def remove_second_factor(*, by: Acting, post: Post) -> None:
    """Takes the second factor from a colleague who lost it and ends her sessions, since others may have the telephone; a mail tells her."""
    from allauth.mfa.models import Authenticator  # needs the apps to be loaded

    require(rules.may_remove_second_factor(by, post, queries.bodies_of(post.account_id)))
    Authenticator.objects.filter(user_id=post.account_id).delete()
    post.account.end_sessions()
    send_account_notice.defer(account=str(post.account_id), change="totp_deactivated")
    record(by=by, action="accounts.remove_second_factor", kind="post", object_id=post.pk)
