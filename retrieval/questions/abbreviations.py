"""Abbreviations of chats, written out: neither the model nor the articles know `bn` or `ko`; and quarters and years.

What looks like one may be part of a name (`Vitamin K`, `VN-Index`, `QĐ-TTg`, `chinhphu.vn`) or a unit (`50 kg`,
`4.1 bn`): those stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from retrieval.languages.reading import of
from retrieval.text.forms import fold
from retrieval.text.language import is_syllable
from retrieval.text.values import YEAR

_WORD = regex.compile(r"(?<![\p{L}\p{N}])\p{L}[\p{L}\p{M}\p{N}]*(?![\p{L}\p{N}])")
_JOINED_BEFORE = regex.compile(r"([\p{L}\p{M}\p{N}]*)[-–._/@&+#:]$")
_JOINED_AFTER = regex.compile(r"[-–._/@&+#:]([\p{L}\p{N}][\p{L}\p{M}\p{N}]*)")
_LAST = regex.compile(r"([\p{L}\p{M}]+) $")
_FOLLOWING = regex.compile(r" ([\p{L}\p{M}]+)")
_YEAR = regex.compile(YEAR)
_ENDS = regex.compile(r"[\s?!.…]*$")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_QUARTERS = (
    (regex.compile(r"\b([1-4])[Qq][./ ]?(20\d\d)\b"), r"Q\1 \2"),
    (regex.compile(r"\b[Qq]([1-4]) ?['’/](\d\d)\b(?![/\d])"), r"Q\1 20\2"),
    (regex.compile(r"\b[Qq](I{1,3}|IV)(?=[ /]?20\d\d\b)"), lambda found: f"Q{_ROMAN[found[1]]}"),
    (regex.compile(r"(?i)\b([1-4]|I{1,3}|IV)(?:-?й)? ?кв\.? ?(?=20\d\d\b)"), r"\1 квартал "),
    (regex.compile(r"(?i)\b(qu[ýy]) (?:đầu|dau)(?= (?:năm|nam) 20\d\d\b)"), r"\1 1"),
    (regex.compile(r"(?i)\b(qu[ýy]) (?:cuối|cuoi)(?= (?:năm|nam) 20\d\d\b)"), r"\1 4"),
)
"""How quarters are written in short, and how they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Short forms with what they mean: of `words`, and of `names`, which are written in capitals; those that are
    `units` behind what is `counted`; by short form what it means `meaning_before` and `meaning_after` some words, and
    the words `before` and `after` which it belongs to a name, but for
    questions that ask whether there is such a thing.
    """

    words: Mapping[str, str]
    names: Mapping[str, str]
    units: frozenset[str]
    before: Mapping[str, frozenset[str]]
    after: Mapping[str, frozenset[str]]
    meaning_before: Mapping[str, Mapping[str, str]]
    meaning_after: Mapping[str, Mapping[str, str]]
    counted: "regex.Pattern[str]"
    asks_whether: "regex.Pattern[str]"


def write_out(text: str, language: str) -> str:
    """A question with the abbreviations of its language and those of quarters written out; all else stays as typed."""
    known = _known(language)
    for pattern, written in _QUARTERS:
        text = pattern.sub(written, text)
    if known is None:
        return text

    def written_out(match: "regex.Match[str]") -> str:
        typed = match.group()
        short = typed.lower()
        meant = known.words.get(short) or known.names.get(short)
        if by_context := _meant_beside(text, match, known):
            return by_context
        if meant is None or not _stands_alone(text, match, known):
            return typed
        return meant[0].upper() + meant[1:] if typed[0].isupper() else meant

    return _WORD.sub(written_out, text)


def _meant_beside(text: str, match: "regex.Match[str]", known: _Known) -> str | None:
    """What a short form with several meanings means before the words that follow, or behind those that stand before."""
    short = match.group().lower()
    behind, before = known.meaning_before.get(short), known.meaning_after.get(short)
    if behind:
        following = fold(text[match.end() :]).split()[:2]
        found = (behind.get(" ".join(following[:n]).rstrip("?!.,")) for n in (2, 1))
        return next(filter(None, found), None)
    if before:
        leading = fold(text[: match.start()]).split()[-2:]
        return next(filter(None, (before.get(" ".join(leading[-n:])) for n in (2, 1))), None)
    return None


def _stands_alone(text: str, match: "regex.Match[str]", known: _Known) -> bool:
    typed, before, after = match.group(), text[: match.start()], text[match.end() :]
    short = typed.lower()
    if short in known.words and not _is_typed_as_word(typed, before):
        return False
    if _is_joined(before, after, is_name=short in known.names):
        return False
    if short in known.names and _begins_a_name(typed, after):
        return False
    if short in known.units and _is_counted(before, short, known):
        return False
    return not _belongs_to_name(short, before, after, known)


def _is_typed_as_word(typed: str, before: str) -> bool:
    """In small letters, or with the capital that a phone gives the first letter of a sentence."""
    if typed.islower():
        return True
    begins = not before.strip() or before.rstrip()[-1:] in ".?!…:"
    return begins and len(typed) > 1 and typed[0].isupper() and typed[1:].islower()


def _is_joined(before: str, after: str, *, is_name: bool) -> bool:
    """Whether a mark joins it to another word; of a country's name a hyphen joins another's: `VN-Nga`."""
    sides = (_JOINED_BEFORE.search(before), _JOINED_AFTER.match(after))
    if not any(sides):
        return False
    hyphened = all(side is None or side.group().strip("-–") == side[1] for side in sides)
    others = [side[1] for side in sides if side is not None]
    return not (is_name and hyphened and all(len(word) > 1 and is_syllable(word) for word in others))


def _begins_a_name(typed: str, after: str) -> bool:
    """`VN Airlines`, `VN Index`: a foreign word with a capital goes on with it."""
    following = _FOLLOWING.match(after)
    return (
        typed.isupper()
        and following is not None
        and following[1][0].isupper()
        and not following[1].isupper()
        and not is_syllable(following[1])
    )


def _is_counted(before: str, short: str, known: _Known) -> bool:
    """Whether a number stands before it; `năm 2024 k có` is about a year."""
    counted = known.counted.search(before)
    if counted is None:
        return False
    digits, attached = counted["digits"], counted["gap"] == ""
    return attached or digits is None or short != "k" or not _YEAR.fullmatch(digits)


def _belongs_to_name(short: str, before: str, after: str, known: _Known) -> bool:
    last, following = _LAST.search(before), _FOLLOWING.match(after)
    if following is not None and fold(following[1]) in known.after.get(short, frozenset()):
        return True
    heads = known.before.get(short, frozenset())
    words = fold(before).split()
    if last is None or not (fold(last[1]) in heads or " ".join(words[-2:]) in heads):
        return False
    # `có bệnh viện k?` asks whether there is one.
    return not (_ENDS.fullmatch(after) and known.asks_whether.search(before))


@cache
def _known(language: str) -> _Known | None:
    data = of(language, "abbreviations")
    if data is None:
        return None
    beside = data["beside"]
    counting, asks_whether = ("|".join(beside[kind]) for kind in ("counting", "asks_whether"))
    return _Known(
        words=data["words"],
        names=data["names"],
        units=frozenset(beside["units"]),
        meaning_before=_by_word(data.get("before", {})),
        meaning_after=_by_word(data.get("after", {})),
        before=_folded(data["name_before"]),
        after=_folded(data["name_after"]),
        counted=regex.compile(rf"(?i)(?P<digits>\p{{N}}[\p{{N}}.,]*)(?P<gap> ?)$|(?:\b(?:{counting})|/) ?$"),
        asks_whether=regex.compile(rf"(?i)\b(?:{asks_whether})\b"),
    )


def _folded(words: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return {short: frozenset(map(fold, beside)) for short, beside in words.items()}


def _by_word(meanings: Mapping[str, Mapping[str, list[str]]]) -> Mapping[str, Mapping[str, str]]:
    """By short form, the folded words beside it -> what it means there."""
    return {
        short: {fold(word): meant for meant, words in by_meaning.items() for word in words}
        for short, by_meaning in meanings.items()
    }
