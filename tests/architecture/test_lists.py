"""Every list that has pages can be narrowed."""

from tests.architecture.test_files import ROOT, tracked

ALLOWED: dict[str, str] = {}
"""{template: why its pages need no filter}"""


def test_every_list_with_pages_has_a_filter() -> None:
    bare = {
        str(path.relative_to(ROOT)).split("/templates/")[1]
        for path in tracked("*.html")
        if "{% pagination" in path.read_text() and "{% filter_panel" not in path.read_text()
    }
    assert bare == set(ALLOWED)
