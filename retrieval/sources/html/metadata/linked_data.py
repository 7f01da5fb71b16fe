"""The articles that a page's JSON-LD describes (schema.org): the page's own among them, and others."""

import html
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import regex
from lxml import etree

from retrieval.sources.html.metadata.json_mended import values_in

Element = etree._Element

_ARTICLES = ("Article", "Posting", "Report", "Recipe", "Review", "HowTo")
_PAGES = ("WebPage", "ItemPage", "AboutPage")
_CLAIMS = ("ClaimReview",)
_OTHERS = frozenset(
    "itemListElement liveBlogUpdate itemReviewed"
    " mentions hasPart isPartOf relatedLink citation isBasedOn subjectOf comment review significantLink"
    " associatedArticle about".split()
)
"""Fields that hold other works than the one they stand in."""
_MOST_OBJECTS = 20_000
_MARKUP = regex.compile(r"<[^<>]{1,500}>")
Fields = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Described:
    """A work as JSON-LD describes it: `body` without markup; lists in the page's order, empty where it says nothing.

    `is_page` tells a web page or the check of a claim rather than an article, `is_other` one that stands within the
    description of another.
    """

    titles: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    body: str = ""
    is_page: bool = False
    is_other: bool = False


@dataclass(frozen=True)
class LinkedData:
    """All works that a page describes, and the names that its web site has there."""

    works: list[Described] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)


class _Found(NamedTuple):
    fields: Fields
    is_other: bool


def linked_data(page: Element) -> LinkedData:
    """Reads all JSON-LD of a page; what is broken beyond mending is passed over."""
    found = list(_objects(page))
    known: dict[str, Fields] = {}
    for fields, _ in found:
        if isinstance(own := fields.get("@id"), str) and len(fields) > 1:
            known.setdefault(own, fields)
    works = [_described(each, known) for each in found if _is_kind(each.fields, _ARTICLES + _PAGES)]
    sites = [
        name for each in found if _is_kind(each.fields, ("WebSite",)) for name in _texts(each.fields, "name")
    ]
    return LinkedData([each for each in works if each.titles or each.dates or each.body], sites)


def _described(found: _Found, known: Mapping[str, Fields]) -> Described:
    fields = found.fields
    pages = [fields.get("mainEntityOfPage"), fields.get("isPartOf")]
    urls = _texts(fields, "url", "@id", "mainEntityOfPage")
    urls += [url for each in pages if isinstance(each, dict) for url in _texts(each, "@id", "url")]
    return Described(
        titles=_texts(fields, "headline", "name", "alternativeHeadline"),
        dates=_stamps(fields, "datePublished", "dateCreated"),
        modified=_stamps(fields, "dateModified"),
        authors=_names(fields.get("author"), known) or _names(fields.get("creator"), known),
        publishers=_names(fields.get("publisher"), known),
        urls=[each for each in urls if each.startswith(("http://", "https://", "//"))],
        body=_plain(" ".join(_texts(fields, "articleBody"))),
        is_page=_is_kind(fields, _CLAIMS) or not _is_kind(fields, _ARTICLES),
        is_other=found.is_other,
    )


def _objects(page: Element) -> Iterator[_Found]:
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in values_in("".join(map(str, script.itertext()))):
                yield from _inside(value)


def _inside(parsed: object) -> Iterator[_Found]:
    """All objects in a JSON value, outer ones first, without recursion."""
    waiting, count = deque([(parsed, False)]), 0
    while waiting and count < _MOST_OBJECTS:
        value, is_other = waiting.popleft()
        if isinstance(value, dict):
            count += 1
            yield _Found(value, is_other)
            waiting.extend((each, is_other or name in _OTHERS) for name, each in value.items())
        elif isinstance(value, list):
            waiting.extend((each, is_other) for each in value)


def _is_kind(fields: Fields, endings: tuple[str, ...]) -> bool:
    kinds = fields.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.strip().endswith(endings) for kind in named)


def _texts(fields: Fields, *names: str) -> list[str]:
    values = (_valued(fields.get(name)) for name in names)
    return [plain for value in values if isinstance(value, str) and (plain := _plain(value))]


def _stamps(fields: Fields, *names: str) -> list[str]:
    values = (_valued(fields.get(name)) for name in names)
    return [
        str(value) for value in values if isinstance(value, str | int | float) and not isinstance(value, bool)
    ]


def _valued(value: object) -> object:
    """The first of several values, and what is wrapped as `{"@value": ...}`."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value.get("@value", value) if isinstance(value, dict) else value


def _names(value: object, known: Mapping[str, Fields]) -> list[str]:
    """The names of persons or organisations: told, or described elsewhere under an `@id`."""
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    found: list[object] = []
    for each in value if isinstance(value, list) else [value]:
        name = _name_of(each, known)
        found += name if isinstance(name, list) else [name]
    names = [_valued(name) for name in found]
    return [plain for name in names if isinstance(name, str) and (plain := _plain(name))]


def _name_of(value: object, known: Mapping[str, Fields]) -> object:
    if isinstance(value, str):
        return known[value].get("name") if value in known else value
    if not isinstance(value, dict):
        return None
    told = value.get("name") or (_valued(value) if "@value" in value else None)
    described = known.get(str(value.get("@id")), {})
    if told or not described:
        return told
    given = " ".join(_texts(described, "givenName", "familyName"))
    return described.get("name") or given


def _plain(text: str) -> str:
    return " ".join(html.unescape(_MARKUP.sub(" ", html.unescape(text))).split())
