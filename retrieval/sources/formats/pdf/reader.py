"""PDF: the text layer as paragraphs, without running heads and page numbers, and where its pages begin."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.assembly import same_words
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.pdf.furniture import Place, find_furniture
from retrieval.sources.formats.pdf.heading import heading_of, sizes_of, stated_or_shown
from retrieval.sources.formats.pdf.pages import LIMITS, PageLine, SizeLimits, read_pages
from retrieval.sources.formats.pdf.paragraphs import Layout
from retrieval.sources.formats.stated import author_of, head_date, title_of
from retrieval.sources.model import Document, Dropped, Original
from retrieval.text.forms import normalise

_NAMED = 10
_UNREADABLE = 0.3
"""Share of characters without a Unicode from which a text layer is of no use."""


class PdfParagraph:
    """A paragraph as it grows line by line; `page` is where it begins, `gap` whether text was removed before it."""

    def __init__(self, line: PageLine, page: int, gap: bool) -> None:
        self.text, self.page, self.gap = line.text, page, gap
        self.last, self.last_page = line, page

    def add(self, line: PageLine, page: int, layout: Layout) -> None:
        self.text = layout.joined(self.text, line.text, self.last.hyphenated)
        self.last, self.last_page = line, page

    @property
    def written(self) -> str:
        return " ".join(normalise(self.text + ("-" if self.last.hyphenated else "")).split())


def read_pdf(data: bytes, original: Original, most: SizeLimits = LIMITS) -> Document:
    """The article in a PDF; raises SourceError when it has no text layer or cannot be opened."""
    found = read_pages(data, original.name, most)
    text = "\n".join(line.text for page in found.pages for line in page)
    _require_readable(text, original.name)
    require_unicode(text)
    stated = title_of(found.information.get("Title"), original.name)
    document = _document(found.pages, stated)
    if not document.text:
        raise SourceError(_scanned(original.name))
    return replace(
        document,
        author=author_of(found.information.get("Author")),
        dropped=(*document.dropped, *found.dropped),
        remarks=_remarks(found.damaged),
    )


def _remarks(damaged: Sequence[int]) -> tuple[str, ...]:
    if not damaged:
        return ()
    named = ", ".join(map(str, damaged[:_NAMED])) + (" ..." if len(damaged) > _NAMED else "")
    return (Reason.of(Problem.PDF_LOST_PAGES, count=len(damaged), named=named),)


def _require_readable(text: str, name: str) -> None:
    if not any(map(str.isalnum, text)):
        raise SourceError(_scanned(name))
    strange = sum(
        unicodedata.category(character) in ("Co", "Cn", "Cc") for character in text.replace("\n", "")
    )
    if strange + text.count("\ufffd") > _UNREADABLE * len(text):
        raise SourceError(Reason.of(Problem.PDF_FONTS, name=name))


def _scanned(name: str) -> str:
    return Reason.of(Problem.PDF_SCANNED, name=name)


def _document(pages: list[list[PageLine]], stated: str | None) -> Document:
    furniture = find_furniture(pages)
    paragraphs = list(_paragraphs(pages, furniture))
    title = _title(pages, furniture, [paragraph.written for paragraph in paragraphs], stated)
    dropped = [Dropped(pages[page][n].text, reason) for (page, n), reason in sorted(furniture.items())]
    if title and paragraphs and same_words(paragraphs[0].written, title):
        dropped.insert(0, Dropped(paragraphs.pop(0).written, "title"))
    texts = [paragraph.written for paragraph in paragraphs]
    offsets = list(accumulate((len(text) + 1 for text in texts), initial=0))
    begins = [(paragraph.page, offset) for paragraph, offset in zip(paragraphs, offsets, strict=False)]
    return Document(
        text="\n".join(texts),
        gaps=tuple(
            offset
            for paragraph, (_, offset) in zip(paragraphs, begins, strict=True)
            if paragraph.gap and offset
        ),
        dropped=tuple(dropped),
        title=title,
        date=head_date(_outer_lines(pages)),
        pages=tuple(_page_offsets(begins, len(pages), sum(map(len, texts)) + len(texts))),
    )


def _paragraphs(pages: list[list[PageLine]], furniture: Mapping[Place, str]) -> Iterator[PdfParagraph]:
    layout = Layout(
        [[line for n, line in enumerate(page) if (p, n) not in furniture] for p, page in enumerate(pages)]
    )
    paragraph, gap = None, False
    for place, line in (((p, n), line) for p, page in enumerate(pages) for n, line in enumerate(page)):
        if place in furniture:
            gap = paragraph is not None
        elif paragraph and not gap and layout.goes_on(paragraph.last, line, paragraph.last_page == place[0]):
            paragraph.add(line, place[0], layout)
        else:
            if paragraph:
                yield paragraph
            paragraph, gap = PdfParagraph(line, place[0], gap), False
    if paragraph:
        yield paragraph


def _page_offsets(begins: list[tuple[int, int]], pages: int, end: int) -> Iterator[int]:
    """Where each page's first paragraph begins: one that began a page before belongs to that page."""
    waiting = iter([*begins, (pages, max(0, end - 1))])
    page, offset = next(waiting)
    for number in range(pages):
        while page < number:
            page, offset = next(waiting)
        yield offset


def _title(
    pages: list[list[PageLine]], furniture: Mapping[Place, str], texts: list[str], stated: str | None
) -> str | None:
    first = next((n for n, page in enumerate(pages) if page), 0)
    lines = [line for n, line in enumerate(pages[first]) if (first, n) not in furniture] if pages else []
    return stated_or_shown(stated, heading_of(lines, sizes_of(pages), texts), texts)


def _outer_lines(pages: list[list[PageLine]]) -> list[str]:
    """The lines of the first and of the last page."""
    filled = [page for page in pages if page]
    return [normalise(line.text) for page in [*filled[:1], *filled[1:][-1:]] for line in page]
