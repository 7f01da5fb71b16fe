"""A collection: files and folders -> articles, one at a time, each with a stable id."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.errors import SourceError
from retrieval.sources.files import Found, find
from retrieval.sources.reading import articles_of, explain
from retrieval.sources.sourced import Failure, Original, Pending, Sourced


def scan(sources: Sequence[Path]) -> Iterator[Pending | Failure]:
    """The articles of files and folders (recursive, sorted), each to be read when its digest is news.

    Raises SourceError at once, before anything is read, when a source is missing or of no supported kind: a typo
    must not silently drop a part of the collection. Files of unknown kinds inside folders, and hidden ones, are
    skipped. A file named twice is read once.
    """
    return _scan_all(_once([found for source in sources for found in find(source)]))


def read_sources(sources: Sequence[Path]) -> Iterator[Sourced | Failure]:
    """The articles of `sources`, all of them read, and a Failure for each one that cannot be had; raises as `scan`."""
    return without_twins(read(pending) for pending in scan(sources))


def read(pending: Pending | Failure) -> Sourced | Failure:
    """The article, or why it cannot be had."""
    if isinstance(pending, Failure):
        return pending
    try:
        return pending.read()
    except SourceError as error:
        return Failure(pending.place, str(error))
    except OSError as error:
        return Failure(pending.place, explain(error))


def without_twins(results: Iterator[Sourced | Failure]) -> Iterator[Sourced | Failure]:
    """Ids are unique: a second article under a taken id becomes a Failure."""
    owners: dict[str, str] = {}
    for result in results:
        if isinstance(result, Failure):
            yield result
        elif (owner := owners.get(result.article.id)) is not None:
            yield _twin(result, owner)
        else:
            owners[result.article.id] = result.place
            yield result


def _once(found: list[Found]) -> list[Found]:
    by_place = {each.path.absolute(): each for each in reversed(found)}
    return list(reversed(by_place.values()))


def _scan_all(found: list[Found]) -> Iterator[Pending | Failure]:
    shared = Counter(each.relative for each in found)
    taken: set[str] = set()
    for each in found:
        article_id = _article_id(each, shared[each.relative] > 1, taken)
        taken.add(article_id)
        if each.problem:
            yield Failure(each.path.as_posix(), each.problem)
        else:
            yield from articles_of(_original(each.path, article_id))


def _original(path: Path, article_id: str) -> Original:
    place = path.as_posix()
    return Original(article_id, place, path.name, lambda: path.open("rb"), path=place)


def _article_id(found: Found, shared: bool, taken: set[str]) -> str:
    """The relative path, behind as much of the root's name as tells it from other roots."""
    names = found.root.resolve().parts[1:]
    article_id, depth = found.relative, 0
    while ((shared and not depth) or article_id in taken) and depth < len(names):
        depth += 1
        article_id = "/".join((*names[-depth:], found.relative))
    return article_id


def _twin(sourced: Sourced, owner: str) -> Failure:
    reason = f"the id {sourced.article.id!r} is already that of the article in {owner}: change one of them"
    return Failure(sourced.place, reason)
