"""Whatever the record can tell is told in words."""

import re
from pathlib import Path

from entraide.kernel.audit.words import word

CODE = Path(__file__).resolve().parents[2] / "entraide"
WRITTEN = re.compile(r'(?:action|why)=?(?:: str = |=)"([a-z]+\.[a-z_]+)"|_note\(by, referral, "([a-z_]+)"\)')


def test_every_action_that_the_code_writes_has_words() -> None:
    found = {
        dotted or f"referrals.{short}"
        for path in CODE.rglob("*.py")
        if "tests" not in path.parts
        for dotted, short in WRITTEN.findall(path.read_text())
    }
    assert len(found) > 40
    assert not {action for action in found if word(action) == action}
