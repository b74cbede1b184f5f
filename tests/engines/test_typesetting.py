"""Documents in every script: read back, looked into for signs that were not shown, and saying so where there are any."""

from io import BytesIO

import pypdf
import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest
from pypdf.generic import ContentStream

from entraide.engines import typesetting
from entraide.engines.sentence import Sentence
from entraide.engines.typesetting import letters, words

ARABIC = "توصي اللجنة الدولة الطرف بتدريب الصف الأول على التعرف على ضحايا الاتجار بالأشخاص."
RUSSIAN = "Комитет настоятельно призывает государство обучать сотрудников, первыми встречающих пострадавших."
CHINESE = "委员会敦促缔约国对一线人员进行识别人口贩运被害人的培训。"
THAI = "คณะกรรมการขอให้รัฐภาคีฝึกอบรมเจ้าหน้าที่แนวหน้าเกี่ยวกับการค้ามนุษย์"
KHMER = "ប្រទេសកម្ពុជា"


def page(*texts: str, language: str = "en") -> bytes:
    def write(lacking: Sentence | None) -> str:
        said = [str(lacking)] if lacking else []
        lines = "\n\n".join(f"#par({words(text, language)})" for text in [*said, *texts])
        return f'#set document(title: "A page")\n#set text({letters(language)})\n{lines}'

    return typesetting.pdf(write)


def read(made: bytes) -> str:
    """The text of all pages, as Chromium reads it; line ends taken out."""
    pages = pypdfium2.PdfDocument(made)
    return " ".join("".join(one.get_textpage().get_text_range().splitlines()) for one in pages)


def drawn(made: bytes) -> list[int]:
    """The number of each letter drawn, in its font: 0 is the box (.notdef)."""
    found = []
    document = pypdf.PdfReader(BytesIO(made))
    for one in document.pages:
        for operands, operator in ContentStream(one.get_contents(), document).operations:
            shown = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []
            for part in shown:
                raw = part if isinstance(part, bytes) else getattr(part, "original_bytes", b"")
                found += [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    return found


@pytest.mark.parametrize(
    ("text", "language"), [(ARABIC, "ar"), (RUSSIAN, "ru"), (CHINESE, "zh"), (THAI, "th"), ("Évaluation: « cœur »", "fr")]
)
def test_a_text_in_the_script_of_its_language_is_shown_whole_and_can_be_read_out_again(text: str, language: str) -> None:
    made = page(text, language=language)
    assert set(text.replace(".", "").split()) <= set(read(made).replace(".", "").split())
    letters_drawn = drawn(made)
    assert len(letters_drawn) > 10 and 0 not in letters_drawn
    assert b"pdfaid:part>2<" in made and b"pdfuaid:part>1<" in made, "fit for archives, and for reading aloud"


def test_scripts_stand_beside_each_other_in_one_document() -> None:
    made = page(ARABIC, RUSSIAN, CHINESE, THAI)
    assert 0 not in drawn(made) and all(word in read(made) for word in (ARABIC.split()[0], RUSSIAN, CHINESE, THAI))


def test_what_no_font_can_show_is_said_on_top_and_the_rest_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    only = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typesetting, "_fonts", lambda: only)
    made = page(f"In Khmer: {KHMER}", "Smile 😀")
    text = read(made)
    assert "The machine that made this document has no letters for: Khmer, U+1F600." in text and 0 in drawn(made)
    assert "In Khmer" in text and "Smile" in text
    assert "has no letters" not in read(page("Whole.", RUSSIAN))


def test_a_text_that_runs_the_other_way_is_set_from_its_own_side() -> None:
    assert words(ARABIC, "en").startswith('{set text(lang: "ar"') and words(f"1. {ARABIC}", "en").startswith('{set text(lang: "ar"')
    assert words("The State.", "ar").startswith('{set text(lang: "en"') and words("2026", "ar") == '"2026"'
