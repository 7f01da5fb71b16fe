"""A disk without room, a folder that is closed: one sentence with folder and remedy; what served goes on serving."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_process import ADMIN, REPOSITORY, environment, fast_bot, new_chat, trichdan
from fake_bot_api import FakeBotApi
from rare_words import write_collection

from retrieval.embedding.folders import publish
from retrieval.errors import CannotWrite, SourceError
from retrieval.storage.disk_space import why_not_written, writing

MODEL = "hashed-words"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "data/x"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError("1000 requested and 37 written"),  # NumPy
        OSError("Not enough free space to write 96014208 bytes after offset 128"),
        RuntimeError("write error in dense.faiss: No space left on device"),  # faiss
        sqlite3.OperationalError("database or disk is full"),
        Exception("I/O error: No space left on device (os error 28)"),  # safetensors, tokenizers
    ],
)
def test_whatever_a_library_calls_a_full_disk_is_one_sentence(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as caught, writing(tmp_path, "The new index", 12):
        raise error
    sentence = str(caught.value)
    assert sentence.startswith(f"The new index could not be written to {tmp_path}: the disk is full (")
    assert "MB free, about 12 MB are needed" in sentence and "TRICHDAN_DATA_DIR" in sentence


def test_the_cause_of_an_error_counts(tmp_path: Path) -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as error:
            raise ValueError("an array that was not written") from error
    except ValueError as error:
        assert "the disk is full" in str(why_not_written(error, tmp_path, "It"))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.EACCES, "read-only"), (errno.EROFS, "read-only"), (errno.ENOTDIR, "a file is where a folder")],
)
def test_a_folder_that_is_closed_or_none_is_said_to_be_so(tmp_path: Path, number: int, expected: str) -> None:
    there = OSError(number, os.strerror(number), str(tmp_path / "data" / "generations"))
    assert expected in str(why_not_written(there, tmp_path / "data", "The index"))
    elsewhere = OSError(number, os.strerror(number), str(tmp_path / "articles" / "closed.txt"))
    assert why_not_written(elsewhere, tmp_path / "data", "The index") is None


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyError("x"), SourceError("no article")])
def test_other_errors_pass_as_they_are(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(error)) as caught, writing(tmp_path, "The index"):
        raise error
    assert caught.value is error


@pytest.mark.parametrize("command", [["reindex"], ["ask", "gạo"], ["doctor"], ["show", "a0"]])
def test_a_file_in_the_place_of_the_data_folder_is_one_sentence(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "data").write_text("not a folder")
    done = trichdan(*command, data_dir=tmp_path / "data", MODEL=MODEL)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    if command == ["reindex"]:
        assert "a file is where a folder should be" in done.stderr and done.stderr.count("\n") == 1


def tree(folder: Path) -> set[str]:
    """What is in a data folder, but for what a lock and a database leave beside."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return {name for name in names if not name.endswith((".lock", "-wal", "-shm", "-journal"))}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full-disk") / "collection"
    write_collection(folder, 400)
    return folder


@pytest.fixture(scope="module")
def served(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that serves a part of the collection."""
    data = tmp_path_factory.mktemp("served") / "data"
    (first := collection.with_name("first")).mkdir()
    lines = (collection / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    (first / "articles.jsonl").write_text("".join(lines[:20]), "utf-8")
    assert trichdan("reindex", first, data_dir=data, MODEL=MODEL).returncode == 0
    return data


def limited(data: Path, *arguments: str | Path, kilobytes: int) -> subprocess.CompletedProcess[str]:
    """One run whose files may not grow beyond a size."""
    words = [sys.executable, "-m", "bot", "--data-dir", data, *arguments]
    # SIGXFSZ, which would end it, is ignored by Python: writing fails, as on a full disk.
    script = f'ulimit -f {kilobytes}; exec "$@"'
    return subprocess.run(
        ["bash", "-c", script, "bash", *map(str, words)],
        env=environment(MODEL=MODEL),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kilobytes", [1, 40, 100])
def test_files_that_may_not_grow_leave_the_index_as_it_was(
    served: Path, collection: Path, tmp_path: Path, kilobytes: int
) -> None:
    """Wherever writing stops: at the store, the words, the vectors."""
    data = Path(shutil.copytree(served, tmp_path / "data"))
    before = tree(data)
    done = limited(data, "reindex", collection, kilobytes=kilobytes)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("The new index could not be written to"), done.stderr
    assert tree(data) == before
    assert trichdan("reindex", collection, data_dir=data, MODEL=MODEL).returncode == 0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, left: int) -> None:
    """Takes all room on the disk but `left` bytes."""
    free = shutil.disk_usage(disk).free
    (disk / "ballast").write_bytes(b"\0" * max(0, free - left))


@pytest.mark.parametrize("left", [0, 400_000])
def test_a_full_disk_leaves_the_index_as_it_was(
    served: Path, collection: Path, small: Path, left: int
) -> None:
    data = Path(shutil.copytree(served, small / "data"))
    before = tree(data)
    fill(small, left)
    done = trichdan("reindex", collection, data_dir=data, MODEL=MODEL)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert str(data) in last and "the disk is full (" in last, done.stderr
    assert tree(data) == before
    (small / "ballast").unlink()
    again = trichdan("reindex", "--json", collection.with_name("first"), data_dir=data, MODEL=MODEL)
    assert json.loads(again.stdout.splitlines()[-1])["unchanged"] == 20


def test_a_model_for_which_there_is_no_room_leaves_nothing(small: Path) -> None:
    with pytest.raises(CannotWrite, match="about 450 MB are needed"), publish(small / "model", "1") as folder:
        (folder / "weights").write_bytes(b"\0" * 3_000_000)
    assert list(small.iterdir()) == []


def test_a_bot_without_room_answers_and_says_what_an_upload_needs(
    served: Path, collection: Path, small: Path
) -> None:
    data = Path(shutil.copytree(served, small / "data"))
    with FakeBotApi() as api, fast_bot(api, data, SOURCES=str(collection)) as bot:
        chat, admin = new_chat(api), api.private_chat(ADMIN, language_code="en")
        bot.wait_for_line("Ready")
        assert admin.ask("/start", timeout=30).text
        fill(small, 0)
        asked = json.loads((collection / "articles.jsonl").read_text("utf-8").splitlines()[0])
        word = asked["title"].split()[2]
        assert word in chat.ask(f"{word} sống ở đâu?", timeout=60).text
        admin.send_document("note.txt", ("Giá gạo Wombat giảm. " * 50_000).encode())
        full = f"the disk with {data / 'uploads'} is full (0 MB free); free some space, then try again"
        api.wait_until(
            lambda: any(f"note.txt cannot be added: {full}" in each.text for each in admin.messages),
            timeout=60,
            what="why",
        )
        admin.send("/reindex")
        api.wait_until(
            lambda: any(
                "The collection could not be updated" in each.text
                and f"the disk with {data} is full" in each.text
                for each in admin.messages
            ),
            timeout=60,
            what="why no index",
        )
        assert word in chat.ask(f"{word} sống ở làng nào?", timeout=60).text
        assert "Traceback" not in bot.output
