"""What /about says, as Telegram HTML."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.conversation.about import About
from bot.conversation.replies.links import web_link
from bot.conversation.replies.wording import title_or_opening
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.article import Excerpt


def render_about(about: About, texts: Texts, now: datetime) -> str:
    """The message in HTML; `now` has a time zone."""
    heading = f"<b>{escape(texts('about-heading'))}</b>"
    promise = escape(texts("about-verbatim"))
    return "\n\n".join([heading, "\n".join(_facts(about, texts, now)), promise])


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
