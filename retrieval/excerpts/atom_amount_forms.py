"""How amounts are written in Vietnamese, as patterns, and what stands around them."""

import regex

from retrieval.excerpts.atom_numbers import DIGITS
from retrieval.excerpts.atom_words import any_word, number_words, scales, table, words_of, written

_SCALES = rf"(?: (?!{any_word(written('not_scales'))}){any_word(scales())})*"
NUMBER = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}.,/:_&$€£¥+-]|[0-9][ –-])(?P<sign>US\$|[$€£])?"
    rf"(?:(?P<low>{DIGITS})(?P<low_scales>{_SCALES}) ?%?(?: ?[-–] ?| đến | tới ))?"
    rf"(?P<high>{DIGITS}|{any_word(number_words())})(?P<scales>{_SCALES})",
    regex.IGNORECASE,
)
"""A number in digits or words, or a range of two, with what multiplies it."""
PART = regex.compile(rf" (?P<high>{DIGITS})(?P<scales>{_SCALES})")
"""A part of a smaller scale: `1 triệu 200 nghìn`."""
HALF = regex.compile(rf" {any_word(written('half'))}", regex.IGNORECASE)
PERIOD = regex.compile(r"/(\p{L}+)")
ABOUT = regex.compile(rf"(?<![\p{{L}}\p{{M}}])({any_word(table('about'))}) $", regex.IGNORECASE)
NEXT_WORD = regex.compile(r" (\p{L}[\p{L}\p{M}]*)")
NOUN = regex.compile(rf" (?!{any_word([*written('not_counted'), *number_words(), *scales()])})\p{{Ll}}")
OF_A_DATE = regex.compile(rf" {any_word(written('behind_years'))}")
GOES_ON = regex.compile(
    rf"[\p{{L}}\p{{M}}\p{{N}}/:°%²³]| [²³]|[-–][\p{{L}}\p{{N}}]|[.,][0-9]| [0-9]| {any_word(written('remainders'))}"
)
"""What shows that a number is part of something else."""

_NOT_UNIT = regex.compile(rf" ?{any_word(written('not_units'))}", regex.IGNORECASE)
_UNITS = {name: regex.compile(rf" ?({any_word(words_of(name))})") for name in ("money", "measures", "counts")}


def unit_at(text: str, position: int) -> tuple[str | None, int]:
    """The unit that stands at `position`, and where it ends: `tỷ đồng`, but `triệu đồng bào` are people."""
    matches = [(match, name) for name, unit in _UNITS.items() if (match := unit.match(text, position))]
    longest, name = max(matches, key=lambda each: each[0].end(), default=(None, ""))
    other = _NOT_UNIT.match(text, position)
    if longest is None or (other and other.end() > longest.end()):
        return None, position
    return table(name)[longest[1].lower()], longest.end()
