"""Recall of other systems and of this one, on the same questions and vectors in one run.

Run: make bench-peers        (an environment of its own; TRICHDAN_DEV_DATA names the data, default ../shared/data)

All get the model's own vectors, with its prefixes and without our adapter, of whole passages of XQuAD; Haystack and
txtai search as their documentation has hybrid search. Trichdan is measured out of fold, as in `make eval`.
"""

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from txtai import Embeddings

from benchmarks.evaluate_dev import LANGUAGES, answers
from fitting.development_data import DATA, ROOT, Row, rows
from fitting.fit_ranking import fitted_folds
from fitting.ranking_examples import open_index
from retrieval.embedding.bundled.model import PROMPTS
from retrieval.embedding.loading import LazyEmbedder
from retrieval.embedding.protocol import Vector, Vectors
from retrieval.evaluation.figures import figures

DEPTH = 10
K = 60
Search = Callable[[str, Vector], list[str]]
"""A question and its vector -> the ids of the best passages, best first."""


def main() -> None:
    if not (DATA / "xquad-dev").is_dir():
        print(f"No development data in {DATA}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    passages, asked = rows("xquad-dev/passages.jsonl"), rows("xquad-dev/questions.jsonl")
    vectors = embedder.embed_passages([p["text"] for p in passages])
    model: Any = embedder.embedder()
    questions = model.embed([row["question"] for row in asked], PROMPTS.query, adapted=False)
    by_words, by_vectors = words_alone(passages), vectors_alone(passages, vectors)
    systems = {
        "BM25 (bm25s)": by_words,
        "vectors alone": by_vectors,
        "reciprocal rank fusion of both": lambda q, v: fused([by_words(q, v), by_vectors(q, v)]),
        "txtai hybrid": txtai_hybrid(passages, vectors, [row["question"] for row in asked], questions),
        "Haystack BM25 + vectors": haystack_hybrid(passages, vectors),
    }
    print(f"\n{'recall@1 / recall@3':34}" + "".join(f"{lang:>16}" for lang in LANGUAGES))
    for name, search in systems.items():
        found = [search(row["question"], vector) for row, vector in zip(asked, questions, strict=True)]
        print(f"{name:34}" + "".join(f"{recall(asked, found, lang):>16}" for lang in LANGUAGES))
    print(
        f"{'Trichdan, out of fold':34}" + "".join(f"{cell:>16}" for cell in ours(passages, asked, embedder))
    )


def recall(asked: Sequence[Row], found: Sequence[list[str]], lang: str) -> str:
    mine = [(row["passage_ids"], ids) for row, ids in zip(asked, found, strict=True) if row["lang"] == lang]
    first, three = (
        np.mean([any(right in ids[:depth] for right in rights) for rights, ids in mine]) for depth in (1, 3)
    )
    return f"{first:.3f} / {three:.3f}"


def ours(passages: Sequence[Row], asked: Sequence[Row], embedder: LazyEmbedder) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        folds = fitted_folds(embedder, Path(folder))
        outcomes = answers(asked, open_index(Path(folder) / "whole", passages, embedder), folds)
    cells = []
    for lang in LANGUAGES:
        mine = [o for o in outcomes if o.question.lang == lang]
        three = np.mean([bool(o.question.right & set(o.ranked[:3])) for o in mine])
        cells.append(f"{figures(mine)['recall@1']:.3f} / {three:.3f}")
    return cells


def words_alone(passages: Sequence[Row]) -> Search:
    index = bm25s.BM25()
    index.index([_words(p["text"]) for p in passages], show_progress=False)

    def search(question: str, vector: Vector) -> list[str]:
        found, scores = index.retrieve([_words(question)], k=DEPTH, show_progress=False)
        return [passages[int(i)]["id"] for i, s in zip(found[0], scores[0], strict=True) if s > 0]

    return search


def vectors_alone(passages: Sequence[Row], vectors: Vectors) -> Search:
    def search(question: str, vector: Vector) -> list[str]:
        return [passages[int(i)]["id"] for i in np.argsort(-(vectors @ vector))[:DEPTH]]

    return search


def fused(rankings: Sequence[list[str]]) -> list[str]:
    """Cormack et al., Reciprocal rank fusion outperforms Condorcet (2009)."""
    score: dict[str, float] = {}
    for ranking in rankings:
        for place, passage in enumerate(ranking, start=1):
            score[passage] = score.get(passage, 0.0) + 1 / (K + place)
    return sorted(score, key=lambda passage: -score[passage])


def txtai_hybrid(
    passages: Sequence[Row], vectors: Vectors, questions: Sequence[str], question_vectors: Vectors
) -> Search:
    texts = [p["text"] for p in passages]
    known = dict(zip([*texts, *questions], [*vectors, *question_vectors], strict=True))
    embeddings = Embeddings(
        method="external", transform=lambda batch: np.stack([known[text] for text in batch]), hybrid=True
    )
    embeddings.index([(p["id"], p["text"], None) for p in passages])
    return lambda question, vector: [found[0] for found in embeddings.search(question, DEPTH)]


def haystack_hybrid(passages: Sequence[Row], vectors: Vectors) -> Search:
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(id=p["id"], content=p["text"], embedding=vector.tolist())
            for p, vector in zip(passages, vectors, strict=True)
        ]
    )
    words = InMemoryBM25Retriever(store, top_k=DEPTH)
    dense = InMemoryEmbeddingRetriever(store, top_k=DEPTH)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def search(question: str, vector: Vector) -> list[str]:
        lists = [
            words.run(query=question)["documents"],
            dense.run(query_embedding=vector.tolist())["documents"],
        ]
        return [document.id for document in joiner.run(documents=lists)["documents"]]

    return search


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


if __name__ == "__main__":
    main()
