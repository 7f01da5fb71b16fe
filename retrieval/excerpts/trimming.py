"""How much of an excerpt a reply opens with: whole sentences around the answering one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import regex

from retrieval.article import Excerpt, Span
from retrieval.text.sentences import sentences

ENOUGH, ENOUGH_UNSURE, ENOUGH_BESIDE = 300, 450, 200
"""Characters: up to here sentences around the answering one are shown with it, those of its paragraph first. More of
them where it is not certain that the marked one answers, fewer where figures stand side by side."""
_LONGEST: Final = 600
"""Of several answering sentences with what stands between them; beyond this the first alone is opened with."""
_LITTLE: Final = 60
"""So little is not left out."""


def trimmed(excerpt: Excerpt, enough: int = ENOUGH) -> Span:
    """The span of the excerpt's text to open with: its marked sentences, and those around them up to `enough`
    characters."""
    whole = Span(0, len(excerpt.text))
    split = sentences(excerpt.text)
    if whole.end <= enough or not split:
        return whole
    marks = excerpt.highlights or (split[0],)
    first, last = _core(split, marks)
    grown = _grown(excerpt.text, split, first, last, enough)
    start = 0 if grown.start <= _LITTLE else grown.start
    end = whole.end if whole.end - grown.end <= _LITTLE else grown.end
    return Span(start, end)


def part_shown(excerpt: Excerpt) -> Excerpt:
    """The excerpt cut to what a reply opens with; the first of its marks, where it is cited, stands in that."""
    span = excerpt.shown
    if span is None or span == Span(0, len(excerpt.text)):
        return excerpt
    clipped = (Span(max(a, span.start), min(b, span.end)) for a, b in excerpt.highlights)
    text = excerpt.text[span.start : span.end]
    return replace(
        excerpt,
        text=text,
        highlights=tuple(Span(a - span.start, b - span.start) for a, b in clipped if a < b),
        start=excerpt.start + span.start,
        end=excerpt.start + span.end,
        citation=replace(excerpt.citation, paragraphs=_paragraphs(excerpt, span), pages=None),
        shown=Span(0, len(text)),
    )


def _paragraphs(excerpt: Excerpt, span: Span) -> tuple[int, int] | None:
    """The first and the last paragraph of a part of the excerpt, counted from the one that is cited."""
    if "\n" not in excerpt.text[span.start : span.end]:
        return None
    cited = excerpt.highlights[0].start if excerpt.highlights else 0
    first = excerpt.citation.paragraph - _lines_ended(excerpt.text[span.start : cited])
    return first, first + _lines_ended(excerpt.text[span.start : span.end])


def _lines_ended(text: str) -> int:
    return len(regex.findall(r"\S[^\n]*\n", text))


def _core(split: Sequence[Span], marks: Sequence[Span]) -> tuple[int, int]:
    """The first and the last of the sentences that must be shown."""
    marked = [
        n for n, each in enumerate(split) if any(m.start < each.end and each.start < m.end for m in marks)
    ]
    first, last = marked[0], marked[-1]
    return (first, last) if split[last].end - split[first].start <= _LONGEST else (first, first)


def _grown(text: str, split: Sequence[Span], first: int, last: int, enough: int) -> Span:
    """With what follows and goes before in the paragraph, then with what follows and goes before that."""
    for within in (True, False):
        while True:
            start, end = split[first].start, split[last].end
            after = split[last + 1].end if last + 1 < len(split) else len(text) + _LONGEST
            before = split[first - 1].start if first else -_LONGEST
            room = _LONGEST if _opens_quotation(text, split[last + 1 :]) else enough
            if after - start <= room and not (within and "\n" in text[end:after]):
                last += 1
            elif end - before <= enough and not (within and "\n" in text[before:start]):
                first -= 1
            else:
                break
    return Span(split[first].start, split[last].end)


def _opens_quotation(text: str, following: Sequence[Span]) -> bool:
    """Whether the next sentence begins with what somebody says, which the one before has led up to."""
    return bool(following) and text[following[0].start] in '“«„"'
