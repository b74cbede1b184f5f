"""Verbs on accounts and posts."""

from django.db import transaction

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import require
from entraide.kernel.accounts import rules
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock


@transaction.atomic
def give_post(*, by: Acting, email: str, name: str, function: str, language: str = "en") -> Post:
    """Gives somebody a post at the acting body; makes the account when the address is new."""
    require(rules.may_manage_posts(by))
    account = Account.objects.filter(email__iexact=email).first() or Account.objects.create_user(email, name, language=language)
    post, made = Post.objects.get_or_create(
        body_id=by.body, function=function, account=account, until=None, defaults={"holder_name": name, "since": clock.today()}
    )
    if made:
        record(by=by, action="accounts.give_post", kind="post", object_id=post.pk, detail={"function": function})
    return post


@transaction.atomic
def end_post(*, by: Acting, post: Post) -> None:
    """Ends a post: from today it opens nothing."""
    require(rules.may_end(by, post))
    post.until = clock.today()
    post.save(update_fields=["until"])
    record(by=by, action="accounts.end_post", kind="post", object_id=post.pk)
