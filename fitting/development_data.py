"""Where the development data is, and its rows."""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("TRICHDAN_DEV_DATA", ROOT.parent / "shared" / "data"))

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """The rows of one file; ends the program with a sentence where the data is not there."""
    path = DATA / name
    if not path.is_file():
        sys.exit(f"No development data at {path}: set TRICHDAN_DEV_DATA to the folder that holds xquad-dev.")
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def questions() -> list[Row]:
    """The answerable questions of both sets."""
    return rows("xquad-dev/questions.jsonl") + rows("mlqa-vi/questions.jsonl")


def document(passage_id: str) -> str:
    """The document of a passage: `xquad-03-01` -> `03`."""
    return passage_id.split("-")[1]
