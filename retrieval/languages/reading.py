"""The tables of the languages, as parsed."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import regex

VIETNAMESE: Final = "vi"
"""The language of the collection, and the one that code knows by name: its words are written apart by syllables, each
built by rule, and people leave out the marks."""

_ROOM = files("retrieval.languages")


@cache
def tables() -> Mapping[str, Mapping[str, Any]]:
    """By the code of the language, that of the collection first."""
    found = [file for file in (_ROOM / "data").iterdir() if file.name.endswith(".toml")]
    codes = sorted((file.name.removesuffix(".toml") for file in found), key=lambda c: (c != VIETNAMESE, c))
    return {code: _read(f"data/{code}.toml") for code in codes}


@cache
def recognised() -> Mapping[str, Any]:
    """What tells the languages that questions are not asked in."""
    return _read("recognised.toml")


def of_each(*path: str) -> dict[str, Any]:
    """What stands under `path`, by language; languages without it are left out."""
    found = {code: _under(table, path) for code, table in tables().items()}
    return {code: there for code, there in found.items() if there is not None}


def of(language: str, *path: str) -> Any:  # noqa: ANN401 - as parsed
    """What stands under `path` for a language, None where nothing does."""
    return _under(tables().get(language, {}), path)


def words_of_all(*path: str) -> list[str]:
    """The lists under `path` of all languages together."""
    return [word for words in of_each(*path).values() for word in words]


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, of which * stands for whatever ending."""
    return "|".join(regex.escape(word, literal_spaces=True).replace(r"\*", r"\w*") for word in words)


def _under(table: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - as parsed
    for name in path:
        table = table.get(name) if table is not None else None
    return table


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((_ROOM / name).read_text(encoding="utf-8"))
