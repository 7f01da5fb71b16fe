"""A run that is told to end does so with one sentence, even while a library is at work that hears of nothing."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from bot_process import REPOSITORY, environment, trichdan
from small_index import write_jsonl

from bot.processes.ending import ends_at_once

SENTENCE = "Indexing was broken off: the index in service stays, and the next run goes on where this one was."
MODEL = {"MODEL": "hashed-words"}


def reindexing(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "--data-dir", str(home / "data"), "reindex", str(home / "in.jsonl")],
        env=environment(**MODEL),
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_waits_for_a_locked_file_ends_with_one_sentence(
    tmp_path: Path, told: signal.Signals
) -> None:
    """SQLite waits for the cache of vectors, and hears of no signal meanwhile."""
    write_jsonl(tmp_path / "in.jsonl", {"id": "gold", "text": "Giá vàng tăng."})
    assert trichdan("reindex", tmp_path / "in.jsonl", data_dir=tmp_path / "data", **MODEL).returncode == 0
    before = (tmp_path / "data/current").read_bytes()
    write_jsonl(tmp_path / "in.jsonl", {"id": "rice", "text": "Giá gạo giảm."})
    with closing(sqlite3.connect(tmp_path / "data/cache/embeddings.sqlite", isolation_level=None)) as cache:
        cache.execute("BEGIN IMMEDIATE")
        process = reindexing(tmp_path)
        while not _embeds(tmp_path / "data") and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(told)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + told
    assert said.splitlines()[-1] == SENTENCE and said.count(SENTENCE) == 1 and "Traceback" not in said
    assert (tmp_path / "data/current").read_bytes() == before
    done = trichdan("reindex", tmp_path / "in.jsonl", data_dir=tmp_path / "data", **MODEL)
    assert done.returncode == 0 and "Added 1" in done.stdout, done.stderr
    assert not list((tmp_path / "data/generations").glob(".*"))


def _embeds(data_dir: Path) -> bool:
    """Whether texts are written and nothing is left to be read."""
    return any(
        (folder / "store.sqlite").exists() and not (folder / "spool.sqlite").exists()
        for folder in (data_dir / "generations").glob(".*")
    )


def test_what_is_not_told_to_end_goes_on_with_the_signals_as_they_were() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    hook = sys.unraisablehook
    with ends_at_once("never"):
        assert signal.getsignal(signal.SIGTERM) not in before
    with pytest.raises(ValueError, match="once"), ends_at_once("never"):
        raise ValueError("once")
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before
    assert sys.unraisablehook is hook
