"""The first administrator of a body, given by the operator of the node past the row policies; recorded as done by nobody's post."""

from django.conf import settings
from django.db import connections, transaction

from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.tasks import password_link
from entraide.kernel.audit.services import entry
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body


def give_first_post(*, body: Body, email: str, name: str, language: str, using: str = "owner") -> str:
    """Makes the account where there is none, gives the post, and returns the link to set a password; empty when there is one already."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        accounts = Account.objects.using(using)
        account = accounts.filter(email__iexact=email).first()
        if account is None:
            account = Account(email=email.lower(), name=name, language=language)
            account.set_unusable_password()
            account.save(using=using)
        held = Post.objects.using(using).filter(body=body, account=account, function=Function.ADMINISTRATOR, until__isnull=True)
        if not held.exists():
            post = Post(body=body, function=Function.ADMINISTRATOR, account=account, holder_name=name, since=clock.today())
            post.save(using=using)
            entry(
                by=None, action="accounts.give_post", holder=body.pk, kind="post", object_id=post.pk, detail={"function": "administrator"}
            ).save(using=using, force_insert=True)
    account = Account.objects.get(pk=account.pk)
    return "" if account.has_usable_password() else password_link(account)
