"""The bytes of a web page -> its text and its tree."""

import codecs
from collections.abc import Iterator

import regex
from lxml import etree, html

from retrieval.errors import SourceError
from retrieval.sources.formats.encodings import charset_of

Element = etree._Element

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = regex.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", regex.IGNORECASE
)
_META_WITHIN = 4096
_DEEPEST = 400
_BINARY_STARTS = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
_OF_SEVERAL_BYTES = ("big5", "cp9", "euc", "gb", "hz", "iso2022", "johab", "shift_jis", "utf")
"""What is valid UTF-8 may still be meant in these; text in an encoding of single bytes is hardly ever valid UTF-8,
though pages that are UTF-8 are often declared so."""
_CLASSES = etree.ElementDefaultClassLookup(
    html.HtmlElement, html.HtmlComment, html.HtmlProcessingInstruction, html.HtmlEntity
)
"""One class for all elements, where lxml.html asks Python for each: that took a tenth of the time."""
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def decode_page(data: bytes, charset: str | None) -> str:
    """The page's text: by its byte order mark, as UTF-8 where it is valid, as the server said (`charset`) or the page
    says, else by a guess.

    Raises:
        SourceError: the page is empty or binary.
    """
    if data.startswith(_BINARY_STARTS):
        raise SourceError("binary, not HTML: expected a web page, give the file the suffix of its kind")
    text = _decode(data, charset)
    if not text.strip():
        raise SourceError("empty: expected a web page, save it again or remove it")
    if "\0" in text:
        raise SourceError("binary, not HTML: expected a web page, save it again as UTF-8")
    return text


def parse_page(text: str) -> Element:
    """The page's tree, mended where its markup is broken; raises SourceError when there is no markup at all."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        _require_bearable(page)
        return page
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(
            "holds no HTML that can be read: expected a web page, save it again in a browser"
        ) from error


def _require_bearable(page: Element) -> None:
    """Raises SourceError when elements lie in each other deeper than any page needs: readers take ages over it."""
    depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise SourceError(
                f"nests elements more than {_DEEPEST} deep: expected the page of an article, save it anew"
            )


def _decode(data: bytes, charset: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    declared = list(_declared(data, charset))
    wide = any(known.startswith(_OF_SEVERAL_BYTES) for known in declared)
    for encoding in (*declared, "utf-8") if wide else ("utf-8", *declared):
        try:
            return data.decode(encoding)
        except (UnicodeError, ValueError):
            continue
    # A few broken characters do not make a declaration wrong.
    return data.decode(declared[0] if declared else charset_of(data, whole=True), errors="replace")


def _declared(data: bytes, charset: str | None) -> Iterator[str]:
    """The encodings that server and page name, those that Python knows as encodings of text."""
    meta = _META.search(data[:_META_WITHIN])
    for name in (charset, meta.group(1).decode("ascii", "ignore") if meta else None):
        if known := _known(name):
            # Whoever could read the declaration as ASCII did not read UTF-16.
            yield "utf-8" if name != charset and known.startswith(("utf-16", "utf-32")) else known


def _known(name: str | None) -> str | None:
    try:
        known = codecs.lookup(name or "").name
        "".encode(known)  # raises for `hex` and its like
    except (LookupError, ValueError, UnicodeError):
        return None
    return _AS_BROWSERS_DO.get(known, known)
