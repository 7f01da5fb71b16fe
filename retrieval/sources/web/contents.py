"""What a fetched page holds: an original, or, when it is a feed or a sitemap, further URLs."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeVar

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
from retrieval.reasons import Reason
from retrieval.sources.model import Failure, Original
from retrieval.sources.web.cache import Copy
from retrieval.sources.web.content_types import (
    FEED,
    HEAD_BYTES,
    LISTINGS,
    SITEMAP,
    charset_of,
    file_name,
    kind_of,
)

if TYPE_CHECKING:
    from retrieval.sources.web.sitemaps import Links

_Found = TypeVar("_Found")
_DEEPEST = 3
"""Listings nest: an index of indexes, an index, a sitemap."""
_LARGE = 2**20
"""Bytes from which a listing is read where it can be stopped: its parser may take seconds for each MB."""

Found = Generator[Original | Failure, None, list[str]]
"""Originals and failures; in the end, further URLs to read."""


def contents(copy: Copy, depth: int) -> Found:
    """The page, or the links of a listing; `depth` counts the listings on the way to it, and itself."""
    try:
        kind = _kind(copy)
        if kind not in LISTINGS:
            yield _original(copy, kind)
        elif depth > _DEEPEST:
            raise SourceError(Reason.of(Problem.WEB_LIST_IN_LIST, kind=kind))
        else:
            links = _links(copy, kind)
            if links.remark:
                yield Failure(copy.entry.url, links.remark)
            return links.urls
    except SourceError as error:
        yield Failure(copy.entry.url, error.said)
    except OSError as error:
        yield Failure(copy.entry.url, Reason.of(Problem.WEB_COPY_UNREADABLE, why=error.strerror))
    return []


def _kind(copy: Copy) -> str:
    with copy.body.open("rb") as file:
        return kind_of(copy.entry.content_type, file.read(HEAD_BYTES), copy.entry.url)


def _links(copy: Copy, kind: str) -> "Links":
    from retrieval.sources.web.sitemaps import Links, sitemap_links, text_sitemap_links

    data, url = copy.body.read_bytes(), copy.entry.url
    if kind == FEED:
        from retrieval.sources.web.feeds import feed_links

        return Links(_within_limits(feed_links, data, url))
    return _within_limits(sitemap_links if kind == SITEMAP else text_sitemap_links, data, url)


def _within_limits(links: Callable[[bytes, str], _Found], data: bytes, url: str) -> _Found:
    if len(data) < _LARGE:
        return links(data, url)
    with Workers(1) as workers:
        try:
            return workers.submit(_links_of, (links, data, url)).result()
        except ChildFailed as error:
            raise SourceError(error.said) from error


def _links_of(given: tuple[Callable[[bytes, str], _Found], bytes, str]) -> _Found:
    links, data, url = given
    return links(data, url)


def _original(copy: Copy, kind: str) -> Original:
    url = copy.entry.url
    return Original(
        id=url,
        place=url,
        name=file_name(url, kind),
        open=lambda: copy.body.open("rb"),
        url=url,
        charset=charset_of(copy.entry.content_type),
    )
