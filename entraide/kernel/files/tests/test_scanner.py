"""Files go past a real clamd where the node has one: what it knows is refused, and everything while it does not answer."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pytest_django import Settings

from entraide.kernel.access.rules import Refused
from entraide.kernel.files import scanner
from entraide.kernel.files.checks import MAX_BYTES, checked

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature"
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """A clamd that knows one signature: the harmless file by which scanners are tried."""
    if CLAMD is None:
        pytest.skip("no clamd here: apt-get install clamav-daemon")
    with TemporaryDirectory(prefix="clamd") as name:
        home = Path(name)
        (home / "db").mkdir()
        (home / "db" / "eicar.hdb").write_text(SIGNATURE + "\n")
        lines = {"DatabaseDirectory": home / "db", "LocalSocket": home / "clamd.sock", "Foreground": "yes", "StreamMaxLength": "20M"}
        (home / "clamd.conf").write_text("".join(f"{word} {value}\n" for word, value in lines.items()))
        with subprocess.Popen([CLAMD, f"--config-file={home / 'clamd.conf'}"], stdout=subprocess.DEVNULL) as running:
            while not (home / "clamd.sock").exists():
                assert running.poll() is None, "clamd did not start"
                time.sleep(0.1)
            yield f"unix://{home / 'clamd.sock'}"
            running.terminate()


def test_known_malware_is_refused_and_what_is_clean_is_kept(clamd: str, settings: Settings) -> None:
    settings.ENTRAIDE_CLAMD = clamd
    with pytest.raises(Refused, match="infected"):
        checked("eicar.txt", EICAR)
    assert checked("law.txt", b"Article 1").data == b"Article 1"
    assert checked("long.txt", b"a" * MAX_BYTES).kind == "text/plain", "in many pieces"
    assert scanner.said() == scanner.SCANNED


def test_while_the_scanner_does_not_answer_nothing_is_kept(settings: Settings) -> None:
    settings.ENTRAIDE_CLAMD = "unix:///nowhere/clamd.sock"
    with pytest.raises(Refused, match="unscanned"):
        checked("law.txt", b"Article 1")


def test_without_a_scanner_files_are_kept_and_the_page_says_that_nothing_is_scanned(settings: Settings) -> None:
    settings.ENTRAIDE_CLAMD = ""
    assert checked("eicar.txt", EICAR)
    assert scanner.said() == scanner.NOT_SCANNED
