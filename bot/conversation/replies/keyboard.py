"""The buttons under a reply: two rows at most. Pure."""

from collections.abc import Callable, Iterator
from typing import Final

from bot.conversation.replies.buttons import Button, Keyboard, Verb
from bot.conversation.replies.view import View
from bot.texts import Texts
from retrieval.article import Excerpt

Share = Callable[[Excerpt], str | None]
"""The address that opens a choice of chats to send an excerpt's link to; None where there is none."""

Read = Callable[[Excerpt], str | None]
"""The address at which an excerpt's article is read within Telegram; None where it is not to be had there."""

_VOTES: Final = (("up", "👍"), ("down", "👎"))


def keyboard(
    view: View, texts: Texts, share: Share | None = None, read: Read | None = None, *, alone: bool = True
) -> Keyboard:
    """The rows under `view`, top to bottom; none when there is nothing to do.

    `alone`: nobody else reads in that chat. Others get what all may want: paragraphs, links and votes.
    """
    return tuple(tuple(row) for row in _KeyboardRows(view, texts, share, read, alone=alone).all() if row)


class _KeyboardRows:
    def __init__(
        self, view: View, texts: Texts, share: Share | None, read: Read | None, *, alone: bool
    ) -> None:
        self._view = view
        self._texts = texts
        self._share = share
        self._read = read
        self._alone = alone

    def all(self) -> Iterator[list[Button]]:
        if not self._view.results:
            yield from self._of_refusal()
        elif self._view.menu:
            yield self._further()
            yield [self._labelled("‹", Verb.MENU, "shut"), *self._shares(), *self._articles()]
        else:
            pages = list(self._pages())
            yield list(self._paragraphs())
            yield [*pages, *self._others(crowded=bool(pages and self._further()))]

    def _of_refusal(self) -> Iterator[list[Button]]:
        yield list(self._doubts())
        yield self._only_this()

    def _doubts(self) -> Iterator[Button]:
        """The nearest passages; and whoever knows that the articles do answer says so."""
        if self._view.reply.kind == "refusal":
            if self._view.topics:
                yield self._button("button-nearest", Verb.NEAREST)
            said = "👎 ✓" if self._view.reply.vote == "down" else self._texts("button-disputed")
            yield self._labelled(said, Verb.VOTE, "down")

    def _paragraphs(self) -> Iterator[Button]:
        """One result has room for words, and the page between them; more are told apart by their numbers."""
        results, page = self._view.results, self._page()
        for number, result in enumerate(results, self._view.first):
            if result.before:
                label = f"◀ {number}" if len(results) > 1 else self._texts("button-before")
                yield self._labelled(label, Verb.WIDEN, f"{number}-")
            if len(results) == 1:
                yield from page
            if result.after:
                label = f"{number} ▶" if len(results) > 1 else self._texts("button-after")
                yield self._labelled(label, Verb.WIDEN, f"{number}+")
        if len(results) > 1:
            yield from page

    def _page(self) -> list[Button]:
        page, pages = self._view.page, self._view.pages
        return [self._labelled(f"{page + 1}/{pages}", Verb.HERE)] if pages > 1 else []

    def _pages(self) -> Iterator[Button]:
        """The way to what is not shown."""
        page, waiting = self._view.page, self._view.waiting
        if page > 0:
            yield self._button("button-back", Verb.PAGE, str(page - 1))
        if waiting and self._alone:
            yield self._labelled(self._texts("button-waiting", count=waiting), Verb.MORE)
        elif page + 1 < self._view.pages:
            yield self._button("button-more", Verb.PAGE, str(page + 1))

    def _others(self, *, crowded: bool) -> Iterator[Button]:
        """Links, votes, and the way to further buttons; in a `crowded` row words would be cut on a phone."""
        shares = self._shares()
        shown = not self._alone or (len(self._view.results) == 1 and not crowded)
        yield from shares if shown else ()
        for vote, sign in _VOTES:
            given = vote == self._view.reply.vote
            label = f"{sign} ✓" if given else sign
            yield self._labelled(label, Verb.VOTE, vote)
        if self._alone and (self._further() or self._articles() or (shares and not shown)):
            yield self._labelled("⋯", Verb.MENU, "open")

    def _further(self) -> list[Button]:
        return [*self._order(), *self._only_this()]

    def _order(self) -> Iterator[Button]:
        if self._view.sortable:
            by_date = self._view.reply.order == "newest"
            other = "relevance" if by_date else "newest"
            yield self._button("button-relevant" if by_date else "button-newest", Verb.ORDER, other)

    def _only_this(self) -> list[Button]:
        reply = self._view.reply
        return [self._button("button-only-this", Verb.ONLY)] if reply.searched and not reply.spelled else []

    def _shares(self) -> list[Button]:
        """A link to each result, for others."""
        return [Button(label, url=url) for label, url in self._addresses("↗", self._share)]

    def _articles(self) -> list[Button]:
        """The whole article of each result."""
        return [Button(label, app=url) for label, url in self._addresses("📖", self._read)]

    def _addresses(
        self, sign: str, address: Callable[[Excerpt], str | None] | None
    ) -> Iterator[tuple[str, str]]:
        several = len(self._view.results) > 1
        for number, result in enumerate(self._view.results, self._view.first):
            if address and (url := address(result.shared)):
                yield f"{sign} {number}" if several else sign, url

    def _button(self, message_id: str, verb: Verb, argument: str = "") -> Button:
        return self._labelled(self._texts(message_id), verb, argument)

    def _labelled(self, label: str, verb: Verb, argument: str = "") -> Button:
        return Button.of(label, verb, argument, answer_id=self._view.answer_id)
