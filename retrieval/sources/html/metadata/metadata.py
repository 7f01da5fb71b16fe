"""Title, date, author, source, link and language of a page: from its markup first, then from its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from urllib.parse import urlsplit

import regex

from retrieval.sources.cleaning.bylines import names_after_label
from retrieval.sources.formats.stated import author_of
from retrieval.sources.html.metadata.dating import Near, date_of_article
from retrieval.sources.html.metadata.markup import Markup, line, titles_agreed
from retrieval.sources.html.metadata.ownership import plain
from retrieval.text.language import agreed_language, language_code

_TAIL = regex.compile(r"\s++[-–—|·•»:]++\s++|\s*+[|｜]\s*+")
_BYLINE_LABEL = regex.compile(r"^(?:by|von|par|por|di|tác giả|author)\b[:\s]+", regex.IGNORECASE)
_LONGEST_TITLE, _LONGEST_NAME = 400, 120
_DAY_FIRST = frozenset("gb au nz ie in za sg hk my ph ke ng".split())
"""Countries that write English and the day before the month."""


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """As in `Document`."""

    title: str | None
    date: Date | None
    author: str | None
    source: str | None
    url: str | None
    lang: str | None


def metadata(markup: Markup, near: Sequence[Near], text: str) -> Metadata:
    """What a page tells of its article `text`; `near` are the blocks about it, for what only stands there."""
    source = _source(markup)
    said, country = _language(markup)
    lang = agreed_language(said, text)
    month_first = (lang or language_code(text)) == "en" and country not in _DAY_FIRST
    return Metadata(
        title=_title(markup, source),
        date=date_of_article(markup.markings(), near, lang or language_code(text), month_first=month_first),
        author=_author(markup, near),
        source=source,
        url=_url(markup),
        lang=lang,
    )


def _title(markup: Markup, source: str | None) -> str | None:
    written = [title for title in markup.titles() if len(title) <= 2 * _LONGEST_TITLE]
    titles = [_without_tail(each, written, markup, source) for each in written]
    return titles_agreed([each for each in titles if len(each) <= _LONGEST_TITLE])


def _without_tail(title: str, others: Sequence[str], markup: Markup, source: str | None) -> str:
    """The title without the site's name behind it: what another naming ends before, or what names the source."""
    for other in others:
        if len(other) >= _FEWEST and title.startswith(other) and _TAIL.match(title[len(other) :]):
            return other
    return _without_source(title, markup, source)


_FEWEST = 12


def _without_source(title: str, markup: Markup, source: str | None) -> str:
    host = plain(_host(markup.first("og:url") or ""))
    for cut in reversed(list(_TAIL.finditer(title))):
        tail = plain(title[cut.end() :])
        known = tail and (tail in host or (source and (tail in plain(source) or plain(source) in tail)))
        if not known:
            break
        title = title[: cut.start()].strip()
    return title


def _author(markup: Markup, near: Sequence[Near]) -> str | None:
    for named in (*markup.authors(), list(_bylines(near))):
        if names := [name for each in named if (name := _name(each, markup))]:
            return ", ".join(dict.fromkeys(names))
    return None


def _bylines(near: Sequence[Near]) -> Iterator[str]:
    signed = [each.block.text for each in near if ".author" in each.block.regions[-2:]]
    names = (name for text in signed if len(text) <= _SIGNED and (name := names_after_label(text)))
    yield from [name for name in names if not any(map(str.isdigit, name))][:1]


_SIGNED = 40


def _name(written: str, markup: Markup) -> str | None:
    name = author_of(_BYLINE_LABEL.sub("", line(written)).strip(" ,|-–:"))
    sites = {plain(each) for each in (*markup.publishers(), *markup.data.sites, *markup.said("og:site_name"))}
    if name is None or "://" in name or not 1 < len(name) <= _LONGEST_NAME or plain(name) in sites:
        return None
    return name


def _source(markup: Markup) -> str | None:
    named = [
        *markup.said("og:site_name"),
        *markup.publishers(),
        *markup.data.sites,
        *markup.said("application-name"),
    ]
    return next((name for each in named if 1 < len(name := line(each)) <= _LONGEST_NAME), None)


def _url(markup: Markup) -> str | None:
    """The page's canonical link, unless it leads to another site than the page itself, or to a site's front page."""
    links = [each.get("href") or "" for each in markup.page.iterfind(".//link[@rel='canonical']")]
    said = [*markup.said("og:url"), *([markup.fetched] if markup.fetched else [])]
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


def _language(markup: Markup) -> tuple[str | None, str]:
    """The language that the page says it is in, and the country: `en-GB` -> `en`, `gb`."""
    written = markup.page.get("lang") or markup.page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    code, *rest = regex.split(r"[-_]", written.strip().lower()[:40])
    return (code if regex.fullmatch(r"[a-z]{2}", code) else None), (rest[-1] if rest else "")
