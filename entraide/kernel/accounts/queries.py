"""Named reads of accounts and posts."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from entraide.kernel.access import principals
from entraide.kernel.access.context import Acting
from entraide.kernel.access.sides import Side
from entraide.kernel.accounts.choices import HOLDS_CASES, Function
from entraide.kernel.accounts.models import Account, Post
from entraide.kernel.base import clock
from entraide.kernel.base.names import localised


@dataclass(frozen=True)
class PostHeld:
    """A post that an account holds today, with what acting for it needs."""

    post: UUID
    function: str
    body: UUID
    side: str
    kind: str
    country: str
    names: dict[str, str]

    @property
    def function_label(self) -> str:
        """The function in the reader's language."""
        return str(Function(self.function).label)

    @property
    def body_label(self) -> str:
        """The body's name in the reader's language."""
        return localised(self.names)

    def acting(self, account: Account) -> Acting:
        """Acting for this post."""
        return Acting(
            account=account.pk,
            post=self.post,
            body=self.body,
            side=Side(self.side),
            function=self.function,
            principals=(self.post, principals.circle(self.body, self.function)),
            label=self.function_label,
            body_label=self.body_label,
            country=self.country,
            language=account.language,
        )


def posts_held(account: UUID) -> list[PostHeld]:
    """The posts that an account holds today, oldest first. Runs with no acting post: it is how one is chosen."""
    with connection.cursor() as cursor:
        cursor.execute("select post, function, body, side, kind, country, names from app.posts_of(%s)", [account])
        rows = cursor.fetchall()
    return [
        PostHeld(post, function, body, side, kind, country, json.loads(names)) for post, function, body, side, kind, country, names in rows
    ]


def acting_for(account: UUID, post: UUID) -> Acting | None:
    """Whoever left work to the background, as long as she still holds the post."""
    person = Account.objects.filter(pk=account, is_active=True).first()
    held = [each for each in posts_held(account) if each.post == post]
    return held[0].acting(person) if person and held else None


def bodies_of(account: UUID) -> set[UUID]:
    """At which bodies an account holds posts today."""
    return {held.body for held in posts_held(account)}


def current_posts() -> QuerySet[Post]:
    """Posts of the acting body that are held today."""
    today = clock.today()
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gt=today), since__lte=today)
    return held.select_related("account").order_by("function", "holder_name")


def last_overseer(body: UUID) -> UUID | None:
    """The body's only data protection post, where there is but one."""
    held = current_posts().filter(body=body, function=Function.DATA_PROTECTION, account__is_active=True).values_list("pk", flat=True)[:2]
    return held[0] if len(held) == 1 else None


def case_holders(body: UUID) -> QuerySet[Post]:
    """Posts at the body that may be in a case team."""
    return current_posts().filter(body=body, function__in=HOLDS_CASES)


def heirs(by: Acting, post: Post) -> QuerySet[Post]:
    """Who can take over from a post that ends: colleagues who hold cases, never whoever ends it."""
    return case_holders(post.body_id).filter(account__is_active=True).exclude(pk=post.pk).exclude(account=by.account)


def data_protection(body: UUID) -> QuerySet[Post]:
    """Whom a person can ask at the body what is kept about her."""
    return current_posts().filter(body=body, function=Function.DATA_PROTECTION)


def reachable() -> list[UUID]:
    """Bodies at which somebody would see an arriving referral."""
    with connection.cursor() as cursor:
        cursor.execute("select * from app.reachable_bodies()")
        return [row[0] for row in cursor.fetchall()]


def addresses(audience: list[UUID]) -> list[tuple[str, str]]:
    """(address, language) of the people who hold these posts today."""
    with connection.cursor() as cursor:
        cursor.execute("select email, language from app.addresses_of(%s)", [audience])
        return [(row[0], row[1]) for row in cursor.fetchall()]
