"""The local console: questions at a prompt, or one a line from a pipe."""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator

from rich.console import Console

from bot.bootstrap import Services
from bot.cli.console_session import ConsoleSession
from bot.texts import Texts, load_texts
from retrieval.errors import IndexMissing, TrichdanError

_HISTORY = "console_history"


def run_console(services: Services) -> int:
    """Answers until :quit, Ctrl-D or the end of the input; builds the index first if there is none."""
    texts = load_texts(_locale_language())
    session = ConsoleSession(services, Console(highlight=False, emoji=False), texts)
    _ensure_index(services)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _converse(session, services, texts)
    else:
        _read_through(session)
    return 0


def _converse(session: ConsoleSession, services: Services, texts: Texts) -> None:
    """A person types: what goes wrong with one question is told, and the next may come."""
    threading.Thread(target=_warm_up, args=[services], name="warm-up").start()
    session.say(texts("console-welcome"))
    if not services.serving.retriever().calibrated:
        session.say(texts("uncalibrated"))
    for line in _prompted(services, texts):
        try:
            if not session.handle(line):
                return
        except KeyboardInterrupt:
            session.say("")
        except TrichdanError as error:
            session.say(f"{error}\n")


def _read_through(session: ConsoleSession) -> None:
    for line in sys.stdin.buffer:
        if not session.handle(line.decode("utf-8", errors="replace")):
            return


def _warm_up(services: Services) -> None:
    """The model loads while the first question is typed; what fails is told when that is answered."""
    with contextlib.suppress(TrichdanError):
        services.embedder.embed_queries(["trichdan"])


def _ensure_index(services: Services) -> None:
    try:
        services.serving.retriever()
    except IndexMissing:
        from bot.cli.output.progress import progress_bars

        services.reindex(progress=progress_bars())


def _prompted(services: Services, texts: Texts) -> Iterator[str]:
    """Lines typed at a prompt with history; Ctrl-C drops the line, Ctrl-D ends."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    folder = services.settings.data_dir
    kept = os.access(folder, os.W_OK)
    history: History = FileHistory(str(folder / _HISTORY)) if kept else InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=history)
    prompt = FormattedText([("bold ansicyan", f"{texts('console-prompt')}> ")])
    while True:
        try:
            yield session.prompt(prompt)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _locale_language() -> str:
    """The language that the usual variables name; empty where they name none."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return named.partition("_")[0].partition(".")[0]
