"""`reindex --watch` runs again when something changed, and outlives errors."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.watching import changes_of, watch
from retrieval.errors import SourceError


def changes(*sets: set[str]) -> Iterator[set[object]]:
    for each in sets:
        yield {*each}


def test_it_runs_once_for_each_change_and_not_when_nothing_came(tmp_path: Path) -> None:
    runs: list[int] = []
    watch([tmp_path], tmp_path / "data", lambda: runs.append(1), changes({"a"}, set(), {"b"}))
    assert len(runs) == 2


def test_an_error_is_told_and_the_next_change_is_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs: list[int] = []

    def run() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise SourceError("No article was found in x.")

    watch([tmp_path], tmp_path / "data", run, changes({"a"}, {"b"}))
    assert len(runs) == 2
    assert "No article was found in x. The index in service stays." in capsys.readouterr().err


def test_a_change_of_a_watched_file_or_folder_is_seen_and_others_are_not(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    file = tmp_path / "single.txt"
    file.write_text("a", "utf-8")
    found = changes_of([tmp_path / "folder", file], tmp_path / "data")

    def write_soon() -> None:
        (tmp_path / "other.txt").write_text("not meant", "utf-8")
        (tmp_path / "folder/new.txt").write_text("b", "utf-8")
        file.write_text("c", "utf-8")

    timer = threading.Timer(0.5, write_soon)
    timer.start()
    seen: set[str] = set()
    while len(seen) < 2:
        seen |= {Path(str(path)).name for path in next(found)}
    timer.join()
    assert seen == {"new.txt", "single.txt"}


def test_what_indexing_writes_below_a_source_is_no_change(tmp_path: Path) -> None:
    """`reindex --watch .` with the data folder below it would never end."""
    (tmp_path / "data/generations").mkdir(parents=True)
    found = changes_of([tmp_path], tmp_path / "data")

    def write_soon() -> None:
        (tmp_path / "data/generations/x.npy").write_text("a", "utf-8")
        (tmp_path / "new.txt").write_text("b", "utf-8")

    timer = threading.Timer(0.5, write_soon)
    timer.start()
    seen = {Path(str(path)).name for path in next(found)}
    timer.join()
    assert seen == {"new.txt"}
