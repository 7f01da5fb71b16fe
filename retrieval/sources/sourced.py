"""What reading a source gives: an article with its fingerprint, or the reason why there is none."""

from dataclasses import dataclass
from typing import NamedTuple

from retrieval.article import Article


class Dropped(NamedTuple):
    """A line of the source that is not part of the article's text, and why (`title`, `caption`, `related` ...)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sourced:
    """An article as read. `digest` is the hex sha256 of its bytes in the source (a file, or one JSONL line).

    Same digest and same `CLEANING_VERSION`: same article, nothing to do again. `place` is the file, or `path#line`.
    """

    article: Article
    digest: str
    place: str
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, folder or line (`path#line`) that gave no article, with one sentence: what was found, what helps."""

    path: str
    reason: str
