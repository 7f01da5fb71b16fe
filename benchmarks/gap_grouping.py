"""How well questions that ask the same are told from those that do not: precision and recall by pairs of kinds.

Run: .venv/bin/python -m benchmarks.gap_grouping        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

XQuAD: its questions with and without marks, in English and in Russian, several to a paragraph. Adapter and lexicon have
not seen the question's document (five folds), and marks are restored from articles about other things, as it is for
what is asked in vain. Questions that XQuAD asks twice in other words count as the same (asked_twice.txt). News:
tests/data/question_variants.jsonl, written for this, where each question has others beside it that differ in one thing.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from fitting.development_data import ROOT, Row, rows
from fitting.fit_adapter import FOLDS, fold_of
from fitting.fit_lexicon import LANGUAGES, fit_lexicon
from fitting.ranking_examples import FoldEmbedder
from retrieval.embedding.loading import LazyEmbedder
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.index.learned.mark_counts import count_marks
from retrieval.index.learned.marks import Marks, MarksBuilder
from retrieval.questions.query import Query, analyse, with_marks
from retrieval.questions.translation import load_lexicon
from retrieval.ranking.fitted import Vector, load_fitted
from retrieval.same_question.groups import Read, asks_the_same, centred, grouped
from retrieval.same_question.words import Lexicons
from retrieval.text.forms import fold

_VARIANTS = ROOT / "tests" / "data" / "question_variants.jsonl"
_TWICE = Path(__file__).with_name("asked_twice.txt")


@dataclass(frozen=True)
class Heap:
    """Questions with what they ask and how they are typed; `vectors` are those of the texts of `queries`."""

    groups: Sequence[str]
    kinds: Sequence[str]
    queries: Sequence[Query]
    vectors: Vectors
    lexicons: Lexicons


def main() -> None:
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    means = load_fitted(embedder.fingerprint).query_means
    marks = _marks()
    show("XQuAD, out of fold", [_fold(number, embedder, marks) for number in range(FOLDS)], means)
    show("news", [_news(embedder, marks)], means)


def show(title: str, heaps: Sequence[Heap], means: Mapping[str, Vector]) -> None:
    counts: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    total = [0, 0, 0]
    for heap in heaps:
        read = [Read.of(query, heap.lexicons) for query in heap.queries]
        near = centred(heap.queries, heap.vectors, means)
        cosines = near @ near.T
        groups = grouped(heap.queries, heap.vectors, means, heap.lexicons)
        joined = {pair for group in groups for pair in combinations(group, 2)}
        for i, j in combinations(range(len(read)), 2):
            is_one = heap.groups[i] == heap.groups[j]
            taken = read[i].is_written_as(read[j]) or asks_the_same(read[i], read[j], float(cosines[i, j]))
            kinds = tuple(sorted((heap.kinds[i], heap.kinds[j])))
            _count(counts[kinds], is_one, taken)
            _count(total, is_one, (i, j) in joined)
    print(f"\n{title:32} precision   of    recall   of")
    for kinds, found in sorted(counts.items()):
        if found[2]:
            print(f"{' / '.join(kinds):32} {_shares(*found)}")
    print(f"{'all of them, grouped':32} {_shares(*total)}")


def _count(counts: list[int], is_one: bool, taken: bool) -> None:
    counts[0] += is_one and taken
    counts[1] += taken
    counts[2] += is_one


def _shares(right: int, made: int, wanted: int) -> str:
    return f"{right / max(1, made):9.3f} {made:5}   {right / max(1, wanted):7.3f} {wanted:5}"


def _fold(number: int, embedder: LazyEmbedder, marks: Marks) -> Heap:
    held_out = [r for r in rows("xquad-dev/questions.jsonl") if fold_of(r["passage_ids"][0]) == number]
    lexicons = {lang: fit_lexicon(lang, lambda passage: fold_of(passage) != number) for lang in LANGUAGES}
    twins = _twins()
    named = [{**row, "group": twins.get(row["group"], row["group"]), "kind": row["lang"]} for row in held_out]
    return _heap(named, FoldEmbedder(embedder, number), marks, lexicons.get)


def _news(embedder: Embedder, marks: Marks) -> Heap:
    asked: list[Row] = [json.loads(line) for line in _VARIANTS.read_text("utf-8").splitlines()]
    bare = [
        {**row, "kind": f"{row['kind']}-nodia", "question": fold(row["question"])}
        for row in asked
        if row["kind"].startswith("vi")
    ]
    return _heap([*asked, *bare], embedder, marks, load_lexicon)


def _heap(asked: Sequence[Row], embedder: Embedder, marks: Marks, lexicons: Lexicons) -> Heap:
    queries = [analyse(row["question"]) for row in asked]
    queries = [with_marks(query, marks.restore) if query.unaccented else query for query in queries]
    # With marks first, as they are when gaps are grouped.
    order = sorted(range(len(asked)), key=lambda i: queries[i].unaccented)
    queries = [queries[i] for i in order]
    return Heap(
        [asked[i]["group"] for i in order],
        [asked[i]["kind"] for i in order],
        queries,
        embedder.embed_queries([query.text for query in queries]),
        lexicons,
    )


def _marks() -> Marks:
    builder = MarksBuilder()
    builder.add(count_marks(row["text"] for row in rows("mlqa-vi/passages.jsonl")))
    return builder.finish()


def _twins() -> dict[str, str]:
    """Group -> the group that stands for all that ask the same."""
    named: dict[str, str] = {}
    for line in _TWICE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            first, second = line.split()
            old, new = named.get(second, second), named.get(first, first)
            named.update({group: new for group, other in named.items() if other == old})
            named.update({first: new, second: new, old: new})
    return named


if __name__ == "__main__":
    main()
