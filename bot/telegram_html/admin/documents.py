"""What admins see of documents: the preview of one that was sent, one article, the question before it is taken out."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import named, one_line
from bot.problems import reason_of
from bot.telegram_html.markup import escape
from bot.texts import Texts
from retrieval.article import Article, article_key
from retrieval.uploads.staged import Preview, Staged

KEY_SIGN: Final = "~"
"""Before the key of an article, to tell it from an id."""
_FAILURES_SHOWN: Final = 3
_PREVIEWS_SHOWN: Final = 3
_LONGEST: Final = 160  # of a title, a source, a reason
_LONGEST_ID: Final = 300
_OPENING: Final = 250
_TEXT_SHOWN: Final = 2500


def preview_text(staged: Staged, texts: Texts, wanted: str = "") -> str:
    """What a file or a link holds, before it is added, and the question that it is `wanted` for."""
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
    if wanted:
        parts.append(escape(texts("document-wanted", question=one_line(wanted, _LONGEST))))
    if staged.replaces:
        parts.append(escape(texts("document-replaces")))
    return "\n\n".join(parts)


def preview_buttons(staged: Staged, texts: Texts) -> Keyboard:
    add = Button.of(texts("button-add"), Verb.ADD, staged.token)
    return ((add, Button.of(texts("button-discard"), Verb.DISCARD, staged.token)),)


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
        yield f"• {escape(one_line(reason_of(failure.reason, texts), _LONGEST))}"
