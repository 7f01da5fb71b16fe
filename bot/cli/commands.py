"""The commands of the command line, a row each: its name, what it takes, what it does."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from bot.cli.arguments import Argument, Parser, Version, argument, flag, path, positive, source
from bot.exit_codes import DONE, ERROR

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from config.settings import Settings
    from retrieval.progress import Progress

    Build = Callable[[Settings, Progress], Services]


class Subcommand:
    """A row: its name, its help, what it does, which gives the exit code, and its own arguments."""

    def __init__(
        self,
        name: str,
        help: str,
        run: Callable[[argparse.Namespace, "Settings", "Build"], int],
        *arguments: Argument,
    ) -> None:
        self.name, self.help, self.run, self.arguments = name, help, run, arguments


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of one command, by default as the process was called. Ends it with what is wrong, or with the help
    that was asked for, or without a command."""
    common = Parser(add_help=False)
    _add(_EVERYWHERE, common)
    parser = Parser(
        prog="trichdan", parents=[common], description="Cited, verbatim answers from your articles."
    )
    parser.add_argument("--version", action=Version)
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for command in COMMANDS:
        own = parsers.add_parser(command.name, help=command.help, description=command.help, parents=[common])
        _add(command.arguments, own)
    options = parser.parse_args(arguments, argparse.Namespace(data_dir=None, debug=False))
    if options.command is None:
        parser.print_help()
        parser.exit(DONE)
    return options


def _add(arguments: Sequence[Argument], parser: argparse.ArgumentParser) -> None:
    for add in arguments:
        add(parser)


def build(settings: "Settings", progress: "Progress") -> "Services":
    """The parts that commands work with, by the settings."""
    from bot import bootstrap

    return bootstrap.build(settings, progress)


def run(options: argparse.Namespace, build: "Build") -> int:
    """Runs the command that `options` name; its exit code."""
    from config.settings import load_settings

    (command,) = (each for each in COMMANDS if each.name == options.command)
    return command.run(options, load_settings(data_dir=options.data_dir), build)


def _with_bars(settings: "Settings", build: "Build") -> "Services":
    from bot.cli.output.progress import progress_bars

    return build(settings, progress_bars())


def _console(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.console import run_console

    return run_console(_with_bars(settings, build))


def _ask(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.asking import ask

    return ask(_with_bars(settings, build).serving.retriever(), options)


def _reindex(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.reindexing import run_reindexing

    return run_reindexing(options, settings, build)


def _inspect(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.inspection import inspect_files
    from retrieval.progress import silent

    services = build(settings, silent)
    return inspect_files(options.files, services.reading, services.generations, as_json=options.json)


def _show(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.bootstrap import generations_of
    from bot.cli.inspection import show_article

    return show_article(generations_of(settings), options.article_id, as_json=options.json)


def _articles(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.bootstrap import generations_of
    from bot.cli.inspection import list_articles

    return list_articles(generations_of(settings), as_json=options.json)


def _generations(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.bootstrap import generations_of
    from bot.cli.generations import list_generations

    return list_generations(generations_of(settings), as_json=options.json)


def _rollback(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.bootstrap import generations_of
    from bot.cli.generations import roll_back

    return roll_back(generations_of(settings), options.generation)


def _backup(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.backups import write_backup

    return write_backup(settings, options.file)


def _restore(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.backups import restore_backup

    return restore_backup(settings, options.file)


def _model(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.models import carry_model

    return carry_model(settings, options.way, options.file)


def _licences(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.licences import list_licences

    return list_licences(as_json=options.json)


def _self_check(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.self_check import check, write_example

    services = _with_bars(settings, build)
    return write_example(services, options.write) if options.write else check(services, as_json=options.json)


def _evaluate(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.evaluation import run_evaluation

    services = _with_bars(settings, build)
    return run_evaluation(services, options.files, options.passages, options.report, as_json=options.json)


def _bot(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.output.progress import progress_bars
    from bot.on_telegram.application import run_bot

    return run_bot(settings, progress_bars())


def _doctor(options: argparse.Namespace, settings: "Settings", build: "Build") -> int:
    from bot.cli.doctor import examine

    return DONE if examine(settings) else ERROR


_EVERYWHERE: Final = (
    argument(
        "--data-dir",
        default=argparse.SUPPRESS,
        type=path,
        metavar="FOLDER",
        help="where index, models and state live (default: ./data)",
    ),
    argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="show the traceback of an error"
    ),
)
"""Before the subcommand or after it: neither place may overwrite with a default what the other was given."""

COMMANDS: Final = (
    Subcommand("console", "ask questions in the terminal", _console),
    Subcommand(
        "ask",
        "answer one question; with -, one question a line from standard input",
        _ask,
        flag("--json", "one JSON object a line"),
        flag(
            "--conversation",
            "with -, each line follows those before it; an empty line begins a new conversation",
        ),
        argument("--limit", type=positive, default=3, metavar="N", help="at most N excerpts (default: 3)"),
        flag("--all", "print every excerpt, none shortened"),
        argument("question", nargs="+", metavar="QUESTION"),
    ),
    Subcommand(
        "reindex",
        "make the collection exactly the given sources, and index it",
        _reindex,
        argument(
            "sources",
            nargs="*",
            type=source,
            metavar="SOURCE",
            help="files, folders or addresses (default: TRICHDAN_SOURCES, else the same as before)",
        ),
        flag("--full", "compute everything anew"),
        flag("--dry-run", "tell what would be done, and do nothing"),
        flag("--watch", "stay, and reindex whenever a source changes"),
        flag("--yes", "remove many articles without asking, where they are gone"),
        argument("--yes-to", metavar="KEY", help=argparse.SUPPRESS),  # to what was shown in chat
        flag("--uploads"),  # what was sent in chat only
        # A running bot, of this process id, wishes it: it asks by itself, and nothing goes on without it.
        argument("--asked", type=int, metavar="PID", help=argparse.SUPPRESS),
        flag("--json", "progress and report as JSON, one object a line"),
    ),
    Subcommand(
        "inspect",
        "show what a source becomes: text kept, text dropped and why, passages",
        _inspect,
        flag("--json", "one JSON object a line"),
        argument("files", nargs="+", type=source, metavar="FILE", help="files, folders or addresses"),
    ),
    Subcommand(
        "articles",
        "list the articles, the newest first",
        _articles,
        flag("--json", "one JSON object a line"),
    ),
    Subcommand(
        "show",
        "show the indexed text of an article",
        _show,
        flag("--json", "one JSON object"),
        argument("article_id", metavar="ARTICLE_ID"),
    ),
    Subcommand(
        "generations",
        "list the indexes that are kept, the one in service first",
        _generations,
        flag("--json", "one JSON object a line"),
    ),
    Subcommand(
        "rollback",
        "take an earlier index into service, by default the one before",
        _rollback,
        argument("generation", nargs="?", metavar="ID", help="as `trichdan generations` lists it"),
    ),
    Subcommand(
        "backup",
        "write state, uploads, index and settings to one file, also while the bot runs",
        _backup,
        argument("file", type=path, metavar="FILE", help="a new file; it is a tar archive"),
    ),
    Subcommand(
        "restore",
        "put a backup in the place of what the data folder holds, which is kept beside it",
        _restore,
        argument("file", type=path, metavar="FILE", help="made by `trichdan backup`"),
    ),
    Subcommand(
        "model",
        "carry the bundled model to a machine that cannot install it",
        _model,
        argument("way", choices=("export", "import"), help="write it to a file; or take it from one"),
        argument("file", type=path, metavar="FILE"),
    ),
    Subcommand(
        "eval",
        "measure the serving index, or given passages, against question sets",
        _evaluate,
        flag("--json", "the figures as one JSON object"),
        argument(
            "--passages",
            type=path,
            metavar="JSONL",
            help="index these passages for this run, without their titles",
        ),
        argument("--report", type=path, metavar="HTML", help="write figures and diagrams as a page"),
        argument("files", nargs="+", type=path, metavar="FILE", help="question sets in JSONL"),
    ),
    Subcommand(
        "self-check",
        "ask the index in service the questions of TRICHDAN_SELF_CHECK, which every new index is asked",
        _self_check,
        flag("--json", "the figures as one JSON object"),
        argument("--write", type=path, metavar="FILE", help="make an example of such a file instead"),
    ),
    Subcommand(
        "bot",
        "answer in Telegram",
        _bot,
        flag("--alone", "without the process that starts it again when it is killed"),
    ),
    Subcommand(
        "licences",
        "list the packages that this program runs with, each with its licence",
        _licences,
        flag("--json", "one JSON object a line"),
    ),
    Subcommand("doctor", "check settings, model, index and Telegram token, and say what to do", _doctor),
)
