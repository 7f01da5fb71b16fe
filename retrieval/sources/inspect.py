"""What a source becomes, line by line: for a person who wonders why something is, or is not, in the index."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.sources.collection import read_sources
from retrieval.sources.model import Dropped, Failure, Sourced


@dataclass(frozen=True, slots=True)
class Inspection:
    """An article as `inspect --json` shows it (with `dataclasses.asdict`); `date` is YYYY-MM-DD."""

    path: str | None
    title: str | None
    date: str | None
    source: str | None
    author: str | None
    url: str | None
    lang: str | None
    text: str
    dropped: tuple[dict[str, str], ...]


def inspect_source(path: Path) -> Iterator[Inspection | Failure]:
    """What each article of a file or folder becomes; raises SourceError like `read_sources`."""
    for result in read_sources([path]):
        yield result if isinstance(result, Failure) else inspection(result)


def inspection(sourced: Sourced) -> Inspection:
    """The plain values of an article as read."""
    article = sourced.article
    return Inspection(
        path=article.path,
        title=article.title,
        date=article.date.isoformat() if article.date else None,
        source=article.source,
        author=article.author,
        url=article.url,
        lang=article.lang,
        text=article.text,
        dropped=tuple(_as_dict(dropped) for dropped in sourced.dropped),
    )


def _as_dict(dropped: Dropped) -> dict[str, str]:
    return {"text": dropped.text, "reason": dropped.reason}
