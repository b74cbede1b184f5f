"""An older backup, restored: what a person has taken back since is taken back again, from the holder's file and from every copy."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from entraide.features.cases import consent, queries
from entraide.features.cases.agreements import Agreement
from entraide.features.referrals import services as referrals
from entraide.features.referrals.tests.scenes import Scene, scene
from entraide.kernel.access.context import acting_as
from entraide.kernel.base import clock
from entraide.kernel.vault import services as vault
from tests import world
from tests.ground.test_backup import entraide, own_url, restored, steward

__all__ = ["restored"]
pytestmark = pytest.mark.django_db(transaction=True)


def made(*, sent: bool = True, accepted: bool = False) -> Scene:
    with transaction.atomic():
        told = scene()
        if sent:
            told.send()
        if accepted:
            told.take()
        return told


def answer(told: Scene) -> Agreement:
    found = queries.in_force(told.case, recipient=told.recipient.pk, purpose=told.purpose)
    assert found is not None
    return found


def withdraw(told: Scene, reply: str = "") -> None:
    with transaction.atomic(), acting_as(told.worker):
        consent.withdraw(by=told.worker, case=told.case, answer=answer(told))
    if reply:
        with transaction.atomic(), acting_as(told.intake):
            referrals.answer_withdrawal(by=told.intake, referral=told.theirs, answer=reply)


def narrow(told: Scene, groups: list[str], days: int = 90) -> None:
    with transaction.atomic(), acting_as(told.worker):
        until = clock.today() + timedelta(days=days)
        consent.narrow(by=told.worker, case=told.case, answer=answer(told), groups=groups, valid_until=until)


def both_sides(url: str, told: Scene, columns: str) -> list[Any]:
    """The sender's and the recipient's row of the scene's referral in the restored database."""
    with steward(url) as database:
        return [
            database.execute(f"select {columns} from referrals_{side}referral where holder = %s", [holder]).fetchone()
            for side, holder in (("outgoing", told.worker.body), ("incoming", told.recipient.pk))
        ]


def agreements(url: str, told: Scene) -> list[Any]:
    with steward(url) as database:
        return database.execute(
            "select ended_how, ended_at is null, groups, valid_until from cases_agreement where holder = %s order by created_at",
            [told.worker.body],
        ).fetchall()


def there_and_back(url: str, file: Path, *since: Any) -> str:
    """Makes a real backup, does what was done since, restores; what the command said."""
    entraide("backup", str(file), owner_url=own_url())
    for deed in since:
        deed()
    return entraide("restore", str(file), owner_url=url)


def test_what_was_withdrawn_after_the_backup_is_withdrawn_again_on_both_sides_and_written_down(restored: str, tmp_path: Path) -> None:
    waiting, held, erased = made(), made(accepted=True), made(accepted=True)
    untouched = made(accepted=True)
    with transaction.atomic():
        key = erased.theirs.key

    told = there_and_back(
        restored, tmp_path / "a.dump", lambda: withdraw(waiting), lambda: withdraw(held), lambda: withdraw(erased, reply="erased")
    )

    assert "3 agreements that ended since stay ended" in told
    for one in (waiting, held, erased):
        assert [row[:2] for row in agreements(restored, one)] == [("withdrawn", False)]
    assert both_sides(restored, waiting, "state") == [("recalled",), ("recalled",)]
    assert both_sides(restored, waiting, "withdrawn_at")[0] == (None,), "nobody had a copy"
    with steward(restored) as database:
        assert database.execute("select package from referrals_outgoingreferral where holder = %s", [waiting.worker.body]).fetchone() == (
            {},
        )
    assert both_sides(restored, held, "withdrawn_at is not null, withdrawal_answer, withdrawn_groups") == [(True, "", world.ALL_GROUPS)] * 2
    assert both_sides(restored, erased, "withdrawn_at is not null, withdrawal_answer") == [(True, "erased")] * 2
    with steward(restored) as database:
        copy = "select count(*) from cases_caserecord where holder = %s and (sealed <> '{}' or coded <> '{}')"
        assert database.execute(copy, [erased.recipient.pk]).fetchone() == (0,), "the copy is empty"
    with pytest.raises(vault.KeyGone):
        vault.store().fetch(key)
    assert both_sides(restored, untouched, "state, withdrawn_at") == [("accepted", None)] * 2
    with steward(restored) as database:
        written = "select action, holder from audit_auditentry where action like '%%_again' and action not like '%%index%%'"
        assert set(database.execute(written).fetchall()) == {
            *(("cases.end_agreement_again", one.worker.body) for one in (waiting, held, erased)),
            *(("referrals.recalled_again", holder) for holder in (waiting.worker.body, waiting.recipient.pk)),
            *(("referrals.withdrawn_again", holder) for one in (held, erased) for holder in (one.worker.body, one.recipient.pk)),
        }


def test_what_was_narrowed_comes_back_as_narrow_as_it_was(restored: str, tmp_path: Path) -> None:
    groups, day, twice = made(accepted=True), made(accepted=True), made(accepted=True)
    day_before = clock.today() + timedelta(days=5)
    there_and_back(
        restored, tmp_path / "a.dump", lambda: narrow(groups, ["identity"]), lambda: narrow(day, world.ALL_GROUPS, days=5),
        lambda: narrow(twice, ["identity", "contact"]), lambda: withdraw(twice),
    )  # fmt: skip
    assert [row[:3] for row in agreements(restored, groups)] == [("narrowed", False, world.ALL_GROUPS), ("", True, ["identity"])]
    assert both_sides(restored, groups, "withdrawn_groups") == [(["communication", "safe_contact", "contact", "trafficking"],)] * 2
    assert agreements(restored, day)[1][3] == day_before
    assert both_sides(restored, day, "withdrawn_at, agreed_until") == [(None, day_before)] * 2, "a nearer day withdraws nothing"
    assert [row[0] for row in agreements(restored, twice)] == ["narrowed", "withdrawn"]
    assert both_sides(restored, twice, "withdrawn_groups") == [(world.ALL_GROUPS,)] * 2


def test_a_refusal_after_the_backup_ends_the_former_answer_and_a_wider_answer_does_not(restored: str, tmp_path: Path) -> None:
    refused, widened = made(accepted=True), made(accepted=True)

    def refuse() -> None:
        with transaction.atomic(), acting_as(refused.worker):
            consent.record_refusal(
                by=refused.worker,
                case=refused.case,
                recipient=refused.recipient,
                purpose=refused.purpose,
                text=world.text(),
                manner="signed",
            )

    def widen() -> None:
        with transaction.atomic():
            world.agree(widened.worker, widened.case, widened.recipient, groups=[*world.ALL_GROUPS, "family"])

    there_and_back(restored, tmp_path / "a.dump", refuse, widen)
    assert [row[:2] for row in agreements(restored, refused)] == [("replaced", False)]
    assert both_sides(restored, refused, "withdrawn_groups") == [(world.ALL_GROUPS,)] * 2
    assert [row[:2] for row in agreements(restored, widened)] == [("", True)]


def test_an_answer_renewed_and_then_taken_back_does_not_come_back_as_the_one_before(restored: str, tmp_path: Path) -> None:
    withdrawn, narrowed, refused = made(accepted=True), made(accepted=True), made()

    def renew(told: Scene) -> None:
        with transaction.atomic():
            world.agree(told.worker, told.case, told.recipient, groups=[*world.ALL_GROUPS, "family"], days=200)

    def refuse(told: Scene) -> None:
        with transaction.atomic(), acting_as(told.worker):
            consent.record_refusal(
                by=told.worker, case=told.case, recipient=told.recipient, purpose=told.purpose, text=world.text(), manner="signed"
            )

    there_and_back(
        restored, tmp_path / "a.dump", lambda: renew(withdrawn), lambda: renew(withdrawn), lambda: withdraw(withdrawn),
        lambda: renew(narrowed), lambda: narrow(narrowed, ["identity", "family"]), lambda: renew(refused), lambda: refuse(refused),
    )  # fmt: skip
    assert [row[1] for row in agreements(restored, withdrawn)] == [False]
    assert both_sides(restored, withdrawn, "withdrawn_groups") == [(world.ALL_GROUPS,)] * 2
    assert [row[1:3] for row in agreements(restored, narrowed)] == [(False, world.ALL_GROUPS), (True, ["identity"])], "of the earlier text"
    assert [row[1] for row in agreements(restored, refused)] == [False]
    assert both_sides(restored, refused, "state") == [("recalled",), ("recalled",)]


def test_what_is_remembered_names_nobody_and_outlives_an_older_copy_of_the_store(tmp_path: Path) -> None:
    told = made(accepted=True)
    copy = vault.store().copy(clock.today())
    withdraw(told)
    vault.store().restore(copy)
    [(identifier, facts)] = vault.remembered("agreement")
    with transaction.atomic(), acting_as(told.worker):
        ended = queries.agreements(told.case)[0]
    assert identifier == ended.pk and set(facts) == {"how", "by", "at"} and facts["by"] == str(told.worker.post)
