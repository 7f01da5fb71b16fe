"""Adds or removes an upload and stops dead at step N: `python uploads_until_killed.py DATA METHOD ARGUMENT N`.

Exits with 9 when it was stopped, with 0 when there are not so many steps.
"""

import os
import sys
from itertools import count
from pathlib import Path

from retrieval.index.embedded.generations import Generations
from retrieval.sources.collection import Reading
from retrieval.uploads.uploads import Uploads

_steps = count()


def _step() -> None:
    if next(_steps) == int(sys.argv[4]):
        os._exit(9)


if __name__ == "__main__":
    getattr(Uploads(Generations(Path(sys.argv[1])), Reading(), step=_step), sys.argv[2])(sys.argv[3])
