"""The articles of the index in service, as admins name and list them. For worker threads."""

import base64
from dataclasses import dataclass

from bot.conversation.replies.buttons import Keyboard
from bot.telegram_html.admin.documents import KEY_SIGN, PAGE, list_page
from bot.texts import Texts
from retrieval.article import Article
from retrieval.serving import Serving


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

    def page(self, page: int, texts: Texts) -> tuple[str, Keyboard]:
        """A page of the list, from 0; the last one where there are not so many."""
        articles = self.serving.retriever().generation.articles
        last = max(0, -(-articles.articles // PAGE) - 1)
        page = min(page, last)
        listed = articles.listed(page * PAGE, PAGE)
        return list_page(listed, articles.sources() if page == 0 else {}, page, articles.articles, texts)
