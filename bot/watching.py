"""`reindex --watch`: indexing again whenever a source changes."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from retrieval.errors import IndexLocked, TrichdanError
from retrieval.sources.collection import Source, is_address

_QUIET_MS = 1600
"""So long nothing must change before what changed is read: files are often written in several steps."""
_WEB_INTERVAL_S = 900.0
"""How often sources on the web are asked again."""

Changes = Iterator[set[object]]


def watch(
    sources: Sequence[Source], uploads: Path, run: Callable[[], None], changes: Changes | None = None
) -> None:
    """Calls `run` after each change of `sources` or `uploads`, until it is interrupted; errors are told and outlived.

    `changes` yields a set a change, an empty one when none came for a while; by default the file system's.
    """
    online, missed = any(map(is_address, sources)), False
    uploads.mkdir(parents=True, exist_ok=True)
    print("Watching for changes; Ctrl+C ends it.", file=sys.stderr, flush=True)
    asked = time.monotonic()
    for changed in changes or _changes([*(Path(s) for s in sources if not is_address(s)), uploads]):
        due = online and time.monotonic() - asked >= _WEB_INTERVAL_S
        if changed or due or missed:
            asked = time.monotonic()
            missed = not _again(run)


def _changes(paths: Sequence[Path]) -> Changes:
    from watchfiles import watch as watch_files

    # A file is watched through its folder: editors replace it rather than write into it.
    folders = {path if path.is_dir() else path.parent for path in paths}
    files = {str(path.resolve()) for path in paths if not path.is_dir()}
    trees = [path.resolve() for path in paths if path.is_dir()]
    for changed in watch_files(*folders, debounce=_QUIET_MS, yield_on_timeout=True, rust_timeout=60_000):
        meant = {
            path for _, path in changed if path in files or any(Path(path).is_relative_to(t) for t in trees)
        }
        if meant or not changed:
            yield set(meant)


def _again(run: Callable[[], None]) -> bool:
    """False when another process is indexing, and it must be tried once more."""
    try:
        run()
    except IndexLocked:
        return False
    except (TrichdanError, OSError) as error:
        print(f"{error} The index in service stays.", file=sys.stderr, flush=True)
    return True
