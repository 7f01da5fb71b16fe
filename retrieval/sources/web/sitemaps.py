"""Sitemaps and indexes of them: the URLs that they list."""

from urllib.parse import urljoin

from lxml import etree

from retrieval.errors import SourceError


def sitemap_links(data: bytes, url: str) -> list[str]:
    """The URLs of a sitemap, or of the sitemaps in an index, absolute, in order, each once.

    `url` is the sitemap's own. Raises SourceError when it is broken, lists nothing or has a DOCTYPE.
    """
    root = _root(data)
    namespace = etree.QName(root).namespace
    # Not any <loc>: images and videos have locations of their own, in a namespace of their own.
    loc = f"{{{namespace}}}loc" if namespace else "loc"
    written = [(element.text or "").strip() for element in root.iterfind(f"*/{loc}")]
    if not (links := list(dict.fromkeys(_absolute(link, url) for link in written if link))):
        raise SourceError("is a sitemap that lists no page: expected <loc> elements")
    return links


def _root(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"is a sitemap of broken XML ({str(error)[:200]}): tell its owner") from error
    # Entities are declared there, and no sitemap needs one.
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("is a sitemap with a DOCTYPE: expected one without")
    return root


def _absolute(link: str, url: str) -> str:
    try:
        return urljoin(url, link)
    except ValueError:
        return link  # what is wrong with it is said when it is read
