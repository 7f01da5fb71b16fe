"""Title, date, author, source, link and language of a page: from its markup first, then from its text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from urllib.parse import urlsplit

import regex
from lxml import etree

from retrieval.sources.cleaning.dates import YEARS, find_dates, publication_date
from retrieval.sources.html.blocks import Block
from retrieval.sources.html.linked_data import LinkedData
from retrieval.text import normalise

Element = etree._Element

_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dcterms.created",
    "dc.date.issued",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
)
_AUTHOR_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
)
_TAIL = regex.compile(r"\s+[-–—|·•»:]+\s+|\s*[|｜]\s*")
_ISO = regex.compile(r"\d{4}-\d{2}-\d{2}")
_BYLINE_LABEL = regex.compile(r"^(?:by|von|par|por|di|tác giả|author)\b[:\s]+", regex.IGNORECASE)
_LONGEST_TITLE, _LONGEST_NAME = 400, 120


@dataclass(frozen=True)
class Metadata:
    """As in `Document`."""

    title: str | None
    date: Date | None
    author: str | None
    source: str | None
    url: str | None
    lang: str | None


class Markup:
    """The metadata that a page's elements carry."""

    def __init__(self, page: Element, data: LinkedData) -> None:
        self.page, self.data = page, data
        self.metas: dict[str, list[str]] = {}
        for meta in page.iter("meta"):
            content = _line(meta.get("content"))
            for key in ("property", "name", "itemprop"):
                if content and (name := meta.get(key)):
                    self.metas.setdefault(name.lower(), []).append(content)

    def first(self, *names: str) -> str | None:
        return next((value for name in names for value in self.metas.get(name, ())), None)

    def said(self, *names: str) -> list[str]:
        return [value for name in names for value in self.metas.get(name, ())]

    def headings(self) -> list[str]:
        return [text for h1 in self.page.iter("h1") if (text := _text_of(h1))]

    def titles(self) -> list[str]:
        """What the page calls its article, the most trusted first."""
        head = [_text_of(title) for title in self.page.iter("title")][:1]
        written = [*self.data.titles[:1], *self.said("og:title")[:1], *self.headings()[:1], *head]
        return [title for each in written if (title := _line(each))]

    def summaries(self) -> list[str]:
        return self.said("og:description", "description", "twitter:description")


def metadata(markup: Markup, blocks: Sequence[Block], fetched: str | None) -> Metadata:
    """What a page tells of its article; `blocks` are those above and in the text, for dates that only stand there."""
    lang = _language(markup)
    source = _source(markup)
    return Metadata(
        title=_title(markup, source),
        date=_date(markup, blocks, lang),
        author=_author(markup, blocks),
        source=source,
        url=_url(markup, fetched),
        lang=lang,
    )


def _title(markup: Markup, source: str | None) -> str | None:
    """The title that most of its namings agree on; the first of them when none agree."""
    written = markup.titles()
    titles = [_without_tail(each, written, markup, source) for each in written]
    titles = [each for each in titles if len(each) <= _LONGEST_TITLE]
    agreeing = Counter(_plain(title) for title in titles)
    return max(titles, key=lambda title: agreeing[_plain(title)], default=None)


def _plain(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())


def _without_tail(title: str, others: Sequence[str], markup: Markup, source: str | None) -> str:
    """The title without the site's name behind it: what another naming ends before, or what names the source."""
    for other in others:
        if len(other) >= _FEWEST and title.startswith(other) and _TAIL.match(title[len(other) :]):
            return other
    return _without_source(title, markup, source)


_FEWEST = 12


def _without_source(title: str, markup: Markup, source: str | None) -> str:
    host = urlsplit(markup.first("og:url") or "").hostname or ""
    while cuts := list(_TAIL.finditer(title)):
        tail = _plain(title[cuts[-1].end() :])
        known = tail and (
            tail in _plain(host) or (source and (tail in _plain(source) or _plain(source) in tail))
        )
        if not known:
            break
        title = title[: cuts[-1].start()].strip()
    return title


def _date(markup: Markup, blocks: Sequence[Block], lang: str | None) -> Date | None:
    english = lang == "en"
    written = [*markup.data.dates, *markup.said(*_DATE_METAS), *_times(markup.page)]
    found = next((date for each in written if (date := _read_date(each, english))), None)
    return found or publication_date([block.text for block in blocks], month_first=english)


def _times(page: Element) -> Iterator[str]:
    """What `itemprop=datePublished` says, then the `time` elements."""
    for each in page.iterfind(".//*[@itemprop='datePublished']"):
        yield each.get("datetime") or each.get("content") or _text_of(each)
    for each in page.iter("time"):
        yield each.get("datetime") or ""


def _read_date(written: str, month_first: bool) -> Date | None:
    try:
        date = datetime.fromisoformat(written.strip()).date()
    except ValueError:
        found = find_dates(written.replace("T", " "), month_first)
        return found[0].date if found else None
    return date if date.year in YEARS else None


def _author(markup: Markup, blocks: Sequence[Block]) -> str | None:
    named = markup.data.authors or markup.said(*_AUTHOR_METAS) or list(_bylines(markup.page, blocks))
    names = [name for each in named if (name := _name(each, markup))]
    return ", ".join(dict.fromkeys(names)) or None


_AUTHORS = (".//*[@itemprop='author']//*[@itemprop='name']", ".//a[@rel='author']")


def _bylines(page: Element, blocks: Sequence[Block]) -> Iterator[str]:
    marked = (each for path in _AUTHORS for each in page.iterfind(path))
    found = [text for each in marked if (text := _text_of(each))]
    signed = [
        block.text for block in blocks if ".author" in block.regions[-2:] and len(block.text) <= _SIGNED
    ]
    yield from (found or signed)[:1]


_SIGNED = 40


def _name(written: str, markup: Markup) -> str | None:
    name = _BYLINE_LABEL.sub("", _line(written)).strip(" ,|-–:")
    is_site = _plain(name) in {
        _plain(each) for each in (*markup.data.publishers, *markup.said("og:site_name"))
    }
    return None if "://" in name or not 1 < len(name) <= _LONGEST_NAME or is_site else name


def _source(markup: Markup) -> str | None:
    named = [*markup.said("og:site_name"), *markup.data.publishers, *markup.said("application-name")]
    return next((name for each in named if 1 < len(name := _line(each)) <= _LONGEST_NAME), None)


def _url(markup: Markup, fetched: str | None) -> str | None:
    """The page's canonical link, unless it leads to another site than the page itself, or to a site's front page."""
    links = [each.get("href") or "" for each in markup.page.iterfind(".//link[@rel='canonical']")]
    said = [*markup.said("og:url"), *([fetched] if fetched else [])]
    for url in (*links[:1], *markup.said("og:url")[:1]):
        if (
            _host(url)
            and not _is_front(url)
            and all(_same_site(url, other) for other in said if _host(other))
        ):
            return url.strip()
    return None


def _is_front(url: str) -> bool:
    parts = urlsplit(url.strip())
    return not parts.path.strip("/") and not parts.query


def _host(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _same_site(url: str, other: str) -> bool:
    one, two = _host(url), _host(other)
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")


def _language(markup: Markup) -> str | None:
    written = markup.page.get("lang") or markup.page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    code = regex.split(r"[-_]", written.strip().lower())[0]
    return code if regex.fullmatch(r"[a-z]{2}", code) else None


def _text_of(element: Element) -> str:
    return _line("".join(map(str, element.itertext())))


def _line(text: str | None) -> str:
    return " ".join(normalise(text or "").split())
