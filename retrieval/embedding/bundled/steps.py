"""One step of preparing the bundled model, as a process of its own: `python -m retrieval.embedding.bundled.steps`.

It writes a line of JSON for each bit of progress and, when it fails in a way that can be told, one with the sentence.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from retrieval.errors import TrichdanError
from retrieval.processes.with_parent import end_with_parent
from retrieval.progress import Progress, Step
from retrieval.storage.disk_space import writing

TOO_LITTLE_MEMORY = 3
"""The exit code when memory could not be had."""


def _materialise(progress: Progress, models_dir: Path) -> None:
    from retrieval.embedding.bundled.model import materialise

    materialise(models_dir, progress)


def _words(_: Progress, model: Path, folder: Path) -> None:
    from retrieval.embedding.bundled.conversion import write_words

    write_words(model, folder)


def _networks(_: Progress, model: Path, folder: Path) -> None:
    from retrieval.embedding.bundled.conversion import write_networks

    write_networks(model, folder)


def _reader(_: Progress, model: Path, folder: Path) -> None:
    from retrieval.embedding.bundled.conversion import write_reader

    write_reader(model, folder)


_STEPS: dict[str, Callable[..., None]] = {
    "materialise": _materialise,
    "words": _words,
    "networks": _networks,
    "reader": _reader,
}


def main(parent: str, step: str, *paths: str) -> int:
    """Runs `step` on `paths` as a child of the process `parent`; the exit code."""
    end_with_parent(int(parent))
    try:
        with writing(Path(paths[0]), "The model"):
            _STEPS[step](_tell, *map(Path, paths))
    except TrichdanError as error:
        print(json.dumps({"error": str(error), "kind": error.kind}), flush=True)
        return 1
    except MemoryError:
        return TOO_LITTLE_MEMORY
    except RuntimeError as error:
        if "memory" in str(error) or "bad_alloc" in str(error):
            return TOO_LITTLE_MEMORY
        raise
    return 0


def _tell(step: Step, done: int, total: int) -> None:
    print(json.dumps({"step": step, "done": done, "total": total}), flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
