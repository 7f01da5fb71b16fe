"""English questions over English text and Russian over Russian are never served worse than by plain rank fusion."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundled_runtimes import bundled_in
from exhaustive import scores
from small_index import write_jsonl

from retrieval.embedding.bundled.model import PROMPTS
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import analyse
from retrieval.ranking.asked import AskedTerms
from retrieval.retriever import Retriever

DATA = Path(__file__).parent / "data"
K = 60


def rows(name: str, lang: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["lang"] == lang]


def rank_fusion(question: str, generation: Generation, embedder: Any) -> int:
    """The row that reciprocal rank fusion of the model's own cosines and BM25 over words puts first."""
    query = analyse(question)
    lexical = generation.lexical["folded"]
    words = scores(lexical, ((term, 1.0) for term in AskedTerms.of(query, generation, None).words["folded"]))
    everything = np.arange(generation.dense.count)
    question_vector = embedder.embed([query.text], PROMPTS.query, adapted=False)[0]
    cosines = generation.dense.vectors(everything) @ question_vector
    ranks = [np.argsort(np.argsort(-scored, kind="stable")) for scored in (cosines, words)]
    return int(np.argmax(sum(1 / (K + 1 + rank) for rank in ranks)))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_never_below_plain_rank_fusion(lang: str, tmp_path: Path, models_dir: Path) -> None:
    embedder = bundled_in(models_dir, "openvino")
    source = write_jsonl(tmp_path / "passages.jsonl", *rows("xquad_passages.jsonl", lang))
    reindex([source], tmp_path / "data", embedder)
    generation = Generations(tmp_path / "data").open_current(embedder.fingerprint)
    retriever = Retriever(generation, embedder)
    stored = generation.store.at(range(generation.dense.count))
    ours = plain = 0
    for row in rows("xquad_questions.jsonl", lang):
        best = int(retriever.search(analyse(row["question"])).candidates.rows[0])
        ours += stored[best][1].id in row["passage_ids"]
        plain += stored[rank_fusion(row["question"], generation, embedder)][1].id in row["passage_ids"]
    assert ours >= plain
