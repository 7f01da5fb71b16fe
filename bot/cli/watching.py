"""`reindex --watch`: indexing again whenever a source changes."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.printable import complain
from retrieval.errors import IndexLocked, TrichdanError
from retrieval.sources.collection import Source, is_address

_QUIET_MS = 1600
"""So long nothing must change before what changed is read: files are often written in several steps."""
_WEB_INTERVAL_S = 900.0
"""How often sources on the web are asked again."""

Changes = Iterator[set[object]]


def watch(
    sources: Sequence[Source], data_dir: Path, run: Callable[[], object], changes: Changes | None = None
) -> None:
    """Calls `run` after each change of `sources` or of the uploads in `data_dir`, until it is interrupted.

    Errors are told and outlived. What indexing itself writes into `data_dir` is no change.

    `changes` yields a set a change, an empty one when none came for a while; by default the file system's.
    """
    online, missed = any(map(is_address, sources)), False
    uploads = data_dir / "uploads"
    uploads.mkdir(parents=True, exist_ok=True)
    complain("Watching for changes; Ctrl+C ends it.")
    asked = time.monotonic()
    paths = [*(Path(source) for source in sources if not is_address(source)), uploads]
    for changed in changes or changes_of(paths, data_dir):
        due = online and time.monotonic() - asked >= _WEB_INTERVAL_S
        if changed or due or missed:
            asked = time.monotonic()
            missed = not _again(run)


def changes_of(paths: Sequence[Path], data_dir: Path) -> Changes:
    """Of these files and folders, endlessly: the paths that changed, none when nothing did for a minute."""
    from watchfiles import watch as watch_files

    # A file is watched through its folder, as editors replace it; a link as well as what it leads to.
    trees = {path.resolve() for path in paths if path.is_dir()}
    files = {each for path in paths if not path.is_dir() for each in (path.absolute(), path.resolve())}
    own, uploads = data_dir.resolve(), (data_dir / "uploads").resolve()
    folders = trees | {file.parent for file in files}
    for changed in watch_files(*folders, debounce=_QUIET_MS, yield_on_timeout=True, rust_timeout=60_000):
        places = {Path(path) for _, path in changed}
        foreign = {p for p in places if not p.is_relative_to(own) or p.is_relative_to(uploads)}
        meant = {p for p in foreign if p in files or any(p.is_relative_to(tree) for tree in trees)}
        if meant or not changed:
            yield set(meant)


def _again(run: Callable[[], object]) -> bool:
    """False when another process is indexing, and it must be tried once more."""
    try:
        run()
    except IndexLocked:
        return False
    except (TrichdanError, OSError) as error:
        complain(f"{error} The index in service stays.")
    return True
