"""What a line typed in the console does: a question, or a command about the last answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rich.console import Console

from bot.bootstrap import Services
from bot.cli.console_articles import ArticleBrowser
from bot.cli.output.terminal import (
    print_answer,
    print_context,
    print_excerpts,
    print_nearest,
    print_waiting,
)
from bot.conversation.answering import find
from bot.conversation.verified import answer_verified, verified
from bot.printable import printable
from bot.texts import Texts, load_texts
from retrieval.article import Answer, Excerpt
from retrieval.excerpts.opening import opened, unopened
from retrieval.follow_ups.context import Context
from retrieval.retriever import EXCERPTS

_ABOUT_AN_ANSWER = (":more", ":context")


class ConsoleSession:
    """Remembers the last answer, so that :more and :context have something to show, and what the next question may lean
    on."""

    def __init__(self, services: Services, console: Console, texts: Texts) -> None:
        self._services = services
        self._console = console
        self._texts = texts
        self._answer: Answer | None = None
        self._shown: list[Excerpt] = []
        self._articles = ArticleBrowser(services, console)
        self._context: Context | None = None

    def handle(self, line: str) -> bool:
        """One line of input; False when the console should end."""
        line = line.strip()
        if line in (":quit", ":q", ":exit"):
            return False
        if line.startswith(":"):
            self._command(line)
        elif line:
            self._ask(line)
        return True

    def say(self, text: str) -> None:
        self._console.print(printable(text), markup=False)

    def _ask(self, question: str) -> None:
        self._services.serving.refresh()
        retriever = self._services.serving.retriever()
        found = find(retriever, question, self._context, limit=EXCERPTS)
        self._answer, self._context = verified(retriever, found.answer), found.context
        self._shown = list(opened(self._answer))
        if self._answer.holdings:
            self._articles.list("", self._reply_texts())
        else:
            print_answer(self._console, self._answer, self._reply_texts())
            print_waiting(self._console, self._answer, self._reply_texts(), "console")
        if self._answer.nearest:
            self.say(self._reply_texts()("console-nearest"))
        self._console.print()

    def _command(self, line: str) -> None:
        name, *arguments = line.split(maxsplit=1)
        commands: dict[str, Callable[[str], None]] = {
            ":help": lambda _: self.say(self._texts("console-help")),
            ":more": lambda _: self._more(),
            ":context": self._around,
            ":articles": lambda page: self._articles.list(page, self._texts),
            ":read": lambda which: self._articles.read(which, self._texts),
            ":new": lambda _: self._begin_anew(),
        }
        if name not in commands:
            self.say(self._texts("console-unknown", command=name))
        elif self._answer is None and name in _ABOUT_AN_ANSWER:
            self.say(self._texts("console-ask-first"))
        else:
            commands[name](arguments[0].strip() if arguments else "")
        self._console.print()

    def _more(self) -> None:
        """Further excerpts of an answer, or the nearest passages of a refusal; once each."""
        assert self._answer is not None
        texts = self._reply_texts()
        further = self._further(self._answer)
        if not further:
            self.say(texts("no-more"))
        elif self._answer.answered:
            sure = not self._answer.unsure
            print_excerpts(self._console, further, texts, first=len(self._shown) + 1, answers=sure)
        else:
            print_nearest(self._console, self._answer, texts)
        self._shown += further

    def _further(self, answer: Answer) -> list[Excerpt]:
        """What the answer has beyond what is shown: first what is nearly as good as that, then weaker excerpts."""
        known = {excerpt.passage_id for excerpt in self._shown}
        found: Sequence[Excerpt] = answer.nearest or unopened(answer)
        if answer.answered and known.issuperset(excerpt.passage_id for excerpt in found):
            retriever = self._services.serving.retriever()
            asked = answer.searched or answer.question
            found = answer_verified(retriever, asked, len(self._shown) + EXCERPTS).excerpts
        return [replace(excerpt, shown=None) for excerpt in found if excerpt.passage_id not in known]

    def _begin_anew(self) -> None:
        """The next question leans on nothing."""
        self._context = None
        self.say(self._texts("new-done"))

    def _around(self, number: str) -> None:
        """The paragraphs around excerpt `number`."""
        if not number.isdecimal() or not 1 <= int(number) <= len(self._shown):
            self.say(self._texts("console-no-excerpt", number=number or "?"))
            return
        excerpt = self._shown[int(number) - 1]
        article = self._services.serving.retriever().article(excerpt.citation.article_id)
        if article is None:
            self.say(self._texts("button-expired"))
        else:
            print_context(self._console, excerpt, article)

    def _reply_texts(self) -> Texts:
        language = self._answer.language if self._answer else "und"
        return self._texts if language == "und" else load_texts(language)
