"""What every page is given for its frame, no view may take away by using the same name."""

import re
from pathlib import Path

from django.test import RequestFactory

from entraide.ui.context import page

CODE = Path(__file__).resolve().parents[2] / "entraide"


def test_no_view_uses_a_name_of_the_frame_for_something_else() -> None:
    names = "|".join(page(RequestFactory().get("/")))
    own = re.compile(rf'^\s*"({names})": |context\["({names})"\]', re.MULTILINE)
    views = [path for path in CODE.rglob("*.py") if "view" in str(path.relative_to(CODE)) and "tests" not in path.parts]
    assert len(views) > 20
    assert not {str(path.relative_to(CODE)): own.findall(path.read_text()) for path in views if own.search(path.read_text())}
