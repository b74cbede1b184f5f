"""What a post leaves behind when it ends: a room that holds something for posts says how much would be with nobody, and hands it over."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.accounts.models import Post
from entraide.kernel.base import clock


@dataclass(frozen=True)
class Keeper:
    """A room's two answers; `count` is read by an administrator, who may see none of what is counted."""

    count: Callable[[Acting, Post], int]
    hand_over: Callable[[Acting, Post, Post], None]


keepers: list[Keeper] = []


def count(by: Acting, post: Post) -> int:
    """How much would be left with nobody if this post ended."""
    return sum(keeper.count(by, post) for keeper in keepers)


def hand_over(by: Acting, post: Post, heir: Post) -> None:
    """Gives a colleague what would be left with nobody."""
    for keeper in keepers:
        keeper.hand_over(by, post, heir)


def one_at_a_time(post: Post) -> None:
    """Posts of a body end one after the other, and whoever relies on one meanwhile has finished; held until the transaction ends."""
    with connection.cursor() as cursor:
        for name in (f"posts of {post.body_id}", f"post {post.pk}"):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7260003))", [name])


def stay(posts: set[UUID]) -> None:
    """These posts do not end before the transaction does: something is about to rest on them. Refused where one has ended already."""
    with connection.cursor() as cursor:
        for post in sorted(posts):
            cursor.execute("select pg_advisory_xact_lock_shared(hashtextextended(%s, 7260003))", [f"post {post}"])
    if Post.objects.filter(pk__in=posts, until__lte=clock.today()).exists():
        require(refuse("post_ended", _("The post has ended meanwhile; nothing was saved.")))
