"""Where the sentences of a text begin and end."""

from collections.abc import Iterator

import regex

from retrieval.article import Span
from retrieval.languages.reading import words_of_all

_ABBREVIATIONS = frozenset(words_of_all("sentences", "abbreviations"))
# A run of marks is looked at from its beginning alone, or a long one would be looked at from each of its marks.
_BOUNDARY = regex.compile(
    r"""(?<![.!?…。！？])[.!?…。！？]++["'”’»)\]]*+(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]++|\[\d{1,3}\]){0,5}+(?=\s|$)|(?<=[。！？])|\n+"""
)
_HARD_STOPS = ("\n", "。", "！", "？", "")
_LAST_WORD = regex.compile(r"[\p{L}\p{M}]+$")
_BLANK = regex.compile(r"\s*")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in `text[start:end]`, without surrounding blanks, in order.

    A line break always ends a sentence; a full stop does not after an abbreviation or an initial, nor before
    a small letter.
    """
    end = len(text) if end is None else end
    spans, begin = [], start
    for cut in _cuts(text, start, end):
        spans.append(_stripped(text, begin, cut))
        begin = cut
    spans.append(_stripped(text, begin, end))
    return [span for span in spans if span.start < span.end]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    for match in _BOUNDARY.finditer(text[start:end]):  # cut out: what stands before it does not count
        stop, after = start + match.start(), start + match.end()
        if match.group()[:1] in _HARD_STOPS or _ends_sentence(text, stop, after, end):
            yield after


def _ends_sentence(text: str, stop: int, after: int, end: int) -> bool:
    """Whether the mark at `stop` closes a sentence, rather than an abbreviation, an initial or a quote inside."""
    blank = _BLANK.match(text, after, end)
    following = blank.end() if blank else after
    if following < end and text[following].islower():
        return False
    word = _LAST_WORD.search(text, max(0, stop - 20), stop)
    if word is None or text[stop:after] != ".":
        return True
    written = word.group()
    return not (written.lower() in _ABBREVIATIONS or (len(written) == 1 and written.isupper()))


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
