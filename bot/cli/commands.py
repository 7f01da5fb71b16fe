"""What each command of the command line does; returns exit codes."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.exit_codes import DONE, ERROR, NOTHING_FOUND, USAGE
from bot.printable import complain, printable
from config.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from retrieval.article import Answer
    from retrieval.indexing.loss import Loss, Permit


_NICENESS = 15
_BROKEN_OFF = (
    "Indexing was broken off: the index in service stays, and the next run goes on where this one was."
)


def run(options: argparse.Namespace) -> int:
    """Runs the command that `options` name."""
    settings = load_settings(data_dir=options.data_dir)
    return COMMANDS[options.command](options, settings)


def _services(settings: Settings) -> "Services":
    from bot.bootstrap import build
    from bot.cli.progress import progress_bars

    return build(settings, progress_bars())


def console(options: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.console import run_console

    return run_console(_services(settings))


def ask(options: argparse.Namespace, settings: Settings) -> int:
    from bot.conversation.verified import answer_verified

    retriever = _services(settings).serving.retriever()
    show = _print_json if options.json else _print_text
    if options.question == ["-"]:
        for question in _lines():
            show(answer_verified(retriever, question, options.limit))
        return DONE
    answer = answer_verified(retriever, " ".join(options.question), options.limit)
    show(answer)
    return _exit_code(answer)


def _exit_code(answer: "Answer") -> int:
    if answer.kind == "invalid":
        return USAGE
    return DONE if answer.answered or answer.kind == "chitchat" else NOTHING_FOUND


def _lines() -> Iterator[str]:
    """The lines of standard input; bytes that are not UTF-8 are replaced, never an error."""
    for line in sys.stdin.buffer if sys.stdin else ():
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _print_json(answer: "Answer") -> None:
    from bot.cli.answer_json import answer_json

    print(answer_json(answer), flush=True)


def _print_text(answer: "Answer") -> None:
    from rich.console import Console

    from bot.cli.terminal import print_answer
    from bot.texts import load_texts

    target = Console(stderr=not answer.excerpts and answer.kind == "invalid", highlight=False, emoji=False)
    print_answer(target, answer, load_texts(answer.language))


def reindex(options: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import build
    from bot.cli import progress
    from bot.processes.ending import ends_at_once
    from bot.processes.held import Held, loss_text
    from retrieval.errors import TrichdanError
    from retrieval.indexing.loss import always, never
    from retrieval.processes.with_parent import end_with_parent

    if options.asked:
        end_with_parent(options.asked)
    shown = progress.json_lines() if options.json else progress.progress_bars()
    services = build(settings, shown)
    _yield_to_others()

    def run(permit: "Permit", *, full: bool = False) -> bool:
        """False when it waits for a yes."""
        with ends_at_once(_BROKEN_OFF):
            report = services.reindex(
                options.sources,
                full=full,
                dry_run=options.dry_run,
                uploads_only=options.uploads,
                progress=shown,
                permit=permit,
            )
        held = None if options.dry_run else report.held
        asks_itself = held and options.asked
        if not (options.dry_run or options.uploads or asks_itself):
            Held(settings.data_dir).note(held)
        if options.json:
            print(progress.report_json(report), flush=True)
        elif not held:
            if options.dry_run:
                print("A dry run: nothing was changed. This is what a run would do.")
            print(progress.report_text(report, dry_run=options.dry_run), flush=True)
        if held and not options.asked:
            complain(loss_text(held))
        return held is None

    try:
        done = run(_permit(options), full=options.full)
    except TrichdanError as error:
        if options.asked:
            print(progress.error_json(error), flush=True)
        raise
    if options.watch:
        from bot.cli.watching import watch

        unattended = always if options.yes else never
        watch(services.sources(options.sources), services.settings.data_dir, lambda: run(unattended))
    return DONE if done else ERROR


def _permit(options: argparse.Namespace) -> "Permit":
    """Asks whoever sits at the terminal; where nobody does, no is the answer unless yes was said before."""
    from retrieval.indexing.loss import always, just, never

    if options.yes:
        return always
    if options.yes_to:
        return just(options.yes_to)
    if options.json or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return never
    return _ask_first


def _ask_first(loss: "Loss") -> bool:
    from bot.processes.held import loss_question

    print(printable(f"{loss_question(loss)} Go on? [y/N] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _yield_to_others() -> None:
    """Indexing takes what answering leaves of the processor."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def inspect(options: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import build
    from bot.cli.inspection import inspect_files

    services = build(settings)
    return inspect_files(options.files, services.reading, services.generations, as_json=options.json)


def show(options: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import generations_of
    from bot.cli.inspection import show_article

    return show_article(generations_of(settings), options.article_id, as_json=options.json)


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.evaluation import run_evaluation

    return run_evaluation(
        _services(settings), options.files, options.passages, options.report, as_json=options.json
    )


def bot(options: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.progress import progress_bars
    from bot.on_telegram.application import run_bot

    return run_bot(settings, progress_bars())


def doctor(options: argparse.Namespace, settings: Settings) -> int:
    from bot.cli.doctor import examine

    return DONE if examine(settings) else ERROR


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "console": console,
    "ask": ask,
    "reindex": reindex,
    "inspect": inspect,
    "show": show,
    "eval": evaluate,
    "bot": bot,
    "doctor": doctor,
}
