"""Article -> passages: whole sentences of one stretch of text, with offsets into `article.text`.

`article.text[p.start:p.end] == p.text` for every passage, and no passage spans a gap.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import regex

from retrieval.article import Article, Passage, Span
from retrieval.text.sentences import sentences

TARGET = 300
"""Paragraphs shorter than this are joined with what follows."""
LIMIT = 700
"""A passage longer than this holds one sentence alone."""
SENTENCE_LIMIT = 1000
"""A sentence is cut only beyond this length: at clause marks, else at spaces, else anywhere."""
SHORT = 150
"""A last piece shorter than this joins the passage before it."""
HEADING_LIMIT = 110

_PILE = 8
"""A letter with so many marks is cut like other text."""
_CLAUSE = regex.compile(r"[,;:)–—。、，；](?=\s|\p{Han})|[–—]")
_CLOSED = regex.compile(r"""[.!?…:;,。！？]["'”’»)\]]*$""")


def split(article: Article) -> list[Passage]:
    """The passages of `article`, in order. Sub-headings become context of the passages below them."""
    found: list[Passage] = []
    for heading, paragraphs in _sections(article):
        for span in _pack(article.text, paragraphs):
            found.append(_passage(article, len(found), span, heading))
    return found


def paragraph_at(text: str, offset: int) -> int:
    """The number, from 1, of the non-empty line that holds `offset`."""
    return max(1, sum(1 for line in text[: offset + 1].split("\n") if line.strip()))


def lines(text: str) -> list[Span]:
    """Spans of the non-empty lines of `text`, surrounding blanks left out."""
    return [Span(m.start(), m.end()) for m in regex.finditer(r"\S[^\n]*(?<=\S)", text)]


def _passage(article: Article, number: int, span: Span, heading: str | None) -> Passage:
    text = article.text[span.start : span.end]
    return Passage(f"{article.id}#{number}", article.id, span.start, span.end, text, heading)


def _sections(article: Article) -> Iterator[tuple[str | None, list[Span]]]:
    """Runs of paragraphs without a gap or a sub-heading inside, each with the sub-heading above it."""
    paragraphs, gaps = lines(article.text), sorted(article.gaps)
    heading: str | None = None
    run: list[Span] = []
    for i, line in enumerate(paragraphs):
        previous_end = paragraphs[i - 1].end if i else 0
        if run and bisect_left(gaps, previous_end) < bisect_right(gaps, line.start):
            yield heading, run
            run = []
        if _is_heading(article.text, paragraphs, i):
            if run:
                yield heading, run
            heading, run = article.text[line.start : line.end], []
        else:
            run.append(line)
    if run:
        yield heading, run


def _is_heading(text: str, paragraphs: Sequence[Span], i: int) -> bool:
    """A short line without closing mark, inside the article, above a paragraph at least twice as long."""
    line = paragraphs[i]
    if not 0 < i < len(paragraphs) - 1 or line.end - line.start > HEADING_LIMIT:
        return False
    below = paragraphs[i + 1]
    written = text[line.start : line.end]
    long_enough = below.end - below.start >= max(2 * len(written), 120)
    above_closed = bool(_CLOSED.search(text[paragraphs[i - 1].start : paragraphs[i - 1].end]))
    return long_enough and above_closed and not _CLOSED.search(written) and written[:1].isupper()


def _pack(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Splits long paragraphs evenly and joins short neighbours, up to LIMIT characters."""
    packed: list[Span] = []
    for paragraph in paragraphs:
        for piece in _even(text, paragraph):
            last = packed[-1] if packed else None
            if last and last.end - last.start < TARGET and piece.end - last.start <= LIMIT:
                packed[-1] = Span(last.start, piece.end)
            else:
                packed.append(piece)
    return _join_short_end(packed)


def _join_short_end(packed: list[Span]) -> list[Span]:
    if len(packed) > 1 and packed[-1].end - packed[-1].start < SHORT:
        joined = Span(packed[-2].start, packed[-1].end)
        if joined.end - joined.start <= LIMIT + SHORT:
            return [*packed[:-2], joined]
    return packed


def _even(text: str, paragraph: Span) -> list[Span]:
    """Runs of whole sentences of about equal length, as few as LIMIT allows."""
    pieces = [part for sentence in sentences(text, *paragraph) for part in _cut(text, sentence)]
    length = paragraph.end - paragraph.start
    share = length / -(-length // LIMIT)
    runs: list[Span] = []
    for piece in pieces:
        start = runs[-1].start if runs else piece.start
        # A sentence goes to the run that its middle falls into.
        fits = (piece.start + piece.end) / 2 - start <= share and piece.end - start <= LIMIT
        if runs and fits:
            runs[-1] = Span(start, piece.end)
        else:
            runs.append(piece)
    return runs


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    start, end = sentence
    while end - start > SENTENCE_LIMIT:
        cut = _cut_point(text, start, start + LIMIT)
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def _cut_point(text: str, start: int, limit: int) -> int:
    """The last clause mark before `limit`, else the last space, else `limit` off a combining mark."""
    earliest = start + TARGET // 2
    marks = [m.end() for m in _CLAUSE.finditer(text, earliest, limit)]
    if marks:
        return marks[-1]
    space = text.rfind(" ", earliest, limit)
    if space > 0:
        return space
    cluster = regex.compile(r"\X").match(text, limit - 1, limit + _PILE)
    return cluster.end() if cluster and cluster.end() - limit < _PILE else limit
