"""What reading a source gives, step by step: an original's bytes, the document in them, the article, or a failure."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from retrieval.article import Article
from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason, in_one_line
from retrieval.text.addresses import without_user
from retrieval.text.forms import normalise
from retrieval.text.language import language_code

MAX_BYTES = 20 * 1024 * 1024
"""What one article's original may hold; files of many articles are read piece by piece and may be larger."""


Known = Mapping[str, str | Date]
"""Metadata by the names of `Document`'s fields: id, title, date, source, author, url, lang."""


_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
"""What else pages and tables call an address - `n/a`, `#`, a path - identifies nothing."""


class Dropped(NamedTuple):
    """A line of the source that is not part of the article's text, and why (`title`, `caption`, `related` ...)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The bytes of one file, wherever they come from: a folder, an archive, the web.

    `id` names its article unless the content gives one an id or a URL; `place` is what messages call it (a path,
    `archive.zip!member`, a URL); `name` is its file name, whose suffix tells the kind; `url` and `charset` are what
    the web server said; `known` is what the collection's owner says of the article, which beats what it says itself;
    `columns` tell the fields of a table's rows that are named otherwise than ours, by our names.
    """

    id: str
    place: str
    name: str
    open: Callable[[], BinaryIO]
    path: str | None = None
    url: str | None = None
    charset: str | None = None
    known: Known = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    def read(self) -> bytes:
        """All of it.

        Raises:
            SourceError: it is larger than MAX_BYTES.
            OSError: it cannot be read.
        """
        with self.open() as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SourceError(Reason.of(Problem.TOO_LARGE, name=self.name, limit=MAX_BYTES // 2**20))
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The article in one original, as far as its bytes tell: what is unknown is None.

    `text`, `gaps` and `pages` are as in `Article`; `id` is given only where the document names one itself.
    A `trusted` text is the owner's own: no furniture is looked for in it. `remarks` tell, a sentence each as in
    `Failure`, which parts of the original could not be used.
    """

    text: str
    gaps: tuple[int, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    title: str | None = None
    date: Date | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    id: str | None = None
    lang: str | None = None
    pages: tuple[int, ...] = ()
    trusted: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """An article as read. `digest` is the hex sha256 of what it was made from, `place` the file or `path#line`.

    Same digest and same `CLEANING_VERSION`: same article, nothing to do again. `remarks` are as in `Document`.
    """

    article: Article
    digest: str
    place: str
    dropped: tuple[Dropped, ...] = ()
    trusted: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def remarked(self) -> "tuple[Failure, ...]":
        """The remarks, each with the article's place."""
        return tuple(Failure(self.place, remark) for remark in self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An article to be read: `origin` is its id unless the content gives another, `digest` as in `Sourced`, `path` as
    in `Article`.

    `read` makes the article, and may raise SourceError or OSError; one that is `apart` may cost much, so that it is to
    be read in another process, where it can be stopped.
    """

    origin: str
    digest: str
    place: str
    read: Callable[[], Sourced]
    path: str | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, folder or line (`path#line`) that gave no article, or not all of one, with one sentence: what was found,
    what helps."""

    path: str
    reason: str

    def __post_init__(self) -> None:
        """The sentence may quote what was found: it is brought into one line that nothing but shows."""
        object.__setattr__(self, "reason", in_one_line(self.reason))


def digest_of(data: bytes, original: Original) -> str:
    """The hex sha256 of what an article is made from: bytes of the original, and what is said of them elsewhere."""
    known = {name: str(value) for name, value in sorted(original.known.items())}
    told = [PurePosixPath(original.name).suffix, original.charset, known, dict(original.columns)]
    return hashlib.sha256(data + json.dumps(told).encode("utf-8", "replace")).hexdigest()


def with_facts(document: Document, facts: Mapping[str, str | Date | None]) -> Document:
    """The document with what else is known of it, by the names of its fields."""
    return replace(document, **facts)  # type: ignore[arg-type]  # the names decide the types


def _name(written: str | None) -> str | None:
    """A title, author or site in normal form: without characters that nobody sees."""
    return (normalise(written).strip() or None) if written else None


def sourced(document: Document, original: Original, digest: str) -> Sourced:
    """The article of a document; raises SourceError when it has no text."""
    if not document.text:
        raise SourceError(Reason.of(Problem.NO_ARTICLE_TEXT))
    document = with_facts(document, original.known)
    addresses = (without_user(url) for url in (document.url, original.url) if url and _ADDRESS.fullmatch(url))
    url = next(addresses, None)
    article = Article(
        id=without_user(document.id or "") or url or original.id,
        text=document.text,
        title=_name(document.title),
        date=document.date,
        source=_name(document.source),
        author=_name(document.author),
        url=url,
        path=original.path,
        lang=document.lang or language_code(document.text),
        gaps=document.gaps,
        pages=document.pages,
    )
    return Sourced(
        article=article,
        digest=digest,
        place=original.place,
        dropped=document.dropped,
        trusted=document.trusted,
        remarks=document.remarks,
    )
