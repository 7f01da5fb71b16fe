"""Ratios of speed against those recorded in benchmarks/recorded.json: `make bench-smoke`."""

import json
import statistics
import sys
from pathlib import Path

from benchmarks.speed import embedding, starting
from benchmarks.speed_tools import MODELS, asking, collection, row, times, wiki_questions
from fitting.development_data import DATA
from retrieval.embedding.loading import load_embedder
from retrieval.retriever import Retriever

RECORDED = Path(__file__).parent / "recorded.json"
TOLERATED = 1.35
"""A ratio may be so much worse than the recorded one: these machines are shared."""


def smoke() -> int:
    """0 when no ratio is worse than the recorded one by more than is tolerated; records them where none are."""
    ratios = embedding(passages=150, questions=40) | starting(runs=3) | {"answer": answer_ratio()}
    if not RECORDED.exists():
        RECORDED.write_text(
            json.dumps({name: round(ratio, 2) for name, ratio in ratios.items()}, indent=1) + "\n"
        )
    recorded = json.loads(RECORDED.read_text("utf-8"))
    worse = [name for name, ratio in ratios.items() if ratio * TOLERATED < recorded[name]]
    for name, ratio in ratios.items():
        row(name, f"{ratio:.2f} x", f"recorded {recorded[name]:.2f} x{'  WORSE' if name in worse else ''}")
    return 1 if worse else 0


def answer_ratio() -> float:
    """How many answers over 1,000 passages cost as much as embedding their questions by sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    embedder = load_embedder("bundled", MODELS)
    retriever = Retriever(collection(300, embedder), embedder)
    theirs = SentenceTransformer(str(MODELS / "bundled"))
    pairs = [
        (
            *times(lambda q: theirs.encode(["query: " + q]), [q], 0),
            *times(asking(retriever), [q], 0),
        )
        for q in wiki_questions(100)
    ]  # in turn, so that both meet the same moments of a shared machine
    return statistics.median(theirs_ms / ours_ms for theirs_ms, ours_ms in pairs[10:])


if __name__ == "__main__":
    if not (DATA / "viwiki").is_dir():
        sys.exit(f"No development data in {DATA}: skipped (TRICHDAN_DEV_DATA names the folder).")
    sys.exit(smoke())
