"""The text of a Word document in its order: paragraphs with their numbers, rows of tables, notes behind what refers to
them; what is hidden or a table of contents is told apart."""

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from retrieval.sources.formats.assembly import one_line
from retrieval.sources.formats.docx.numbering import Numbering
from retrieval.sources.formats.docx.package import W
from retrieval.sources.formats.docx.runs import GONE, NO_TEXT, Paragraph, Runs, name_of
from retrieval.sources.formats.docx.styles import Style, Styles, look_of, number_of
from retrieval.sources.formats.docx.tables import DocxLine, row_lines, table_rows


class Opening(NamedTuple):
    """The first paragraph that says something, and the name of its style."""

    text: str
    style: str


class Text:
    """Goes through the parts of one document; `lines` are what it has found so far."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: Mapping[str, etree._Element], white: bool = True
    ) -> None:
        """`notes` are the footnotes and endnotes by `footnote 2`; `white` is the paper unless it says otherwise."""
        self.lines: list[DocxLine] = []
        self.opening: Opening | None = None
        self.paragraphs: list[str] = []
        """The paragraphs of the body, those in tables as well, each on its own."""
        self._runs = Runs(styles, not white)
        self._numbering = numbering
        self._notes = dict(notes)
        self._aside = 0
        self._begun: list[str] = []
        """A paragraph whose end is hidden or deleted: the next one goes on in its line."""

    def all_of(self, parent: etree._Element) -> None:
        """The blocks of a whole part, cell, note or text box."""
        begun, self._begun = self._begun, []
        self._blocks(parent)
        self._add("".join(self._begun), Style())
        self._begun = begun

    def _blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables, also those in content controls."""
        for child in parent:
            name = name_of(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                with self._runs.on_colour():
                    for row in table_rows(child, self._lines_of):
                        self.lines += row_lines(row)
            elif name not in NO_TEXT and name not in GONE:
                with self._runs.within(child):
                    self._blocks(child)

    def _lines_of(self, parent: etree._Element) -> list[DocxLine]:
        """The lines of a cell, a note or a text box."""
        outer, self.lines = self.lines, []
        self.all_of(parent)
        found, self.lines = self.lines, outer
        return found

    def _paragraph(self, element: etree._Element) -> None:
        paragraph = self._runs.read(element)
        properties, text = element.find(f"{W}pPr"), paragraph.text()
        goes_on = _goes_on(properties)
        if text.strip() or not goes_on:
            text = self._number(properties, paragraph.style) * bool(text.strip()) + text
        self._begun.append(text)
        if not goes_on:
            self._add("".join(self._begun), paragraph.style)
            self._begun = []
        self._add_others(paragraph)

    def _number(self, properties: etree._Element | None, style: Style) -> str:
        """What Word writes before the paragraph, which counts also where it is empty."""
        number, depth = number_of(properties)
        named = number is None
        number = style.number if number is None else number
        if number is None or number == "0":
            return ""
        depth = style.depth if depth is None and named else depth
        return self._numbering.label(number, depth, style.numbered_by if named else None)

    def _add(self, text: str, style: Style) -> None:
        if not text.strip():
            return
        reason = "contents" if style.is_contents else None
        self.lines.append(DocxLine(text, reason))
        if reason is None and not self._aside:
            self.opening = self.opening or Opening(one_line(text), style.name)
            self.paragraphs.append(one_line(text))

    def _add_others(self, paragraph: Paragraph) -> None:
        for reason in ("contents", "hidden"):
            if (text := paragraph.text(reason)).strip():
                self.lines.append(DocxLine(text, reason))
        notes = [self._notes.pop(key) for key in dict.fromkeys(paragraph.notes) if key in self._notes]
        if paragraph.boxes or notes:
            self._aside += 1
            with self._runs.aside():
                for each in (*paragraph.boxes, *notes):
                    self.lines += [line._replace(apart=True) for line in self._lines_of(each)]
            self._aside -= 1


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether the end of the paragraph is hidden or deleted."""
    mark = None if properties is None else properties.find(f"{W}rPr")
    if mark is None:
        return False
    return bool(look_of(mark).hidden) or any(mark.find(f"{W}{gone}") is not None for gone in GONE)
