"""What stands between the `---` lines at the top of a Markdown file: metadata, as YAML."""

from collections.abc import Mapping
from datetime import date as Date

import regex

from retrieval.errors import SourceError
from retrieval.sources.formats.stated import date_of, language_of
from retrieval.text import normalise

_FENCED = regex.compile(
    r"\A---[ \t]*\n(?=[\p{L}\"'#][^\n]*:)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", regex.DOTALL | regex.MULTILINE
)
_KEYS = {
    "title": ("title", "tiêu đề", "headline"),
    "date": ("date", "published", "publication_date"),
    "author": ("author", "authors"),
    "source": ("source",),
    "url": ("url", "canonical", "canonical_url", "link"),
    "id": ("id",),
    "lang": ("lang", "language"),
}


Facts = dict[str, str | Date | None]
"""Metadata by the names of Document's fields."""


def split_front_matter(text: str) -> tuple[Facts | None, str]:
    """The metadata, None without front matter, and the text below it.

    Raises:
        SourceError: the front matter is no YAML, or a field in it is not what it should be.
    """
    match = _FENCED.match(text)
    written = _load(match.group(1)) if match else None
    if match is None or not isinstance(written, dict):
        return None, text
    return _facts({str(key).strip().lower(): value for key, value in written.items()}), text[match.end() :]


def _load(front: str) -> object:
    import yaml

    try:
        # Everything stays a string: a title of digits, a date with a time zone, a `yes`.
        return yaml.load(front, yaml.BaseLoader)  # noqa: S506 - makes strings, lists and mappings only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 2}" if mark else "the front matter"
        raise SourceError(
            f"{where} is not valid YAML ({error.problem or error.context}): mend it, for example by quoting the value"
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SourceError(
            "the front matter is not valid YAML: expected lines such as `title: ...` between two lines of `---`"
        ) from error


def _facts(written: Mapping[str, object]) -> Facts:
    found = {name: _string(name, written, keys) for name, keys in _KEYS.items()}
    facts: Facts = {name: value for name, value in found.items() if value}
    if said := found["date"]:
        if (date := date_of(said)) is None:
            raise SourceError(f"`date` in the front matter is {said[:40]!r}: expected YYYY-MM-DD")
        facts["date"] = date
    if "lang" in facts:
        facts["lang"] = language_of(found["lang"])
    return facts


def _string(name: str, written: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    value = next((written[key] for key in keys if written.get(key)), None)
    values = value if isinstance(value, list) else [value or ""]
    strings = [each for each in values if isinstance(each, str)]
    if len(strings) < len(values):
        raise SourceError(f"`{name}` in the front matter is no string: write it in one line, or leave it out")
    return " ".join(normalise(", ".join(filter(None, strings))).split()) or None
