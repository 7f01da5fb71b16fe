"""The numbers that Word writes before paragraphs by itself: `Điều 2.`, `2.1`, `b)`, as on the page."""

from typing import NamedTuple

import regex
from lxml import etree

from retrieval.sources.formats.docx.numerals import numeral
from retrieval.sources.formats.docx.package import W
from retrieval.sources.formats.docx.styles import Styles, is_on, said, whole_number

_LEVELS = 9
_LONGEST = 100
"""A longer label is no number."""
_PLACE = regex.compile(r"%([1-9])")


class Level(NamedTuple):
    """How one level is numbered; `restart` is the level after which it begins anew, None for every higher one."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    glued: bool = False
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        nothing: list[etree._Element] = []
        self._styles = styles
        self._lists = {
            each.get(f"{W}abstractNumId"): each
            for each in (nothing if root is None else root.findall(f"{W}abstractNum"))
        }
        self._numbers = {
            each.get(f"{W}numId"): each for each in (nothing if root is None else root.findall(f"{W}num"))
        }
        self._levels: dict[str, dict[int, Level]] = {}
        self._counted: dict[str | None, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, number: str, depth: int | None, style: str | None = None) -> str:
        """Counts one paragraph, and gives what stands before it, with its blank; `style` is the one that numbers it.

        A bullet is no number, and gives nothing.
        """
        levels = self._levels_of(number)
        if depth is None:
            depth = next((each for each, level in levels.items() if style and level.style == style), 0)
        counted = self._counted_by(number, levels)
        for each in range(depth):
            if counted[each] is None:
                counted[each] = levels[each].start if each in levels else 1
        level = levels.get(depth, Level())
        before = counted[depth]
        counted[depth] = level.start if before is None else before + 1
        for each in range(depth + 1, _LEVELS):
            after = levels[each].restart if each in levels else None
            if after is None or depth < after:
                counted[each] = None
        return _written(level, levels, counted)

    def _levels_of(self, number: str) -> dict[int, Level]:
        if number not in self._levels:
            found = self._numbers.get(number)
            levels = {} if found is None else dict(self._of_list(said(found, "abstractNumId")))
            for change in [] if found is None else found.findall(f"{W}lvlOverride"):
                if (own := change.find(f"{W}lvl")) is not None:
                    levels[_depth(change)] = _level(own)
            self._levels[number] = levels
        return self._levels[number]

    def _of_list(self, list_id: str | None) -> dict[int, Level]:
        """The levels of a list, which may be those of a style's list."""
        element = self._lists.get(list_id)
        linked = said(element, "numStyleLink")
        if linked and (number := self._numbers.get(self._styles.named(linked).number)) is not None:
            other = self._lists.get(said(number, "abstractNumId"))
            element = element if other is None else other
        if element is None:
            return {}
        return {_depth(each): _level(each) for each in element.findall(f"{W}lvl")}

    def _counted_by(self, number: str, levels: dict[int, Level]) -> list[int | None]:
        """How far its list has been counted: numberings of one list go on with each other unless they say a start."""
        found = self._numbers.get(number)
        counted = self._counted.setdefault(
            number if found is None else said(found, "abstractNumId"), [None] * _LEVELS
        )
        if number not in self._begun and found is not None:
            self._begun.add(number)
            for change in found.findall(f"{W}lvlOverride"):
                depth, start = _depth(change), said(change, "startOverride")
                if start is not None:
                    levels[depth] = levels.get(depth, Level())._replace(start=whole_number(start, 1))
                    counted[depth] = None
        return counted


def _depth(element: etree._Element) -> int:
    return min(_LEVELS - 1, whole_number(element.get(f"{W}ilvl")))


def _level(element: etree._Element) -> Level:
    form = element.find(f"{W}numFmt")
    kind = "decimal" if form is None else form.get(f"{W}val") or "decimal"
    restart = said(element, "lvlRestart")
    hidden = is_on(element.find(f"{W}rPr"), "vanish")
    return Level(
        start=whole_number(said(element, "start")),
        form=(form.get(f"{W}format") or "") if kind == "custom" and form is not None else kind,
        text="" if hidden else said(element, "lvlText") or "",
        glued=said(element, "suff") == "nothing",
        restart=None if restart is None else whole_number(restart),
        legal=bool(is_on(element, "isLgl")),
        style=said(element, "pStyle"),
    )


def _written(level: Level, levels: dict[int, Level], counted: list[int | None]) -> str:
    if level.form == "bullet" or not level.text or len(level.text) > _LONGEST:
        return ""

    def number(match: "regex.Match[str]") -> str:
        place = int(match.group(1)) - 1
        value = counted[place]
        form = levels.get(place, Level()).form
        return "" if value is None else numeral(value, "decimal" if level.legal else form)

    text = _PLACE.sub(number, level.text).strip()
    return f"{text}{'' if level.glued else ' '}" if text else ""
