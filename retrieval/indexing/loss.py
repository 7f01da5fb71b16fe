"""What a run would take out of the collection, and when that is so much that somebody must say yes first."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.store.store import Store
from retrieval.indexing.changes import News

_FEW = 3
"""So many articles may go without a question, whatever the size of the collection."""
_SHARE = 5
"""More than one in so many may not."""
_NAMED, _KEY = 20, 16


@dataclass(frozen=True, kw_only=True)
class Loss:
    """`count` of `of` articles in service would go: `names` are titles, or ids, of the first of them.

    `unnamed` are the sources that the index in service was made from and that are named no longer; `key` stands for
    just these articles.
    """

    count: int
    of: int
    names: tuple[str, ...]
    unnamed: tuple[str, ...] = ()
    key: str = ""


Permit = Callable[[Loss], bool]
"""Whether a run may take out what it would."""


def always(_: Loss) -> bool:
    """Somebody has said yes already."""
    return True


def never(_: Loss) -> bool:
    """There is nobody to ask."""
    return False


def just(key: str) -> Permit:
    """Somebody has said yes to what is called `key`, and to nothing else."""
    return lambda loss: loss.key == key


@dataclass(frozen=True)
class Expected:
    """What may go without a question: the articles `removed` by hand, by their ids, and those made from bytes of these
    `digests`, as the articles that come with the product are."""

    removed: Collection[str] = ()
    digests: Collection[str] = ()


NOTHING_EXPECTED = Expected()


def loss_of(
    generations: Generations,
    news: News,
    expected: Expected,
    sources: Collection[str],
    before: Generation | None = None,
) -> Loss | None:
    """What a run over `sources` would take out of what serves; None when it is not worth a question.

    An article that is found under another id is not lost; one whose id another file's article has now is. An index
    that another version of the product made counts too, though it serves no longer; `before` is what serves, where
    that is open.
    """
    with nullcontext(before.store) if before else generations.current_store() as store:
        if store is None:
            return None
        replaced = news.replaced if before else list(_replaced(store, news))
        if _is_little(store.articles - news.known_ids + len(replaced), store.articles):
            return None
        lost = _lost(store, news, expected, frozenset(replaced))
        if _is_little(len(lost), store.articles):
            return None
        names = tuple(_name(store, article_id) for article_id in lost[:_NAMED])
        unnamed = tuple(s for s in generations.named_sources().sources if s not in sources)
        key = hashlib.sha256("\n".join(sorted(lost)).encode()).hexdigest()[:_KEY]
        return Loss(count=len(lost), of=store.articles, names=names, unnamed=unnamed, key=key)


def all_taken_out(served: Store, removed: Collection[str], data_dir: Path) -> bool:
    """Whether every article that is served was taken out by hand: its id is among those `removed`, or its file was in
    `data_dir`, as uploads are, and is gone. False when none is served.
    """

    def taken_out(article_id: str) -> bool:
        known = served.known_as(article_id)
        file = Path(known.path).resolve() if known and known.path else None
        deleted = file is not None and file.is_relative_to(data_dir.resolve()) and not file.exists()
        return deleted or article_id in removed

    return served.articles > 0 and all(map(taken_out, served.digests()))


def _is_little(lost: int, of: int) -> bool:
    return lost <= _FEW or lost * _SHARE <= of


def _replaced(store: Store, news: News) -> Iterator[str]:
    """The ids under which another file's article is found, beside an index that serves no longer."""
    for article, digest in news.read():
        known = store.known_as(article.id)
        if known and known.digest != digest and known.path != article.path:
            yield known.id


def _lost(store: Store, news: News, expected: Expected, replaced: Collection[str]) -> list[str]:
    gone = {
        article_id: digest
        for article_id, digest in store.digests().items()
        if (article_id in replaced or not news.holds(article_id))
        and article_id not in expected.removed
        and digest not in expected.digests
    }
    found = news.new_digests() if gone else set()
    return [article_id for article_id, digest in gone.items() if digest not in found]


def _name(store: Store, article_id: str) -> str:
    article = store.article(article_id)
    return (article.title if article else None) or article_id
