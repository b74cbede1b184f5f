"""Word documents as others write them: automatic numbers, styles, tracked changes, tables, boxes."""

import zipfile
from io import BytesIO

from entraide.engines.texts import Imported, Kind, read_docx

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
NUMBERING = f"""<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
STYLES = f"""<w:styles {NAMES}><w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="UN"><w:name w:val="Single Txt"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="UN2"><w:name w:val="Child"/><w:basedOn w:val="UN"/></w:style></w:styles>"""
NOTES = f"""<w:footnotes {NAMES}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>First note.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Starred note.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="4"><w:p><w:r><w:t>Nobody cites me.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str, style: str = "", level: int | None = None) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = text if text.startswith("<w:") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{runs}</w:p>"


def document(*paragraphs: str, **others: str) -> Imported:
    files = {"document": f"<w:document {NAMES}><w:body>{''.join(paragraphs)}<w:sectPr/></w:body></w:document>"}
    files |= {"numbering": NUMBERING, "styles": STYLES, "footnotes": NOTES} | others
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(f"word/{name}.xml", data)
    return read_docx(out.getvalue(), "en")


def rows(got: Imported) -> list[tuple[str, str, str]]:
    return [(node.id, node.number, node.heading or node.text) for node in got.text.walk()]


def test_numbers_that_word_counts_are_counted_again() -> None:
    got = document(
        p("Act together.", level=0), p("Act:", level=0), p("here;", level=1), p("there.", level=1), p("Rest.", level=0), p("now;", level=1)
    )
    assert rows(got) == [
        ("para_1", "1", "Act together."), ("para_2", "2", "Act:"),
        ("para_2__subpara_a", "(a)", "here;"), ("para_2__subpara_b", "(b)", "there."),
        ("para_3", "3", "Rest."), ("para_3__subpara_a", "(a)", "now;"),
    ]  # fmt: skip


def test_numbers_set_by_a_style_are_counted_too() -> None:
    got = document(p("Act together.", "UN"), p("Rest together.", "UN2"))
    assert [row[0] for row in rows(got)] == ["para_1", "para_2"]


def test_headings_come_from_styles() -> None:
    got = document(p("I. Beginning.", "T1"), p("Act together.", level=0), p("Unnumbered", "T1"), p("Rest together.", level=0))
    assert [row[0] for row in rows(got)] == ["sec_I", "para_1", "sec_2", "para_2"]
    assert got.text.nodes[1].kind is Kind.SECTION


def test_notes_stand_where_they_are_cited_with_the_marks_readers_see() -> None:
    got = document(
        p(
            '<w:r><w:t>Act</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> together.</w:t></w:r>',
            level=0,
        ),
        p(
            '<w:r><w:t>Rest</w:t></w:r><w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/>'
            "<w:t>*</w:t></w:r><w:r><w:t>.</w:t></w:r>",
            level=0,
        ),
    )
    notes = [(node.text, note.mark, note.at, note.text) for node in got.text.walk() for note in node.footnotes]
    assert notes == [("Act together.", "1", 3, "First note."), ("Rest.", "*", 4, "Starred note.")]
    assert [(problem.text, problem.code) for problem in got.unplaced] == [("Nobody cites me.", "note_missing")]


def test_text_put_in_by_a_tracked_change_is_taken_and_text_struck_out_is_told() -> None:
    got = document(
        p(
            "<w:r><w:t>Act </w:t></w:r><w:ins><w:r><w:t>well </w:t></w:r></w:ins><w:del><w:r><w:delText>badly</w:delText></w:r></w:del>",
            level=0,
        )
    )
    assert rows(got) == [("para_1", "1", "Act well")]
    assert ("badly", "deleted") in [(problem.text, problem.code) for problem in got.unplaced]


def test_tables_and_boxes_are_told_and_not_placed() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('left')}</w:tc><w:tc>{p('right')}</w:tc></w:tr></w:tbl>"
    box = f"<w:r><w:txbxContent>{p('in a box')}</w:txbxContent></w:r><w:r><w:t>Act.</w:t></w:r>"
    got = document(table, p(box, level=0))
    told = [(problem.text, problem.code) for problem in got.unplaced]
    assert ("left | right", "table") in told and ("in a box", "box") in told
    assert rows(got) == [("para_1", "1", "Act.")]


def test_headers_and_footers_are_set_aside() -> None:
    got = document(p("Act.", level=0), header1=f"<w:hdr {NAMES}>{p('A/64/999')}</w:hdr>")
    assert [(item.text, item.code) for item in got.furniture] == [("A/64/999", "header")]
