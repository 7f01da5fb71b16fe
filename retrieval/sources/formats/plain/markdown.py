"""Markdown: the words that its page shows, and the metadata in its front matter.

It is made into the page that it describes, which is then read as any page: HTML within Markdown is part of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex
from lxml import etree

from retrieval.sources.formats.assembly import Marked, assemble, same_words
from retrieval.sources.formats.plain.encodings import decode
from retrieval.sources.formats.plain.front_matter import FrontMatter, split_front_matter
from retrieval.sources.formats.plain.markdown_notes import with_notes
from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.model import Document, Original, with_facts

_SYNTAX = regex.compile(
    r"^ {0,3}#{1,6} \S|^ {0,3}(?:```|~~~)|^ {0,3}> \S|^ {0,3}\|?[ :]*+-{3,}+[ :-]*+\|"
    r"|!?\[[^\[\]\n]*+\]\([^()\n]++\)|^ {0,3}\[[^\[\]\n]++\]: \S|\*\*\S|(?<!\w)__\S"
    r"|^ {0,3}</?(?:table|div|details|p|ul|ol|dl|br|hr|h[1-6]|section|figure|img)\b[^<>\n]{0,300}>",
    regex.MULTILINE | regex.IGNORECASE,
)
"""Marks that nobody writes by accident; lists and rules stand on copied pages too."""
_MAIN_HEADING = "h1"
_CAPTION = "figcaption"
_HOLDERS = frozenset("p h1 h2 h3 h4 h5 h6 li td th blockquote div body".split())

Element = etree._Element


def read_markdown(data: bytes, original: Original) -> Document:
    """The article in a Markdown file, cleaned as a page when it is one under such a name; raises SourceError."""
    text = decode(data, original.charset).replace("\r\n", "\n").replace("\r", "\n")
    front = split_front_matter(text)
    if front is None and not _SYNTAX.search(text):
        return read_plain_text(data, original)
    front = front or FrontMatter({}, text)
    lines = list(_lines(front.body))
    facts = {"title": _main_heading(lines), **front.facts}
    document = assemble(line for line, _ in _below_title(lines, facts["title"]))
    return with_facts(replace(document, dropped=(*front.lost, *document.dropped)), facts)


Tagged = tuple[Marked, str]
"""A line and the tag of what it is: `h1` ... `p`, `tr`."""


def _main_heading(lines: Sequence[Tagged]) -> str | None:
    heading = next((line.text for line, tag in lines if tag == _MAIN_HEADING), None)
    return " ".join(heading.split()) or None if heading else None


def _below_title(lines: Sequence[Tagged], title: object) -> Iterator[Tagged]:
    """The lines; a heading that only repeats the title is none of the text."""
    for line, tag in lines:
        repeats = tag == _MAIN_HEADING and same_words(line.text, str(title))
        yield (line._replace(reason="title") if repeats else line), tag


def _lines(text: str) -> Iterator[Tagged]:
    from retrieval.sources.html.blocks.blocks import blocks_of
    from retrieval.sources.html.decoding import parse_page

    written = _rendered(with_notes(text))
    if not written.strip():
        return
    page = parse_page(f"<html><body>{written}</body></html>")
    _tell_pictures(page)
    for block in blocks_of(page):
        reason = "caption" if block.tag == _CAPTION else None
        yield Marked(block.shown, reason), block.tag


def _rendered(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def _tell_pictures(page: Element) -> None:
    """Puts the alternative text of each picture behind the paragraph that it stands in, as a caption."""
    last: dict[Element, Element] = {}
    for picture in list(page.iter("img")):
        words = " ".join((picture.get("alt") or "").split())
        holder = next((each for each in picture.iterancestors() if each.tag in _HOLDERS), None)
        if words and holder is not None and holder.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6"):
            caption = etree.Element(_CAPTION)
            caption.text = words
            last.get(holder, holder).addnext(caption)
            last[holder] = caption
