"""Releases: drafted by one, reviewed by two others, published once, never changed, withdrawn with the reason where the numbers were."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from entraide.features.figures import composing, publishing
from entraide.features.figures.choices import ReleaseState
from entraide.features.figures.models import Figure, Release, Review, Table
from entraide.features.figures.tests.releasing import PEOPLE, SUMMARIES, TITLES, VICTIMS, cleared, drafted, filed, published
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts.models import Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


def test_two_other_people_agree_and_then_everybody_sees_it(analyst: Acting, reviewers: list[Acting]) -> None:
    release = published(analyst, reviewers)
    assert Release.objects.get().state == ReleaseState.PUBLISHED, "seen with nobody acting"
    assert Figure.objects.filter(release=release).count() == 4
    with as_steward():
        told = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"figures.draft_release", "figures.submit", "figures.review", "figures.publish"} <= told


@pytest.mark.parametrize("agreed", [0, 1])
def test_with_fewer_than_two_reviewers_nothing_is_published(analyst: Acting, reviewers: list[Acting], agreed: int) -> None:
    release = cleared(analyst, reviewers[:agreed])
    with acting_as(analyst), pytest.raises(Refused, match="wrong_state"):
        publishing.publish(by=analyst, release=release)
    with acting_as(analyst), transaction.atomic(), pytest.raises(DatabaseError, match="two reviewers"):
        Release.objects.filter(pk=release.pk).update(state="published", public=True, published_at=clock.now())
    assert not Release.objects.exists()


def test_the_drafter_does_not_review_even_from_another_post(home: Body, analyst: Acting) -> None:
    release = drafted(analyst)
    with acting_as(analyst):
        publishing.submit(by=analyst, release=release)
    account = world.account_of(analyst)
    with as_steward():
        Post.objects.create(body=home, function="coordinator", account=account, holder_name=account.name, since="2020-01-01")
    second = next(each for each in posts_held(account.pk) if each.function == "coordinator").acting(account)
    for by in (analyst, second):
        with acting_as(by), pytest.raises(Refused, match="own_draft"):
            publishing.review(by=by, release=release, agrees=True)


def test_nobody_reviews_twice_and_nobody_in_another_s_name(analyst: Acting, reviewers: list[Acting]) -> None:
    release = cleared(analyst, reviewers[:1])
    one, two = reviewers
    with acting_as(one), pytest.raises(Refused, match="reviewed"):
        publishing.review(by=one, release=release, agrees=True)
    with acting_as(one), transaction.atomic(), pytest.raises(DatabaseError, match="row-level security"):
        Review.objects.create(holder=release.holder, release=release, account=two.person, post=two.hand, agrees=True)
    with acting_as(one):
        assert Review.objects.filter(release=release).update(agrees=False) == 0, "a review is never changed"


def test_one_objection_holds_it_and_says_why(analyst: Acting, reviewers: list[Acting], home: Body) -> None:
    release = cleared(analyst, reviewers)
    third = world.post(home, "secretariat")
    with acting_as(third):
        with pytest.raises(Refused, match="why_not"):
            publishing.review(by=third, release=release, agrees=False)
        publishing.review(by=third, release=release, agrees=False, note="The source is of last year.")
    with acting_as(analyst), pytest.raises(Refused, match="wrong_state"):
        publishing.publish(by=analyst, release=release)


def test_a_published_number_never_changes(analyst: Acting, reviewers: list[Acting]) -> None:
    release = published(analyst, reviewers)
    mine, figures = Release.objects.filter(pk=release.pk), Figure.objects.filter(release=release)
    changes: list[Callable[[], object]] = [
        lambda: figures.update(low=1),
        lambda: mine.update(titles={"en": "Other"}),
        lambda: mine.update(digest="0"),
        lambda: mine.update(published_at=None, state="draft", public=False),
        lambda: Figure.objects.create(release=release, holder=release.holder, place=99, indicator="tip.victims", low=1, high=1),
    ]
    for change in changes:
        with acting_as(analyst), transaction.atomic(), pytest.raises(DatabaseError):
            change()
    with acting_as(analyst), connection.cursor() as cursor:
        cursor.execute("delete from figures_figure")
        assert cursor.rowcount == 0


def test_withdrawn_the_reason_stays_and_the_numbers_go(analyst: Acting, reviewers: list[Acting]) -> None:
    release = published(analyst, reviewers)
    with acting_as(analyst):
        with pytest.raises(Refused, match="why"):
            publishing.withdraw(by=analyst, release=release, reason="  ")
        publishing.withdraw(by=analyst, release=release, reason="Counted one office twice.")
    shown = Release.objects.get()
    assert (shown.state, shown.reason) == ("withdrawn", "Counted one office twice.")
    assert not Figure.objects.exists(), "nobody outside the body sees the numbers any more"
    with acting_as(analyst):
        assert Figure.objects.count() == 4


def test_a_newer_version_replaces_the_older_one_which_stays_to_be_read(analyst: Acting, reviewers: list[Acting]) -> None:
    first = published(analyst, reviewers)
    second = published(analyst, reviewers, filed(analyst, VICTIMS.replace("40", "50")), previous=first)
    assert (second.series, second.number) == (first.series, 2)
    assert set(Release.objects.values_list("number", "state")) == {(1, "replaced"), (2, "published")}
    with acting_as(analyst), pytest.raises(Refused, match="running"):
        composing.draft(by=analyst, titles=TITLES, summaries=SUMMARIES, tables=[filed(analyst, PEOPLE)], estimates=[], previous=first)


def test_a_draft_is_seen_by_the_readers_of_its_body_alone(analyst: Acting, reviewers: list[Acting], home: Body) -> None:
    drafted(analyst)
    for by, seen in ((reviewers[0], 1), (world.post(home), 0), (world.post(world.body(), "analyst"), 0)):
        with acting_as(by):
            assert (Release.objects.count(), bool(Figure.objects.exists())) == (seen, bool(seen))
    assert not Release.objects.exists()


def test_rates_follow_from_victims_and_population_and_carry_their_definition(analyst: Acting) -> None:
    release = drafted(analyst, filed(analyst), filed(analyst, PEOPLE, indicator="population"))
    with acting_as(analyst):
        rates = {each.sex: (each.low, each.high) for each in Figure.objects.filter(release=release, indicator="sdg.16.2.2.detected")}
    assert rates == {"_T": (Decimal("0.40"), Decimal("0.40")), "F": (Decimal("0.60"), Decimal("0.60"))}


def test_tables_that_contradict_each_other_are_not_put_together(analyst: Acting) -> None:
    with acting_as(analyst), pytest.raises(Refused, match="contradiction"):
        composing.draft(
            by=analyst,
            titles=TITLES,
            summaries=SUMMARIES,
            tables=[filed(analyst), filed(analyst, VICTIMS.replace("40", "41"))],
            estimates=[],
        )


def test_a_version_that_was_thrown_away_leaves_its_number(analyst: Acting, reviewers: list[Acting]) -> None:
    first = published(analyst, reviewers)
    second = drafted(analyst, filed(analyst, PEOPLE), previous=first)
    with acting_as(analyst):
        publishing.discard(by=analyst, release=second)
        table = Table.objects.exclude(state="discarded").first()
    assert table is not None and drafted(analyst, table, previous=first).number == 3


def test_two_releases_before_and_after_one_person_cannot_both_be_published(analyst: Acting, reviewers: list[Acting]) -> None:
    """The differencing attack through files: the second edition with one person more is refused, even after a withdrawal."""
    first = published(analyst, reviewers, filed(analyst, VICTIMS, public=False))
    after = filed(analyst, VICTIMS.replace("40", "41").replace("30\n", "31\n", 1), public=False)
    with pytest.raises(Refused, match="moved"):
        drafted(analyst, after, previous=first)
    with acting_as(analyst):
        publishing.withdraw(by=analyst, release=first, reason="Wrong.")
    with pytest.raises(Refused, match="moved"):
        drafted(analyst, after, previous=first)
    more = filed(analyst, VICTIMS.replace("40", "50").replace("30\n", "40\n", 1), public=False)
    assert drafted(analyst, more, previous=Release.objects.get(pk=first.pk)).number == 2


def test_two_drafts_before_and_after_one_person_cannot_both_be_published_either(analyst: Acting, reviewers: list[Acting]) -> None:
    """Each was safe when it was drafted, since nothing had been published yet."""
    later = VICTIMS.replace("2021,Total,40", "2021,Total,41")
    first, second = (cleared(analyst, reviewers, filed(analyst, text, public=False)) for text in (VICTIMS, later))
    with acting_as(analyst):
        publishing.publish(by=analyst, release=first)
        with pytest.raises(Refused, match="moved"):
            publishing.publish(by=analyst, release=second)


def test_if_the_record_fails_nothing_is_published(analyst: Acting, reviewers: list[Acting], monkeypatch: pytest.MonkeyPatch) -> None:
    release = cleared(analyst, reviewers)

    def broken(**_facts: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(publishing, "record", broken)
    with acting_as(analyst), pytest.raises(RuntimeError):
        publishing.publish(by=analyst, release=release)
    assert not Release.objects.exists()
