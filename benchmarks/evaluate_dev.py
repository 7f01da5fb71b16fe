"""Prints the figures of docs/quality.md on the development data, out of fold.

Run: make eval        (TRICHDAN_DEV_DATA names the data, default ../shared/data; absent: a line that says so)

Each data-set passage is one article without a title. Every question is answered with a lexicon and a confidence
that have not seen its document: five folds over the 32 documents.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from development_data import DATA, ROOT, Row, document, rows
from fit_ranking import FOLDS, by_fold, examples, fit_confidence, fold_of, open_index, unfitted

from retrieval.embedding.loading import LazyEmbedder
from retrieval.evaluation import Outcome, Question, auroc, evaluate, false_at, figures
from retrieval.index.generation import Generation
from retrieval.ranking.confidence import Confidence
from retrieval.ranking.fitted import Fitted
from retrieval.retriever import Retriever

REMOVALS = 10
OFF_CORPUS = 400
LANGUAGES = ("vi", "vi-nodia", "en", "ru")
SHOWN = ("recall@1", "recall@5", "mrr@10", "in excerpt", "in reply", "highlight", "answered", "wrong answers")


def main() -> None:
    if not (DATA / "xquad-dev").is_dir():
        print(f"No development data in {DATA}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        folds = fitted_folds(embedder, work)
        asked = rows("xquad-dev/questions.jsonl")
        whole = open_index(work / "whole", rows("xquad-dev/passages.jsonl"), embedder)
        show("found", SHOWN, answers(asked, whole, embedder, folds))
        near = [{**r, "passage_ids": []} for r in rows("xquad-dev/unanswerable.jsonl")]
        refusals(answers(asked, whole, embedder, folds), answers(near, whole, embedder, folds))
        removed(work, embedder, folds)


def fitted_folds(embedder: LazyEmbedder, work: Path) -> list[Fitted]:
    """For each fold all the numbers, fitted on the others."""
    partial = by_fold(unfitted(embedder, work))
    found = list(examples(work, embedder, partial))
    return [
        replace(fitted, confidence=fit_confidence([e for e in found if e.fold != fold]))
        for fold, fitted in enumerate(partial)
    ]


def answers(
    asked: Sequence[Row], generation: Generation, embedder: LazyEmbedder, folds: Sequence[Fitted]
) -> list[Outcome]:
    """Each question answered with the numbers of its fold."""
    retrievers = [Retriever(generation, embedder, fitted) for fitted in folds]
    by: dict[int, list[Question]] = defaultdict(list)
    for number, row in enumerate(asked):
        by[_fold(row, number)].append(_question(row))
    return [outcome for fold, chosen in by.items() for outcome in evaluate(retrievers[fold], chosen)]


def refusals(there: Sequence[Outcome], near: Sequence[Outcome]) -> None:
    """How well questions whose topic is there but whose fact is not are told apart."""
    print("\nfact absent, topic there     AUROC   answered")
    for lang in LANGUAGES:
        inside = [o.confidence for o in there if o.question.lang == lang]
        outside = [o for o in near if o.question.lang == lang]
        if outside:
            found = auroc(inside, [o.confidence for o in outside])
            print(f"{lang:28} {found:.3f}   {np.mean([o.answered for o in outside]):.3f}")


def removed(work: Path, embedder: LazyEmbedder, folds: Sequence[Fitted]) -> None:
    """Half of the documents taken out, ten times: is the answer in the collection?"""
    rng = random.Random(1)
    passages, asked = rows("xquad-dev/passages.jsonl"), rows("xquad-dev/questions.jsonl")
    off = rows("offcorpus/questions.jsonl")
    documents = sorted({document(p["id"]) for p in passages})
    table: dict[str, list[list[float]]] = defaultdict(list)
    for number in range(REMOVALS):
        kept = set(rng.sample(documents, len(documents) // 2))
        inside = [p for p in passages if document(p["id"]) in kept]
        generation = open_index(work / f"removed-{number}", inside, embedder)
        judged = verdicts(asked + rng.sample(off, OFF_CORPUS), generation, embedder, folds)
        for lang in LANGUAGES:
            mine = [(row, verdict) for row, verdict in judged if row["lang"] == lang]
            table[lang].append(separation(mine, kept))
    print("\nhalf removed   AUROC (sd)      false at 95 %   answered   gone answered   off-corpus answered")
    for lang, measured in table.items():
        mean, sd = np.mean(measured, axis=0), np.std(measured, axis=0)
        rest = "   ".join(f"{value:9.3f}" for value in mean[1:])
        print(f"{lang:14} {mean[0]:.3f} ({sd[0]:.3f})   {rest}")


def verdicts(
    asked: Sequence[Row], generation: Generation, embedder: LazyEmbedder, folds: Sequence[Fitted]
) -> list[tuple[Row, Confidence]]:
    """The verdict on each question by the numbers of its fold, without excerpts."""
    retrievers = [Retriever(generation, embedder, fitted) for fitted in folds]
    return [
        (row, retrievers[_fold(row, number)].search(row["question"]).verdict)
        for number, row in enumerate(asked)
    ]


def separation(judged: Sequence[tuple[Row, Confidence]], kept: set[str]) -> list[float]:
    """AUROC and false answers at 95 % answered; shares answered of what is there, was removed, is off-corpus."""
    here = [v for row, v in judged if row["answerable"] and document(row["passage_ids"][0]) in kept]
    gone = [v for row, v in judged if row["answerable"] and document(row["passage_ids"][0]) not in kept]
    elsewhere = [v for row, v in judged if not row["answerable"]]
    inside, outside = [v.probability for v in here], [v.probability for v in gone]
    shares = [
        float(np.mean([v.answered for v in part])) if part else float("nan")
        for part in (here, gone, elsewhere)
    ]
    return [auroc(inside, outside) or 0.0, false_at(inside, outside) or 0.0, *shares]


def _fold(row: Row, number: int) -> int:
    right = row["passage_ids"] or row.get("near_passage_ids")
    return fold_of(right[0]) if right else number % FOLDS


def show(name: str, columns: Sequence[str], outcomes: Sequence[Outcome]) -> None:
    print(f"\n{name:14}" + "".join(f"{column:>15}" for column in columns))
    for lang in LANGUAGES:
        measured = figures([o for o in outcomes if o.question.lang == lang])
        print(f"{lang:14}" + "".join(f"{measured[column]:>15.3f}" for column in columns))


def _question(row: Row) -> Question:
    right = frozenset(row["passage_ids"])
    return Question(row["id"], row["question"], row["lang"], right, tuple(row["answers"]), row["answerable"])


if __name__ == "__main__":
    main()
