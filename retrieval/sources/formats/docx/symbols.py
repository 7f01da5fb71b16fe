"""Characters that Word keeps as places in a symbol font: `w:sym` with F0B0 of Symbol is a degree sign."""

from lxml import etree

from retrieval.sources.formats.docx.package import W

_SYMBOL = {
    0x22: "∀∃",
    0x25: "%",
    0x2A: "∗",
    0x2D: "−",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
    0x5E: "⊥",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈",
    0xE5: "∑",
    0xF1: "〉∫",
}
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA7: "▪", 0xA8: "☐", 0xDF: "←↑→↓", 0xE8: "➔", 0xF0: "⇨"}
_WINGDINGS |= {0xFB: "✗✓☒☑", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x78: "☒", 0xFE: "☑"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)


def _by_place(table: dict[int, str]) -> dict[int, str]:
    return {first + n: character for first, run in table.items() for n, character in enumerate(run)}


_PLACES = {font: _by_place(table) for font, table in _FONTS.items()}


def symbol(element: etree._Element) -> str:
    """The character of a `w:sym`; a blank for one that only its font knows."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    places = _PLACES.get((element.get(f"{W}font") or "").casefold(), {})
    place = code - _PRIVATE.start if code in _PRIVATE else code
    if place in places:
        return places[place]
    if code in _PRIVATE:
        return chr(place) if not places and 0x20 < place < 0x7F else " "
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else ""
