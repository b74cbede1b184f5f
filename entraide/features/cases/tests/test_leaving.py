"""A post ends: no case is left with nobody, and the administrator who sees none of them gives them to a colleague."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse

from entraide.features.cases import queries, services
from entraide.features.cases.models import Case
from entraide.kernel.access.context import Acting, acting_as
from entraide.kernel.access.rules import Refused
from entraide.kernel.accounts import services as accounts
from entraide.kernel.accounts.models import Post
from entraide.kernel.accounts.queries import posts_held
from entraide.kernel.audit.models import AuditEntry
from entraide.kernel.base import clock
from entraide.kernel.bodies.models import Body
from tests import world
from tests.parallel import at_once
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture
def casa() -> Body:
    return world.body("casa")


@pytest.fixture
def admin(casa: Body) -> Acting:
    return world.post(casa, "administrator")


def post_of(by: Acting) -> Post:
    with as_steward():
        return Post.objects.get(pk=by.hand)


def end(admin: Acting, leaver: Acting, heir: Acting | None = None) -> None:
    with acting_as(admin):
        accounts.end_post(by=admin, post=post_of(leaver), heir=post_of(heir) if heir else None)


def forsaken() -> int:
    """Cases of which no team member holds a post any more."""
    with as_steward():
        held = list(Post.objects.filter(until__isnull=True).values_list("pk", flat=True))
        return Case.objects.exclude(audience__overlap=held).count()


def test_a_post_whose_cases_nobody_else_has_does_not_end_and_the_sentence_says_how_many(casa: Body, admin: Acting) -> None:
    worker = world.post(casa)
    world.case(worker), world.case(worker)
    with pytest.raises(Refused) as refused, transaction.atomic():
        end(admin, worker)
    assert "2 cases would be left with nobody" in str(refused.value.verdict.sentence)
    assert worker.account is not None and posts_held(worker.account) and forsaken() == 0


def test_the_cases_go_to_the_colleague_whom_the_administrator_names_and_every_one_is_written_down(casa: Body, admin: Acting) -> None:
    worker, heir, other = world.post(casa), world.post(casa), world.post(casa)
    alone, shared = world.case(worker), world.case(worker)
    with acting_as(worker):
        services.add_to_team(by=worker, case=shared, post=other.hand, post_side=other.side)
    end(admin, worker, heir)
    with acting_as(heir):
        assert list(queries.listed()) == [alone], "what somebody else has already is not passed round"
        assert queries.read(by=heir, case=alone, groups=["identity"])["identity"]["prs_FirstName"] == "Amara"
    with as_steward():
        entry = AuditEntry.objects.get(action="cases.hand_over")
    assert (entry.post, entry.case, entry.detail) == (admin.post, alone.pk, {"post": str(heir.post)})
    assert worker.account is not None and posts_held(worker.account) == [] and forsaken() == 0
    with acting_as(admin):
        assert not queries.listed().exists(), "the administrator sees no case before or after"


def test_a_former_colleague_in_the_team_holds_nothing(casa: Body, admin: Acting) -> None:
    worker, former = world.post(casa), world.post(casa)
    case = world.case(worker)
    with acting_as(worker):
        services.add_to_team(by=worker, case=case, post=former.hand, post_side=former.side)
    end(admin, former)
    with pytest.raises(Refused) as refused, transaction.atomic():
        end(admin, worker)
    assert refused.value.verdict.code == "left_alone"


def test_an_administrator_hands_no_cases_to_herself_and_none_outside_the_body(casa: Body, admin: Acting) -> None:
    worker, elsewhere = world.post(casa), world.post(world.body("red"))
    analyst = world.post(casa, "analyst")
    world.case(worker)
    with as_steward():
        own = Post.objects.create(
            body=casa, function="case_worker", account=world.account_of(admin), holder_name="Ada", since=clock.today()
        )
    own_too = posts_held(own.account_id)[-1].acting(world.account_of(admin))
    for heir, code in ((own_too, "oneself"), (elsewhere, "no_heir"), (analyst, "no_heir"), (worker, "no_heir")):
        with pytest.raises(Refused) as refused, transaction.atomic():
            end(admin, worker, heir)
        assert refused.value.verdict.code == code


def test_the_page_says_how_many_shows_no_case_and_asks_who_takes_over(casa: Body, admin: Acting) -> None:
    worker, heir = world.post(casa, name="Ines Worker"), world.post(casa, name="Rita Nova")
    case = world.case(worker)
    client, address = world.client_of(admin), reverse("accounts:end_post", args=[worker.post])
    page = client.get(address).content.decode()
    assert "1 case would be left with nobody" in page and "Rita Nova" in page
    assert case.reference not in page and str(case.pk) not in page and "Amara" not in page
    again = client.post(address, {})
    assert again.status_code == 200 and "Choose a colleague" in again.content.decode()
    done = client.post(address, {"heir": str(heir.post)}, follow=True).content.decode()
    assert "Rita Nova" in done and "1 case" in done
    with acting_as(heir):
        assert queries.get(case.pk) == case


def test_where_nobody_else_holds_cases_the_page_leads_to_giving_a_post(casa: Body, admin: Acting) -> None:
    worker = world.post(casa)
    world.case(worker)
    client, address = world.client_of(admin), reverse("accounts:end_post", args=[worker.post])
    page = client.get(address).content.decode()
    assert "Nobody else at this body can take them over" in page and reverse("accounts:give_post") in page
    assert client.post(address, {}).status_code == 200 and worker.account is not None and posts_held(worker.account)


def test_a_post_without_cases_ends_as_before(casa: Body, admin: Acting) -> None:
    worker = world.post(casa)
    assert world.client_of(admin).post(reverse("accounts:end_post", args=[worker.post])).status_code == 302
    assert worker.account is not None and posts_held(worker.account) == []


def ending(admin: Acting, post: Post, heir: Post | None = None) -> Callable[[], None]:
    def verb() -> None:
        with acting_as(admin):
            accounts.end_post(by=admin, post=post, heir=heir)

    return verb


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_two_posts_ended_at_the_same_moment_leave_no_case_with_nobody(_round: int) -> None:
    with transaction.atomic():
        casa = world.body("casa")
        admins = world.post(casa, "administrator"), world.post(casa, "administrator")
        one, two = world.post(casa), world.post(casa)
        case = world.case(one)
        with acting_as(one):
            services.add_to_team(by=one, case=case, post=two.hand, post_side=two.side)
        posts = post_of(one), post_of(two)
    assert sorted(at_once(ending(admins[0], posts[0]), ending(admins[1], posts[1]))) == ["done", "left_alone"]
    with transaction.atomic():
        assert forsaken() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_a_colleague_whose_post_ends_at_the_same_moment_inherits_nothing(_round: int) -> None:
    with transaction.atomic():
        casa = world.body("casa")
        admins = world.post(casa, "administrator"), world.post(casa, "administrator")
        leaver, heir = world.post(casa), world.post(casa)
        world.case(leaver)
        posts = post_of(leaver), post_of(heir)
    assert sorted(at_once(ending(admins[0], posts[0], posts[1]), ending(admins[1], posts[1]))) in (
        ["done", "left_alone"],
        ["done", "no_heir"],
    )
    with transaction.atomic():
        assert forsaken() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_a_case_opened_while_the_post_ends_is_refused_or_counted(_round: int) -> None:
    with transaction.atomic():
        casa = world.body("casa")
        admin, worker = world.post(casa, "administrator"), world.post(casa)
        post = post_of(worker)
    answers = at_once(ending(admin, post), lambda: world.case(worker))
    assert answers in (["done", "post_ended"], ["left_alone", "done"])
    with transaction.atomic():
        assert forsaken() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_a_colleague_taken_out_of_a_team_while_the_other_s_post_ends_leaves_nobody_forsaken(_round: int) -> None:
    with transaction.atomic():
        casa = world.body("casa")
        admin, one, two = world.post(casa, "administrator"), world.post(casa), world.post(casa)
        case = world.case(one)
        with acting_as(one):
            services.add_to_team(by=one, case=case, post=two.hand, post_side=two.side)
        post = post_of(one)

    def take_out() -> None:
        with acting_as(one):
            services.remove_from_team(by=one, case=case, post=two.hand)

    assert at_once(ending(admin, post), take_out) in (["done", "post_ended"], ["left_alone", "done"])
    with transaction.atomic():
        assert forsaken() == 0
