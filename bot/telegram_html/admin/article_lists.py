"""Lists of articles for admins: all of them, those that a name may mean, those that were taken out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, Literal

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.wording import named, one_line
from bot.telegram_html.admin.documents import key_of, shown_id
from bot.telegram_html.admin.paging import in_rows, pages
from bot.telegram_html.markup import escape, fits
from bot.texts import Texts
from retrieval.index.catalogue import Listed
from retrieval.uploads.staged import TakenOut

PAGE: Final = 10
"""Articles on a page of the list."""
_SHOW, _TAKE_OUT, _RETURN = "📄", "🗑", "↩"
_REMOVED_SHOWN: Final = 8
_SOURCES_SHOWN: Final = 12
_LONGEST: Final = 160  # of a title
_LONGEST_BUTTON: Final = 60
_LONGEST_SOURCE: Final = 50
_LONGEST_ID: Final = 300


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
    numbered = list(enumerate(listed, page * PAGE + 1))
    for longest_id in (_LONGEST_ID, _LONGEST, _LONGEST // 2):  # whole ids, to be copied, wherever they fit
        entries = [_entry(number, each, texts, longest_id) for number, each in numbered]
        html = "\n\n".join([*parts, *entries, hint])
        if fits(html):
            break
    buttons = [
        Button.of(f"{sign} {number}", verb, key_of(each.id))
        for number, each in numbered
        for sign, verb in ((_SHOW, Verb.SHOW), (_TAKE_OUT, Verb.TAKE_OUT))
    ]
    return html, (*in_rows(buttons), *pages(Verb.SOURCES, page, -(-total // PAGE), texts))


def choices(
    found: Sequence[Listed], more: bool, verb: Literal[Verb.SHOW, Verb.TAKE_OUT], texts: Texts
) -> tuple[str, Keyboard]:
    """The articles among which a part of a name does not decide, each on a button; `more`: there are others."""
    lines = [texts("article-several")] + ([texts("article-too-many")] if more else [])
    buttons = [
        Button.of(
            one_line(f"{named(each.title, each.opening, texts)} · {texts.date(each.date)}", _LONGEST_BUTTON),
            verb,
            key_of(each.id),
        )
        for each in found
    ]
    return escape("\n".join(lines)), in_rows(buttons, 1)


def removed_page(taken_out: Sequence[TakenOut], page: int, texts: Texts) -> tuple[str, Keyboard]:
    """What was taken out, the latest first, each with a button that brings it back."""
    usage = escape(texts("remove-usage"))
    if not taken_out:
        return f"{usage}\n\n{escape(texts('removed-none'))}", ()
    count = -(-len(taken_out) // _REMOVED_SHOWN)
    page = min(page, count - 1)
    numbered = list(enumerate(taken_out, 1))[page * _REMOVED_SHOWN : (page + 1) * _REMOVED_SHOWN]
    lines = [f"{number}. {escape(_taken_out(each, texts))}" for number, each in numbered]
    buttons = [Button.of(f"{_RETURN} {number}", Verb.RETURN, key_of(each.id)) for number, each in numbered]
    heading = f"<b>{escape(texts('removed-heading', count=len(taken_out)))}</b>"
    hint = f"<i>{escape(texts('removed-hint'))}</i>"
    return "\n".join([usage, "", heading, *lines, "", hint]), (
        *in_rows(buttons),
        *pages(Verb.REMOVED, page, count, texts),
    )


def _taken_out(each: TakenOut, texts: Texts) -> str:
    name = one_line(each.title or each.id, _LONGEST)
    return f"{name} · {texts.date(datetime.fromtimestamp(each.at, UTC).date())}" if each.at else name


def _counts(sources: Mapping[str | None, int], texts: Texts) -> Iterator[str]:
    for source, count in list(sources.items())[:_SOURCES_SHOWN]:
        name = one_line(source, _LONGEST_SOURCE) if source else texts("sources-unknown")
        yield f"• {escape(name)}: {count}"
    if len(sources) > _SOURCES_SHOWN:
        yield escape(texts("sources-more", count=len(sources) - _SOURCES_SHOWN))


def _entry(number: int, listed: Listed, texts: Texts, longest_id: int) -> str:
    facts = [texts.date(listed.date), one_line(listed.source or "", _LONGEST_SOURCE)]
    known = " · ".join(fact for fact in facts if fact)
    title = one_line(named(listed.title, listed.opening, texts), _LONGEST)
    return (
        f"{number}. {escape(title)}\n{escape(known)}\n<code>{escape(shown_id(listed.id, longest_id))}</code>"
    )
