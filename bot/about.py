"""/about: what the collection is, how old, and what finds in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import PurePath

from bot.bootstrap import Services
from bot.replies.citations import title_or_opening
from bot.replies.links import web_link
from bot.replies.markup import escape
from bot.texts import Texts
from retrieval.article import Article, Excerpt
from retrieval.embedding.bundled import NAME as BUNDLED
from retrieval.excerpts import cite, opening_words
from retrieval.newest import newest_article

_BUNDLED_MODEL = "multilingual-e5-small"


@dataclass(frozen=True, slots=True)
class About:
    """A generation as readers may know it. `latest` cites the newest article by its first words.

    `dated` is how many articles have a date, and the dates are those of the oldest and the newest of them, None where
    none has one; `made` has a time zone.
    """

    articles: int
    passages: int
    dated: int
    oldest: Date | None
    newest: Date | None
    latest: Excerpt | None
    made: datetime
    model: str
    version: str


def gather(services: Services) -> About:
    """What there is to say of the generation in service; for a worker thread. Raises IndexUnusable."""
    generation = services.serving.retriever().generation
    latest = newest_article(generation.store)
    return About(
        generation.store.articles,
        generation.store.passages,
        generation.store.dated(),
        *generation.store.dates(),
        _beginning(latest) if latest else None,
        datetime.fromisoformat(generation.manifest.created),
        _model(services.settings.model),
        version("trichdan"),
    )


def render_about(about: About, texts: Texts, now: datetime) -> str:
    """The message in HTML; `now` has a time zone."""
    heading = f"<b>{escape(texts('about-heading'))}</b>"
    promise = escape(texts("about-verbatim"))
    return "\n\n".join([heading, "\n".join(_facts(about, texts, now)), promise])


def collection_line(about: About, texts: Texts) -> str:
    """The collection in a sentence, as plain text: dates are named of those articles alone that have one."""
    if about.oldest is None or about.newest is None:
        return texts("collection", articles=about.articles)
    if about.dated < about.articles:
        dates = texts.dates(about.oldest, about.newest)
        return texts("collection-some-dated", articles=about.articles, dated=about.dated, dates=dates)
    if about.oldest == about.newest:
        return texts("collection-one-date", articles=about.articles, date=texts.date(about.newest))
    first, last = texts.date(about.oldest), texts.date(about.newest)
    return texts("collection-dated", articles=about.articles, first=first, last=last)


def _facts(about: About, texts: Texts, now: datetime) -> Iterator[str]:
    yield f"• {escape(texts('about-size', articles=about.articles, passages=about.passages))}"
    yield f"• {escape(_dates(about, texts))}"
    if about.latest:
        yield f"• {escape(texts('about-newest'))} {_cited(about.latest, texts)}"
    yield f"• {escape(texts('about-age', age=_ago(now - about.made, texts)))}"
    yield f"• {escape(texts('about-model', model=about.model))}"
    yield f"• Trichdan {escape(about.version)}"


def _dates(about: About, texts: Texts) -> str:
    if about.oldest is None or about.newest is None:
        return texts("about-undated")
    if about.dated < about.articles:
        return texts("about-some-dated", dated=about.dated, dates=texts.dates(about.oldest, about.newest))
    if about.oldest == about.newest:
        return texts("about-date", date=texts.date(about.newest))
    return texts("about-dates", first=texts.date(about.oldest), last=texts.date(about.newest))


def _cited(latest: Excerpt, texts: Texts) -> str:
    title, link = escape(title_or_opening(latest.citation, texts)), web_link(latest)
    linked = f'<a href="{escape(link)}">{title}</a>' if link else title
    return f"{linked} · {escape(texts.date(latest.citation.date))}"


def _ago(age: timedelta, texts: Texts) -> str:
    """In words, such as "3 hours ago"; clocks that disagree make nothing of the future."""
    from babel.dates import format_timedelta

    return str(format_timedelta(-max(age, timedelta(seconds=1)), add_direction=True, locale=texts.language))


def _beginning(article: Article) -> Excerpt:
    words = opening_words(article.text)
    return Excerpt(words, (), 0.0, "", 0, len(words), cite(article, 0))


def _model(setting: str) -> str:
    """The model's own name: not the folder that it lies in, which is nobody's business."""
    return _BUNDLED_MODEL if setting == BUNDLED else PurePath(setting).name
