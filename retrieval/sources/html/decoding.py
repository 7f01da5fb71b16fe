"""The bytes of a web page -> its text and its tree."""

import regex
from lxml import etree, html

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.plain.encodings import BINARY_STARTS, charset_of, codec_of, decodes
from retrieval.sources.html.lightening import without_floods

Element = etree._Element

_META = regex.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", regex.IGNORECASE
)
_META_WITHIN = 4096
_DEEPEST = 400
_CLASSES = etree.ElementDefaultClassLookup(
    html.HtmlElement, html.HtmlComment, html.HtmlProcessingInstruction, html.HtmlEntity
)
"""One class for all elements, where lxml.html asks Python for each: that took a tenth of the time."""


def decode_page(data: bytes, charset: str | None) -> str:
    """The page's text: by its byte order mark, as UTF-8 where it is valid, as the server said (`charset`) or the page
    says, else by a guess.

    Raises:
        SourceError: the page is empty or binary.
    """
    if data.startswith(BINARY_STARTS):
        raise SourceError(Reason.of(Problem.HTML_BINARY))
    if not data.strip():
        raise SourceError(Reason.of(Problem.HTML_EMPTY))
    text = _decode(data, charset)
    if "\0" in text:
        raise SourceError(Reason.of(Problem.HTML_NOT_TEXT))
    return text


def parse_page(text: str) -> Element:
    """The page's tree, mended where its markup is broken; raises SourceError when there is no markup at all."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        page = html.document_fromstring(without_floods(text).encode("utf-8", "replace"), parser=parser)
        _require_bearable(page)
        return page
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError(Reason.of(Problem.HTML_UNREADABLE)) from error


def _require_bearable(page: Element) -> None:
    """Raises SourceError when elements lie in each other deeper than any page needs: readers take ages over it."""
    depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise SourceError(Reason.of(Problem.HTML_TOO_DEEP, most=_DEEPEST))


def _decode(data: bytes, charset: str | None) -> str:
    named = [codec for codec in (codec_of(charset), _codec_in_page(data)) if codec]
    declared = next((codec for codec in named if decodes(data, codec)), next(iter(named), None))
    try:
        return data.decode(charset_of(data, declared, whole=True), errors="replace")
    except SourceError:
        if declared is None:
            raise
        return data.decode(declared, errors="replace")  # a few broken characters do not make it wrong


def _codec_in_page(data: bytes) -> str | None:
    """The codec that the page names itself."""
    meta = _META.search(data[:_META_WITHIN])
    codec = codec_of(meta.group(1).decode("ascii", "ignore")) if meta else None
    # Whoever could read the declaration as ASCII did not read UTF-16.
    return "utf-8" if codec and codec.startswith(("utf-16", "utf-32")) else codec
