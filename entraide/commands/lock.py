"""Whether the lock files still answer pyproject.toml: every dependency pinned within its range, hashed, without an address."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def problems() -> list[str]:
    """A sentence for each disagreement."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = list(project["project"]["dependencies"])
    groups = project["dependency-groups"]
    development = [line for name in ("install", "dev") for line in groups[name] if isinstance(line, str)]
    found = []
    for name, lines in (("requirements.lock", [*wanted, *groups["install"]]), ("requirements-dev.lock", [*wanted, *development])):
        text = (ROOT / name).read_text()
        pinned = {canonicalize_name(package): version for package, version in PIN.findall(text)}
        if "://" in text:
            found.append(f"{name} names a download address")
        if text.count("--hash=sha256:") < len(pinned):
            found.append(f"{name} has a package without a hash")
        for requirement in map(Requirement, lines):
            version = pinned.get(canonicalize_name(requirement.name))
            if version is None or version not in requirement.specifier:
                found.append(f"{name} does not answer {requirement}; run: make lock")
    return found


if __name__ == "__main__":
    for sentence in (disagreements := problems()):
        sys.stderr.write(sentence + "\n")
    sys.exit(bool(disagreements))
