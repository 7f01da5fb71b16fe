"""How well questions that ask the same are found in a heap of questions: precision and recall by pairs of kinds.

The heap are XQuAD's questions in Vietnamese with and without marks, English and Russian, several to a paragraph, over
an index of their paragraphs, which restores marks. Two that ask the same are the variants of one question; XQuAD has a
few pairs more, differently worded, which count as wrong here.
"""

import json
import random
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

from development_data import ROOT, rows

from retrieval import grouping
from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.generation import Generations
from retrieval.indexer import reindex
from retrieval.retriever import Retriever

_QUESTIONS = 250
"""Of each, one to four variants are in the heap: a thousand pairs that are right, and half a million that are not."""


def main() -> None:
    retriever = _retriever()
    heap = _heap(random.Random(0))
    for across in (0.55, 0.6, 0.65, 0.7, 0.75):
        grouping.ACROSS_LANGUAGES = across
        _show(f"across languages from {across} on", heap, retriever.groups([row["question"] for row in heap]))


def _retriever() -> Retriever:
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        lines = [
            json.dumps({"id": row["id"], "text": row["text"]}) for row in rows("xquad-dev/passages.jsonl")
        ]
        articles.write_text("\n".join(lines), encoding="utf-8")
        data = Path(folder) / "data"
        reindex([articles], data, embedder, cache_dir=ROOT / "data" / "cache")
        return Retriever(Generations(data).open_current(embedder.fingerprint), embedder)


def _heap(chance: random.Random) -> list[dict[str, str]]:
    by_group: dict[str, list[dict[str, str]]] = {}
    for row in rows("xquad-dev/questions.jsonl"):
        by_group.setdefault(row["group"], []).append(row)
    chosen = chance.sample(sorted(by_group), _QUESTIONS)
    heap = [row for group in chosen for row in chance.sample(by_group[group], chance.randint(1, 4))]
    chance.shuffle(heap)
    return heap


def _show(title: str, heap: list[dict[str, str]], groups: list[list[int]]) -> None:
    joined = {pair for group in groups for pair in combinations(sorted(group), 2)}
    wanted = {(i, j) for i, j in combinations(range(len(heap)), 2) if heap[i]["group"] == heap[j]["group"]}
    kinds = {
        pair: " / ".join(sorted((heap[pair[0]]["lang"], heap[pair[1]]["lang"]))) for pair in joined | wanted
    }
    right, made, all_ = (
        Counter(kinds[pair] for pair in pairs) for pairs in (joined & wanted, joined, wanted)
    )
    print(f"{title}: {len(heap)} questions in {len(groups)} groups")
    for kind in sorted(made | all_):
        precision = f"{right[kind] / made[kind]:.2f}" if made[kind] else "-"
        recall = f"{right[kind] / all_[kind]:.2f}" if all_[kind] else "-"
        print(f"  {kind:20} precision {precision} of {made[kind]:4}, recall {recall} of {all_[kind]:4}")
    total = (
        f"precision {len(joined & wanted) / len(joined):.3f}, recall {len(joined & wanted) / len(wanted):.3f}"
    )
    print(f"  {'all pairs':20} {total}")


if __name__ == "__main__":
    main()
