"""How fast Trichdan is, beside other systems in the same run: one table, ratios and medians.

    make bench          everything up to 10,000 passages; about twenty minutes at the first time
    make bench-large    125,336 passages and a million vectors besides: about two hours at the first time

Vectors of the passages are computed once and kept in data/bench. The data sets must be there (TRICHDAN_DEV_DATA).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ingestion import wiki
from benchmarks.machine import processor
from benchmarks.speed_plot import plot
from benchmarks.speed_tools import (
    LARGE,
    MODELS,
    asking,
    collection,
    median,
    row,
    timed,
    times,
    wiki_questions,
)
from fitting.development_data import DATA, ROOT
from retrieval.embedding.loading import LazyEmbedder, load_embedder
from retrieval.embedding.protocol import Embedder
from retrieval.ranking.reading import SecondLook
from retrieval.retriever import Retriever

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TRICHDAN = Path(sys.executable).parent / "trichdan"
CURVE = (1_000, 2_000, 5_000, 10_000)
ONE = "one question's embedding"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["all", "large"], nargs="?", default="all")
    options = parser.parse_args()
    if not (DATA / "viwiki").is_dir():
        print(f"No development data in {DATA}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    print(processor())
    embedding()
    starting()
    searching(CURVE[-1])
    curve([*CURVE, LARGE] if options.what == "large" else CURVE)
    serving()
    if options.what == "large":
        large()


# -- embedding and starting


def embedding(passages: int = 1000, questions: int = 100) -> dict[str, float]:
    """Bulk embedding and single questions, ours and by sentence-transformers as it comes; the ratios."""
    from sentence_transformers import SentenceTransformer

    texts = list(wiki(passages))
    asked = wiki_questions(questions)
    ours = load_embedder("bundled", MODELS)
    theirs = SentenceTransformer(str(MODELS / "bundled"))
    ours.embed_passages(texts[:50])
    theirs.encode(["passage: " + text for text in texts[:50]])
    bulk, cosine = _in_turn(ours, theirs, texts)
    our_one = median(lambda q: ours.embed_queries([q]), asked)
    their_one = median(lambda q: theirs.encode(["query: " + q]), asked)
    ratios = {
        "bulk embedding": bulk[1] / bulk[0],
        ONE: their_one / our_one,
    }
    row(
        f"embed {passages} passages",
        f"{passages / bulk[0]:.0f}/s; sentence-transformers {passages / bulk[1]:.0f}/s",
        f"{ratios['bulk embedding']:.1f} x (at least 3 x), lowest cosine {cosine:.4f}",
    )
    row(
        "embed one question",
        f"{our_one:.1f} ms; sentence-transformers {their_one:.1f} ms",
        f"{ratios[ONE]:.1f} x",
    )
    return ratios


def _in_turn(
    ours: Embedder, theirs: "SentenceTransformer", texts: Sequence[str], turns: int = 4
) -> tuple[list[float], float]:
    """Seconds of ours and of theirs for all texts, a part of them each in turn: a machine that is shared is slow for
    minutes. And the lowest cosine between the vectors of one text."""
    spent, lowest = [0.0, 0.0], 1.0
    for turn in range(turns):
        part = list(texts[turn::turns])
        with timed() as our_time:
            found = ours.embed_passages(part)
        with timed() as their_time:
            expected = theirs.encode(["passage: " + text for text in part], normalize_embeddings=True)
        spent = [spent[0] + our_time[0], spent[1] + their_time[0]]
        lowest = min(lowest, float((found * expected).sum(axis=1).min()))
    return spent, lowest


def starting(runs: int = 5) -> dict[str, float]:
    """Whole processes: `--help`, the first answer, the same on torch, and their peak memory."""
    question = "Kim ngạch thương mại Việt - Nga 11 tháng năm 2024?"
    if not (ROOT / "data" / "current").exists():
        command("reindex")
    command("ask", question)  # what is made at the first use is made
    cold = statistics.median(command("ask", question)[0] for _ in range(runs))
    _, peak = command("ask", question)
    torch = statistics.median(command("ask", question, RUNTIME="torch")[0] for _ in range(max(1, runs // 2)))
    shown = statistics.median(command("--help")[0] for _ in range(runs))
    row("trichdan --help", f"{shown:.2f} s", "(under 0.3 s)")
    row(
        "trichdan ask, cold",
        f"{cold:.2f} s; on torch {torch:.2f} s",
        f"{cold / torch:.2f} of it (at most 2.5 s, 1/3)",
    )
    row("peak memory of trichdan ask, seeds", f"{peak:.0f} MB", "(under 450 MB)")
    return {"cold start": torch / cold}


def command(*arguments: str, **settings: str) -> tuple[float, float]:
    """Wall seconds and peak MB of one `trichdan` process; refusals are answers too."""
    environment = os.environ | {f"TRICHDAN_{name}": value for name, value in settings.items()}
    code = (
        "import resource, subprocess, sys, time\n"
        "started = time.perf_counter()\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode\n"
        "spent = time.perf_counter() - started\n"
        "assert code in (0, 3), code\n"
        "print(spent, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)\n"
    )
    asked = [sys.executable, "-c", code, str(TRICHDAN), *arguments]
    done = subprocess.run(asked, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    spent, peak = map(float, done.stdout.split())
    return spent, peak


# -- searching


def searching(count: int, questions: int = 200) -> None:
    """Question to answer, warm, beside other systems over the same passages."""
    from benchmarks.speed_peers import PEERS, Collection, by_torch

    embedder = load_embedder("bundled", MODELS)
    generation = collection(count, embedder)
    asked = wiki_questions(questions)
    retriever = Retriever(generation, embedder)
    p50, p99 = np.percentile(times(asking(retriever), asked), [50, 99])
    row(
        f"question -> answer, {generation.facts.passages} passages",
        f"p50 {p50:.1f} ms, p99 {p99:.1f} ms",
        "(about 15 ms)",
    )
    reader = LazyEmbedder.of("bundled", MODELS).reader
    reading = Retriever(generation, embedder, second_look=SecondLook(reader=reader))
    read, longest = np.percentile(times(asking(reading), asked), [50, 99])
    row("  passages read before", f"p50 {read:.1f} ms, p99 {longest:.1f} ms", "(120 ms; 250 without VNNI)")
    given = Collection.of(generation)
    for name, peer in PEERS.items():
        for variant, embed, folded in (
            ("our vectors, folded words", embedder.embed_queries, True),
            ("as documented", by_torch(MODELS / "bundled"), False),
        ):
            search = peer(given, embed, folded=folded)
            theirs = median(search, asked)
            row(f"  {name}, {variant}", f"p50 {theirs:.1f} ms", f"ours takes {p50 / theirs:.2f} of it")


def curve(sizes: Sequence[int], questions: int = 150) -> None:
    """Query and indexing time over the size of the collection, with the slope in a log-log plot."""
    embedder = load_embedder("bundled", MODELS)
    asked = wiki_questions(questions)
    found: list[tuple[int, float, float]] = []
    for size in sizes:
        collection(size, embedder)  # its vectors are known from now on
        with timed() as spent:
            generation = collection(size, embedder, anew=True)
        retriever = Retriever(generation, embedder)
        answer = median(asking(retriever), asked)
        found.append((generation.facts.passages, answer, spent[0]))
        row(
            f"  {found[-1][0]} passages",
            f"answer {found[-1][1]:.1f} ms",
            f"indexing without embedding {spent[0]:.1f} s",
        )
    sizes_, answers, indexing = (np.array(column, float) for column in zip(*found, strict=True))
    slopes = plot(sizes_, answers, indexing, ROOT / "docs" / "scaling.png")
    row(
        "growth with the collection",
        f"answers: passages^{slopes[0]:.2f}, indexing: passages^{slopes[1]:.2f}",
        "(below 1; 1)",
    )


# -- serving


def serving(answers: int = 600, chats: int = 32) -> None:
    """The bot process against the fake Bot API: so many chats, each asks again when it is answered."""
    for limit, wanted in (("0", "at least 60/s, p95 under 1 s"), ("30", "at least 25/s")):
        measured = capacity(answers, chats, limit)
        name = "32 chats, rate limiter " + ("off" if limit == "0" else "on")
        row(
            name,
            f"{measured['rate']:.0f} answers/s, p95 {measured['p95']:.2f} s, {measured['lost']} lost",
            f"({wanted})",
        )


def capacity(answers: int, chats: int, messages_per_second: str) -> dict[str, float]:
    """What speed_bot.py measures, in a process of its own that finds the tests' fake."""
    asked = [sys.executable, "-m", "benchmarks.speed_bot", str(answers), str(chats), messages_per_second]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def large() -> None:
    """What only a large collection shows, in processes of their own, so that memory is theirs."""
    run = [sys.executable, "-m", "benchmarks.speed_large"]
    subprocess.run([*run, "serve"], check=True)
    subprocess.run([*run, "dense"], check=True)
    subprocess.run([*run, "again"], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.lexical_candidates"], check=True)


if __name__ == "__main__":
    main()
