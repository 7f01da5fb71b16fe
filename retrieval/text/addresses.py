"""Addresses as they may be shown and kept: without the user name and password that some are written with."""

import regex

_USER = regex.compile(r"(?<=//)[^/?#\s]*@")
_TORN = regex.compile(r"(?<=//)(?!\[)[^/?#\s@:]*:(?!\d*(?:[/?#\s]|$))[^\s@]*@(?:[^\s@/?#]*@)*")
"""A password with a slash or the like: what stands behind the colon is no port, so all up to the @ belongs to it."""


_BARE = regex.compile(r"(?<![^\s(\"'/,])[^\s/:@\"'(),]+:[^\s/@,]+@(?=[\w\[])")
"""`user:password@host` where no `//` stands before it."""


def without_password(said: str) -> str:
    """A line that is shown, without what may be a password in it, also where an address is misspelt."""
    return _BARE.sub("", without_user(said)) if "@" in said else said


def without_user(written: str) -> str:
    """`https://user:password@host/feed` as `https://host/feed`, wherever in a text it stands."""
    if "@" not in written or "//" not in written:
        return written
    return _TORN.sub("", _USER.sub("", written))
