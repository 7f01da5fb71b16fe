"""Styles of a Word document, as far as they say what is written: hidden, raised, numbered, a table of contents."""

from typing import NamedTuple

import regex
from lxml import etree

from retrieval.sources.formats.docx.package import W

_OFF = frozenset(("0", "false", "off", "none"))
_NUMBER = regex.compile(r"\d{1,6}")
_CONTENTS = regex.compile(
    r"(?:toc|mclc|contents|оглавление) ?(?:\d+|heading)|toa heading|table of (?:figures|authorities)|tableoffigures",
    regex.IGNORECASE,
)
_WHITE, _TINY = "FFFFFF", 2
"""A colour that paper has; half points up to which letters are not seen."""
_RAISED_FROM = 3
"""Half points above or below the line from which text is raised or lowered by hand."""


class Look(NamedTuple):
    """What a style, or a run itself, says; None where it says nothing."""

    hidden: bool | None = None
    level: str | None = None
    """`superscript`, `subscript` or `baseline`."""
    white: bool | None = None
    shaded: bool | None = None
    tiny: bool | None = None

    def over(self, base: "Look") -> "Look":
        """What holds where this look is laid over another one."""
        return base._replace(**{name: own for name, own in self._asdict().items() if own is not None})

    @property
    def is_unseen(self) -> bool:
        """Whether it is white on white paper, or too small to be seen."""
        return bool(self.tiny) or (bool(self.white) and not self.shaded)


class Style(NamedTuple):
    """A style with what it has from those that it is based on; `number` is an id of a numbering, `depth` its level."""

    name: str = ""
    look: Look = Look()
    number: str | None = None
    depth: int | None = None
    numbered_by: str | None = None
    """The id of the style that `number` is from."""

    @property
    def is_contents(self) -> bool:
        """Whether it is of a generated table of contents or figures."""
        return bool(_CONTENTS.fullmatch(self.name))


class Styles:
    """The styles by id; what is missing or damaged is a style that says nothing."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._elements = {each.get(f"{W}styleId") or "": each for each in found}
        usual = (
            each for each in found if each.get(f"{W}default") == "1" and each.get(f"{W}type") == "paragraph"
        )
        self._usual = next((each.get(f"{W}styleId") for each in usual), None)
        self._known: dict[str, Style] = {}

    def of_paragraph(self, properties: etree._Element | None) -> Style:
        return self.named(said(properties, "pStyle") or self._usual)

    def named(self, style_id: str | None) -> Style:
        """The style of an id; one that is not in the document has its id as name."""
        if style_id is None:
            return Style()
        chain: list[str] = []
        each: str | None = style_id
        while each is not None and each not in self._known and each not in chain:
            chain.append(each)
            each = said(self._elements.get(each), "basedOn")
        style = self._known.get(each or "", Style())
        for name in reversed(chain):
            style = self._known[name] = self._on(style, name)
        return style

    def _on(self, base: Style, style_id: str) -> Style:
        element = self._elements.get(style_id)
        if element is None:
            return Style(style_id)
        own, properties = look_of(element.find(f"{W}rPr")), element.find(f"{W}pPr")
        own = own if own.shaded else own._replace(shaded=is_shaded(properties))
        number, depth = number_of(properties)
        return Style(
            name=said(element, "name") or style_id,
            look=own.over(base.look),
            number=base.number if number is None else number,
            depth=base.depth if depth is None else depth,
            numbered_by=base.numbered_by if number is None else style_id,
        )


def said(parent: etree._Element | None, name: str) -> str | None:
    """The value of a property, None where it is not given."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property is switched on, None where it is not given."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in _OFF


def whole_number(written: str | None, otherwise: int = 0) -> int:
    return int(written) if written and _NUMBER.fullmatch(written) else otherwise


def look_of(properties: etree._Element | None) -> Look:
    """What the properties of a run, or of a style's runs, say."""
    if properties is None:
        return Look()
    colour, size = said(properties, "color"), said(properties, "sz")
    return Look(
        hidden=is_on(properties, "specVanish") or is_on(properties, "vanish"),
        level=said(properties, "vertAlign") or _moved(properties),
        white=None if colour is None else colour.upper() == _WHITE,
        shaded=is_shaded(properties),
        tiny=None if size is None else whole_number(size, _TINY + 1) <= _TINY,
    )


def is_shaded(properties: etree._Element | None) -> bool | None:
    """Whether there is a colour behind the text, None where nothing is said of it."""
    if said(properties, "highlight") not in (None, "none", "white"):
        return True
    shading = None if properties is None else properties.find(f"{W}shd")
    if shading is None:
        return None
    plain = (shading.get(f"{W}fill") or "auto").upper() in (_WHITE, "AUTO")
    return not plain or shading.get(f"{W}val") not in (None, "clear", "nil")


def _moved(properties: etree._Element) -> str | None:
    written = said(properties, "position") or ""
    by = whole_number(written.removeprefix("-"))
    if by < _RAISED_FROM:
        return None
    return "subscript" if written.startswith("-") else "superscript"


def number_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """The numbering that paragraph properties name, and the level in it."""
    found = None if properties is None else properties.find(f"{W}numPr")
    depth = said(found, "ilvl")
    return said(found, "numId"), None if depth is None else min(8, whole_number(depth))
