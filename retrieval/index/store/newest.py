"""The newest article of a collection."""

import sqlite3
from contextlib import closing

from retrieval.article import Article
from retrieval.index.store.store import Store


def newest_article(store: Store) -> Article | None:
    """The article with the latest date; None when none is dated."""
    with closing(sqlite3.connect(store.uri, uri=True)) as database:
        found = database.execute(
            "SELECT id FROM article WHERE date IS NOT NULL ORDER BY date DESC, number LIMIT 1"
        ).fetchone()
    return store.article(found[0]) if found else None
