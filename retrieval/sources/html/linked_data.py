"""The article as the page's own JSON-LD describes it (schema.org)."""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml import etree

Element = etree._Element

_KINDS = ("Article", "Posting", "Report")
_MARKUP = regex.compile(r"<[^>]{1,500}>")
_CONTROLS = regex.compile(r"[\x00-\x1f]")
Fields = dict[str, object]


@dataclass(frozen=True)
class LinkedData:
    """What JSON-LD says: `body` without markup; lists are in the page's order, empty where it says nothing."""

    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    body: str = ""


def linked_data(page: Element) -> LinkedData:
    """Reads all JSON-LD of a page; what is broken is passed over."""
    articles = [each for each in _objects(page) if _is_article(each)][:1]
    if not articles:
        return LinkedData()
    (article,) = articles
    return LinkedData(
        titles=_texts(article, "headline", "name"),
        dates=_texts(article, "datePublished"),
        authors=_names(article.get("author")),
        publishers=_names(article.get("publisher")),
        urls=[each for each in _texts(article, "url", "@id", "mainEntityOfPage") if each.startswith("http")],
        body=_plain(" ".join(_texts(article, "articleBody"))),
    )


def _objects(page: Element) -> Iterator[Fields]:
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _inside(_parsed(script.text or ""))


def _parsed(written: str) -> object:
    try:
        return json.loads(_CONTROLS.sub(" ", written))
    except (ValueError, RecursionError):
        return None


def _inside(parsed: object) -> Iterator[Fields]:
    """All objects in a JSON value, outer ones first, without recursion."""
    waiting = [parsed]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _is_article(fields: Fields) -> bool:
    kinds = fields.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    titled = "headline" in fields or "articleBody" in fields
    return titled and any(isinstance(kind, str) and kind.endswith(_KINDS) for kind in named)


def _texts(fields: Fields, *names: str) -> list[str]:
    values = (fields.get(name) for name in names)
    return [_plain(value) for value in values if isinstance(value, str) and value.strip()]


def _names(value: object) -> list[str]:
    """The names of one or several persons or organisations, given as objects or as plain strings."""
    found: list[object] = []
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        found += name if isinstance(name, list) else [name]
    return [plain for name in found if isinstance(name, str) and (plain := _plain(name))]


def _plain(text: str) -> str:
    return html.unescape(_MARKUP.sub(" ", html.unescape(text))).strip()
