"""What is said when a file is refused, and why a line was removed, left out, or wants looking at."""


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation without translating it."""
    return message


SENTENCES = {
    "too_big": gettext_noop("The file is larger than %(limit)d megabytes."),
    "empty": gettext_noop("The file holds no text."),
    "nul": gettext_noop("The file holds NUL bytes: it is not a text file, or a UTF-16 one without its byte order mark; save it as UTF-8."),
    "not_text": gettext_noop("The file says it is %(encoding)s and is not."),
    "long_line": gettext_noop("Line %(line)d has more than %(limit)d characters: this is not a text in lines."),
    "format": gettext_noop("Only .txt, .docx and Akoma Ntoso .xml files can be read."),
    "not_xml": gettext_noop("The file is not well-formed XML."),
    "xml_entities": gettext_noop("The XML declares a document type or entities; such files are not read."),
    "not_akn": gettext_noop("The XML is not Akoma Ntoso 3.0."),
    "too_deep": gettext_noop("The document is nested more than %(limit)d levels deep."),
    "not_docx": gettext_noop("The file is not a Word document (.docx)."),
    "zip_bomb": gettext_noop("The Word document unpacks to more than %(limit)d megabytes."),
    "controls": gettext_noop("The text holds control characters."),
    "untidy": gettext_noop("The text holds line ends or blanks at its ends."),
    "note_outside": gettext_noop("A footnote of %(id)s is placed outside its text."),
    "same_id": gettext_noop("Two provisions have the same id."),
    "no_quote": gettext_noop("These words do not stand in the provision."),
    "bad_anchor": gettext_noop("This is not a link to a quotation."),
    "language": gettext_noop("The language must be a tag such as fr or pt-BR."),
}

STATES = {
    # furniture
    "page_number": gettext_noop("page number"),
    "symbol": gettext_noop("document symbol"),
    "running_head": gettext_noop("line repeated at the turn of pages"),
    "rule": gettext_noop("rule between text and notes"),
    "hyphen": gettext_noop("hyphen at the end of a line"),
    "control": gettext_noop("invisible control characters"),
    "header": gettext_noop("page header"),
    "footer": gettext_noop("page footer"),
    "comments": gettext_noop("comment in the margin"),
    "note_heading": gettext_noop("heading of the notes"),
    "metadata": gettext_noop("description of the file"),
    # unplaced
    "no_words": gettext_noop("no letter or figure in it"),
    "loose_note": gettext_noop("stands among the notes and belongs to none"),
    "table": gettext_noop("in a table"),
    "box": gettext_noop("in a text box"),
    "deleted": gettext_noop("struck out by a tracked change"),
    "unknown_element": gettext_noop("in an element that is not known here"),
    "note_missing": gettext_noop("a note that the text does not refer to"),
    # doubts
    "encoding": gettext_noop("not UTF-8; read in an older encoding"),
    "damaged": gettext_noop("holds signs lost in an earlier conversion"),
    "out_of_order": gettext_noop("the number does not follow the one before"),
    "missing_number": gettext_noop("a number before this one is missing"),
    "duplicate": gettext_noop("the number stands twice"),
    "restart": gettext_noop("the numbering starts again"),
    "note_without_mark": gettext_noop("no mark in the text refers to this note; joined to the provision before it"),
    "mark_without_note": gettext_noop("a mark to which there is no note"),
    "mid_sentence": gettext_noop("begins in the middle of a sentence"),
    "not_a_number": gettext_noop("looks like a number and was read as text"),
    "note_end": gettext_noop("where this note ends is a guess"),
    "page_joint": gettext_noop("joined over a page; the paragraph could also end there"),
    "word_joined": gettext_noop("two halves of a word joined without the hyphen"),
    "id_given_again": gettext_noop("its id stands twice in the file; a new one was given"),
}
