"""The articles of the index in service, as admins name and list them. For worker threads."""

import base64
from dataclasses import dataclass
from typing import Final

from bot.conversation.replies.buttons import Keyboard
from bot.telegram_html.admin.article_lists import PAGE, list_page
from bot.telegram_html.admin.documents import KEY_SIGN
from bot.texts import Texts
from retrieval.article import Article
from retrieval.index.catalogue import Listed
from retrieval.serving import Serving
from retrieval.text.forms import fold

CHOICES: Final = 8
"""Articles that are offered where a name is not one's alone."""
_LISTED_AT_ONCE: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Articles:
    """All methods raise IndexUnusable."""

    serving: Serving

    def named(self, name: str) -> Article | None:
        """The article of an id, or of a key behind its sign."""
        article = self.serving.retriever().article(name)
        if article is None and name.startswith(KEY_SIGN):
            return self.with_key(name.removeprefix(KEY_SIGN))
        return article

    def with_key(self, key: str) -> Article | None:
        """The article that a button or a command names by its key."""
        try:
            wanted = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        except ValueError:
            return None
        return self.serving.retriever().generation.articles.by_key(wanted)

    def like(self, part: str) -> tuple[list[Listed], bool]:
        """The articles in whose id or title `part` stands, at most `CHOICES`, and whether there are more; marks and
        capitals do not count. Looks through all of them."""
        articles, wanted = self.serving.retriever().generation.articles, fold(part)
        found: list[Listed] = []
        for first in range(0, articles.articles, _LISTED_AT_ONCE):
            for each in articles.listed(first, _LISTED_AT_ONCE):
                if wanted in fold(each.id) or wanted in fold(each.title or each.opening):
                    found.append(each)
            if len(found) > CHOICES:
                break
        return found[:CHOICES], len(found) > CHOICES

    def page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        """A page of the list, from 0; the last one where there are not so many."""
        articles = self.serving.retriever().generation.articles
        last = max(0, -(-articles.articles // PAGE) - 1)
        page = min(page, last)
        listed = articles.listed(page * PAGE, PAGE)
        return list_page(listed, articles.sources() if page == 0 else {}, page, articles.articles, texts)
