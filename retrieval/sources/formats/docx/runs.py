"""The runs of one paragraph of a Word document: what of them is text, and what is deleted, hidden or generated."""

from collections.abc import Iterator
from contextlib import contextmanager

import regex
from lxml import etree

from retrieval.sources.formats.docx.fields import Fields, makes_contents
from retrieval.sources.formats.docx.math import math_text
from retrieval.sources.formats.docx.package import M, W
from retrieval.sources.formats.docx.styles import Look, Style, Styles, is_shaded, look_of, said
from retrieval.sources.formats.docx.symbols import symbol
from retrieval.sources.formats.raised import lowered, raised

GONE = ("del", "moveFrom")
NO_TEXT = frozenset(
    "pPr rPr sdtPr sdtEndPr sectPr tblPr tblGrid tcPr trPr rubyPr delText instrText delInstrText fldData".split()
)
_AS_TEXT = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BLANKS = regex.compile(r"[\n\r\t]+")
_GALLERY = f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"


class Paragraph:
    """What a paragraph holds: `texts` by the reason why they are left out, None where they are not.

    `boxes` are the contents of text boxes in it, `notes` the keys (`footnote 2`) of the notes that it refers to.
    """

    def __init__(self, style: Style, shaded: bool | None) -> None:
        self.style = style
        self.look = style.look._replace(shaded=shaded or style.look.shaded)
        self.texts: dict[str | None, list[str]] = {None: [], "contents": [], "hidden": []}
        self.boxes: list[etree._Element] = []
        self.notes: list[str] = []

    def text(self, reason: str | None = None) -> str:
        return "".join(self.texts[reason])


class Runs:
    """Goes through paragraphs in their order, since fields reach over several of them."""

    def __init__(self, styles: Styles, on_colour: bool) -> None:
        """`on_colour` tells that the paper is not white."""
        self._styles = styles
        self._fields = Fields()
        self._gone = self._contents = 0
        self._on_colour = int(on_colour)
        """In how many tables and shapes, whose ground may have a colour."""

    def read(self, element: etree._Element) -> Paragraph:
        properties = element.find(f"{W}pPr")
        paragraph = Paragraph(self._styles.of_paragraph(properties), is_shaded(properties))
        self._inline(element, paragraph, None)
        return paragraph

    @contextmanager
    def within(self, element: etree._Element) -> Iterator[None]:
        """What stands in it is gone where it was deleted or moved away, and contents where it is a table of them."""
        name = name_of(element)
        gallery = element.find(_GALLERY) if name == "sdt" else None
        gone = name in GONE
        contents = gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower()
        contents = contents or (name == "fldSimple" and makes_contents(element.get(f"{W}instr") or ""))
        self._gone += gone
        self._contents += contents
        yield
        self._gone -= gone
        self._contents -= contents

    @contextmanager
    def on_colour(self) -> Iterator[None]:
        """White letters may be seen here."""
        self._on_colour += 1
        yield
        self._on_colour -= 1

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A note or a text box has fields of its own."""
        outer, self._fields = self._fields, Fields()
        with self.on_colour():
            yield
        self._fields = outer

    def _inline(self, parent: etree._Element, paragraph: Paragraph, level: str | None) -> None:
        for child in parent:
            name = name_of(child)
            if name == "r":
                self._run(child, paragraph)
            elif name == "txbxContent":
                paragraph.boxes += [] if self._gone else [child]
            elif name == "t":
                self._say(child.text or "", paragraph, None, level)
            elif name in ("oMath", "oMathPara") and str(child.tag).startswith(M):
                self._say(math_text(child), paragraph)
            elif name == "rt":
                self._say("(", paragraph)
                self._inline(child, paragraph, level)
                self._say(")", paragraph)
            elif name not in NO_TEXT:
                with self.within(child):
                    self._inline(child, paragraph, level)

    def _run(self, run: etree._Element, paragraph: Paragraph) -> None:
        look = self._look(run.find(f"{W}rPr"), paragraph)
        reason = "hidden" if look.hidden or (look.is_unseen and not self._on_colour) else None
        for child in run:
            name = name_of(child)
            if name == "t":
                self._say(_BLANKS.sub(" ", child.text or ""), paragraph, reason, look.level)
            elif name in _AS_TEXT:
                self._say(_AS_TEXT[name], paragraph, reason)
            elif name == "sym":
                self._say(symbol(child), paragraph, reason, look.level)
            elif name == "fldChar":
                self._fields.mark(child.get(f"{W}fldCharType"))
            elif name == "instrText":
                self._fields.tell(child.text or "")
            elif name in ("footnoteReference", "endnoteReference"):
                # The mark itself is left out: it would stick to a figure before it.
                paragraph.notes += [] if reason or self._is_silent() else [_note(child)]
            elif name not in NO_TEXT:
                self._inline(child, paragraph, look.level)

    def _look(self, properties: etree._Element | None, paragraph: Paragraph) -> Look:
        own, style = look_of(properties), self._styles.named(said(properties, "rStyle")).look
        # By two styles, hidden twice is seen: such properties are switches.
        by_style = bool(style.hidden) != bool(paragraph.look.hidden)
        hidden = by_style if own.hidden is None else own.hidden
        shaded = own.shaded or style.shaded or paragraph.look.shaded
        return own.over(style.over(paragraph.look))._replace(hidden=hidden, shaded=shaded)

    def _is_silent(self) -> bool:
        return self._gone > 0 or self._fields.hide

    def _say(
        self, text: str, paragraph: Paragraph, reason: str | None = None, level: str | None = None
    ) -> None:
        if self._is_silent():
            return
        if self._contents or self._fields.contents:
            reason = reason or "contents"
        texts = paragraph.texts[reason]
        if level in ("superscript", "subscript"):
            before = texts[-1][-1:] if texts else ""
            text = raised(text, before) if level == "superscript" else lowered(text, before)
        texts.append(text)


def name_of(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _note(reference: etree._Element) -> str:
    return f"{name_of(reference).removesuffix('Reference')} {reference.get(f'{W}id')}"
