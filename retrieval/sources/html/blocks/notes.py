"""Footnotes of a page: which links lead to one, which elements hold them."""

import regex
from lxml import etree

from retrieval.sources.formats.raised import note_mark

Element = etree._Element

_LONGEST_MARK = 12
_LINKS_TO_NOTE = regex.compile(
    r"note-?_?ref|foot-?note|end-?note|(?<![a-z])fn-?ref|cite_ref", regex.IGNORECASE
)
_HOLDS_NOTES = regex.compile(r"(?:doc-)?(?:foot|end)-?_?notes?(?!-?_?ref)(?![a-z])", regex.IGNORECASE)
_NAMES_NOTE = regex.compile(
    r"(?:.{0,40}[^a-z])?(?:_?ft?n|en|foot|end|note|ref|chu-?thich|cite|n|sdfootnote)?[-_:.]?\d{1,4}[-_:.a-z]{0,12}|.{0,40}note.{0,40}",
    regex.IGNORECASE,
)
_BACK = frozenset("↩ ↩︎ ↑ ^ ⏎ ↵ ⤴ ⬆ ↥ ⇑ ▲".split())
_SOURCES = "cite_note"
"""What encyclopedias call their lists of sources: no notes of the author's."""
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def is_reference(link: Element) -> bool:
    """Whether an `a` leads to a note and shows only its mark: `1`, `[2]`, `*`."""
    text = _short_text(link)
    if text is None or note_mark(text) is None or not _leads_into_page(link):
        return False
    return (
        any(map(str.isdigit, text)) or _LINKS_TO_NOTE.search(_names(link)) is not None or not text.isalpha()
    )


def is_way_back(link: Element) -> bool:
    """Whether an `a` only leads from a note back to its place."""
    return _leads_into_page(link) and _short_text(link) in _BACK


def noted(page: Element) -> frozenset[str]:
    """The ids of what the page's references lead to."""
    targets = (str(link.get("href")).rpartition("#")[2] for link in page.iter("a") if is_reference(link))
    return frozenset(
        each for each in targets if _NAMES_NOTE.fullmatch(each) and not each.startswith(_SOURCES)
    )


def holds_notes(element: Element) -> bool:
    """Whether an element is made for footnotes, as its class, id or role tells."""
    return _HOLDS_NOTES.search(_names(element)) is not None


def _leads_into_page(link: Element) -> bool:
    href = (link.get("href") or "").strip()
    return (href.startswith("#") and len(href) > 1) or (
        "#" in href and _LINKS_TO_NOTE.search(_names(link)) is not None
    )


def _short_text(link: Element) -> str | None:
    """The link's text when it is short; longer ones are not even put together."""
    text = ""
    for piece in link.itertext():
        text += str(piece).strip()
        if len(text) > _LONGEST_MARK:
            return None
    return text


def _names(element: Element) -> str:
    said = (element.get(name) for name in ("class", "id", "role", "epub:type", _EPUB_TYPE))
    return " ".join(filter(None, said))[:300]
