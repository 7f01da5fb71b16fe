"""Formulas of Word documents in one line: three over four is 3/4, not the figure 34."""

from lxml import etree

from retrieval.sources.formats.docx.package import M
from retrieval.sources.formats.raised import lowered, raised

_OWN = f"{M}val"


def math_text(element: etree._Element) -> str:
    """What a formula, or a part of one, says."""
    return "".join(map(_said, element))


def _said(element: etree._Element) -> str:
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if name.endswith("Pr"):
        return ""
    if name in _SHAPES:
        return _SHAPES[name](element)
    return math_text(element)


def _part(element: etree._Element, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else math_text(found).strip()


def _one(text: str) -> str:
    """The text as one term."""
    return text if text.isalnum() or not text else f"({text})"


def _fraction(element: etree._Element) -> str:
    return f"{_one(_part(element, 'num'))}/{_one(_part(element, 'den'))}"


def _script(element: etree._Element) -> str:
    return _part(element, "e") + _index(_part(element, "sub")) + _power(_part(element, "sup"))


def _power(text: str) -> str:
    """A letter as an exponent needs its sign as well: 2^x is not 2x."""
    return _placed(text, raised(text, "x"), "^")


def _index(text: str) -> str:
    return _placed(text, lowered(text, "x"), "_")


def _placed(text: str, moved: str, sign: str) -> str:
    has_none = moved.strip() == text or moved.startswith(sign)
    return sign + _one(text) if text and has_none else moved


def _before(element: etree._Element) -> str:
    return _index(_part(element, "sub")) + _power(_part(element, "sup")) + _part(element, "e")


def _root(element: etree._Element) -> str:
    return f"{_power(_part(element, 'deg'))}√{_one(_part(element, 'e'))}"


def _sum(element: etree._Element) -> str:
    sign = _property(element, "naryPr/chr", "∫")
    return f"{sign}{_index(_part(element, 'sub'))}{_power(_part(element, 'sup'))} {_part(element, 'e')}"


def _bracketed(element: etree._Element) -> str:
    inside = _property(element, "dPr/sepChr", "|").join(
        math_text(each).strip() for each in element.findall(f"{M}e")
    )
    return _property(element, "dPr/begChr", "(") + inside + _property(element, "dPr/endChr", ")")


def _rows(element: etree._Element) -> str:
    rows = [each for each in element if each.tag in (f"{M}e", f"{M}mr")]
    return "; ".join(" ".join(map(_said, row)).strip() for row in rows)


def _property(element: etree._Element, path: str, otherwise: str) -> str:
    found = element.find("/".join(f"{M}{name}" for name in path.split("/")))
    return otherwise if found is None else found.get(_OWN, "")


_SHAPES = {
    "f": _fraction,
    "sSup": _script,
    "sSub": _script,
    "sSubSup": _script,
    "sPre": _before,
    "rad": _root,
    "nary": _sum,
    "d": _bracketed,
    "m": _rows,
    "eqArr": _rows,
}
