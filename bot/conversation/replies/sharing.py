"""Links that open the bot at a passage. All that is needed stands in the link: nothing is kept of who shares what.

A payload, of at most 64 letters, digits, `-` and `_` as Telegram allows, names the article by its key, the span and
its first highlight by their offsets, and has a digest of the text: what reads otherwise by now is not shown.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from urllib.parse import quote

from bot.conversation.replies.buttons import LinkFor
from bot.conversation.replies.reply import Window
from retrieval.article import KEY_BYTES, Article, Excerpt, Span, article_key
from retrieval.excerpts.context import excerpt_at
from retrieval.index.catalogue import Catalogue

_DIGEST_BYTES = 6
_FORM = struct.Struct(f">{KEY_BYTES}sIHHH{_DIGEST_BYTES}s")
_LARGEST_START = 0xFFFFFFFF
_LONGEST = 4096
"""Characters that can be shared: as many as one message holds."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link leads to: `article` is None when it is gone, `window` when its text reads otherwise now."""

    article: Article | None
    window: Window | None


def payload_of(excerpt: Excerpt) -> str | None:
    """What follows `start=` in a link to this excerpt; None for one too long to be named."""
    length = excerpt.end - excerpt.start
    mark = min(excerpt.highlights, default=Span(0, 0))
    if length > _LONGEST or excerpt.start > _LARGEST_START:
        return None
    key = article_key(excerpt.citation.article_id)
    packed = _FORM.pack(key, excerpt.start, length, mark.start, mark.end - mark.start, _digest(excerpt.text))
    return LinkFor.PASSAGE + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def share_link(excerpt: Excerpt, bot_name: str) -> str | None:
    """Opens Telegram's own choice of chats, with the link to the excerpt to send there."""
    payload = payload_of(excerpt)
    if payload is None:
        return None
    return f"https://t.me/share/url?url={quote(opening_link(bot_name, payload), safe='')}"


def opening_link(bot_name: str, payload: str) -> str:
    """Opens the bot with this payload."""
    return f"https://t.me/{bot_name}?start={payload}"


def shared(payload: str, articles: Catalogue) -> Shared | None:
    """What a payload names in this index; None for one of another form. For a worker thread."""
    try:
        packed = base64.urlsafe_b64decode(payload.removeprefix(LinkFor.PASSAGE) + "==")
        key, start, length, mark, marked, digest = _FORM.unpack(packed)
    except (binascii.Error, struct.error, ValueError):
        return None
    article = articles.by_key(key) if length <= _LONGEST else None
    text = article.text[start : start + length] if article else ""
    span = Span(start, start + length)
    if article is None or not text or _digest(text) != digest or not _is_whole(span, article, articles):
        return Shared(article, None)
    marks = [Span(start + mark, start + mark + marked)] if marked else []
    return Shared(article, Window.of(excerpt_at(article, span, marks, passage_id="")))


def _is_whole(span: Span, article: Article, articles: Catalogue) -> bool:
    """Whether it is a stretch of whole passages and paragraphs with nothing removed inside: a link may be forged."""
    text = article.text
    starts, ends = articles.bounds(article.id)
    begins = span.start in starts or span.start == 0 or text[span.start - 1] == "\n"
    finishes = span.end in ends or text[span.end : span.end + 1] in ("", "\n")
    return begins and finishes and not any(span.start < gap < span.end for gap in article.gaps)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES).digest()
