"""Bytes -> text: UTF-8 first, what the bytes or the sender say otherwise, and code pages from before Unicode."""

import codecs

import regex

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.legacy_fonts import require_unicode
from retrieval.sources.formats.plain.code_pages import guess_code_page

_MARKS = (  # UTF-32 before UTF-16, whose mark it begins with
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
)
_STRAY = 0.01
"""The share of zeros up to which a table is text in which a few bytes are damaged."""
_NEVER = frozenset("idna punycode unicode_escape raw_unicode_escape undefined utf_7".split())
"""Codecs of Python's own, or that hide what a text says."""
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_FEWEST_ZEROS = 0.1
_STRANGE = regex.compile(r"[\p{Cc}\p{Cn}\p{Co}\ufffd--[\t\n\r\f]]", regex.V1)
"""What no text in UTF-16 holds, and bytes of programs and pictures do."""


def decode(data: bytes, charset: str | None = None) -> str:
    """The text of a file; `charset` is what its sender says of it.

    Raises:
        SourceError: empty, binary, damaged, of no code page that can be told, or typed in a font's own encoding.
    """
    try:
        text = data.decode(charset_of(data, charset, whole=True))
    except UnicodeError as error:
        raise SourceError(Reason.of(Problem.UNDECODABLE)) from error
    require_unicode(text)
    return text


def charset_of(data: bytes, charset: str | None = None, whole: bool = False) -> str:
    """The name of Python's codec for a text that begins with `data`, or is it as a `whole`; raises SourceError.

    UTF-8 beats the sender, since servers say `iso-8859-1` of whatever they send and other text hardly ever is UTF-8
    by accident.
    """
    if not data.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise SourceError(Reason.of(Problem.EMPTY))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if wide := _wide(data):
        return wide
    declared = codec_of(charset)
    if not whole and data.count(0) <= _STRAY * len(data):
        data = data.replace(b"\0", b"")
    if data.startswith(BINARY_STARTS) or (b"\0" in data and not (declared or "").startswith("utf-")):
        raise SourceError(Reason.of(Problem.BINARY))
    if decodes(data, "utf_8", whole) and (declared is None or not data.isascii()) and b"\0" not in data:
        return "utf_8"
    if declared and decodes(data, declared, whole):
        return declared
    if not whole and _is_damaged_utf8(data):
        return "utf_8"  # of a table: rows that cannot be decoded fail, and alone
    return _undeclared(data)


def _wide(data: bytes) -> str | None:
    """The codec of UTF-16 without its mark: each blank and ASCII letter in it has a zero on the same side."""
    even, odd = data[::2], data[1::2]
    for zeros, others, name in ((odd, even, "utf_16_le"), (even, odd, "utf_16_be")):
        if 0 in zeros and 0 not in others and zeros.count(0) >= _FEWEST_ZEROS * len(zeros):
            text = data.decode(name, "replace")
            return name if not _STRANGE.search(text) else None
    return None


def _undeclared(data: bytes) -> str:
    if _is_damaged_utf8(data):
        raise SourceError(Reason.of(Problem.DAMAGED_LINE, line=_first_damaged_line(data)))
    require_unicode(data.decode("latin_1"))  # before a code page is found that happens to fit
    page = guess_code_page(data)
    if page is None:
        raise SourceError(Reason.of(Problem.UNKNOWN_ENCODING))
    return page


def _first_damaged_line(data: bytes) -> int:
    try:
        data.decode("utf_8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8, which no code page's text is by accident."""
    text = data.decode("utf_8", "replace")
    broken = text.count("\ufffd")
    return sum(not character.isascii() for character in text) - broken > broken


def codec_of(charset: str | None) -> str | None:
    """The codec that a charset's name means, None when Python has none for text."""
    try:
        name = codecs.lookup(charset or "").name
        b"a".decode(name, "replace")  # a LookupError for codecs that make no text, as `zlib`
    except (LookupError, ValueError):
        return None
    return None if name.replace("-", "_") in _NEVER else _AS_BROWSERS_DO.get(name, name)


def decodes(data: bytes, name: str, whole: bool = True) -> bool:
    """Whether the codec fits; what is not whole may be cut within a character."""
    try:
        codecs.getincrementaldecoder(name)().decode(data, whole)
    except (UnicodeError, LookupError):
        return False
    return True
