"""The list of articles and an article to read, as Telegram HTML with the buttons below. Pure."""

from typing import Final

from bot.conversation.reading import ArticleList, ArticlePage
from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.links import web_address
from bot.conversation.replies.wording import Collected, collection_line, named, one_line
from bot.telegram_html.admin.documents import key_of
from bot.telegram_html.admin.paging import pages
from bot.telegram_html.markup import escape, fits
from bot.texts import Texts
from retrieval.article import Article
from retrieval.index.catalogue import Listed

PAGE: Final = 5
"""Articles on a page of the list: as many as buttons stand in a row."""
_LONGEST_TITLE: Final = 120
_LONGEST_SOURCE: Final = 40
_LONGEST_HEADING: Final = 300
_OPENING: Final = 200
_OMISSION = "⋯"


def render_list(held: Collected, shown: ArticleList, texts: Texts) -> tuple[str, Keyboard]:
    """A page of the list: what each article is called, its date and source; a number below opens it."""
    if not shown.listed:
        return escape(texts("articles-none")), ()
    entries = [_entry(number, each, texts) for number, each in enumerate(shown.listed, shown.first)]
    hint = f"<i>{escape(texts('articles-hint'))}</i>"
    html = "\n\n".join([f"<b>{escape(collection_line(held, texts))}</b>", *entries, hint])
    numbers = tuple(
        Button.of(str(number), Verb.READ, f"{key_of(each.id)}0-{shown.page}")
        for number, each in enumerate(shown.listed, shown.first)
    )
    return html, (numbers, *pages(Verb.ARTICLES, shown.page, shown.pages, texts))


def _entry(number: int, listed: Listed, texts: Texts) -> str:
    title = escape(one_line(named(listed.title, listed.opening, texts), _LONGEST_TITLE))
    link = web_address(listed.url)
    facts = (texts.date(listed.date), one_line(listed.source or "", _LONGEST_SOURCE))
    known = escape(" · ".join(fact for fact in facts if fact))
    return f"{number}. {_linked(title, link)}\n{known}"


def render_page(shown: ArticlePage, list_page: int, texts: Texts) -> tuple[str, Keyboard]:
    """A page of an article, word for word, below what is known of it; `list_page` is where the list goes on."""
    article, key = shown.article, key_of(shown.article.id)
    body = f"\n\n{_OMISSION}\n\n".join(escape(piece).replace("\n", "\n\n") for piece in shown.pieces)
    heading = _heading(article, texts)
    html = f"{heading}\n\n{body}"
    if not fits(html):  # a text full of what markup makes longer
        html = f"{heading}\n\n{escape(article.text[shown.span.start : shown.span.end])}"
    return html, (*_turning(key, shown, list_page, texts), (_to_list(list_page, texts),))


def _heading(article: Article, texts: Texts) -> str:
    title = escape(one_line(named(article.title, article.text[:_OPENING], texts), _LONGEST_HEADING))
    facts = (article.source, texts.date(article.date), article.author)
    known = " · ".join(one_line(fact, _LONGEST_TITLE) for fact in facts if fact)
    return f"<b>{_linked(title, web_address(article.url))}</b>\n{escape(known)}"


def _linked(title: str, link: str | None) -> str:
    return f'<a href="{escape(link)}">{title}</a>' if link else title


def _turning(key: str, shown: ArticlePage, list_page: int, texts: Texts) -> Keyboard:
    """Buttons to the pages before and after; none for a single page."""

    def to(text: str, page: int) -> Button:
        return Button.of(text, Verb.READ, f"{key}{page}-{list_page}")

    back = [to(texts("button-back"), shown.page - 1)] if shown.page > 0 else []
    on = [to(texts("button-read-on"), shown.page + 1)] if shown.page + 1 < shown.pages else []
    here = to(f"{shown.page + 1}/{shown.pages}", shown.page)
    return ((*back, here, *on),) if shown.pages > 1 else ()


def _to_list(page: int, texts: Texts) -> Button:
    return Button.of(texts("button-articles"), Verb.ARTICLES, str(page))
