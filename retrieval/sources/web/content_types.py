"""What a response is: judged by its type and its first bytes, by its URL's ending only where those say nothing."""

import codecs
import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.address_lists import is_address_list
from retrieval.sources.file_kinds import SUFFIX_OF_TYPE, Form, kind_of_name, suffix_of
from retrieval.sources.web.body import too_large, unpack_gzip
from retrieval.sources.web.client import Response
from retrieval.sources.web.errors import Refused

FEED = "feed"
SITEMAP = "sitemap"
ADDRESSES = "list of addresses"
LISTINGS = (FEED, SITEMAP, ADDRESSES)
HEAD_BYTES = 8192

_LISTING_TYPES = dict.fromkeys(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"), FEED
)
_ANYTHING = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/x-download",
    "application/force-download",
)
_FORMS = {
    **dict.fromkeys(_ANYTHING, tuple(Form)),
    "text/plain": (Form.PLAIN, Form.JSON),
    "application/json": (Form.JSON,),
    "application/zip": (Form.ZIP,),
    "application/x-zip-compressed": (Form.ZIP,),
}
"""Types that only say how a file is written, or not even that: there the ending of its URL tells what it is."""
_PACKABLE = {"", "application/gzip", "application/x-gzip", "application/xml", "text/xml", *_FORMS}

_ROOTS = {"rss": FEED, "feed": FEED, "rdf": FEED, "urlset": SITEMAP, "sitemapindex": SITEMAP, "html": ".html"}
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?:\[[^\]]*\]\s*)?>|<script\b.*?</script\s*>)*+"
    r"<(?:[\w.-]+:)?([a-z]+)(?=[\s/>])",
    re.DOTALL | re.IGNORECASE,
)
_LISTING = re.compile(r"<(?:[\w.-]{1,40}:)?(urlset|sitemapindex|rss|feed|rdf)(?=[\s/>])", re.IGNORECASE)
_XML_TYPES = ("application/xml", "text/xml")
_JSON_FEED = re.compile(r'\s*\{.*?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.DOTALL)
_MAY_BE_ADDRESSES = ("", "text/plain", "text/html", "application/octet-stream", "binary/octet-stream")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def media_type(content_type: str) -> str:
    """`Text/HTML; charset=x` -> `text/html`."""
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type header names, right or wrong."""
    named = _CHARSET.search(content_type)
    return named.group(1) if named else None


def without_gzip(answer: Response, limit: int) -> Response:
    """The answer with its body unpacked if that is a sitemap or a feed as a gzip file, as `sitemap.xml.gz` is.

    Raises Refused when more than `limit` bytes come out, Unreachable when it is damaged.
    """
    said = media_type(answer.headers.get("content-type", ""))
    if not answer.body.startswith(b"\x1f\x8b") or said not in _PACKABLE:
        return answer
    body = unpack_gzip(answer.body, limit)
    head = body[:HEAD_BYTES]
    if _by_bytes(head) not in LISTINGS and _within(head, "text/xml") is None and not _are_addresses(head):
        return answer
    if len(body) > limit:
        raise too_large(limit)
    return replace(answer, body=body)


def kind_of(content_type: str, head: bytes, url: str) -> str:
    """One of LISTINGS, or the suffix of a file of this kind; raises Refused, naming the type, for all others.

    `head` is the first HEAD_BYTES.
    """
    said = media_type(content_type)
    if said in _MAY_BE_ADDRESSES and _are_addresses(head):
        return ADDRESSES
    if kind := _by_bytes(head) or _within(head, said) or _LISTING_TYPES.get(said):
        return kind
    path = urlsplit(url).path
    if (named := kind_of_name(path)) and named.form in _FORMS.get(said, ()):
        return suffix_of(path)
    if said in SUFFIX_OF_TYPE:
        return SUFFIX_OF_TYPE[said]
    if not said and b"\0" not in head:
        return ".txt"
    raise Refused(Reason.of(Problem.WEB_TYPE, type=said[:60] or "unknown"))


def file_name(url: str, suffix: str) -> str:
    """A name for the file behind a URL that ends as its kind does: `/a/report?id=1` -> `report.html`."""
    stem = PurePosixPath(unquote(urlsplit(url).path).replace("\0", "")).stem
    return (stem[:80] or "page") + suffix


def _by_bytes(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return ".pdf"
    text = _text(head)
    if _HTML.match(text):
        return ".html"
    if _JSON_FEED.match(text):
        return FEED
    root = _ROOT.match(text)
    return _ROOTS.get(root.group(1).lower()) if root else None


def _within(head: bytes, said: str) -> str | None:
    """The listing in what is said to be XML: warnings of the program that made it may stand above."""
    found = _LISTING.search(_text(head)) if said in _XML_TYPES else None
    return _ROOTS[found.group(1).lower()] if found else None


def _are_addresses(head: bytes) -> bool:
    text = _text(head)
    return is_address_list(text.rpartition("\n")[0] if len(head) == HEAD_BYTES else text)


def _text(head: bytes) -> str:
    """Enough to find ASCII names in it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
