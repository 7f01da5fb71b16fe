"""Pages, feeds and sitemaps on the web -> originals, with a copy of each page kept for the next run."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import httpcore
import httpx

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.model import Failure, Original
from retrieval.sources.web.address import addresses_of, page_url, public_form
from retrieval.sources.web.cache import Copy, WebCache
from retrieval.sources.web.client import Asking, Client
from retrieval.sources.web.content_types import without_gzip
from retrieval.sources.web.contents import Found, contents
from retrieval.sources.web.errors import Refused, Unreachable
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.lookup import Resolve
from retrieval.sources.web.redirects import follow
from retrieval.sources.web.robots import Robots

_GONE = (404, 410, 451)


class WebPages:
    """The web as one run of indexing sees it: every page is read once, however many links lead to it."""

    def __init__(
        self,
        cache: Path,
        limits: WebLimits,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        *,
        resolve: Resolve = addresses_of,
        network: httpcore.NetworkBackend | None = None,
        asked: set[str] | None = None,
    ) -> None:
        """`cache` is the folder of the copies; `network` is what connections are made with; `asked` gets every URL
        that is asked for."""
        self._limits = limits
        self._client = Client(limits, sleep, clock, resolve, network or httpcore.SyncBackend())
        self._robots = Robots(self._client, limits)
        self._cache = WebCache(cache)
        self._seen: set[str] = set()
        self._asked = set[str]() if asked is None else asked

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def originals(self, url: str) -> Iterator[Original | Failure]:
        """The page at `url`, or the pages that it lists when it is a feed or a sitemap; never raises.

        A page that cannot be had now is a Failure, followed by the copy of an earlier run if there is one.
        """
        within = [iter([url])]
        left = self._limits.max_pages + 1
        while within:
            if (link := next(within[-1], None)) is None:
                within.pop()
            elif link not in self._seen:
                if not left:
                    yield Failure(public_form(url), self._too_many())
                    return
                left -= 1
                links = yield from self._read(link, depth=len(within))
                within.append(iter(links))

    def _too_many(self) -> str:
        return Reason.of(Problem.WEB_MANY_PAGES, count=self._limits.max_pages)

    def _read(self, link: str, depth: int) -> Found:
        try:
            url = page_url(link)
        except Refused as error:
            yield Failure(public_form(link), error.said)
            return []
        links: list[str] = []
        if self._is_new(str(url)):
            for found in self._current(url):
                if isinstance(found, Failure):
                    yield found
                elif found.entry.url == str(url) or self._is_new(found.entry.url):
                    links += yield from contents(found, depth)
        return links

    def _is_new(self, url: str) -> bool:
        new = url not in self._seen
        self._seen.add(url)
        return new

    def _current(self, url: httpx.URL) -> Iterator[Copy | Failure]:
        """The page as it is now, else why not and, if that may pass, as it was."""
        place = str(url)
        self._asked.add(place)
        kept = self._cache.get(place)
        try:
            yield self._fetch(url, kept)
        except Refused as error:
            self._cache.drop(place)
            yield Failure(place, error.said)
        except Unreachable as error:
            why = error.said
            if kept:
                why = Reason.of(Problem.WEB_COPY_STAYS, why=why, date=kept.entry.fetched)
            yield Failure(place, why)
            yield from [kept] if kept else []
        except OSError as error:
            yield Failure(place, Reason.of(Problem.WEB_NO_ROOM, why=error.strerror))

    def _fetch(self, url: httpx.URL, kept: Copy | None) -> Copy:
        """Raises Refused, Unreachable, or OSError when there is no room for it."""
        answer = follow(self._client, url, lambda hop: self._asking(hop, kept))
        if answer.status == 200:
            return self._cache.put(str(url), without_gzip(answer, self._limits.max_bytes))
        if answer.status == 304 and kept and kept.entry.url == str(answer.url):
            return self._cache.confirm(str(url), kept, answer)
        gone = answer.status in _GONE
        why = Reason.of(Problem.WEB_GONE if gone else Problem.WEB_NO_PAGE, status=answer.status)
        if answer.url != url:
            why = Reason.of(Problem.WEB_REDIRECTED, url=public_form(str(answer.url)), why=why)
        raise (Refused if gone else Unreachable)(why)

    def _asking(self, hop: httpx.URL, kept: Copy | None) -> Asking:
        conditions = kept.conditions if kept and kept.entry.url == str(hop) else {}
        return Asking(self._robots.delay_s(hop), conditions)
