"""Abbreviations of Vietnamese chats, written out: neither the model nor the articles know `bn` or `ko`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import regex

_WORD = regex.compile(r"(?<![\p{L}\p{N}])\p{L}[\p{L}\p{M}\p{N}]*(?![\p{L}\p{N}])")


def write_out(text: str) -> str:
    """`text`, a Vietnamese question, with its abbreviations written out; everything else stays as typed."""
    known = _known()
    return _WORD.sub(lambda match: known.get(match.group().lower(), match.group()), text)


@cache
def _known() -> Mapping[str, str]:
    path = files("retrieval.ranking") / "data" / "abbreviations.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {short: meant for kind in data.values() for short, meant in kind.items()}
