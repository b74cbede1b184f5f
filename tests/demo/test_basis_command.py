"""`entraide treaties basis` on a node: its JSON, words for what is not bound, and a sentence for whoever asks amiss."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from entraide.commands.treaties import treaties
from entraide.features.treaties.loading import load_instruments
from tests.steward import as_steward

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def node(monkeypatch: pytest.MonkeyPatch) -> None:
    with as_steward():
        load_instruments(using="default")
    monkeypatch.setenv("ENTRAIDE_WEB_URL", "the test's own database")


def run(*words: str) -> Result:
    return CliRunner().invoke(treaties, ["basis", *words])


def told(*words: str) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_nothing_found_and_what_binds_only_one_is_said_in_words() -> None:
    answer = told("JP", "IR", "--for", "mla", "--on", "2010-01-01")
    assert answer["answer"] == "nothing_found" and answer["instruments"] == [] and answer["could_serve"]
    assert all(len(each["stands"]) == 2 for each in answer["not_binding_both"])
    text = run("JP", "IR", "--for", "mla", "--on", "2010-01-01").output
    assert "Iran: Nothing recorded" in text and ": nothing" not in text.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("PT", "QQ"), "is no State known here"),
        (("PT", "<b>"), "is no State known here"),
        (("PT", "pt"), "Give two different States."),
        (("PT", "TH", "--on", "1850-01-01"), "Give a day from 1900 on"),
        (("PT", "TH", "--on", "yesterday"), "does not match the format"),
        (("PT", "TH", "--for", "everything"), "is not one of"),
        (("PT", "TH", "--offence", "theft"), "is not one of"),
        (("PT",), "Missing argument"),
    ],
)
def test_whoever_asks_amiss_gets_a_sentence_and_exit_code_2(words: tuple[str, ...], sentence: str) -> None:
    done = run(*words)
    assert done.exit_code == 2 and sentence in done.output and "Traceback" not in done.output
