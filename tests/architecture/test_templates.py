"""What every template keeps to, so that no reader stumbles: marks, captions, names of components."""

import re
from collections.abc import Iterator
from pathlib import Path

CODE = Path(__file__).resolve().parents[2] / "entraide"
TEMPLATES = {str(path.relative_to(CODE)): path.read_text() for path in CODE.rglob("templates/**/*.html") if path.name != "guide.html"}
BARE_COLON = re.compile(r"(?:</strong>|</a>|\{% translate \"[^\"]*\" %\}|\}\}) ?: ?(?=[{<])")
NAMED_ONCE = re.compile(r'\{% translate "[^"%]*" as (\w+) %\}\s*\{% (?:button|status_tag|details) \1\b')
BY_ITSELF = "govuk-summary-list__row"
CHANGING = ("features/monitoring/", "features/questionnaires/", "features/figures/")


def found(pattern: re.Pattern[str]) -> Iterator[str]:
    for name, text in TEMPLATES.items():
        if "/ui/pictures/" not in name and pattern.search(re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", text, flags=re.DOTALL)):
            yield name


def test_between_label_and_value_stands_the_colon_of_the_language() -> None:
    assert not list(found(BARE_COLON)), "{% colon %} puts the space that French wants"


def test_every_table_says_what_it_shows() -> None:
    tables = [(name, table) for name, text in TEMPLATES.items() for table in re.findall(r"<table.*?<t(?:head|body)", text, re.DOTALL)]
    assert len(tables) > 8
    assert not [name for name, table in tables if not re.search(r"<caption|aria-label", table)]


def test_a_label_that_is_used_once_stands_where_it_is_used() -> None:
    assert not [name for name in found(NAMED_ONCE) if not name.startswith(CHANGING)], 'write {% button _("Save") %}'


def test_rows_of_a_summary_are_written_by_their_component() -> None:
    own = {"ui/templates/ui/components/summary_list.html"}
    assert not {name for name, text in TEMPLATES.items() if BY_ITSELF in text and not name.startswith(CHANGING)} - own


def test_a_paragraph_has_the_letters_of_its_page() -> None:
    frame = {f"ui/templates/ui/{name}.html" for name in ("header", "footer")}
    assert not {name for name, text in TEMPLATES.items() if "<p>" in text} - frame, "without a class the browser's own letters stand there"


def test_every_class_of_ours_has_a_rule() -> None:
    css = (CODE / "ui" / "static" / "ui" / "entraide.css").read_text()
    used = {
        name
        for text in TEMPLATES.values()
        for name in re.findall(r"(?<![\w-])ui-[a-z][\w-]*\w(?![\w{-])", " ".join(re.findall(r'class="([^"]*)"', text)))
    }
    assert len(used) > 50
    assert not {name for name in used if f".{name}" not in css}
