"""What the reader told of a question and a passage, kept on disk: reading is most of what it costs to ask."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from fitting.development_data import ROOT
from retrieval.embedding.protocol import Readable, Reader, Readings
from retrieval.ranking.reading import SecondLook

_CACHE = ROOT / "data" / "cache" / "readings"
_EMBEDDING = ROOT / "retrieval" / "embedding"
_SCHEMA = "CREATE TABLE IF NOT EXISTS readings (pair BLOB PRIMARY KEY, told BLOB NOT NULL)"


class KnownReadings:
    """A `Reader` that reads each passage with each question once. For one thread."""

    def __init__(self, reader: Reader, path: Path) -> None:
        """The file at `path` is for this version of the reader alone."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._reader = reader
        self._file = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._file.execute("PRAGMA synchronous = OFF")  # what is lost is read again
        self._file.execute(_SCHEMA)

    def read(self, question: str, passages: Sequence[Readable]) -> Readings:
        """Those that are not known yet are read together."""
        keys = [_key(question, passage) for passage in passages]
        told = {key: found for key in keys if (found := self._known(key)) is not None}
        missing = [i for i, key in enumerate(keys) if key not in told]
        if missing:
            fresh = self._reader.read(question, [passages[i] for i in missing])
            for at, i in enumerate(missing):
                told[keys[i]] = np.array([fresh.answers[at], fresh.here[at], *fresh.chances[at]], np.float32)
            rows = [(keys[i], told[keys[i]].tobytes()) for i in missing]
            self._file.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", rows)
        each = [told[key] for key in keys]
        answers, here = (np.array([found[part] for found in each], np.float32) for part in (0, 1))
        return Readings(answers, here, [found[2:] for found in each])

    def _known(self, key: bytes) -> np.ndarray[tuple[int], np.dtype[np.float32]] | None:
        row = self._file.execute("SELECT told FROM readings WHERE pair = ?", (key,)).fetchone()
        return np.frombuffer(row[0], np.float32) if row else None


def with_known_readings(second_look: SecondLook) -> SecondLook:
    """The same, with what the shipped reader told before."""

    @cache
    def reader() -> Reader | None:
        found = second_look.reader()
        return KnownReadings(found, _CACHE / f"{_version()}.sqlite") if found else None

    return replace(second_look, reader=reader)


def _key(question: str, passage: Readable) -> bytes:
    return hashlib.sha256(json.dumps([question, passage.title, *passage.sentences]).encode()).digest()


def _version() -> str:
    """A digest of the reader's weights and of the code that reads."""
    code = sorted((_EMBEDDING / "reader").glob("*.py"))
    files = [_EMBEDDING / "bundled" / "data" / "reader.bundled.safetensors", *code]
    files.append(_EMBEDDING / "openvino_runtime" / "reader.py")
    return hashlib.sha256(b"".join(path.read_bytes() for path in files if path.exists())).hexdigest()[:12]
