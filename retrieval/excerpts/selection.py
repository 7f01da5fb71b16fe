"""Which of the ranked passages a reply shows: copies collapsed, neighbours joined, dates told apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from retrieval.article import Article, Passage
from retrieval.index.protocol import Pinned, Stored
from retrieval.ranking.fusion import Candidates
from retrieval.text.near_copies import group, is_update, word_pairs
from retrieval.text.sentences import sentences

WORTH_SHOWING = 8.0
"""A further excerpt scores at most this much below the best: on the development set that loses no answer, and shows 2.3
excerpts on average where three would be 2.9."""
_JOINED = 1.5
"""A neighbour that scores at most this much below a passage is shown together with it, as one excerpt."""
_EQUAL = 0.25
"""Passages whose scores differ by less are equally relevant: the newer article comes first."""
_NEARLY_EQUAL = 2.0
"""The same where the newest is asked for."""
_COPY_BELOW = 2.0
"""What repeats a passage is found up to so far below what is worth showing; its title may make it score less."""
_SPARE = 3
"""Candidates looked at first for each excerpt wanted: some repeat another and collapse into it."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One excerpt to be: `rows` of one passage or of two neighbours in the order of the text, the better one `best`.

    `also_in` are the articles that tell the same.
    """

    rows: tuple[int, ...]
    best: int
    score: float
    passages: tuple[Passage, ...]
    article: Article
    also_in: tuple[Article, ...]


def select(candidates: Candidates, index: Pinned, limit: int, worth_showing: float | None) -> list[Chosen]:
    """At most `limit` excerpts of `candidates`, best first; None for `worth_showing` shows weak ones as well.

    Where the best is of the countries, names and times that were asked for, none is shown that is of others.
    """
    if not len(candidates) or limit < 1:
        return []
    score = dict(zip(candidates.rows.tolist(), candidates.score.tolist(), strict=True))
    rows = candidates.rows[candidates.met | ~candidates.met[0]].tolist()
    least = score[rows[0]] - worth_showing if worth_showing is not None else float("-inf")
    looked_at, found, leaders = _distinct(
        [row for row in rows if score[row] >= least - _COPY_BELOW], index, limit
    )
    first = [row for i, row in enumerate(looked_at) if leaders[i] == i]
    equal = _NEARLY_EQUAL if candidates.latest else _EQUAL
    ordered = _updates_beside(_newer_first(first, score, found, equal), found)
    worth = [row for row in ordered if score[row] >= least]
    chosen: list[Chosen] = []
    for rows_joined, best in _joined(worth, score, found):
        article = found[best][1]
        copies = [found[row][1] for i, row in enumerate(looked_at) if looked_at[leaders[i]] == best]
        copies += _copies_with(found[best][0], article, index)
        also_in = {copy.id: copy for copy in copies if copy.id != article.id}
        chosen.append(
            Chosen(
                rows=rows_joined,
                best=best,
                score=score[best],
                passages=tuple(found[row][0] for row in rows_joined),
                article=article,
                also_in=tuple(also_in.values()),
            )
        )
        if len(chosen) == limit:
            break
    return chosen


def _copies_with(passage: Passage, article: Article, index: Pinned) -> list[Article]:
    """The articles that tell the same story, as found when indexing, and have a sentence of the passage in it."""
    copies = index.articles.copies_of(article.id)
    if not copies:
        return []
    told = [passage.text[start:end] for start, end in sentences(passage.text)]
    longest = max(told, key=len, default=passage.text)
    return [copy for copy in copies if longest in copy.text]


def _distinct(rows: Sequence[int], index: Pinned, limit: int) -> tuple[list[int], Stored, list[int]]:
    """As many of `rows` as it takes to fill `limit` excerpts with different texts, and whom each row repeats."""
    count = limit * _SPARE
    while True:
        looked_at = list(rows[:count])
        found = index.passages(looked_at)
        leaders = group([found[row][0].text for row in looked_at])
        if len(set(leaders)) >= 2 * limit or count >= len(rows):  # two may become one excerpt
            return looked_at, found, leaders
        count *= 2


def _newer_first(rows: Sequence[int], score: Mapping[int, float], found: Stored, equal: float) -> list[int]:
    """`rows` with runs of relevance that differs by no more than `equal` ordered by date, the newest first, the undated
    last.
    """
    ordered: list[int] = []
    rest = list(rows)
    while rest:
        run = [row for row in rest if score[row] >= score[rest[0]] - equal]
        rest = rest[len(run) :]
        ordered += sorted(run, key=lambda row: found[row][1].date or Date.min, reverse=True)
    return ordered


def _updates_beside(rows: Sequence[int], found: Stored) -> list[int]:
    """`rows` with those that tell the first one's story with other numbers, at another date, right behind it."""
    if not rows:
        return []
    passage, article = found[rows[0]]
    pairs = word_pairs(passage.text)
    updates = [
        row
        for row in rows[1:]
        if found[row][1].date != article.date and is_update(pairs, word_pairs(found[row][0].text))
    ]
    return [rows[0], *updates, *(row for row in rows[1:] if row not in updates)]


def _joined(
    rows: Sequence[int], score: Mapping[int, float], found: Stored
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Each of `rows` that no earlier one has taken, with the better of its neighbours where that is nearly as good."""
    taken: set[int] = set()
    wanted = set(rows)
    for row in rows:
        if row in taken:
            continue
        taken.add(row)
        near = [
            other
            for other in (row - 1, row + 1)
            if other in wanted - taken and score[row] - score[other] <= _JOINED and _adjoin(found, row, other)
        ]
        if near:
            neighbour = max(near, key=lambda other: score[other])
            taken.add(neighbour)
            yield (min(row, neighbour), max(row, neighbour)), row
        else:
            yield (row,), row


def _adjoin(found: Stored, row: int, other: int) -> bool:
    """Whether two passages follow each other in one article with nothing but blanks between, and no removed text."""
    (first, article), (second, other_article) = found[min(row, other)], found[max(row, other)]
    if article.id != other_article.id or first.end > second.start:
        return False
    between = article.text[first.end : second.start]
    return not between.strip() and not any(first.end <= gap <= second.start for gap in article.gaps)
