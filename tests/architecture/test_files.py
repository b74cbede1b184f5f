"""Small files, clean templates, a project that speaks of itself alone."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_file_of_code_is_longer_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked("*.py")
        if (count := path.read_text().count("\n")) > LONGEST and "migrations" not in path.parts
    }
    assert long == {}


def test_templates_load_no_foreign_content_and_no_inline_code() -> None:
    bad = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|(?:src|href)=[\"']https?://", re.IGNORECASE)
    assert [str(path) for path in tracked("*.html") if bad.search(path.read_text())] == []


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE | re.IGNORECASE)
        assert pinned and text.count("--hash=sha256:") >= len(pinned)


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked("entraide/*.py")
        if "migrations" not in path.parts and path.read_text().strip() and not path.read_text().startswith('"""')
    ]
    assert silent == []
