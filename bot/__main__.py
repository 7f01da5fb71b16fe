"""The command line: `trichdan COMMAND`, also `python -m bot`. Commands are imported when they run."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot.exit_codes import ERROR, INTERRUPTED, USAGE
from bot.printable import complain, printable


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, printable(f"{message[:1].upper()}{message[1:]}: see `{self.prog} --help`.\n"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 error, 2 usage, 3 nothing found."""
    _speak_utf8()
    _keep_to_our_code()
    options = _parser().parse_args(arguments, argparse.Namespace(data_dir=None, debug=False))
    try:
        if options.command == "bot" and not options.alone:
            return _supervise(sys.argv[1:] if arguments is None else arguments)
        from bot.cli import commands

        code = commands.run(options)
        if sys.stdout:
            sys.stdout.flush()  # here, where a reader that has left is understood
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()  # the reader has left: there is nobody to tell
        return ERROR
    except Exception as error:
        if options.debug:
            raise
        complain(_sentence(error))
        return ERROR


def _supervise(arguments: Sequence[str]) -> int:
    from bot.processes.supervisor import Supervisor

    return Supervisor([sys.executable, "-P", "-m", "bot", *arguments, "--alone"]).run()


def _sentence(error: Exception) -> str:
    from config.settings import SettingsError
    from retrieval.errors import TrichdanError

    if isinstance(error, TrichdanError | SettingsError):
        return str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{error.filename or 'A file'} cannot be written: the disk is full. Free some space, then try again."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check that the path exists and may be used."
    kind = type(error).__name__
    return f"Unexpected {kind}: {' '.join(str(error).split())}. Run again with --debug to see where."


def _discard_output() -> None:
    """What is still buffered would fail once more when the process ends."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _keep_to_our_code() -> None:
    """Neither what is imported from here on nor a child process takes a module from the working directory.

    `python -m bot` puts it first; where it is the checkout that this program runs from, it is to be found.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    root = str(Path(__file__).resolve().parent.parent)
    try:
        here = os.path.realpath(os.curdir)
    except OSError:  # it was deleted: nothing can be in it
        return
    if here != root:
        sys.path[:] = [each for each in sys.path if each and os.path.realpath(each) != here]
    elif root not in (known := os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        os.environ["PYTHONPATH"] = os.pathsep.join([root, *filter(None, known)])


def _speak_utf8() -> None:
    """Vietnamese survives every locale, and odd bytes never stop a reply."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    # Before the subcommand or after it: neither place may overwrite with a default what the other was given.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data-dir",
        type=_path,
        metavar="FOLDER",
        help="where index, models and state live (default: ./data)",
    )
    common.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="show the traceback of an error"
    )
    parser = _Parser(
        prog="trichdan", parents=[common], description="Cited, verbatim answers from your articles."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, help: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=help, parents=[common])

    command("console", "ask questions in the terminal")
    ask = command("ask", "answer one question; with -, one question a line from standard input")
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.add_argument(
        "--limit", type=_positive, default=3, metavar="N", help="at most N excerpts (default: 3)"
    )
    ask.add_argument("question", nargs="+", metavar="QUESTION")
    reindex = command("reindex", "make the collection exactly the given sources, and index it")
    reindex.add_argument(
        "sources",
        nargs="*",
        type=_source,
        metavar="SOURCE",
        help="files, folders or addresses (default: TRICHDAN_SOURCES, else the same as before)",
    )
    reindex.add_argument("--full", action="store_true", help="compute everything anew")
    reindex.add_argument("--dry-run", action="store_true", help="tell what would be done, and do nothing")
    reindex.add_argument("--watch", action="store_true", help="stay, and reindex whenever a source changes")
    reindex.add_argument(
        "--yes", action="store_true", help="take out many articles without asking, where they are gone"
    )
    reindex.add_argument("--yes-to", metavar="KEY", help=argparse.SUPPRESS)  # to what was shown in chat
    reindex.add_argument(
        "--uploads", action="store_true", help=argparse.SUPPRESS
    )  # what was sent in chat only
    # A running bot, of this process id, wishes it: it asks by itself, and nothing goes on without it.
    reindex.add_argument("--asked", type=int, metavar="PID", help=argparse.SUPPRESS)
    reindex.add_argument("--json", action="store_true", help="progress and report as JSON, one object a line")
    inspect = command("inspect", "show what a source becomes: text kept, text dropped and why, passages")
    inspect.add_argument("--json", action="store_true", help="one JSON object a line")
    inspect.add_argument("files", nargs="+", type=_source, metavar="FILE", help="files, folders or addresses")
    show = command("show", "show the indexed text of an article")
    show.add_argument("--json", action="store_true", help="one JSON object")
    show.add_argument("article_id", metavar="ARTICLE_ID")
    evaluate = command("eval", "measure the serving index, or given passages, against question sets")
    evaluate.add_argument("--json", action="store_true", help="the figures as one JSON object")
    evaluate.add_argument(
        "--passages",
        type=_path,
        metavar="JSONL",
        help="index these passages for this run, without their titles",
    )
    evaluate.add_argument("--report", type=_path, metavar="HTML", help="write figures and diagrams as a page")
    evaluate.add_argument("files", nargs="+", type=_path, metavar="FILE", help="question sets in JSONL")
    bot = command("bot", "answer in Telegram")
    bot.add_argument(
        "--alone", action="store_true", help="without the process that starts it again when it is killed"
    )
    command("doctor", "check settings, model, index and Telegram token, and say what to do")
    return parser


def _path(written: str) -> Path:
    if not written.strip():  # `reindex "$UNSET"` must not mean the working directory
        raise argparse.ArgumentTypeError("a path is expected, found a blank text")
    return Path(written)


def _source(written: str) -> Path | str:
    from config.settings import source_of

    _path(written)
    try:
        return source_of(written)
    except ValueError as error:
        from bot.printable import printable, without_secrets

        raise argparse.ArgumentTypeError(f"{printable(without_secrets(written))!r}: {error}") from None


def _positive(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is not a whole number of at least 1")
    return int(written)


if __name__ == "__main__":
    sys.exit(main())
