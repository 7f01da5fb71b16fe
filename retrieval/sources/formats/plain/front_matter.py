"""What stands at the top of a Markdown file: metadata, as YAML (`---`), TOML (`+++`) or JSON (`;;;`, or an object).

What is damaged in it costs itself alone: the other fields and the text below are read, and what was lost is told.
"""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date as Date
from datetime import datetime
from typing import NamedTuple

import regex

from retrieval.sources.formats.stated import date_of, language_of
from retrieval.sources.model import Dropped
from retrieval.text.forms import normalise

_TOP = r"\A(?:[ \t]*\n){0,9}"
_YAML = regex.compile(
    _TOP + r"---[ \t]*\n(?=(?:[ \t]*\n|#[^\n]*\n){0,20}[\p{L}\"'][^\n]*:)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    regex.DOTALL | regex.MULTILINE,
)
_TOML = regex.compile(_TOP + r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", regex.DOTALL | regex.MULTILINE)
_JSON = regex.compile(_TOP + r";;;[ \t]*\n(.*?)^;;;[ \t]*(?:\n|\Z)", regex.DOTALL | regex.MULTILINE)
_OBJECT = regex.compile(_TOP + r"(?=\{\s*+\")")
_OPEN = regex.compile(_TOP + r"(---|\+\+\+)[ \t]*\n")
_FIELD = regex.compile(r"[\"']?(\p{L}[\p{L}\d _-]{0,40}?)[\"']?[ \t]*(:|=)[ \t]*+([^\n]*)")
_GOES_ON = regex.compile(r"[ \t]|- |#|\]|\}|\[\[?[\w.]+\]")
_LONGEST = 64_000
_LONGEST_TOLD = 200
_KEYS = {
    "title": ("title", "tiêu đề", "headline"),
    "date": (
        "date",
        "published",
        "publication_date",
        "publishdate",
        "pubdate",
        "date_published",
        "published_at",
    ),
    "author": ("author", "authors", "byline"),
    "source": ("source",),
    "url": ("url", "canonical", "canonical_url", "canonicalurl", "link"),
    "id": ("id",),
    "lang": ("lang", "language"),
}
_KNOWN = frozenset(key for keys in _KEYS.values() for key in keys)
_WITHIN = ("params", "extra", "taxonomies")
"""Tables in which Hugo and Zola keep fields of a site's own."""


Facts = dict[str, str | Date | None]
"""Metadata by the names of Document's fields."""


class FrontMatter(NamedTuple):
    """The metadata of a file, the text below it, and what could not be read, each with what was expected."""

    facts: Facts
    body: str
    lost: tuple[Dropped, ...] = ()


def split_front_matter(text: str) -> FrontMatter | None:
    """None where there is no front matter. Never fails."""
    for fence, load in ((_YAML, _yaml), (_TOML, _toml), (_JSON, _json)):
        if match := fence.match(text):
            return _read(match.group(1), text[match.end() :], load)
    return _object(text) or _unclosed(text)


def _object(text: str) -> FrontMatter | None:
    """A JSON object that the file begins with, if it tells anything that is metadata."""
    match = _OBJECT.match(text[:_LONGEST])
    if match is None:
        return None
    try:
        written, end = json.JSONDecoder().raw_decode(text[:_LONGEST], match.end())
    except (ValueError, RecursionError):
        return None
    known = isinstance(written, dict) and _KNOWN & {str(key).strip().lower() for key in written}
    return _front_matter(written, text[end:].lstrip("\n")) if known else None


def _unclosed(text: str) -> FrontMatter | None:
    """Fields whose closing line is missing: they end where lines stop looking like fields."""
    match = _OPEN.match(text)
    if match is None:
        return None
    end, first = match.end(), True
    for line in text[end : end + _LONGEST].splitlines(keepends=True):
        field = _FIELD.match(line)
        if first and not (field and field.group(1).lower() in _KNOWN):
            return None
        if not field and not _GOES_ON.match(line):
            break
        end, first = end + len(line), False
    front = text[match.end() : end]
    load = _yaml if match.group(1) == "---" else _toml
    return _read(front, text[end:], load) if front else None


class _Unreadable(Exception):
    """Says what is wrong with the whole of a front matter."""


def _read(front: str, body: str, load: Callable[[str], object]) -> FrontMatter | None:
    try:
        if len(front) > _LONGEST:
            raise _Unreadable(f"longer than {_LONGEST} characters")
        written = load(front)
    except _Unreadable as problem:
        found = _front_matter(dict(_plain_fields(front)), body)
        told = Dropped(" ".join(front.split())[:_LONGEST_TOLD], f"front matter: {problem}")
        return found._replace(lost=(told, *found.lost))
    return _front_matter(written, body) if isinstance(written, dict) else None


def _plain_fields(front: str) -> Iterator[tuple[str, str]]:
    """The fields of a damaged front matter that still can be read: known ones, each in a line of its own."""
    for line in front[:_LONGEST].split("\n"):
        field = _FIELD.fullmatch(line.rstrip())
        if (
            field
            and field.group(1).lower() in _KNOWN
            and field.group(3)[:1] not in ("[", "{", "|", ">", "&", "*")
        ):
            yield field.group(1), field.group(3).strip(" \"'")


def _yaml(front: str) -> object:
    import yaml

    try:
        # Everything stays a string: a title of digits, a date with a time zone, a `yes`.
        return yaml.load(front, yaml.BaseLoader)  # noqa: S506 - makes strings, lists and mappings only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 2}" if mark else "it"
        raise _Unreadable(
            f"{where} is not valid YAML ({error.problem or error.context}): mend it, for example by quoting the value"
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _Unreadable("it is not valid YAML") from error


def _toml(front: str) -> object:
    try:
        return tomllib.loads(front)
    except (ValueError, RecursionError) as error:
        raise _Unreadable(f"it is not valid TOML ({error})") from error


def _json(front: str) -> object:
    try:
        return json.loads(front if front.lstrip().startswith("{") else f"{{{front}}}")
    except (ValueError, RecursionError) as error:
        raise _Unreadable("it is not valid JSON") from error


def _front_matter(written: Mapping[object, object], body: str) -> FrontMatter:
    fields = {str(key).strip().lower(): value for key, value in written.items()}
    for name in _WITHIN:
        within = fields.get(name)
        if isinstance(within, dict):
            fields = {**{str(key).strip().lower(): value for key, value in within.items()}, **fields}
    facts, lost = Facts(), list[Dropped]()
    for name, keys in _KEYS.items():
        value = next((fields[key] for key in keys if fields.get(key)), None)
        said = _string(value)
        fact: str | Date | None = said
        if name == "date" and said:
            fact = date_of(said)
        elif name == "lang" and said:
            fact = language_of(said)
        if fact:
            facts[name] = fact
        elif value and (said is None or name == "date"):
            expected = "a date as YYYY-MM-DD" if name == "date" else "words in one line"
            lost.append(
                Dropped(f"{name}: {str(value)[:_LONGEST_TOLD]}", f"front matter: expected {expected}")
            )
    return FrontMatter(facts, body, tuple(lost))


def _string(value: object) -> str | None:
    """A value as one line; lists and names of persons too; None for what is neither."""
    values = value if isinstance(value, list) else [value]
    strings = [_word(each.get("name") if isinstance(each, dict) else each) for each in values]
    if not strings or None in strings:
        return None
    return " ".join(normalise(", ".join(filter(None, strings))).split()) or None


def _word(value: object) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, str | Date) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return str(value)
    return None
