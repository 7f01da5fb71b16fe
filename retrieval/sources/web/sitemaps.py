"""Sitemaps and indexes of them: the URLs that they list, also where their XML is not quite XML."""

from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin

import regex
from lxml import etree

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.address_lists import addresses_in
from retrieval.sources.web.broken_xml import mended, parsed, text_of

_ROOTS, _ENTRIES = "urlset|sitemapindex", ("url", "sitemap")
_PREFIX = regex.compile(r"<([\w.-]{1,40}:)")
_DOCTYPE = Reason.of(Problem.SITEMAP_DOCTYPE)


class Links(NamedTuple):
    """The URLs that a listing holds, absolute, in its order, each once, and what is wrong with it, if anything."""

    urls: list[str]
    remark: str | None = None


def sitemap_links(data: bytes, url: str) -> Links:
    """The URLs of a sitemap, or of the sitemaps in an index; `url` is the sitemap's own.

    Of broken XML what can be made out is taken, with a remark. Raises SourceError when that is nothing, and when it
    has a DOCTYPE.
    """
    root, broken = _root(data)
    if isinstance(root, str):
        links = _once(_locations_left(root), url)
    else:
        # Entities are declared there, and no sitemap needs one.
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceError(_DOCTYPE)
        links = _once([str(each.xpath("string()")) for each in filter(_is_location, root.iter())], url)
    if not links:
        why = f"of broken XML ({broken}) and lists no page" if broken else "that lists no page"
        raise SourceError(Reason.of(Problem.SITEMAP_EMPTY, why=why))
    remark = Reason.of(Problem.SITEMAP_BROKEN, why=broken, count=len(links))
    return Links(links, remark if broken else None)


def text_sitemap_links(data: bytes, url: str) -> Links:
    """The addresses in a text file of one a line."""
    return Links(_once(addresses_in(text_of(data)), url))


def _root(data: bytes) -> tuple[etree._Element | str, str]:
    """The root element, or what is written where that is no XML, and why."""
    try:
        return parsed(data), ""
    except (etree.XMLSyntaxError, ValueError):
        text = text_of(data)
    if "<!doctype" in text.casefold():
        raise SourceError(_DOCTYPE)
    whole = mended(text, _ROOTS)
    try:
        return parsed(whole), ""
    except (etree.XMLSyntaxError, ValueError) as error:
        return whole, str(error)[:200]


def _locations_left(written: str) -> list[str]:
    """The places of pages in broken XML: those of the elements whose names have the root's prefix, or none."""
    outside = "".join(part.partition("-->")[2] if n else part for n, part in enumerate(written.split("<!--")))
    prefix = _PREFIX.match(written)
    opening = rf"<{regex.escape(prefix.group(1)) if prefix else ''}loc\s*+>\s*+(?:<!\[CDATA\[)?+([^<\]]++)"
    return [unescape(found) for found in regex.findall(opening, outside, regex.IGNORECASE)]


def _is_location(element: etree._Element) -> bool:
    """Whether it tells a page's place. Not any <loc>: pictures and videos have some of their own, in a namespace of
    their own.
    """
    parent = element.getparent()
    if parent is None or not isinstance(element.tag, str) or not isinstance(parent.tag, str):
        return False
    (space, name), (around, entry) = _name_of(element), _name_of(parent)
    return name == "loc" and entry in _ENTRIES and space == around


def _name_of(element: etree._Element) -> tuple[str, str]:
    """Namespace and name; in broken XML a prefix may stand for a namespace."""
    space, _, name = str(element.tag).rpartition("}" if element.tag.startswith("{") else ":")
    return space, name.lower()


def _once(written: list[str], url: str) -> list[str]:
    stripped = (link.strip() for link in written)
    return list(dict.fromkeys(_absolute(link, url) for link in stripped if link))


def _absolute(link: str, url: str) -> str:
    try:
        return urljoin(url, link)
    except ValueError:
        return link  # what is wrong with it is said when it is read
