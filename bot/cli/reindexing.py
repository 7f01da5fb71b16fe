"""`reindex`: the collection becomes its sources, once or whenever they change."""

import argparse
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from bot.cli.output.progress import error_json, json_lines, progress_bars, report_json, report_text
from bot.exit_codes import DONE, ERROR
from bot.printable import complain, printable
from bot.processes.doubted import Doubted, doubt_text
from bot.processes.ending import ends_at_once
from bot.processes.held import Held, loss_question, loss_text
from config.settings import Settings
from retrieval.errors import TrichdanError
from retrieval.indexing.loss import Loss, Permit, always, just, never
from retrieval.processes.with_parent import end_with_parent
from retrieval.progress import Progress

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.cli.commands import Build
    from retrieval.indexing.run import Report

_NICENESS = 15
_BROKEN_OFF = (
    "Indexing was broken off: the index in service stays, and the next run goes on where this one was."
)


def run_reindexing(options: argparse.Namespace, settings: Settings, build: "Build") -> int:
    """The exit code."""
    if options.asked:
        end_with_parent(options.asked)
    progress = json_lines() if options.json else progress_bars()
    services = build(settings, progress)
    _yield_to_others()
    run = partial(_run, options, services, progress)
    try:
        done = run(_permit(options), full=options.full)
    except TrichdanError as error:
        if options.asked:
            print(error_json(error), flush=True)
        raise
    if options.watch:
        from bot.cli.watching import watch

        unattended = always if options.yes else never
        watch(services.sources(options.sources), settings.data_dir, lambda: run(unattended))
    return DONE if done else ERROR


def _run(
    options: argparse.Namespace,
    services: "Services",
    progress: Progress,
    permit: Permit,
    *,
    full: bool = False,
) -> bool:
    """False when it waits for a yes, or its index is not trusted."""
    with ends_at_once(_BROKEN_OFF):
        report = services.reindex(
            options.sources,
            full=full,
            dry_run=options.dry_run,
            uploads_only=options.uploads,
            progress=progress,
            permit=permit,
        )
    held = None if options.dry_run else report.held
    if not (options.dry_run or held):
        Doubted(services.settings.data_dir).note(None if options.asked else report.doubt)
    asks_itself = held and options.asked
    if not (options.dry_run or options.uploads or asks_itself):
        Held(services.settings.data_dir).note(held)
    _print(report, options)
    if held and not options.asked:
        complain(loss_text(held))
    if report.doubt and not options.asked:
        complain(doubt_text(report.doubt))
    return held is None and report.doubt is None


def _print(report: "Report", options: argparse.Namespace) -> None:
    """In words only what was done, or would be: what came of a run that waits for a yes, or whose index is not trusted,
    is said instead."""
    if options.json:
        print(report_json(report, with_kinds=bool(options.asked)), flush=True)
    elif options.dry_run:
        print("A dry run: nothing was changed. This is what a run would do.")
        print(report_text(report, dry_run=True), flush=True)
    elif not (report.held or report.doubt):
        print(report_text(report), flush=True)


def _permit(options: argparse.Namespace) -> Permit:
    """Asks whoever sits at the terminal; where nobody does, no is the answer unless yes was said before."""
    if options.yes:
        return always
    if options.yes_to:
        return just(options.yes_to)
    if options.json or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return never
    return _ask_first


def _ask_first(loss: Loss) -> bool:
    print(printable(f"{loss_question(loss)} Go on? [y/N] "), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _yield_to_others() -> None:
    """Indexing takes what answering leaves of the processor."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
