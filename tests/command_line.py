"""The command line inside the test's own process, with the embedder that can be checked by hand."""

import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fake_embedder import FakeEmbedder

from bot import bootstrap
from bot.__main__ import main
from config.settings import Settings
from retrieval.embedding.loading import LazyEmbedder
from retrieval.progress import Progress, silent
from retrieval.serving import Serving

EXCERPT_KEYS = (
    "text highlights score article_id passage_id title source author date url path paragraph start end also_in shown"
).split()
ANSWER_KEYS = (
    "question kind language unaccented answered unsure confidence excerpts nearest message elapsed_ms generation"
).split()


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects of the lines of stdout."""
        return [json.loads(line) for line in self.out.split("\n")[:-1]]


class CommandLine:
    """Runs `trichdan` with arguments, in the current folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.embedder = FakeEmbedder()
        for name in [name for name in os.environ if name.startswith("TRICHDAN_")]:
            monkeypatch.delenv(name)
        monkeypatch.setattr(os, "nice", lambda by: 0)  # it would stay for all tests that follow

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Result:
        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = self._main([str(argument) for argument in arguments])
        said = self._capsys.readouterr()
        return Result(code, said.out, said.err)

    def _main(self, arguments: Sequence[str]) -> int:
        try:
            return main(arguments, self._build)
        except SystemExit as stopped:  # argparse leaves this way
            return int(stopped.code or 0)

    def _build(self, settings: Settings, progress: Progress = silent) -> bootstrap.Services:
        embedder = LazyEmbedder(
            lambda: self.embedder, self.embedder.fingerprint, dimensions=self.embedder.dimensions
        )
        generations = bootstrap.generations_of(settings)
        return bootstrap.Services(
            settings=settings,
            embedder=embedder,
            reranker=None,
            generations=generations,
            serving=Serving(generations, embedder),
        )
