"""The number that a page shows before an item of an ordered list."""

import regex
from lxml import etree

Element = etree._Element

_MOST = 100_000
_STYLE = regex.compile(r"list-style(?:-type)?\s*:\s*([a-z -]{1,60})", regex.IGNORECASE)
_KINDS = {
    "a": "a", "lower-alpha": "a", "lower-latin": "a", "A": "A", "upper-alpha": "A", "upper-latin": "A",
    "i": "i", "lower-roman": "i", "I": "I", "upper-roman": "I", "decimal": "1", "1": "1",
}  # fmt: skip
_BARE = frozenset(("none", "disc", "circle", "square"))
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_OWN_NUMBER = regex.compile(
    r"(?:\(?\d{1,4}(?:\.\d{1,3}){0,4}|\(?\p{L}|[IVXivx]{1,6})[.)]\s|\d{1,3}(?:\.\d{1,3}){1,4}\s"
)


class Numbers:
    """The items of one list, counted as a browser counts them."""

    def __init__(self, element: Element) -> None:
        self._kind = _kind_of(element)
        self._step = -1 if element.get("reversed") is not None else 1
        first = len(element.findall("li")) if self._step < 0 else 1
        self._next = _whole(element.get("start"), first)

    def of(self, item: Element) -> str:
        """`3.`, `c.` or `iii.`; empty where the list shows no numbers."""
        number = _whole(item.get("value"), self._next)
        self._next = number + self._step
        own = _styled(item)
        kind = _KINDS.get(own, "") if own else self._kind
        return f"{_written(number, kind)}." if kind else ""


def is_numbered(text: str) -> bool:
    """Whether a text begins with a number of its own: `1. `, `a) `, `2.1 `."""
    return _OWN_NUMBER.match(text) is not None


def _kind_of(element: Element) -> str:
    styled = _styled(element)
    if styled in _BARE:
        return ""
    return _KINDS.get(styled or (element.get("type") or "1").strip(), "1")


def _styled(element: Element) -> str | None:
    """What the element's own style says of the marks of its items."""
    found = _STYLE.search((element.get("style") or "")[:500])
    words = found.group(1).lower().split() if found else []
    return next((word for word in words if word in _KINDS or word in _BARE), None)


def _whole(written: str | None, otherwise: int) -> int:
    try:
        number = int((written or "")[:9])
    except ValueError:
        return otherwise
    return number if abs(number) <= _MOST else otherwise


def _written(number: int, kind: str) -> str:
    if kind == "1" or not 0 < number < 4000:
        return str(number)
    letters = _roman(number) if kind in "iI" else _alphabetic(number)
    return letters.upper() if kind.isupper() else letters


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found, number = found + letters * (number // value), number % value
    return found


def _alphabetic(number: int) -> str:
    found = ""
    while number:
        number, place = divmod(number - 1, 26)
        found = chr(ord("a") + place) + found
    return found
