"""The articles in the console: the list of them, and one to read."""

from rich.console import Console
from rich.text import Text

from bot.bootstrap import Services
from bot.cli.output.terminal import article_lines, article_page_lines
from bot.conversation.reading import article_list, article_page
from bot.printable import printable
from bot.texts import Texts

PAGE = 10


class ArticleBrowser:
    """Numbers are those of the whole list, so that any article may be opened at any time."""

    def __init__(self, services: Services, console: Console) -> None:
        self._services = services
        self._console = console

    def list(self, page: str, texts: Texts) -> None:
        """`:articles PAGE`, the first one where none is named."""
        if not self._services.settings.list_articles:
            self._say(texts("articles-off"))
            return
        catalogue = self._services.serving.retriever().generation.articles
        shown = article_list(catalogue, _number(page, 1) - 1, PAGE)
        lines = article_lines(shown, texts) if shown.listed else [texts("articles-none")]
        self._say("\n".join([*lines, texts("console-read-hint")]))

    def read(self, which: str, texts: Texts) -> None:
        """`:read NUMBER PAGE`, the first page where none is named."""
        if not self._services.settings.list_articles:
            self._say(texts("articles-off"))
            return
        number, _, page = which.partition(" ")
        retriever = self._services.serving.retriever()
        listed = retriever.generation.articles.listed(_number(number, 0) - 1, 1) if _number(number, 0) else []
        article = retriever.article(listed[0].id) if listed else None
        if article is None:
            self._say(texts("console-no-article", number=number or "?"))
            return
        shown = article_page(article, _number(page, 1) - 1)
        self._say("\n".join(article_page_lines(shown, texts)))
        if shown.page + 1 < shown.pages:
            self._say(texts("console-read-on", command=f":read {number} {shown.page + 2}"))

    def _say(self, text: str) -> None:
        self._console.print(Text(printable(text)), soft_wrap=not self._console.is_terminal)


def _number(written: str, otherwise: int) -> int:
    """A number from 1; `otherwise` for what is none."""
    written = written.strip()
    return (
        int(written)
        if written.isascii() and written.isdecimal() and 0 < len(written) < 8 and int(written)
        else otherwise
    )
