"""Prints how well questions are answered that are typed as people type them, over collections of several sizes.

Run: .venv/bin/python -m benchmarks.asked [--sizes none,2000,20000] [--sets ntrex,wiki] [--split dev]
         [--sample N] [--json FILE] [--outcomes FILE]
     TRICHDAN_DEV_DATA names the data, default ../shared/data; absent: a line that says so. The model and what gives the
     second look are those of the settings.

Each set of data/asked is asked alone, ntrex, whose news Wikipedia does not tell, also among passages of Wikipedia. To
each come 200 English and 200 Russian questions of MKQA: no news answers them, some article of Wikipedia may. The
indexes are kept in data/cache/asked, what the reader told in data/cache/readings: the first run embeds for an hour or
two, unless it is for a smaller index alone, and a run with another reader takes some minutes.

`article first` and `answer first` are of the first excerpt, `in reply` of all that are shown, `bold` of the highlighted
sentences of the first, all as shares of what can be answered; of this, `refused` got nothing, and `unsure` was told not
to be certain. Near misses ask an article for what it does not tell. `shown at 95 %` and `sure at 60 %` are their shares
where thresholds show 95 % of what can be answered, and tell 60 % of it as sure.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.asked_figures import AskedQuestion, Figures, Got, Group, by_group, figures, got
from benchmarks.asked_table import table_text
from bot.bootstrap import build
from bot.cli.output.progress import progress_bars
from config.settings import load_settings
from fitting.asked_collections import Collection, asked, off_corpus, open_collection
from fitting.development_data import DATA
from fitting.known_questions import KnownQuestions
from fitting.known_readings import with_known_readings
from retrieval.errors import TrichdanError
from retrieval.questions.query import analyse, with_marks
from retrieval.ranking.spelling import as_spelled_here
from retrieval.retriever import Retriever

SIZES = {"none": 0, "2000": 2_000, "20000": 20_000}
SETS = ("ntrex", "wiki")


def main() -> None:
    options = _options()
    if not (DATA / "asked").is_dir():
        print(f"No questions in {DATA / 'asked'}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    services = build(load_settings())
    embedder, second_look = KnownQuestions(services.embedder), with_known_readings(services.second_look)
    tables: dict[str, Mapping[Group, Figures]] = {}
    outcomes: list[str] = []
    for collection in _collections(options.sets, options.sizes):
        begun = time.monotonic()
        generation = open_collection(collection, embedder, progress_bars())
        print(f"\n{collection}: {generation.facts.articles:,} articles, ", end="")
        print(
            f"{generation.facts.passages:,} passages, opened in {time.monotonic() - begun:.0f} s", flush=True
        )
        begun = time.monotonic()
        retriever = Retriever(generation, embedder, second_look=second_look)
        asked_here = sampled(questions(collection, options.split), options.sample)
        found = list(ask(retriever, embedder, asked_here))
        print(f"{len(found):,} questions asked in {time.monotonic() - begun:.0f} s")
        tables[str(collection)] = {group: figures(mine) for group, mine in by_group(found).items()}
        print(table_text(str(collection), tables[str(collection)], with_targets=options.split == "dev"))
        outcomes += [_as_line(str(collection), each) for each in found]
    if options.json:
        options.json.write_text(json.dumps(_as_rows(tables), ensure_ascii=False, indent=1), "utf-8")
    if options.outcomes:
        options.outcomes.write_text("\n".join(outcomes) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well questions are answered that people type.")
    parser.add_argument(
        "--sizes", type=_list_of(tuple(SIZES)), default=tuple(SIZES), help="default: all three"
    )
    parser.add_argument("--sets", type=_list_of(SETS), default=SETS, help="ntrex, wiki or both, the default")
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--sample", type=int, metavar="N", help="only N groups of questions, always the same")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes the figures there as well")
    parser.add_argument(
        "--outcomes", type=Path, metavar="FILE", help="writes a line a question there, as JSONL"
    )
    return parser.parse_args()


def _list_of(known: Sequence[str]) -> Callable[[str], list[str]]:
    """Reads names out of `known`, with commas between."""

    def read(text: str) -> list[str]:
        if unknown := set(text.split(",")) - set(known):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: expected {', '.join(known)}")
        return text.split(",")

    return read


def _collections(sets: Sequence[str], sizes: Sequence[str]) -> Iterator[Collection]:
    for size in sizes:
        if "ntrex" in sets:
            yield Collection("ntrex", SIZES[size])
        if "wiki" in sets and not SIZES[size]:
            yield Collection("wiki")


def questions(collection: Collection, split: str) -> list[AskedQuestion]:
    """Those of the collection's set, then those that nothing answers."""
    off = [row for lang in ("en", "ru") for row in off_corpus(lang, split)]
    return [AskedQuestion.of(row) for row in (*asked(collection.name, split), *off)]


def sampled(questions: Sequence[AskedQuestion], groups: int | None) -> list[AskedQuestion]:
    """All, or those of so many groups of each kind, always the same."""
    if groups is None:
        return list(questions)
    kept: set[str] = set()
    for kind in dict.fromkeys(each.kind for each in questions):
        there = list(dict.fromkeys(each.group for each in questions if each.kind == kind))
        kept.update(random.Random(1).sample(there, min(groups, len(there))))
    return [each for each in questions if each.group in kept]


def ask(retriever: Retriever, embedder: KnownQuestions, questions: Sequence[AskedQuestion]) -> Iterator[Got]:
    """All are embedded together first, as they will be searched."""
    generation = retriever.generation
    spelled = [as_spelled_here(analyse(each.text), generation) for each in questions]
    embedder.embed_queries([with_marks(query, generation.marks.restore).text for query in spelled])
    for each in questions:
        yield got(each, retriever.answer(analyse(each.text)))


def _as_rows(tables: Mapping[str, Mapping[Group, Figures]]) -> list[dict[str, object]]:
    """An object a collection, language and form."""
    return [
        {"collection": collection, **group._asdict(), **measured}
        for collection, groups in tables.items()
        for group, measured in groups.items()
    ]


def _as_line(collection: str, found: Got) -> str:
    return json.dumps({"collection": collection, **asdict(found)}, ensure_ascii=False)


if __name__ == "__main__":
    try:
        main()
    except TrichdanError as error:  # settings that are wrong, an index that another process is making
        sys.exit(str(error))
