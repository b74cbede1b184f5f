"""Who may give and end posts."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import ALLOWED, Verdict, refuse
from entraide.kernel.accounts.choices import Function
from entraide.kernel.accounts.models import Account, Post


def may_manage_posts(by: Acting) -> Verdict:
    """An administrator manages the posts of the own body."""
    if by.function != Function.ADMINISTRATOR:
        return refuse("not_administrator", _("Only the administrator of this body gives and ends posts."))
    return ALLOWED


def may_give(by: Acting, to: Account | None) -> Verdict:
    """Nobody gives herself a post: what an administrator could open alone, another must answer for."""
    verdict = may_manage_posts(by)
    if verdict and to is not None and to.pk == by.account:
        return refuse("oneself", _("You cannot give yourself a post; another administrator of your body can."))
    return verdict


def may_end(by: Acting, post: Post, last_overseer: UUID | None) -> Verdict:
    """Nobody ends the post for which she acts, and somebody always watches who opened what."""
    verdict = may_manage_posts(by)
    if verdict and post.pk == by.post:
        return refuse("own_post", _("You cannot end the post you are acting for; another administrator can."))
    if verdict and post.until is not None:
        return refuse("already_ended", _("This post has already ended."))
    if verdict and post.pk == last_overseer:
        sentence = _("This is the last data protection post of this body: nobody would see any more who opened what. Give the post to "
                     "somebody else first.")  # fmt: skip
        return refuse("last_overseer", sentence)
    return verdict


def may_leave(by: Acting, left: int, heir: Post | None, heirs: QuerySet[Post]) -> Verdict:
    """No case is left with nobody; and no administrator opens cases for herself by ending a colleague's post."""
    if heir is None:
        sentence = ngettext(
            "%(count)s case would be left with nobody in its team. Choose a colleague who takes it over.",
            "%(count)s cases would be left with nobody in their teams. Choose a colleague who takes them over.",
            left,
        )
        return refuse("left_alone", sentence % {"count": left})
    if heir.account_id == by.account:
        return refuse(
            "oneself", _("You cannot hand cases to yourself. Choose a colleague, or let another administrator of your body do it.")
        )
    if not heirs.filter(pk=heir.pk).exists():
        return refuse("no_heir", _("Only a colleague at your own body who holds cases, and whose post goes on, can take them over."))
    return ALLOWED


def may_remove_second_factor(by: Acting, post: Post, bodies: set[UUID]) -> Verdict:
    """Of colleagues who hold posts at this body only: elsewhere another administrator answers for the account too."""
    verdict = may_manage_posts(by)
    if verdict and post.pk == by.post:
        return refuse("own_factor", _("You remove your own second factor under “Change post”."))
    if verdict and bodies != {by.body}:
        return refuse("other_bodies", _("This person holds no post here, or posts elsewhere too. Ask whoever runs this installation."))
    return verdict
