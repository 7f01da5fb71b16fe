"""Model folders appear whole or not at all."""

import os
import threading
import time
from pathlib import Path

import pytest

from retrieval.embedding.folders import is_complete, publish


def _write(target: Path, content: str, version: str = "1") -> None:
    with publish(target, version) as folder:
        (folder / "sub").mkdir()
        (folder / "sub" / "weights").write_text(content)


def test_a_published_folder_is_complete_for_its_version_only(tmp_path: Path) -> None:
    """Another version asks for the folder to be written again."""
    _write(tmp_path / "model", "abc")
    assert is_complete(tmp_path / "model", "1")
    assert not is_complete(tmp_path / "model", "2")


def test_a_file_cut_off_later_makes_the_folder_incomplete(tmp_path: Path) -> None:
    """A full disk or a bad copy is noticed before the weights are used."""
    _write(tmp_path / "model", "abc")
    (tmp_path / "model" / "sub" / "weights").write_text("a")
    assert not is_complete(tmp_path / "model", "1")


def test_an_incomplete_folder_is_replaced(tmp_path: Path) -> None:
    """What is there but not whole gives way, and nothing temporary stays."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "half").write_text("x")
    _write(tmp_path / "model", "abc")
    assert is_complete(tmp_path / "model", "1")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_an_error_leaves_the_former_folder(tmp_path: Path) -> None:
    """A failed rewrite does not take away what worked."""
    _write(tmp_path / "model", "abc")
    with pytest.raises(RuntimeError), publish(tmp_path / "model", "2"):
        raise RuntimeError
    assert is_complete(tmp_path / "model", "1")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_writers_that_race_all_end_with_a_complete_folder(tmp_path: Path) -> None:
    """Eight writers at once neither fail nor leave anything temporary."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            _write(tmp_path / "model", "abc")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert is_complete(tmp_path / "model", "1")
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_what_a_killed_process_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    """Old temporary folders go, young ones may belong to a living process."""
    old, young = tmp_path / ".writing-old", tmp_path / ".writing-young"
    old.mkdir()
    young.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    _write(tmp_path / "model", "abc")
    assert not old.exists()
    assert young.exists()
