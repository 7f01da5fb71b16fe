"""What admins see of documents: the preview of one that was sent, the list of articles, one article."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import named, one_line
from bot.telegram_html.markup import escape, fits
from bot.texts import Texts
from retrieval.article import Article, article_key
from retrieval.index.catalogue import Listed
from retrieval.uploads.uploads import Preview, Staged

PAGE: Final = 10
"""Articles on a page of the list."""
KEY_SIGN: Final = "~"
"""Before the key of an article, to tell it from an id."""
_SOURCES_SHOWN: Final = 12
_FAILURES_SHOWN: Final = 3
_PREVIEWS_SHOWN: Final = 3
_LONGEST: Final = 160  # of a title, a source, a reason
_LONGEST_SOURCE: Final = 50
_LONGEST_ID: Final = 300
_OPENING: Final = 250
_TEXT_SHOWN: Final = 2500


def preview_text(staged: Staged, texts: Texts) -> str:
    """What a file or a link holds, before it is added."""
    count = len(staged.articles)
    shown = staged.articles[: _PREVIEWS_SHOWN if count > 1 else 1]
    parts = [f"<b>{escape(one_line(staged.name, _LONGEST))}</b>"]
    if staged.count > 1:
        parts.append(escape(texts("document-articles", count=staged.count)))
    parts += [_previewed(preview, texts) for preview in shown]
    if staged.count > len(shown):
        parts.append(escape(texts("document-more", count=staged.count - len(shown))))
    if staged.failed:
        parts.append("\n".join(_failures(staged, texts)))
    if staged.replaces:
        parts.append(escape(texts("document-replaces")))
    return "\n\n".join(parts)


def preview_buttons(staged: Staged, texts: Texts) -> Keyboard:
    add = Button.of(texts("button-add"), Verb.ADD, staged.token)
    return ((add, Button.of(texts("button-discard"), Verb.DISCARD, staged.token)),)


def list_page(
    listed: Sequence[Listed], sources: Mapping[str | None, int], page: int, total: int, texts: Texts
) -> tuple[str, Keyboard]:
    """A page of the articles, the newest first; the first page tells how many each source has."""
    if not total:
        return escape(texts("sources-none")), ()
    parts = [f"<b>{escape(texts('sources-heading', count=total))}</b>"]
    if page == 0:
        parts.append("\n".join(_counts(sources, texts)))
    hint = f"<i>{escape(texts('sources-hint'))}</i>"
    for longest_id in (_LONGEST_ID, _LONGEST, _LONGEST // 2):  # whole ids, to be copied, wherever they fit
        entries = [_entry(each, texts, longest_id) for each in listed]
        html = "\n\n".join([*parts, *entries, hint])
        if fits(html):
            break
    return html, pages(Verb.SOURCES, page, -(-total // PAGE), texts)


def pages(verb: Verb, page: int, count: int, texts: Texts) -> Keyboard:
    """Buttons to the pages before and after; none for a single page."""
    back = [Button.of(texts("button-back"), verb, str(page - 1))] if page > 0 else []
    more = [Button.of(texts("button-more"), verb, str(page + 1))] if page + 1 < count else []
    here = [Button.of(f"{page + 1}/{count}", verb, str(page))]
    return ((*back, *here, *more),) if count > 1 else ()


def article_text(article: Article, passages: int, texts: Texts) -> str:
    """What is known of an article and the beginning of its text."""
    shown = article.text[:_TEXT_SHOWN]
    cut = "…" if len(article.text) > len(shown) else ""
    facts = (texts.date(article.date), article.source, article.author)
    about = " · ".join(one_line(fact, _LONGEST) for fact in facts if fact)
    places = [one_line(place, _LONGEST_ID) for place in (article.url, article.path) if place]
    return "\n".join(
        [
            f"<b>{escape(named(article.title, article.text[:_OPENING], texts))}</b>",
            f"<code>{escape(shown_id(article.id, _LONGEST_ID))}</code>",
            *map(escape, (about, *places)),
            escape(texts("document-passages", count=passages)),
            f"<blockquote expandable>{escape(shown)}</blockquote>{cut}",
        ]
    )


def is_cut(article: Article) -> bool:
    """Whether `article_text` shows only a part of the text."""
    return len(article.text) > _TEXT_SHOWN


def remove_question(article: Article, texts: Texts) -> tuple[str, Keyboard]:
    """Asks again before an article is taken out."""
    buttons = (
        Button.of(texts("button-remove"), Verb.REMOVE, key_of(article.id)),
        Button.of(texts("button-keep"), Verb.KEEP),
    )
    title = named(article.title, article.text[:_OPENING], texts)
    lines = [
        f"<b>{escape(title)}</b>",
        escape(texts.date(article.date)),
        f"<code>{escape(shown_id(article.id, _LONGEST_ID))}</code>",
        "",
        escape(texts("remove-question")),
    ]
    return "\n".join(lines), (buttons,)


def key_of(article_id: str) -> str:
    """Eleven characters that stand for an id in a button or a command."""
    return urlsafe_b64encode(article_key(article_id)).decode().rstrip("=")


def shown_id(article_id: str, longest: int) -> str:
    """What an article is called in commands: its id, or its key where that cannot be copied from a line."""
    return article_id if one_line(article_id, longest) == article_id else f"{KEY_SIGN}{key_of(article_id)}"


def _previewed(preview: Preview, texts: Texts) -> str:
    facts = [texts.date(preview.date), preview.source, texts("document-passages", count=preview.passages)]
    known = " · ".join(one_line(fact, _LONGEST) for fact in facts if fact)
    opening = one_line(preview.opening, _OPENING)
    return (
        f"<b>{escape(named(preview.title, preview.opening, texts))}</b>\n{escape(known)}\n"
        f"<blockquote>{escape(opening)}</blockquote>"
    )


def _failures(staged: Staged, texts: Texts) -> Iterator[str]:
    yield escape(texts("document-failed", count=len(staged.failed)))
    for failure in staged.failed[:_FAILURES_SHOWN]:
        yield f"• {escape(one_line(failure.reason, _LONGEST))}"


def _counts(sources: Mapping[str | None, int], texts: Texts) -> Iterator[str]:
    for source, count in list(sources.items())[:_SOURCES_SHOWN]:
        name = one_line(source, _LONGEST_SOURCE) if source else texts("sources-unknown")
        yield f"• {escape(name)}: {count}"
    if len(sources) > _SOURCES_SHOWN:
        yield escape(texts("sources-more", count=len(sources) - _SOURCES_SHOWN))


def _entry(listed: Listed, texts: Texts, longest_id: int) -> str:
    facts = [texts.date(listed.date), one_line(listed.source or "", _LONGEST_SOURCE)]
    known = " · ".join(fact for fact in facts if fact)
    title = one_line(named(listed.title, listed.opening, texts), _LONGEST)
    return f"{escape(title)}\n{escape(known)}\n<code>{escape(shown_id(listed.id, longest_id))}</code>"
