"""A post ends: its cases that nobody else has go to a colleague. The body's agent finds them, since the administrator sees none."""

from uuid import UUID

from django.db.models import QuerySet

from entraide.features.cases import services
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting, acting_as, agent_of
from entraide.kernel.accounts import leaving
from entraide.kernel.accounts.models import Post
from entraide.kernel.accounts.queries import case_holders


def _forsaken(post: Post) -> QuerySet[Case]:
    """Cases, erased ones too, whose team would hold no post any more."""
    others: set[UUID] = set()
    for found in case_holders(post.body_id).filter(account__is_active=True).exclude(pk=post.pk):
        others |= {found.pk, found.circle}
    return Case.objects.filter(audience__overlap=[post.pk, post.circle]).exclude(audience__overlap=list(others)).order_by("id")


def _count(by: Acting, post: Post) -> int:
    with acting_as(agent_of(by.body, by.side)):
        return _forsaken(post).count()


def _hand_over(by: Acting, post: Post, heir: Post) -> None:
    with acting_as(agent_of(by.body, by.side)):
        for case in _forsaken(post):
            services.hand_over(by=by, case=case, post=heir.pk)


leaving.keepers.append(leaving.Keeper(_count, _hand_over))
