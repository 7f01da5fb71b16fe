"""The names in a zip file, which say in their own ways which letters they mean.

UTF-8 where a flag or the bytes tell it; a Unicode name beside the other one (Info-ZIP); else the code page of the
computer that packed it, told by all names together: Windows packs Russian names in 866 and Vietnamese ones in 1258.
"""

import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from zipfile import ZipInfo

import regex

from retrieval.text.language import is_syllable

_UTF8 = 0x800
_UNICODE_NAME = 0x7075
_FIELD = struct.Struct("<HH")
_NAME_HEAD = struct.Struct("<BL")
_CYRILLIC_PAGES, _LATIN_PAGES = ("cp866", "cp1251", "koi8_r"), ("cp437", "cp850", "cp1252", "cp1250")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_RUSSIAN = regex.compile(r"(?:[А-ЯЁЄІЇҐЎ]?[а-яёєіїґў]++)++|[А-ЯЁЄІЇҐЎ]+")
_OTHER_WORD = regex.compile(r"(?<!\p{L})[\p{L}--\p{Latin}]+(?!\p{L})|[\p{L}--\p{Latin}]{3,}", regex.V1)
"""A word of other letters than Latin ones; one or two such letters within a Latin word mean a wrong code page."""
_LATIN = regex.compile(r"[\p{Latin}\p{M}]+")
_USUAL = frozenset("«»“”„‘’–—…№°§·\u00a0")
_MOSTLY = 0.8


def names_of(members: Sequence[ZipInfo]) -> list[str]:
    """The path of each member: composed, and with `/` between its folders, also where Windows wrote another sign."""
    page = _page_of([_raw(member) for member in members if _unicode_name(member) is None])
    return [
        unicodedata.normalize("NFC", _unicode_name(member) or _raw(member).decode(page, "replace")).replace(
            "\\", "/"
        )
        for member in members
    ]


def _raw(member: ZipInfo) -> bytes:
    try:
        return member.orig_filename.encode("cp437")
    except UnicodeError:
        return member.orig_filename.encode("utf_8", "replace")


def _unicode_name(member: ZipInfo) -> str | None:
    if member.flag_bits & _UTF8:
        return member.orig_filename
    raw = _raw(member)
    for kind, data in _extra_fields(member.extra):
        if kind == _UNICODE_NAME and len(data) > _NAME_HEAD.size:
            _, check = _NAME_HEAD.unpack_from(data)
            if check == zlib.crc32(raw):  # the other name was not changed since
                return data[_NAME_HEAD.size :].decode("utf_8", "replace")
    try:
        return raw.decode("utf_8")
    except UnicodeError:
        return None


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + _FIELD.size <= len(extra):
        kind, size = _FIELD.unpack_from(extra, place)
        place += _FIELD.size
        yield kind, extra[place : place + size]
        place += size


def _page_of(names: Sequence[bytes]) -> str:
    """The code page in which the names are words; 437, the one of the format, where none is."""
    together = b"\n".join(names)
    texts = {
        page: text
        for page in (*_CYRILLIC_PAGES, "cp1258", *_LATIN_PAGES)
        if (text := _decoded(together, page)) is not None
    }
    russian = {page: _share(texts[page], _RUSSIAN) for page in _CYRILLIC_PAGES if page in texts}
    if russian and max(russian.values()) >= _MOSTLY:
        return max(russian, key=lambda page: russian[page])
    words = [word for word in _WORD.findall(texts.get("cp1258", "")) if not word.isascii()]
    if words and sum(map(is_syllable, words)) >= _MOSTLY * len(words):
        return "cp1258"
    return next(
        (page for page in _LATIN_PAGES if page in texts and _share(texts[page], _LATIN) == 1), "cp437"
    )


def _decoded(data: bytes, page: str) -> str | None:
    try:
        return unicodedata.normalize("NFC", data.decode(page))
    except UnicodeError:
        return None


def _share(text: str, form: "regex.Pattern[str]") -> float:
    """How much of what is not ASCII stands in words of that form."""
    strange = sum(not (each.isascii() or each in _USUAL) for each in text)
    words = _WORD if form is _LATIN else _OTHER_WORD
    fitting = sum(
        sum(not each.isascii() for each in word) for word in words.findall(text) if form.fullmatch(word)
    )
    return fitting / strange if strange else 0.0
