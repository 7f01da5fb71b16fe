"""Markdown: its words without its marks, and the metadata in its front matter."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from retrieval.sources.formats.assembly import Marked, assemble, same_words
from retrieval.sources.formats.encodings import decode
from retrieval.sources.formats.front_matter import split_front_matter
from retrieval.sources.formats.plain_text import read_plain_text
from retrieval.sources.sourced import Document, Original, with_facts

if TYPE_CHECKING:
    from markdown_it.token import Token

_SYNTAX = regex.compile(
    r"^ {0,3}#{1,6} \S|^ {0,3}(?:```|~~~)|^ {0,3}> \S|^ {0,3}\|?[ :-]*-{3,}[ :-]*\|"
    r"|!?\[[^\[\]\n]*\]\([^()\n]+\)|^ {0,3}\[[^\[\]\n]+\]: \S|\*\*\S|(?<!\w)__\S",
    regex.MULTILINE,
)
"""Marks that nobody writes by accident; lists and rules stand on copied pages too."""
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_CELL_MARK = " | "
_MAIN_HEADING = "h1"

Block = tuple[Marked, str]
"""A line and the tag of what it is: `h1` ... `p`, `tr`, or blank."""


def read_markdown(data: bytes, original: Original) -> Document:
    """The article in a Markdown file, cleaned as a page when it is one under such a name; raises SourceError."""
    text = decode(data, original.charset).replace("\r\n", "\n").replace("\r", "\n")
    facts, body = split_front_matter(text)
    if facts is None and not _SYNTAX.search(body):
        return read_plain_text(data, original)
    blocks = list(_blocks(body))
    facts = {"title": _main_heading(blocks), **(facts or {})}
    return with_facts(assemble(_below_title(blocks, facts["title"])), facts)


def _main_heading(blocks: list[Block]) -> str | None:
    heading = next((line.text for line, tag in blocks if tag == _MAIN_HEADING), None)
    return " ".join(heading.split()) or None if heading else None


def _below_title(blocks: list[Block], title: object) -> Iterator[Marked]:
    """The lines; a heading that only repeats the title is none of the text."""
    for line, tag in blocks:
        repeats = tag == _MAIN_HEADING and same_words(line.text, str(title))
        yield line._replace(reason="title") if repeats else line


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    tag, row = "", list[str]()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type in ("heading_open", "paragraph_open", "th_open", "td_open"):
            tag = token.tag
        elif token.type == "inline" and tag in ("th", "td"):
            row.append(_words(token.children or []))
        elif token.type == "inline":
            yield Marked(_words(token.children or [])), tag
            yield from ((Marked(alt, "caption"), "") for alt in _pictures(token.children or []))
        elif token.type == "tr_close":
            yield Marked(_CELL_MARK.join(row)), "tr"
            row = []
        elif token.type in ("fence", "code_block"):
            yield Marked(token.content), ""
        elif token.type == "html_block":
            yield Marked(token.content, "markup"), ""


def _words(tokens: Sequence["Token"]) -> str:
    return "".join(_BREAKS.get(token.type) or _own_words(token) for token in tokens)


def _own_words(token: "Token") -> str:
    if token.type == "html_inline":
        return "\n" if token.content.lower().startswith("<br") else ""
    return token.content if token.type in ("text", "code_inline") else ""


def _pictures(tokens: Sequence["Token"]) -> Iterator[str]:
    return (" ".join(token.content.split()) for token in tokens if token.type == "image")
