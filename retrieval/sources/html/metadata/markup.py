"""What a page's elements say about its article, apart from its text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from lxml import etree

from retrieval.sources.cleaning.bylines import names_after_label
from retrieval.sources.formats.raised import RAISED_DIGITS, on_line
from retrieval.sources.html.blocks.blocks import blocks_of
from retrieval.sources.html.metadata.dating import Markings
from retrieval.sources.html.metadata.linked_data import Described, linked_data
from retrieval.sources.html.metadata.ownership import Naming, own_works, plain
from retrieval.sources.html.metadata.surroundings import Surroundings
from retrieval.text.forms import normalise

Element = etree._Element

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.issued",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "citation_publication_date",
)
_CHANGED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
)
_AUTHORS = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
_DATES_MARKED = frozenset(("datePublished", "schema:datePublished", "dc:date", "dcterms:issued", "pubdate"))
_CHANGES_MARKED = frozenset(("dateModified", "schema:dateModified"))
_AUTHORS_MARKED = frozenset(("author", "schema:author", "dc:creator", "creator"))
_ARTICLE = ("Article", "Posting", "Report", "Page", "Recipe", "Review")


class Markup:
    """The metadata that a page's elements carry; `fetched` is the address that it came from."""

    def __init__(self, page: Element, fetched: str | None = None) -> None:
        self.page, self.fetched = page, fetched
        self.metas: dict[str, list[str]] = {}
        for meta in page.iter("meta"):
            content = line(meta.get("content"))
            for key in ("property", "name"):
                if content and (name := meta.get(key)):
                    self.metas.setdefault(name.strip().lower(), []).append(content)
        self.data = linked_data(page)

    def said(self, *names: str) -> list[str]:
        return [value for name in names for value in self.metas.get(name, ())]

    def first(self, *names: str) -> str | None:
        return next(iter(self.said(*names)), None)

    @cached_property
    def works(self) -> list[Described]:
        """What JSON-LD says of this article, the surest first."""
        return own_works(self.data.works, self.naming)

    @cached_property
    def naming(self) -> Naming:
        social = [] if self._is_of_another else self.said("og:title", "twitter:title")
        links = [each.get("href") or "" for each in self.page.iterfind(".//link[@rel='canonical']")][:1]
        urls = [*links, *([] if self._is_of_another else self.said("og:url")[:1]), self.fetched or ""]
        return Naming([*social, *self.headings()[:1], *self._head_titles], [url for url in urls if url])

    def titles(self) -> list[str]:
        """What the page calls its article, the most trusted first."""
        described = [title for work in self.works if not work.is_page for title in work.titles[:1]]
        social = [] if self._is_of_another else self.said("og:title")[:1]
        written = [*described[:1], *social, *self.headings()[:1], *self._head_titles]
        return [title for each in written if (title := line(each))]

    def summaries(self) -> list[str]:
        return self.said("og:description", "description", "twitter:description")

    def headings(self) -> list[str]:
        """The texts of the `h1`, that of the article first: it is the one that the head's title repeats."""
        texts = [text for each in self._main_headings if (text := _heading_text(each))]
        return list(dict.fromkeys(texts))

    @cached_property
    def _main_headings(self) -> list[Element]:
        found = list(self.page.iter("h1"))[:50]
        if len(found) < 2:
            return found
        said = Naming([*self._head_titles, *self.said("og:title")[:1]], [])
        sites = {plain(each) for each in self.said("og:site_name", "application-name")}
        likeness = {each: said.likeness(text_of(each)) - (plain(text_of(each)) in sites) for each in found}
        return sorted(found, key=lambda each: -likeness[each])

    @cached_property
    def _head_titles(self) -> list[str]:
        return [text for each in self.page.iter("title") if (text := text_of(each))][:1]

    @cached_property
    def _is_of_another(self) -> bool:
        """Whether what the page says for social networks is left over from another page."""
        title, url = self.first("og:title"), self.first("og:url")
        own = [*self.headings()[:1], *self._head_titles]
        links = [each.get("href") or "" for each in self.page.iterfind(".//link[@rel='canonical']")][:1]
        addresses = [each for each in (*links, self.fetched or "") if each]
        elsewhere = bool(url and addresses) and not Naming([], addresses).is_at(url or "")
        return bool(title and own) and elsewhere and Naming(own, []).likeness(title or "") < _ALIKE

    @cached_property
    def surroundings(self) -> Surroundings:
        return Surroundings(next(iter(self._main_headings), None))

    def markings(self) -> Markings:
        """When the article was published and changed: by JSON-LD, by `meta` elements, by microdata and RDFa."""
        works, own = self.works, not self._is_of_another
        return Markings(
            [
                *(stamp for work in works if not work.is_page for stamp in work.dates),
                *(self.said(*_PUBLISHED) if own else ()),
                *self._marked(_DATES_MARKED),
                *(stamp for work in works if work.is_page for stamp in work.dates),
            ],
            [
                *(stamp for work in works for stamp in work.modified),
                *(self.said(*_CHANGED) if own else ()),
                *self._marked(_CHANGES_MARKED),
            ],
        )

    def authors(self) -> Iterator[list[str]]:
        """The authors as each source names them, the most trusted first."""
        yield next((work.authors for work in self.works if work.authors and not work.is_page), [])
        yield self.said(*_AUTHORS) if not self._is_of_another else []
        marked = (names_after_label(each[:200]) for each in dict.fromkeys(self._marked_authors()))
        yield [name for name in marked if name and not any(map(str.isdigit, name))]
        yield next((work.authors for work in self.works if work.authors), [])

    def publishers(self) -> list[str]:
        return [name for work in self.works for name in work.publishers]

    def _marked(self, names: frozenset[str]) -> Iterator[str]:
        """What microdata and RDFa of the article say under one of these names."""
        for each in self._with_property(names):
            yield each.get("datetime") or each.get("content") or text_of(each)

    def _marked_authors(self) -> Iterator[str]:
        for each in self._with_property(_AUTHORS_MARKED):
            names = [
                text_of(name) or line(name.get("content")) for name in each.iterfind(".//*[@itemprop='name']")
            ]
            names += [
                text_of(name)
                for name in each.iterfind(".//*[@property]")
                if "name" in str(name.get("property"))
            ]
            told = [name for name in names if name] or [text_of(each) or line(each.get("content"))]
            yield from told[:1]
        for link in islice(self.page.iterfind(".//a[@rel='author']"), _MOST):
            if not self.surroundings.is_others(link):
                yield text_of(link)
                return

    def _with_property(self, names: frozenset[str]) -> Iterator[Element]:
        """The elements of the article that microdata or RDFa call so, of the first ones on the page."""
        items = (
            each for each in self.page.iterfind(".//*[@itemprop]") if _is_called(each, "itemprop", names)
        )
        yield from (each for each in islice(items, _MOST) if self._is_of_article(each))
        properties = (
            each for each in self.page.iterfind(".//*[@property]") if _is_called(each, "property", names)
        )
        for each in islice(properties, _MOST):
            if each.tag != "meta" and not self.surroundings.is_others(each):
                yield each

    def _is_of_article(self, element: Element) -> bool:
        """Whether microdata belongs to the article: its item is one, of this headline, and no comment or teaser."""
        above = element.iterancestors()
        item = next((each for each in above if each.get("itemscope") is not None), None)
        if item is not None and (kind := item.get("itemtype")):
            headline = next(item.iterfind(".//*[@itemprop='headline']"), None)
            told = text_of(headline) or line(headline.get("content")) if headline is not None else ""
            alike = not told or not self.naming.titles or self.naming.likeness(told) >= _ALIKE
            if not kind.rstrip("/").endswith(_ARTICLE) or not alike:
                return False
        return not self.surroundings.is_others(element)


_ALIKE = 0.6
_MOST = 100


def _is_called(element: Element, attribute: str, names: frozenset[str]) -> bool:
    return not names.isdisjoint((element.get(attribute) or "")[:200].split())


def text_of(element: Element) -> str:
    return line("".join(map(str, element.itertext())))


def _heading_text(heading: Element) -> str:
    """As it is seen: with raised digits raised."""
    moved = any(True for _ in heading.iter("sup", "sub", "span"))
    return line(" ".join(block.text for block in blocks_of(heading))) if moved else text_of(heading)


def line(text: str | None) -> str:
    return " ".join(normalise(text or "").split())


def titles_agreed(titles: Sequence[str]) -> str | None:
    """The title that most namings agree on, in the writing that has its raised digits raised; the first of them when
    none agree."""
    agreeing = Counter(on_line(plain(title)) for title in titles)
    return max(
        titles,
        key=lambda title: (agreeing[on_line(plain(title))], not RAISED_DIGITS.isdisjoint(title)),
        default=None,
    )
