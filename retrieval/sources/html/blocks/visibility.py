"""Which elements of a page a reader does not see, and which stand raised or lowered: as far as the page itself tells.

Scripts are not run and sheets of other files are not read. What many pages hide until a script shows it is not taken
for hidden: the page's frame, and what would leave less than half of its text.
"""

from collections import Counter
from typing import cast

import regex
from lxml import etree

from retrieval.sources.html.blocks.regions import INLINE
from retrieval.sources.html.blocks.styles import (
    Declared,
    StyleSheets,
    declarations,
    is_not_displayed,
    names_of,
    own_sheet,
)

Element = etree._Element

_FRAME = frozenset(("html", "body", "main"))
_FOR_SCREEN_READERS = frozenset(
    ".sr-only .visually-hidden .visuallyhidden .screen-reader-text .screen-reader-only .screen-reader .screenreader"
    " .sr-text .u-sr-only .is-sr-only .show-for-sr .element-invisible .a11y-hidden .hidden-visually .offscreen"
    " .off-screen .visually-hidden-focusable .sr-only-focusable .katex-mathml .mjx_assistive_mathml".split()
)
_NEVER_SHOWN = frozenset(
    (".d-none", ".hidden", ".display-none", ".is-hidden", ".visibility-hidden", ".invisible")
)
_SHOWN_ON_SOME = regex.compile(
    r"\.(?:d-(?:sm|md|lg|xl|xxl)-|(?:sm|md|lg|xl|2xl):|visible-|show)", regex.IGNORECASE
)
_ICON = regex.compile(r"icon|fa-|material|glyph|katex|mathjax|mjx", regex.IGNORECASE)
_ZERO = regex.compile(r"0*(?:\.0+)?(?:px|em|rem|pt|%|vw|vh)?(?:\s*!important)?")
_TINY = regex.compile(r"[01]?(?:\.0+)?(?:px)?(?:\s*!important)?")
_FAR = regex.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%|vw)?(?:\s*!important)?|-\d{2,}(?:em|rem)")
_CLIPPED = regex.compile(
    r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)|inset\((?:50|100)%\).{0,20}"
)
_LARGEST_HIDDEN = 0.15
"""The share of a page's text above which a part that a sheet hides is one that a script is to show."""
_STRIKES = "line-through"
_STRUCK = frozenset(("del", "s", "strike"))


class Sight:
    """What of a page is seen: `hidden` and `struck` elements, and the `raised` and `lowered` ones."""

    def __init__(self, page: Element) -> None:
        self.hidden = set[Element]()
        self.struck, self.raised = set(page.iter(*_STRUCK)), set(page.iter("sup"))
        self.lowered = set(page.iter("sub"))
        self._styles = StyleSheets([own_sheet(page)], _matters)
        self._by_sheet = set[Element]()
        for element in page.iter(etree.Element) if self._styles else _styled(page):
            self._look_at(element)
        self.hidden |= self._small_parts(page)

    def _look_at(self, element: Element) -> None:
        own = declarations(element.get("style") or "")
        if _is_hidden(element, own):
            self.hidden.add(element)
            return
        said = self._styles.of(element) if self._styles else {}
        if declared := {**said, **own}:
            self._add(element, declared)
            above = element.getparent()
            if _hides(declared, element) and element.tag not in _FRAME and above not in self._by_sheet:
                self._by_sheet.add(element)

    def _small_parts(self, page: Element) -> set[Element]:
        """What sheets hide, but for what a script is to show: a large part of the page, or many parts of one class."""
        lengths = {element: _length(element) for element in self._by_sheet}
        sums = Counter[str]()
        for element, length in lengths.items():
            sums.update(dict.fromkeys(names_of(element), length))
        most = _LARGEST_HIDDEN * _length(page) if lengths else 0
        large = {name for name, length in sums.items() if length > most}
        return {each for each, length in lengths.items() if length <= most and not names_of(each) & large}

    def _add(self, element: Element, declared: Declared) -> None:
        align = declared.get("vertical-align", "")
        if _STRIKES in declared.get("text-decoration", declared.get("text-decoration-line", "")):
            self.struck.add(element)
        if element.tag in INLINE:
            if align.startswith("super"):
                self.raised.add(element)
            elif align.startswith("sub"):
                self.lowered.add(element)


def _matters(declared: Declared) -> bool:
    """Whether a rule may hide, strike, raise or lower what it is about."""
    strikes = _STRIKES in declared.get("text-decoration", declared.get("text-decoration-line", ""))
    return (
        strikes or declared.get("vertical-align", "").startswith(("super", "sub")) or _hides(declared, None)
    )


_STYLED = etree.XPath("//*[@hidden or @aria-hidden or @style or @class]")


def _styled(page: Element) -> list[Element]:
    return cast("list[Element]", _STYLED(page))  # an expression may give more, this one gives elements


def _is_hidden(element: Element, own: Declared) -> bool:
    """Whether the element says so itself. Not hidden are the parts that React streams behind the page and moves into
    their places (`<div hidden id="S:1">`).
    """
    if (element.get("id") or "").startswith("S:") or element.tag in _FRAME:
        return False
    if element.get("hidden") is not None or _hides(own, element):
        return True
    if (element.get("aria-hidden") or "").strip().lower() == "true" and not _is_for_eyes(element):
        return True
    names = {name.lower() for name in names_of(element)}
    if names & _FOR_SCREEN_READERS:
        return True
    return bool(names & _NEVER_SHOWN) and not any(map(_SHOWN_ON_SOME.match, names))


def _is_for_eyes(element: Element) -> bool:
    """Words in a line that only screen readers pass over, since they read them elsewhere; icons are no words."""
    if element.tag not in INLINE or element.tag == "i" or _ICON.search(element.get("class") or ""):
        return False
    return any(c.isalnum() for c in "".join(map(str, element.itertext()))[:200])


def _hides(declared: Declared, element: Element | None) -> bool:
    """Whether these declarations keep an element from being seen."""
    if is_not_displayed(declared):
        return True
    if _ZERO.fullmatch(declared.get("font-size", "-")) and not (
        element is not None and _sizes_inside(element)
    ):
        return True
    return _is_cut_off(declared) or _is_colourless(declared)


def _is_cut_off(declared: Declared) -> bool:
    """Moved off the screen, clipped away, or given no room."""
    said = declared.get
    if _FAR.match(said("text-indent", "")):
        return True
    if said("position", "").startswith(("absolute", "fixed")):
        moved = any(_FAR.match(said(side, "")) for side in ("left", "right", "top", "margin-left"))
        clips = any(_CLIPPED.match(said(name, "")) for name in ("clip", "clip-path"))
        if moved or clips:
            return True
    if not said("overflow", said("overflow-y", "")).startswith(("hidden", "clip")):
        return False
    if any(_ZERO.fullmatch(said(name, "-")) for name in ("height", "max-height", "width", "max-width")):
        return True
    return bool(_TINY.fullmatch(said("height", "-")) and _TINY.fullmatch(said("width", "-")))


def _is_colourless(declared: Declared) -> bool:
    colour = declared.get("color", "").removesuffix("!important").strip()
    ground = (
        declared.get("background-color", declared.get("background", "")).removesuffix("!important").strip()
    )
    return colour == "transparent" or (colour != "" and colour == ground and colour != "inherit")


def _sizes_inside(element: Element) -> bool:
    """Whether elements within have a size of their own: some pages close the gaps between them by a size of none."""
    return any(
        "font-size" in (each.get("style") or "") or each.get("class") for each in element.iterdescendants()
    )


def _length(element: Element) -> int:
    """Characters of text in an element; those of scripts and styles are none."""
    return sum(len(text.strip()) for text in cast("list[str]", _TEXTS(element)))


_TEXTS = etree.XPath(
    ".//text()[not(parent::script or parent::style or parent::noscript or parent::template)]"
)
