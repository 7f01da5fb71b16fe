"""Running heads, feet and page numbers: lines at the edges of pages that come again on other pages."""

from collections import Counter
from collections.abc import Iterator

import regex

from retrieval.sources.formats.pdf.pages import PageLine

_DEEP = 3
"""Lines from an edge that may be furniture; one that is not protects those behind it."""
_MOSTLY, _OFTEN, _THRICE = 0.5, 0.3, 3
"""Shares of pages from which a line is a running head; left and right pages may have their own in longer files."""
_GRID = 6.0
"""Points that a repeated line may be off its place."""
_LONGEST, _LABEL, _APART = 100, 60, 1.6
"""Characters of a numbered head, and of one that needs no distance; that distance in heights of the type."""
_OUTER_NUMBER = regex.compile(r"^\d{1,4}(?=\s|$)|(?<=^|\s)\d{1,4}$")
_DIGITS = regex.compile(r"\d+")
_ROMAN = regex.compile(r"[ivxlcdm]{1,7}", regex.IGNORECASE)
_PAGE_NUMBER = regex.compile(
    r"[\s\p{Pd}·|.]*(?:trang|page|p\.|стр\.?|страница|seite|página|tr\.)?\s*(?P<number>\d{1,4})"
    r"(?:\s*(?:/|of|trên|из|von|de|sur)\s*\d{1,4})?[\s\p{Pd}·|.]*",
    regex.IGNORECASE,
)

Place = tuple[int, int]
"""A line by its page and its position there."""


def find_furniture(pages: list[list[PageLine]]) -> dict[Place, str]:
    """The lines that are not the article's, each with its reason: `running head` or `page number`."""
    found: dict[Place, str] = {}
    for _ in range(_DEEP):
        edges = dict(_edges(pages, found))
        numbered = Counter(offset for place in edges if (offset := _offset(pages, place)) is not None)
        repeated = Counter(edges.values())
        new = {place: _reason(pages, place, repeated[key], numbered) for place, key in edges.items()}
        found |= {place: reason for place, reason in new.items() if reason}
    return found | _numbered_heads(pages, found)


def _numbered_heads(pages: list[list[PageLine]], found: dict[Place, str]) -> dict[Place, str]:
    """Heads of short chapters, which come too rarely to be known but by the page's number in them."""
    offsets = Counter(offset for page, n in found for offset in _ends(pages[page][n].text, page))
    usual, times = next(iter(offsets.most_common(1)), (0, 0))
    if times < max(_THRICE, _OFTEN * len(pages)):
        return {}
    done = {page for page, n in found if usual in _ends(pages[page][n].text, page)}
    return {
        (page, n): "running head"
        for (page, n), _ in _edges(pages, found)
        if page not in done and usual in _ends(pages[page][n].text, page)
    }


def _ends(text: str, page: int) -> set[int]:
    """The numbers at both ends of a short line, less the pages before it."""
    found = _OUTER_NUMBER.findall(text) if len(text) <= _LONGEST else []
    return {int(number) - page for number in found}


def _edges(
    pages: list[list[PageLine]], found: dict[Place, str]
) -> Iterator[tuple[Place, tuple[str, int, int]]]:
    """The outermost lines that are left on each page, with what they say, digits apart, and where they stand."""
    for page, lines in enumerate(pages):
        left = sorted((n for n in range(len(lines)) if (page, n) not in found), key=lambda n: -lines[n].base)
        for edge, n in enumerate((left[0], left[-1]) if len(left) > 1 else left[:1]):
            said = _DIGITS.sub("#", " ".join(lines[n].text.casefold().split()))
            yield (page, n), (said, round(lines[n].base / _GRID), edge)


def _reason(pages: list[list[PageLine]], place: Place, times: int, numbered: Counter[int]) -> str | None:
    offset = _offset(pages, place)
    if offset is not None and (numbered[offset] > 1 or (len(pages) == 1 and offset == 1)):
        return "page number"
    share = times / len(pages)
    if not _stands_apart(pages[place[0]], place[1]):
        return None
    if times > 1 and (share >= _MOSTLY or (share >= _OFTEN and times >= _THRICE)):
        line = pages[place[0]][place[1]].text
        return "page number" if _ROMAN.fullmatch(line) or _PAGE_NUMBER.fullmatch(line) else "running head"
    return None


def _stands_apart(lines: list[PageLine], n: int) -> bool:
    """Whether a long line may be a running head: pages that begin with the same sentence have it near the next."""
    line = lines[n]
    near = any(abs(other.base - line.base) < _APART * line.size for m, other in enumerate(lines) if m != n)
    return len(line.text) <= _LABEL or not near


def _offset(pages: list[list[PageLine]], place: Place) -> int | None:
    """The number in a line that is only a page number, less the pages before it: equal on all pages."""
    page, n = place
    match = _PAGE_NUMBER.fullmatch(pages[page][n].text)
    return int(match["number"]) - page if match else None
