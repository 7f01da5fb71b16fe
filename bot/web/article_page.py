"""An article as a page: its text paragraph by paragraph, with what is cited marked. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.conversation.replies.links import CITED, web_address
from bot.conversation.replies.wording import named
from bot.texts import Texts
from retrieval.article import Article, Span
from retrieval.text.shortening import opening_words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`before`, `cited` and `after` joined are the paragraph; `gap`: something is left out in front of it."""

    number: int
    before: str
    cited: str
    after: str
    gap: bool
    first: bool


def article_page(
    article: Article, cited: Span | None, texts: Texts, *, stale: bool = False, app: bool = False
) -> str:
    """HTML. `stale`: what was cited reads otherwise by now, which is said; `app`: it is read within Telegram."""
    return _template("article.html").render(
        texts=texts,
        article=article,
        title=named(article.title, opening_words(article.text), texts),
        known=[part for part in (article.source, texts.date(article.date), article.author) if part],
        link=web_address(article.url),
        paragraphs=list(paragraphs(article, cited)),
        cited=cited,
        stale=stale,
        mark=CITED,
        app=app,
    )


def nothing_page(texts: Texts) -> str:
    """HTML that says that there is no such article any more."""
    return _template("nothing.html").render(texts=texts, title=texts("reader-gone"), app=False)


def paragraphs(article: Article, cited: Span | None) -> Iterator[Paragraph]:
    """The lines of the text that are not empty, counted from 1, as citations count them."""
    start, number, marked, gaps = 0, 0, False, sorted(article.gaps)
    for line in article.text.split("\n"):
        end = start + len(line)
        gap = any(start - 1 <= at <= start for at in gaps) and start > 0
        if line.strip():
            number += 1
            a, b = (max(cited.start, start), min(cited.end, end)) if cited else (end, end)
            a, b = (a, b) if a < b else (end, end)
            first = a < b and not marked
            marked |= a < b
            text = article.text
            yield Paragraph(number, text[start:a], text[a:b], text[b:end], gap, first)
        start = end + 1


@cache
def _template(name: str) -> Template:
    made = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template(name)
