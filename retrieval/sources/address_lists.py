"""Lists of web addresses, one a line, as sitemaps in plain text are: nothing to cite, but pages to read."""

import regex

_ADDRESS = regex.compile(r"https?://[^\s/]\S*", regex.IGNORECASE)
_MOSTLY = 0.8
"""The share of lines that are addresses from which a text is a list of them: one bad line costs itself."""


def is_address_list(text: str) -> bool:
    """Whether the lines of a text, blank ones and comments apart, are addresses, but for a few short ones."""
    lines = _lines(text)
    found = sum(_ADDRESS.fullmatch(line) is not None for line in lines)
    prose = any(" " in line and not _ADDRESS.match(line) for line in lines)
    return bool(lines) and found >= _MOSTLY * len(lines) and not prose


def addresses_in(text: str) -> list[str]:
    """The lines of a list of addresses, each once, also those that are none: what is wrong is said when it is read."""
    return list(dict.fromkeys(_lines(text)))


def _lines(text: str) -> list[str]:
    stripped = (line.strip(" \t\ufeff\0") for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]
