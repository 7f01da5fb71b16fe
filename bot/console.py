"""The local console: questions at a prompt, or one a line from a pipe."""

import os
import sys
from collections.abc import Callable, Iterator

from rich.console import Console

from bot.answering import answer_verified
from bot.bootstrap import Services
from bot.terminal import print_answer, print_context, print_excerpts, print_nearest
from bot.texts import Texts, load_texts
from retrieval.article import Answer, Excerpt
from retrieval.errors import IndexMissing
from retrieval.retriever import EXCERPTS

_HISTORY = "console_history"


def run_console(services: Services) -> int:
    """Answers until :quit, Ctrl-D or the end of the input; builds the index first if there is none."""
    texts = load_texts(_locale_language())
    session = ConsoleSession(services, Console(highlight=False, emoji=False), texts)
    _ensure_index(services)
    interactive = sys.stdin.isatty()
    if interactive:
        session.say(texts("console-welcome"))
    for line in _prompted(services, texts) if interactive else _piped():
        if not session.handle(line):
            break
    return 0


class ConsoleSession:
    """Remembers the last answer, so that :more and :context have something to show."""

    def __init__(self, services: Services, console: Console, texts: Texts) -> None:
        self._services = services
        self._console = console
        self._texts = texts
        self._answer: Answer | None = None
        self._shown: list[Excerpt] = []

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
        self._console.print(text, markup=False)

    def _ask(self, question: str) -> None:
        self._services.serving.refresh()
        self._answer = answer_verified(self._services.serving.retriever(), question)
        texts = self._reply_texts()
        print_answer(self._console, self._answer, texts)
        if self._answer.nearest:
            self.say(texts("console-nearest"))
        self._shown = list(self._answer.excerpts)
        self._console.print()

    def _command(self, line: str) -> None:
        name, _, argument = line.partition(" ")
        commands: dict[str, Callable[[str], None]] = {
            ":help": lambda _: self.say(self._texts("console-help")),
            ":more": lambda _: self._more(),
            ":context": self._context,
        }
        if name not in commands:
            self.say(self._texts("console-unknown", command=name))
        elif self._answer is None and name != ":help":
            self.say(self._texts("console-ask-first"))
        else:
            commands[name](argument.strip())

    def _more(self) -> None:
        """Further excerpts of an answer, or the nearest passages of a refusal."""
        assert self._answer is not None
        texts = self._reply_texts()
        if not self._answer.answered:
            print_nearest(self._console, self._answer, texts)
            self._shown = list(self._answer.nearest)
            return
        retriever = self._services.serving.retriever()
        wider = answer_verified(retriever, self._answer.question, len(self._shown) + EXCERPTS)
        known = {excerpt.passage_id for excerpt in self._shown}
        further = [excerpt for excerpt in wider.excerpts if excerpt.passage_id not in known]
        if not further:
            self.say(texts("no-more"))
        print_excerpts(self._console, further, texts, first=len(self._shown) + 1)
        self._shown += further

    def _context(self, number: str) -> None:
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


def _ensure_index(services: Services) -> None:
    try:
        services.serving.retriever()
    except IndexMissing:
        from bot.progress import progress_bars

        services.reindex(progress=progress_bars())


def _prompted(services: Services, texts: Texts) -> Iterator[str]:
    """Lines typed at a prompt with history; Ctrl-C drops the line, Ctrl-D ends."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    history = FileHistory(str(services.settings.data_dir / _HISTORY))
    session: PromptSession[str] = PromptSession(history=history)
    while True:
        try:
            yield session.prompt(f"{texts('console-prompt')}> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _piped() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace")


def _locale_language() -> str:
    """The reader's language by the usual variables; `und` where they name none."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return named.partition("_")[0].partition(".")[0]
