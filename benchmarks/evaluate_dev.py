"""Prints the figures of docs/quality.md on the development data, out of fold, with those in fold beside them.

Run: make eval                (TRICHDAN_DEV_DATA names the data, default ../shared/data; absent: a line that says so)
     make eval-distractors    recall alone, among 20,000 passages of Wikipedia besides

Each data-set passage is one article without a title. Every question is answered with a lexicon, weights and a
confidence that have not seen its document: five folds over the 32 documents. In fold they have seen it.
"""

import argparse
import gzip
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.cli.output.evaluation_report import png
from fitting.development_data import DATA, ROOT, Row, document, rows
from fitting.fit_adapter import FOLDS, fold_of
from fitting.fit_ranking import fitted_folds
from fitting.ranking_examples import Numbers, fold_of_row, open_index
from retrieval.embedding.loading import LazyEmbedder
from retrieval.evaluation.figures import auroc, false_at, figures
from retrieval.evaluation.outcomes import Outcome, evaluate
from retrieval.evaluation.question_sets import Question
from retrieval.index.embedded.generation import Generation
from retrieval.questions.query import analyse
from retrieval.ranking.confidence import Confidence
from retrieval.ranking.fusion import Candidates
from retrieval.retriever import Retriever

REMOVALS = 10
OFF_CORPUS = 400
_MOST = 20_000
"""Distractors drawn: fewer are the first of them."""
LANGUAGES = ("vi", "vi-nodia", "en", "ru")
SHOWN = ("recall@1", "recall@5", "mrr@10", "in excerpt", "in reply", "highlight", "answered", "wrong answers")
PICTURE = ROOT / "docs" / "confidence.png"


def main() -> None:
    parser = argparse.ArgumentParser(description="The figures of docs/quality.md on the development data.")
    parser.add_argument("--distractors", type=int, metavar="N", help="recall among N more passages instead")
    options = parser.parse_args()
    if not (DATA / "xquad-dev").is_dir():
        print(f"No development data in {DATA}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    embedder = LazyEmbedder.of("bundled", ROOT / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        folds = fitted_folds(embedder, work)
        if options.distractors:
            among_distractors(work, embedder, folds, options.distractors)
            return
        whole = open_index(work / "whole", rows("xquad-dev/passages.jsonl"), embedder)
        found_and_refused(whole, folds)
        removed(work, embedder, folds)


def found_and_refused(whole: Generation, folds: Sequence[Numbers]) -> None:
    """What is found of what is there, and of questions whose topic is there but whose fact is not."""
    asked = rows("xquad-dev/questions.jsonl")
    there = answers(asked, whole, folds)
    show("out of fold", there)
    show("in fold", answers(asked, whole, [folds[-1]] * FOLDS))
    near = [{**r, "passage_ids": []} for r in rows("xquad-dev/unanswerable.jsonl")]
    absent = answers(near, whole, folds)
    print("\nfact absent, topic there     AUROC   answered")
    for lang in LANGUAGES:
        inside = [o.confidence for o in there if o.question.lang == lang]
        outside = [o for o in absent if o.question.lang == lang]
        if outside:
            found = auroc(inside, [o.confidence for o in outside])
            print(f"{lang:28} {found:.3f}   {np.mean([o.answered for o in outside]):.3f}")


def answers(asked: Sequence[Row], generation: Generation, folds: Sequence[Numbers]) -> list[Outcome]:
    """Each question answered with the numbers of its fold."""
    retrievers = [Retriever(generation, numbers.embedder, numbers.fitted) for numbers in folds]
    by: dict[int, list[Question]] = defaultdict(list)
    for number, row in enumerate(asked):
        by[fold_of_row(row, number)].append(_question(row))
    return [outcome for fold, chosen in by.items() for outcome in evaluate(retrievers[fold], chosen)]


def removed(work: Path, embedder: LazyEmbedder, folds: Sequence[Numbers]) -> None:
    """Half of the documents taken out, ten times: is the answer in the collection?"""
    rng = random.Random(1)
    passages, asked = rows("xquad-dev/passages.jsonl"), rows("xquad-dev/questions.jsonl")
    off = rows("offcorpus/questions.jsonl")
    documents = sorted({document(p["id"]) for p in passages})
    table: dict[str, list[list[float]]] = defaultdict(list)
    seen: list[Outcome] = []
    for number in range(REMOVALS):
        kept = set(rng.sample(documents, len(documents) // 2))
        inside = [p for p in passages if document(p["id"]) in kept]
        generation = open_index(work / f"removed-{number}", inside, embedder)
        judged = verdicts(asked + rng.sample(off, OFF_CORPUS), generation, folds)
        seen += [_outcome(row, verdict, first, kept) for row, verdict, first in judged]
        for lang in LANGUAGES:
            mine = [(row, verdict) for row, verdict, _ in judged if row["lang"] == lang]
            table[lang].append(separation(mine, kept))
    print("\nhalf removed   AUROC (sd)      false at 95 %   answered   gone answered   off-corpus answered")
    for lang, measured in table.items():
        mean, sd = np.mean(measured, axis=0), np.std(measured, axis=0)
        rest = "   ".join(f"{value:9.3f}" for value in mean[1:])
        print(f"{lang:14} {mean[0]:.3f} ({sd[0]:.3f})   {rest}")
    for lang in LANGUAGES:
        measured_all = figures([o for o in seen if o.question.lang == lang])
        print(f"{lang:14} calibration error {measured_all['calibration error']:.3f}")
    PICTURE.write_bytes(png(seen))
    print(f"drawn: {PICTURE.relative_to(ROOT)}")


def verdicts(
    asked: Sequence[Row], generation: Generation, folds: Sequence[Numbers]
) -> list[tuple[Row, Confidence, str]]:
    """The verdict on each question by the numbers of its fold, and the first article, without excerpts."""
    retrievers = [Retriever(generation, numbers.embedder, numbers.fitted) for numbers in folds]
    articles = {
        row: found[1].id for row, found in generation.passages(range(generation.facts.passages)).items()
    }
    judged = []
    for number, row in enumerate(asked):
        found = retrievers[fold_of_row(row, number)].search(analyse(row["question"]))
        judged.append(
            (row, found.verdict, articles[int(found.candidates.rows[0])] if len(found.candidates) else "")
        )
    return judged


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


def among_distractors(work: Path, embedder: LazyEmbedder, folds: Sequence[Numbers], count: int) -> None:
    """Recall where passages of an encyclopaedia stand around those that answer."""
    with gzip.open(DATA / "viwiki" / "passages.jsonl.gz", "rt", encoding="utf-8") as file:
        others = random.Random(3).sample([json.loads(line) for line in file], _MOST)[:count]
    generation = open_index(work / "large", rows("xquad-dev/passages.jsonl") + others, embedder)
    retrievers = [Retriever(generation, numbers.embedder, numbers.fitted) for numbers in folds]
    print(f"\namong {generation.facts.passages} passages   recall@1   recall@10   answered")
    for lang in LANGUAGES:
        asked = [row for row in rows("xquad-dev/questions.jsonl") if row["lang"] == lang]
        found = [retrievers[fold_of(row["passage_ids"][0])].search(analyse(row["question"])) for row in asked]
        ranks = [_rank(row, each.candidates, generation) for row, each in zip(asked, found, strict=True)]
        shares = [[r < 1 for r in ranks], [r < 10 for r in ranks], [each.verdict.answered for each in found]]
        print(f"{lang:24}" + "".join(f"{np.mean(share):12.3f}" for share in shares))
    _first_stage(generation, Retriever(generation, embedder, folds[-1].fitted))


def _first_stage(generation: Generation, retriever: Retriever) -> None:
    """What a question costs besides its embedding, in milliseconds, and what the vectors' search alone costs."""
    asked = [row["question"] for row in rows("xquad-dev/questions.jsonl")][::40]
    spent = [retriever.answer(analyse(question)).elapsed_ms for question in asked]
    stages = {
        stage: float(np.median([each[stage] for each in spent])) for stage in ("search", "judge", "excerpts")
    }
    vector = np.ones(len(generation.facts.mean), np.float32)
    begun = time.perf_counter()
    for _ in asked:
        generation.nearest(vector, 100)
    dense = (time.perf_counter() - begun) / len(asked) * 1000
    told = ", ".join(f"{stage} {value:.1f}" for stage, value in stages.items())
    print(f"median ms over {len(asked)} questions: {told}; of the search, vectors alone {dense:.1f}")


def _rank(row: Row, candidates: Candidates, generation: Generation) -> int:
    """The place, from 0, of the right article among the different ones."""
    found = candidates.rows[:50].tolist()
    stored = generation.passages(found)
    ranked = list(dict.fromkeys(stored[each][1].id for each in found))
    return next((i for i, article in enumerate(ranked) if article in row["passage_ids"]), len(ranked) + 10)


def show(name: str, outcomes: Sequence[Outcome]) -> None:
    print(f"\n{name:14}" + "".join(f"{column:>15}" for column in SHOWN))
    for lang in LANGUAGES:
        measured = figures([o for o in outcomes if o.question.lang == lang])
        print(f"{lang:14}" + "".join(f"{measured[column]:>15.3f}" for column in SHOWN))


def _question(row: Row) -> Question:
    return Question(
        id=row["id"],
        text=row["question"],
        lang=row["lang"],
        right=frozenset(row["passage_ids"]),
        answers=tuple(row["answers"]),
        answerable=row["answerable"],
    )


def _outcome(row: Row, verdict: Confidence, first: str, kept: set[str]) -> Outcome:
    """The verdict as an outcome without excerpts, for the diagrams."""
    there = row["answerable"] and document(row["passage_ids"][0]) in kept
    right = frozenset(row["passage_ids"]) if there else frozenset()
    return Outcome(
        question=replace(_question(row), right=right, answers=(), answerable=there),
        ranked=(first,),
        in_excerpt=False,
        in_reply=False,
        in_highlight=False,
        answered=verdict.answered,
        unsure=verdict.answered and not verdict.sure,
        right=verdict.answered and first in right,
        confidence=verdict.probability,
        elapsed_ms=0.0,
    )


if __name__ == "__main__":
    main()
