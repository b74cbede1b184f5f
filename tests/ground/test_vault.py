"""What is sealed stays where it belongs; what is destroyed stays destroyed, in older backups too."""

import sqlite3
from contextlib import AbstractContextManager, suppress
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.vault.keystore import COPIES_KEPT, KeyGone, KeyStore, PersonKey
from entraide.kernel.vault.sealing import Damaged, Place, seal, unseal

KEY = PersonKey(uuid4(), uuid4(), 1, b"k" * 32)
PLACE = Place("prs_FirstName", KEY.body, uuid4(), uuid4())


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    store = KeyStore(tmp_path / "store")
    store.prepare()
    return store


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(KEY, PLACE, seal(KEY, PLACE, text)) == text


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert seal(KEY, PLACE, "Amara") != seal(KEY, PLACE, "Amara")


@pytest.mark.parametrize(
    "moved",
    [
        Place("prs_SecondName", PLACE.body, PLACE.case, PLACE.record),
        Place(PLACE.field, uuid4(), PLACE.case, PLACE.record),
        Place(PLACE.field, PLACE.body, uuid4(), PLACE.record),
        Place(PLACE.field, PLACE.body, PLACE.case, uuid4()),
    ],
    ids=["field", "body", "case", "record"],
)
def test_a_sealed_text_moved_elsewhere_does_not_open(moved: Place) -> None:
    with pytest.raises(Damaged):
        unseal(KEY, moved, seal(KEY, PLACE, "Amara"))


def test_another_version_of_the_key_does_not_open_it() -> None:
    with pytest.raises(Damaged):
        unseal(PersonKey(KEY.id, KEY.body, 2, KEY.secret), PLACE, seal(KEY, PLACE, "Amara"))


@given(st.integers(0, 40), st.integers(1, 255))
def test_a_changed_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(seal(KEY, PLACE, "Amara Testperson"))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(Damaged):
        unseal(KEY, PLACE, bytes(sealed))


def test_an_error_never_quotes_what_was_sealed() -> None:
    with pytest.raises(Damaged) as error:
        unseal(KEY, PLACE, seal(KEY, PLACE, "Amara")[:-1])
    assert "Amara" not in str(error.value) and "secret" not in repr(KEY)


def test_a_person_s_key_comes_back_the_same(keys: KeyStore) -> None:
    made = keys.make(uuid4(), [uuid4()])[0]
    assert keys.fetch(made.id) == made


def test_keys_lie_wrapped(keys: KeyStore) -> None:
    made = keys.make(uuid4(), [uuid4()])[0]
    assert made.secret not in keys.path.read_bytes()
    assert keys.path.stat().st_mode & 0o077 == 0 and (keys.folder / "root.key").stat().st_mode & 0o077 == 0


def test_without_the_root_key_nothing_opens(keys: KeyStore) -> None:
    made = keys.make(uuid4(), [uuid4()])[0]
    (keys.folder / "root.key").write_bytes(b"x" * 32)
    with pytest.raises(InvalidUnwrap):
        keys.fetch(made.id)


def test_bodies_have_different_search_keys(keys: KeyStore) -> None:
    one, two = uuid4(), uuid4()
    assert keys.search_key(one) == keys.search_key(one) != keys.search_key(two)


def test_a_destroyed_key_is_gone_and_leaves_no_bytes(keys: KeyStore) -> None:
    made = keys.make(uuid4(), [uuid4()])[0]
    with sqlite3.connect(keys.path) as raw:
        wrapped = raw.execute("select wrapped from person_keys").fetchone()[0]
    assert wrapped in keys.path.read_bytes()
    keys.destroy(made.id)
    with pytest.raises(KeyGone):
        keys.fetch(made.id)
    assert keys.living([made.id]) == set()
    assert wrapped not in keys.path.read_bytes() and list(keys.folder.glob("keys.sqlite3-*")) == []


def test_a_restored_copy_does_not_bring_a_destroyed_key_back(keys: KeyStore) -> None:
    kept, gone = keys.make(uuid4(), [uuid4(), uuid4()])
    copy = keys.copy(date(2026, 1, 1))
    keys.destroy(gone.id)
    keys.restore(copy)
    assert keys.fetch(kept.id) == kept
    with pytest.raises(KeyGone):
        keys.fetch(gone.id)


def test_a_restore_that_is_cut_off_brings_no_destroyed_key_back(keys: KeyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy becomes the store in one step, with what was destroyed since taken out before."""
    kept, gone = keys.make(uuid4(), [uuid4(), uuid4()])
    copy = keys.copy(date(2026, 1, 1))
    keys.destroy(gone.id)
    opened, real = count(), KeyStore._open

    def once(self: KeyStore) -> AbstractContextManager[sqlite3.Connection]:
        if next(opened):
            raise KeyboardInterrupt
        return real(self)

    monkeypatch.setattr(KeyStore, "_open", once)
    with suppress(KeyboardInterrupt):
        keys.restore(copy)
    monkeypatch.undo()
    assert keys.living([kept.id, gone.id]) == {kept.id}


def test_copies_expire_after_35_days_and_the_certificate_says_when(keys: KeyStore) -> None:
    first = date(2026, 1, 1)
    keys.copy(first)
    assert keys.forgotten_by(first) == first + COPIES_KEPT + timedelta(days=1)
    keys.copy(first + COPIES_KEPT)
    assert keys.dated_copies() == [first, first + COPIES_KEPT]
    keys.copy(first + COPIES_KEPT + timedelta(days=1))
    assert first not in keys.dated_copies()


def test_a_copy_that_was_interrupted_does_not_outlive_the_next_one(keys: KeyStore) -> None:
    left = keys.copies / "2026-01-01.part"
    left.write_bytes(b"keys")
    keys.copy(date(2026, 1, 2))
    assert not left.exists()


def test_where_no_copy_exists_the_key_is_forgotten_today(keys: KeyStore) -> None:
    assert keys.forgotten_by(date(2026, 3, 3)) == date(2026, 3, 3)


def test_many_keys_are_made_in_one_write(keys: KeyStore) -> None:
    made = keys.make(uuid4(), [uuid4() for _ in range(2_000)])
    assert len({key.secret for key in made}) == 2_000
    assert keys.living([key.id for key in made]) == {key.id for key in made}
