"""XML as sites write it: with blanks, scripts and warnings around it, bare ampersands and control characters."""

import codecs
from html import unescape

import regex
from lxml import etree

from retrieval.errors import SourceError
from retrieval.sources.html.decoding import decode_page

_BARE = regex.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)(?:[a-z][a-z\d]{1,30};)?", regex.IGNORECASE
)
_CONTROL = regex.compile(r"[\p{Cc}\ufffe\uffff--[\t\n\r]]", regex.V1)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def parsed(data: bytes | str) -> etree._Element:
    """The root; raises lxml's XMLSyntaxError, or ValueError. No entity is resolved, and nothing is fetched."""
    return etree.fromstring(data, _parser())


def salvaged(data: str) -> etree._Element | None:
    """The root, of broken XML with what can be made out; None when that is nothing."""
    try:
        return etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def text_of(data: bytes) -> str:
    """The characters, also of what is in no encoding: broken ones cost the entry that they stand in."""
    try:
        return decode_page(data, None)
    except SourceError:
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if wide else "utf-8", "replace")


def mended(text: str, roots: str) -> str:
    """The element of one of the names `roots` (alternatives of a pattern), without what stands around it, with
    ampersands and characters as XML wants them.
    """
    start = regex.search(rf"<(?:[\w.-]{{1,40}}:)?(?:{roots})(?=[\s/>])", text, regex.IGNORECASE)
    begun = text[start.start() :] if start else text
    ends = list(regex.finditer(rf"</(?:[\w.-]{{1,40}}:)?(?:{roots})\s*+>", begun, regex.IGNORECASE))
    whole = begun[: ends[-1].end()] if ends else begun
    first, *others = _CONTROL.sub("", whole).split(_CDATA)
    return _escaped(first) + "".join(_after_cdata(other) for other in others)


def _after_cdata(text: str) -> str:
    said, end, behind = text.partition(_CDATA_END)
    return f"{_CDATA}{said}{end}{_escaped(behind)}"


def _escaped(text: str) -> str:
    return str(_BARE.sub(_escape, text))


def _escape(found: "regex.Match[str]") -> str:
    """HTML's entities, which XML does not know, as their characters; any other `&` as itself."""
    character = unescape(found.group())
    return character if character != found.group() else "&amp;" + found.group()[1:]
