"""A release on its way: sent to review, agreed to by two others or objected to, published, replaced, withdrawn with the reason."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entraide.features.figures import rules
from entraide.features.figures.choices import RELEASE_MACHINE, REVIEWS_NEEDED, ReleaseState
from entraide.features.figures.composing import may_tell
from entraide.features.figures.models import Figure, Release, Review
from entraide.kernel.access.context import Acting
from entraide.kernel.access.rules import refuse, require
from entraide.kernel.audit.services import record
from entraide.kernel.base import clock

WHY = refuse("why", _("Say why, in words that everybody may read."))
WHY_NOT = refuse("why_not", _("Say what is wrong, so that the drafter can put it right."))


def _locked(release: Release) -> Release:
    return Release.objects.select_for_update().get(pk=release.pk)


def _note(by: Acting, name: str, release: Release) -> None:
    record(by=by, action=f"figures.{name}", kind="release", object_id=release.pk, detail={"version": release.number})


def _moved(by: Acting, release: Release, name: str, part: str) -> Release:
    release = _locked(release)
    require(RELEASE_MACHINE.verdict(name, state=release.state, by=part, function=by.function))
    release.state = RELEASE_MACHINE.move(name).target
    return release


@transaction.atomic
def submit(*, by: Acting, release: Release) -> None:
    """Sends a draft to review."""
    release = _moved(by, release, "submit", "analyst")
    release.save(update_fields=["state"])
    _note(by, "submit", release)


@transaction.atomic
def discard(*, by: Acting, release: Release) -> None:
    """Throws a release away that nobody has seen outside the body."""
    release = _moved(by, release, "discard", "analyst")
    release.save(update_fields=["state"])
    _note(by, "discard", release)


@transaction.atomic
def review(*, by: Acting, release: Release, agrees: bool, note: str = "") -> None:
    """Agrees or objects. The second agreement clears the release; one objection holds it."""
    release = _locked(release)
    require(rules.may_review(by, release))
    if not agrees and not note.strip():
        require(WHY_NOT)
    assert by.account is not None  # the rule asks for a person
    Review.objects.create(holder=release.holder, release=release, account=by.person, post=by.hand, agrees=agrees, note=note.strip())
    agreed = Review.objects.filter(release=release, agrees=True).count()
    name = "" if agrees and agreed < REVIEWS_NEEDED else "clear" if agrees else "object"
    if name:
        part = "second reviewer" if agrees else "reviewer"
        require(RELEASE_MACHINE.verdict(name, state=release.state, by=part, function=by.function))
        release.state = RELEASE_MACHINE.move(name).target
        release.save(update_fields=["state"])
    record(by=by, action="figures.review", kind="release", object_id=release.pk, detail={"version": release.number, "agrees": agrees})


@transaction.atomic
def publish(*, by: Acting, release: Release) -> Release:
    """Shows it to everybody; the version before it is replaced. The database counts the reviewers once more."""
    list(Release.objects.select_for_update().filter(holder=release.holder).order_by("pk"))  # of two at once, the second sees the first
    release = _moved(by, release, "publish", "analyst")
    require(may_tell(release.holder, list(Figure.objects.filter(release=release).order_by("place"))))
    release.public, release.published_at = True, clock.now()
    release.save(update_fields=["state", "public", "published_at"])
    Figure.objects.filter(release=release).update(public=True)
    before = Release.objects.select_for_update().filter(series=release.series, state=ReleaseState.PUBLISHED).exclude(pk=release.pk)
    for old in before:
        old.state = RELEASE_MACHINE.move("replace").target
        old.save(update_fields=["state"])
    _note(by, "publish", release)
    return release


@transaction.atomic
def withdraw(*, by: Acting, release: Release, reason: str) -> None:
    """Takes the numbers back and leaves the reason where they were."""
    require(rules.may_read(by))
    if not reason.strip():
        require(WHY)
    release = _moved(by, release, "withdraw", "reader")
    release.withdrawn_at, release.reason = clock.now(), reason.strip()
    release.save(update_fields=["state", "withdrawn_at", "reason"])
    Figure.objects.filter(release=release).update(public=False)
    _note(by, "withdraw", release)
