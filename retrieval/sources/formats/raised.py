"""Raised and lowered characters as plain text shows them: 10⁴, CO₂, m², 310 [2] - never 104 or 3102."""

import regex

_PLAIN = "0123456789+-−–=()abcdefghijklmnoprstuvwxyz"
_HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿºᵖʳˢᵗᵘᵛʷˣʸᶻ"
_RAISED = dict(zip(_PLAIN, _HIGH, strict=True))
_LOWERED = dict(zip("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_MARKS = frozenset(",.;*†‡§ ")
"""Raised marks that cannot be taken for a part of the number before them."""
_ENDINGS = frozenset(
    "st nd rd th er re ère ers ème eme es me mes lle lles gr os as й я ю е го му ая ое ой ый ий".split()
)
"""What ordinal numbers and titles end with: 1st, 2-й, Mme."""
_SIGNS = {"tm": "™", "sm": "℠", "(r)": "®", "(c)": "©"}
_LONGEST = 8
_REFERENCE = regex.compile(r"[\[(]?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3}){0,9}|\p{L}|[*†‡§¶#]{1,3})\s*[\])]?")


RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_BACK = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def on_line(text: str) -> str:
    """`text` with its raised digits as plain ones, to compare writings that lost them."""
    return text.translate(_BACK)


def reference(text: str, before: str) -> str:
    """The mark of a note, `text`, as it is written behind the character `before`: in brackets."""
    mark = note_mark(text.strip().translate(_BACK))
    if mark is None:
        return text
    return f" [{mark}]" if before.isdigit() else f"[{mark}]"


def raised(text: str, before: str) -> str:
    """`text` as it is written when it stands raised behind the character `before`."""
    inner = text.strip()
    if inner.casefold() in _SIGNS:
        return _SIGNS[inner.casefold()]
    if inner.casefold() in _ENDINGS or inner[:1] in ("[", "(", ""):
        return text
    return _moved(text, before, _RAISED, "^")


def lowered(text: str, before: str) -> str:
    """`text` as it is written when it stands lowered behind the character `before`."""
    return _moved(text, before, _LOWERED, "_")


def note_mark(text: str) -> str | None:
    """`[ 2 ]` -> `2`: the mark of a note; None when the text is no such mark."""
    found = _REFERENCE.fullmatch(text)
    return found.group(1) if found else None


def _moved(text: str, before: str, letters: dict[str, str], sign: str) -> str:
    inner = text.strip()
    if len(inner) <= _LONGEST and all(c in letters or c in _MARKS for c in inner):
        return "".join(letters.get(c, c) for c in text)
    if not (before.isalnum() and inner[:1].isalnum()) or len(inner) == 1:
        return text
    # What Unicode has no characters for: a figure keeps its place, words are parted from the word before.
    return f"{sign}({inner})" if any(map(str.isdigit, inner)) else f" {text}"
