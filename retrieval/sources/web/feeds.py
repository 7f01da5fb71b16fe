"""RSS, Atom and JSON feeds: the pages that their entries link to."""

import json
from io import BytesIO
from urllib.parse import urljoin

import feedparser

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.broken_xml import mended, salvaged, text_of

_ROOTS = "rss|feed|rdf"


def feed_links(data: bytes, url: str) -> list[str]:
    """The links of a feed's entries, absolute, in its order, each once; `url` is the feed's own.

    A feed that is broken XML gives what can be made out. Raises SourceError when that is nothing.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _required(_json_links(data, url), is_feed=True)
    try:
        # From a stream, because the library would fetch a string that looks like a URL.
        feed = feedparser.parse(
            BytesIO(data),
            response_headers={"content-location": url},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception:  # the library has no errors of its own: whatever it stumbles over comes through
        return _required(_links_left(data, url), is_feed=True)
    links = [link for entry in feed.entries if isinstance(link := entry.get("link"), str) and link]
    if data.count(b"<item>") > len(feed.entries):  # one that is not closed has swallowed others
        links += [link for link in _links_left(data, url) if link not in links]
    return _required(links, is_feed=bool(feed.get("version")))


def _required(links: list[str], *, is_feed: bool) -> list[str]:
    if not links:
        raise SourceError(Reason.of(Problem.FEED_EMPTY if is_feed else Problem.FEED_UNREADABLE))
    return list(dict.fromkeys(links))


def _json_links(data: bytes, url: str) -> list[str]:
    """The links of a JSON feed; an item without one costs itself."""
    try:
        items = json.loads(data.decode("utf-8-sig", "replace"))["items"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise SourceError(Reason.of(Problem.FEED_NOT_JSON)) from error
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    links = [item.get("url") or item.get("external_url") or item.get("id") for item in found]
    return [_absolute(link, url) for link in links if isinstance(link, str) and link]


def _links_left(data: bytes, url: str) -> list[str]:
    """The links of a feed that the library stumbles over: most often over one entry."""
    root = salvaged(mended(text_of(data), _ROOTS))
    entries = [] if root is None else root.iter("{*}item", "{*}entry")
    written = [
        str(link.get("href") or link.text or "") for each in entries for link in each.iterfind("{*}link")
    ]
    return [_absolute(link.strip(), url) for link in written if link.strip()]


def _absolute(link: str, url: str) -> str:
    try:
        return urljoin(url, link)
    except ValueError:
        return link  # what is wrong with it is said when it is read
