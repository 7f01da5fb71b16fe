"""The command line: `trichdan COMMAND`, also `python -m bot`. What a command needs is imported when it runs."""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli import commands
from bot.exit_codes import ERROR, INTERRUPTED
from bot.printable import complain


def main(arguments: Sequence[str] | None = None, build: "commands.Build" = commands.build) -> int:
    """Runs one command and returns its exit code: 0 done, 1 error, 2 usage, 3 nothing found.

    `build` makes the parts that the command works with.
    """
    _speak_utf8()
    _keep_to_our_code()
    options = commands.parse(arguments)
    try:
        if options.command == "bot" and not options.alone:
            return _supervise(sys.argv[1:] if arguments is None else arguments)
        code = commands.run(options, build)
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


if __name__ == "__main__":
    sys.exit(main())
