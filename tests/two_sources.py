"""A folder with two sources of twenty articles each, `north` and `south`, both indexed, and what is served of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine
from small_index import write_text

from retrieval.index.embedded.generations import Generations


def indexed_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line in `folder`, which becomes the working directory."""
    monkeypatch.chdir(folder)
    for name in ("north", "south"):
        for number in range(20):
            write_text(Path(name, "news", f"{name}-{number}.txt"), f"Tin {name} số {number} hôm nay.")
    command = CommandLine(monkeypatch, capsys)
    assert command("reindex", "north", "south").code == 0
    return command


def served(data: Path = Path("data")) -> set[str]:
    with Generations(data).current_store() as store:
        assert store is not None
        return set(store.digests())
