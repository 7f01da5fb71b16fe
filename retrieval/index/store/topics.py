"""What one may ask about: the titles of the newest articles, as they stand in the collection."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from retrieval.index.store.store import Store
from retrieval.text.near_copies import is_same_story, word_pairs

_SHORTEST, _LONGEST = 20, 100
"""Characters of a title that tells what an article is about and fits on two lines of a phone."""
_LOOKED_AT = 200
"""Newest titles looked at: many may tell the same few stories."""


def topics(store: Store, count: int) -> list[str]:
    """At most `count` titles, those of the newest articles first, each of another story; none is made up."""
    chosen: list[str] = []
    told: set[str] = set()
    for article_id, title in _newest(store):
        if len(chosen) >= count:
            break
        pairs = word_pairs(title)
        if article_id in told or any(is_same_story(pairs, word_pairs(other)) for other in chosen):
            continue
        chosen.append(title)
        told |= {copy.id for copy in store.copies_of(article_id)}
    return chosen


def _newest(store: Store) -> Iterator[tuple[str, str]]:
    """Ids and titles of a decent length, the newest first, the undated last."""
    with closing(sqlite3.connect(store.uri, uri=True)) as database:
        yield from database.execute(
            "SELECT id, title FROM article WHERE length(title) BETWEEN ? AND ?"
            " ORDER BY date IS NULL, date DESC, number LIMIT ?",
            [_SHORTEST, _LONGEST, _LOOKED_AT],
        )
