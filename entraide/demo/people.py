"""The demonstration's bodies and posts, filed as the steward."""

from datetime import timedelta

from django.conf import settings
from django.db import connections, transaction

from entraide.demo import world
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.base import clock
from entraide.kernel.bodies.loading import VettingFact, file_bodies, file_vettings
from entraide.kernel.bodies.models import Body
from entraide.kernel.vault import services as vault


def make_bodies_and_posts(*, using: str = "owner") -> None:
    """The invented bodies of both halves, who vetted them, and everybody who works there."""
    everybody = (*world.posts(), *world.policy_posts())
    bodies = [
        Body(
            slug=body.slug, names=dict(body.names), form=body.form, level=body.level, kind=body.kind,
            country=body.country or "", place=body.place or "", languages=list(body.languages), services=list(body.services), invented=True,
        )
        for body in (*world.bodies(), *world.policy_bodies())
    ]  # fmt: skip
    file_bodies(bodies, {body.slug: body.parents for body in world.bodies()}, using=using)
    vettings = [
        VettingFact(body.slug, body.vetted.by, body.vetted.on, body.vetted.until, body.vetted.agreement, body.vetted.revoked)
        for body in world.bodies()
        if body.vetted
    ]
    file_vettings(vettings, using=using)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(f'set local role "{settings.ENTRAIDE_ROLES["steward"]}"')
        ids = dict(Body.objects.using(using).values_list("slug", "pk"))
        accounts = [Account(email=post.email, name=post.holder, language=post.language, password="!") for post in everybody]  # noqa: S106
        Account.objects.using(using).bulk_create(accounts)
        since = clock.today() - timedelta(days=900)
        for post, account in zip(everybody, accounts, strict=True):
            Post(body_id=ids[post.body], function=post.function, account=account, holder_name=post.holder, since=since).save(using=using)


def keys_are_here() -> bool:
    """Whether the key store still opens what the demonstration holds."""
    by = acting_for(world.sign_ins()[0].email)
    with transaction.atomic(), acting_as(by):
        keys = list(Case.objects.filter(erased_on__isnull=True).values_list("key", flat=True)[:1])
    return not keys or bool(vault.living(keys))


def acting_for(email: str) -> Acting:
    """Somebody of the demonstration, acting for her post. Within a transaction."""
    account = Account.objects.get(email=email)
    return posts_held(account.pk)[0].acting(account)


def post_at(body: str, *functions: str) -> str | None:
    """The address of whoever holds such a post at a body."""
    return next(
        (
            post.email
            for function in functions
            for post in (*world.posts(), *world.policy_posts())
            if (post.body, post.function) == (body, function)
        ),
        None,
    )
