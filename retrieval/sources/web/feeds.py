"""RSS and Atom feeds: the pages that their entries link to."""

from io import BytesIO

import feedparser

from retrieval.errors import SourceError


def feed_links(data: bytes, url: str) -> list[str]:
    """The links of a feed's entries, absolute, in its order, each once; `url` is the feed's own.

    A feed that is broken XML gives what can be made out. Raises SourceError when that is nothing.
    """
    try:
        # From a stream, because the library would fetch a string that looks like a URL.
        feed = feedparser.parse(
            BytesIO(data),
            response_headers={"content-location": url},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (
        Exception
    ) as error:  # the library has no errors of its own: whatever it stumbles over comes through
        raise SourceError("is a feed that cannot be read: tell its owner") from error
    links = [link for entry in feed.entries if isinstance(link := entry.get("link"), str) and link]
    if not links:
        found = "holds no entry with a link" if feed.get("version") else "is not a feed that can be read"
        raise SourceError(f"{found}: expected RSS or Atom whose entries link to pages")
    return list(dict.fromkeys(links))
