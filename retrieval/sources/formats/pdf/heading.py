"""The title that a PDF shows on its first page: the largest type above the text, or the subject of a letter."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.sources.cleaning.dates import is_date_line
from retrieval.sources.cleaning.letters import is_kind_line, place_date, subject_of
from retrieval.sources.formats.assembly import same_words
from retrieval.sources.formats.pdf.pages import PageLine

_ZONE, _PARAGRAPHS = 25, 15
"""Lines of the first page, and paragraphs, among which a title is looked for."""
_LARGER, _SHORT_WORTH = 1.15, 0.6
"""How much larger than the text a heading is, and what one of a word or two is worth: it may be a paper's name."""
_LONGEST, _FEWEST_WORDS = 250, 3
_HALF = 2


def heading_of(lines: Sequence[PageLine], all_sizes: Counter[int], paragraphs: Sequence[str]) -> str | None:
    """The heading among the lines of the first page, in type of other sizes than that of most characters, else the
    subject among the first paragraphs; None when there is neither.
    """
    usual = max(all_sizes, key=lambda size: all_sizes[size], default=0) / _HALF
    found = [
        (size * (1 if len(text.split()) >= _FEWEST_WORDS else _SHORT_WORTH), -n, text)
        for n, (size, text) in enumerate(_runs(lines[:_ZONE]))
        if size > _LARGER * usual and _may_be_title(text)
    ]
    if found:
        return max(found)[2]
    subject = subject_of(paragraphs[:_PARAGRAPHS])
    return subject if subject and len(subject) <= _LONGEST else None


def stated_or_shown(stated: str | None, shown: str | None, paragraphs: Sequence[str]) -> str | None:
    """What the page shows beats what the file's information states, unless the page shows that too."""
    if stated and any(same_words(stated, paragraph) for paragraph in paragraphs[:_PARAGRAPHS]):
        return stated
    return shown or stated


def sizes_of(pages: Sequence[Sequence[PageLine]]) -> Counter[int]:
    """How many characters are printed in type of which size, in half points."""
    sizes: Counter[int] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * _HALF)] += len(line.text)
    return sizes


def _runs(lines: Sequence[PageLine]) -> Iterator[tuple[float, str]]:
    """Lines of one size that follow each other, as one."""
    for (size, _), members in groupby(lines, key=lambda line: (round(line.size), is_kind_line(line.text))):
        yield float(size), " ".join(line.text for line in members)


def _may_be_title(text: str) -> bool:
    dated = is_date_line(text) or place_date(text) is not None
    return any(map(str.isalpha, text)) and 3 < len(text) <= _LONGEST and not dated and not is_kind_line(text)
