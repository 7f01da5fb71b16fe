"""Model folders appear whole or not at all."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from retrieval.embedding.folders import damaged_file, is_complete, publish, sweep


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


def test_what_killed_processes_left_is_swept_at_once_and_what_lives_stays(tmp_path: Path) -> None:
    """A temporary folder belongs to the process that holds its lock."""
    (tmp_path / ".writing-dead").mkdir()
    (tmp_path / ".writing-dead" / "weights").write_bytes(b"half")
    with publish(tmp_path / "model", "1") as alive:
        (alive / "weights").write_text("abc")
        assert not (tmp_path / ".writing-dead").exists()
        assert not sweep(tmp_path)
        assert alive.exists()
    assert is_complete(tmp_path / "model", "1")


def test_a_killed_writer_is_swept_while_its_parent_lives(tmp_path: Path) -> None:
    """The system lets go of the lock of a process that is killed amid writing."""
    script = (
        "import sys, os, pathlib\n"
        "from retrieval.embedding.folders import publish\n"
        "with publish(pathlib.Path(sys.argv[1]) / 'model', '1') as folder:\n"
        "    (folder / 'weights').write_bytes(b'half')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    for _ in range(3):
        subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
        assert len(list(tmp_path.glob(".writing-*"))) == 1  # the next one sweeps what the one before left
    assert sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["abd", "ab", "abcd"])
def test_a_file_of_other_content_is_found(tmp_path: Path, content: str) -> None:
    """Whatever its size, by a look at what was written since."""
    _write(tmp_path / "model", "abc")
    weights = tmp_path / "model" / "sub" / "weights"
    os.utime(tmp_path / "model" / "sub")
    weights.write_text(content)
    os.utime(weights, (1, 1))
    assert damaged_file(tmp_path / "model") == weights
    assert not is_complete(tmp_path / "model", "1")


def test_what_neither_size_nor_time_tell_is_found_in_full(tmp_path: Path) -> None:
    """A disk that loses bits changes neither."""
    _write(tmp_path / "model", "abc")
    weights = tmp_path / "model" / "sub" / "weights"
    times = weights.stat().st_atime_ns, weights.stat().st_mtime_ns
    weights.write_text("abd")
    os.utime(weights, ns=times)
    assert damaged_file(tmp_path / "model") is None
    assert damaged_file(tmp_path / "model", in_full=True) == weights


def test_a_copy_with_other_times_is_read_in_full_but_once(tmp_path: Path) -> None:
    """Backups and `cp -r` do not keep times."""
    _write(tmp_path / "model", "abc")
    weights = tmp_path / "model" / "sub" / "weights"
    os.utime(weights, (1, 1))
    assert is_complete(tmp_path / "model", "1")
    assert json.loads((tmp_path / "model" / "trichdan.json").read_text())["times_ns"]["sub/weights"] == 10**9


def test_a_folder_of_the_former_program_is_complete_by_its_sizes(tmp_path: Path) -> None:
    """Nobody has to prepare the model again for an update."""
    _write(tmp_path / "model", "abc")
    marker = tmp_path / "model" / "trichdan.json"
    marker.write_text(json.dumps({"version": "1", "sizes": {"sub/weights": 3}}))
    assert is_complete(tmp_path / "model", "1")
    (tmp_path / "model" / "sub" / "weights").write_text("ab")
    assert not is_complete(tmp_path / "model", "1")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"version": "1"}', '{"version": "1", "sizes": []}']
)
def test_a_spoilt_marker_asks_for_the_folder_to_be_written_again(tmp_path: Path, content: str) -> None:
    _write(tmp_path / "model", "abc")
    (tmp_path / "model" / "trichdan.json").write_text(content)
    assert not is_complete(tmp_path / "model", "1")
