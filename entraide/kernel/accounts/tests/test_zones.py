"""Each account reads and types in its own clock; what is of legal record stays in UTC."""

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from entraide.kernel.accounts import zones
from entraide.kernel.accounts.models import Account
from entraide.kernel.base import clock
from tests import world

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def posts_page(client: Client) -> str:
    return client.get(reverse("accounts:posts")).content.decode()


def worker_in(country: str) -> Client:
    return world.client_of(world.post(world.body(country=country)))


@pytest.mark.parametrize(
    ("chosen", "country", "zone"),
    [
        ("", "TH", "Asia/Bangkok"),
        ("", "PE", "America/Lima"),
        ("", "FR", "Europe/Paris"),
        ("", "PT", "UTC"),
        ("", "XA", "UTC"),
        ("", "", "UTC"),
        ("America/Lima", "TH", "America/Lima"),
        ("Mars/Olympus", "TH", "Asia/Bangkok"),
    ],
)
def test_the_zone_is_the_chosen_one_then_the_only_one_of_the_country_then_utc(chosen: str, country: str, zone: str) -> None:
    assert str(zones.zone_of(chosen, country)) == zone


def test_the_zones_of_the_country_of_the_post_stand_first_and_all_others_after() -> None:
    usual, *groups = zones.choices("PT")
    assert usual == (zones.USUAL, "By the country of the post: UTC")
    (first, own), (rest, others) = [(name, [*zones]) for name, zones in groups]
    assert first == "Portugal" and [label for _zone, label in own] == ["Portugal: Azores", "Portugal: Lisbon", "Portugal: Madeira"]
    listed = [zone for zone, _label in others]
    assert rest == "All others" and listed[0] == "UTC" and {"Asia/Bangkok", "Asia/Kolkata"} <= set(listed) <= available_timezones()
    assert not {zone for zone, _label in own} & set(listed)


def test_where_the_country_has_several_zones_the_account_says_that_times_are_in_utc() -> None:
    text = posts_page(worker_in("PT"))
    assert "The country of this post has several time zones. Until you choose yours, times are shown in UTC." in text
    assert "Times are shown in your time zone: Bangkok." in posts_page(worker_in("TH"))


def test_a_zone_is_chosen_on_the_page_and_kept() -> None:
    client = worker_in("PT")
    assert "Europe/Lisbon" in client.get(reverse("accounts:zone")).content.decode()
    answer = client.post(reverse("accounts:zone"), {"zone": "America/Lima"}, follow=True).content.decode()
    assert "Your time zone is saved." in answer and "Times are shown in your time zone: Lima." in answer
    assert Account.objects.get().zone == "America/Lima"
    assert "(optional)" not in client.get(reverse("accounts:zone")).content.decode()
    refused = client.post(reverse("accounts:zone"), {"zone": "Mars/Olympus"})
    assert refused.status_code == 200 and Account.objects.get().zone == "America/Lima"
    client.post(reverse("accounts:zone"), {"zone": zones.USUAL})
    assert Account.objects.get().zone == ""


def test_the_clock_of_one_reader_is_not_left_to_the_next() -> None:
    posts_page(worker_in("TH"))
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_record_its_days_and_its_export_stay_in_utc_and_say_so() -> None:
    officer = world.post(world.body(country="TH"), "data_protection")
    client = world.client_of(officer)
    with clock.at(LATE):
        client.post(reverse("accounts:switch"), {"post": str(officer.post)})
    days = {f"{name}_{part}": value for name in ("since", "until") for part, value in (("day", 24), ("month", 11), ("year", 2026))}
    page = client.get(reverse("record:openings"), days | {"outcome": ""}).content.decode()
    assert "When (UTC)" in page and "2026-11-24 23:30:00" in page and "2026-11-24T23:30:00+00:00" in page
    export = client.get(reverse("record:export"), days | {"outcome": ""}).content.decode()
    assert "When (UTC)" in export and "2026-11-24T23:30:00+00:00" in export
