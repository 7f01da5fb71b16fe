"""Example questions that the collection is known to answer, for whoever does not know what to ask."""

import threading
from typing import Final

from bot.conversation.verified import answer_verified
from bot.texts import Texts
from retrieval.retriever import Retriever
from retrieval.serving import Serving

COUNT: Final = 3
_TITLES_TRIED = 8


class Examples:
    """Found once for each generation and language. Safe to use from several threads."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._finding = threading.Lock()
        self._generation = ""
        self._found: dict[str, tuple[str, ...]] = {}

    def questions(self, texts: Texts) -> tuple[str, ...]:
        """Up to COUNT questions, each answered now; for a worker thread, as it asks them all. Raises IndexUnusable."""
        retriever = self._serving.retriever()
        with self._finding:
            if retriever.generation.id != self._generation:
                self._generation, self._found = retriever.generation.id, {}
            if texts.language not in self._found:
                self._found[texts.language] = _answered(retriever, texts)
            return self._found[texts.language]


def _answered(retriever: Retriever, texts: Texts) -> tuple[str, ...]:
    """The question that comes with the product, where it fits the collection, then the newest titles."""
    found: list[str] = []
    titles = retriever.generation.articles.topics(_TITLES_TRIED)
    for question in (texts("example-question"), *(texts("example-about", title=title) for title in titles)):
        if len(found) < COUNT and answer_verified(retriever, question, limit=1).answered:
            found.append(question)
    return tuple(found)
