"""The parser of the command line, and the kinds of arguments that commands take."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from bot.exit_codes import DONE, USAGE
from bot.printable import printable, without_secrets


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, printable(f"{message[:1].upper()}{message[1:]}: see `{self.prog} --help`.\n"))


class Version(argparse.Action):
    """Prints the version and ends: what knows it is loaded for nothing else."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help="print the version")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"{parser.prog} {version('trichdan')}")
        parser.exit(DONE)


Argument = Callable[[argparse.ArgumentParser], object]
"""Adds itself to a parser."""


def argument(*names: str, **options: Any) -> Argument:  # noqa: ANN401 - those of `add_argument`
    return lambda parser: parser.add_argument(*names, **options)


def flag(name: str, help: str = argparse.SUPPRESS) -> Argument:
    """True where it is given; without `help` it is for this program's own use."""
    return argument(name, action="store_true", help=help)


def path(written: str) -> Path:
    if not written.strip():  # `reindex "$UNSET"` must not mean the working directory
        raise argparse.ArgumentTypeError("a path is expected, found a blank text")
    return Path(written)


def source(written: str) -> Path | str:
    from config.settings import source_of

    path(written)
    try:
        return source_of(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{printable(without_secrets(written))!r}: {error}") from None


def positive(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is not a whole number of at least 1")
    return int(written)
