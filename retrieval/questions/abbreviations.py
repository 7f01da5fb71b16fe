"""Abbreviations of Vietnamese chats, written out: neither the model nor the articles know `bn` or `ko`.

What looks like one may be part of a name (`Vitamin K`, `VN-Index`, `QĐ-TTg`, `chinhphu.vn`) or a unit (`50 kg`,
`4.1 bn`): those stay.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from retrieval.text.forms import fold
from retrieval.text.language import is_syllable

_WORD = regex.compile(r"(?<![\p{L}\p{N}])\p{L}[\p{L}\p{M}\p{N}]*(?![\p{L}\p{N}])")
_JOINED_BEFORE = regex.compile(r"([\p{L}\p{M}\p{N}]*)[-–._/@&+#:]$")
_JOINED_AFTER = regex.compile(r"[-–._/@&+#:]([\p{L}\p{N}][\p{L}\p{M}\p{N}]*)")
_LAST = regex.compile(r"([\p{L}\p{M}]+) $")
_FOLLOWING = regex.compile(r" ([\p{L}\p{M}]+)")
_COUNTING = (
    "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|triệu|tỷ|tỉ|mấy|nhiêu|nửa|vài|mỗi|từng|theo"
)
_COUNTED = regex.compile(rf"(?i)(?P<digits>\p{{N}}[\p{{N}}.,]*)(?P<gap> ?)$|(?:\b(?:{_COUNTING})|/) ?$")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_ENDS = regex.compile(r"[\s?!.…]*$")
_ASKS_WHETHER = regex.compile(r"(?i)\b(?:có|co|được|duoc|phải|phai|đã|da|còn|con)\b")


@dataclass(frozen=True, slots=True)
class _Known:
    """Short forms with what they mean: of `words`, and of `names`, which are written in capitals; those that are
    `units` behind a number; by short form the words before and after which it belongs to a name.
    """

    words: Mapping[str, str]
    names: Mapping[str, str]
    units: frozenset[str]
    before: Mapping[str, frozenset[str]]
    after: Mapping[str, frozenset[str]]


def write_out(text: str) -> str:
    """`text`, a Vietnamese question, with its abbreviations written out; everything else stays as typed."""
    known = _known()

    def written_out(match: "regex.Match[str]") -> str:
        typed = match.group()
        short = typed.lower()
        meant = known.words.get(short) or known.names.get(short)
        if meant is None or not _stands_alone(text, match, known):
            return typed
        return meant[0].upper() + meant[1:] if typed[0].isupper() else meant

    return _WORD.sub(written_out, text)


def _stands_alone(text: str, match: "regex.Match[str]", known: _Known) -> bool:
    typed, before, after = match.group(), text[: match.start()], text[match.end() :]
    short = typed.lower()
    if short in known.words and not _is_typed_as_word(typed, before):
        return False
    if _is_joined(before, after, is_name=short in known.names):
        return False
    if short in known.names and _begins_a_name(typed, after):
        return False
    if short in known.units and _is_counted(before, short):
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


def _is_counted(before: str, short: str) -> bool:
    """Whether a number stands before it; `năm 2024 k có` is about a year."""
    counted = _COUNTED.search(before)
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
    return not (_ENDS.fullmatch(after) and _ASKS_WHETHER.search(before))


@cache
def _known() -> _Known:
    path = files("retrieval.questions") / "data" / "abbreviations.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    before, after = (
        {short: frozenset(map(fold, words)) for short, words in data[side].items()}
        for side in ("name_before", "name_after")
    )
    return _Known(data["words"], data["names"], frozenset(data["units"]["behind_numbers"]), before, after)
