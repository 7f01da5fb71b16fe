"""What the benches of speed share: collections of Wikipedia, questions, times, and the rows of their table."""

import gzip
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from benchmarks.ingestion import WIKI
from fitting.development_data import ROOT, rows
from retrieval.article import Answer
from retrieval.embedding.protocol import Embedder
from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import analyse
from retrieval.retriever import EXCERPTS, Retriever

BENCH = ROOT / "data" / "bench"
MODELS = ROOT / "data" / "models"
LARGE = 125_336


def collection(count: int, embedder: Embedder, *, anew: bool = False) -> Generation:
    """The index of the first Wikipedia passages, made where it is not there or `anew`; its vectors are kept."""
    source, data = BENCH / str(count) / "source", BENCH / str(count) / "data"
    if not (source / "articles.jsonl").exists():
        source.mkdir(parents=True)
        with gzip.open(WIKI, "rb") as articles:  # with their titles, which ingestion.py does without
            (source / "articles.jsonl").write_bytes(b"".join(islice(articles, count)))
    if anew:
        shutil.rmtree(data, ignore_errors=True)
    if not (data / "current").exists():
        reindex([source], data, embedder, cache_dir=BENCH / "cache")
    return Generations(data).open_current(embedder.fingerprint)


def wiki_questions(count: int) -> list[str]:
    """Questions in Vietnamese about Wikipedia."""
    return [each["question"] for each in rows("mlqa-vi/questions.jsonl") if each["lang"] == "vi"][:count]


def asking(retriever: Retriever, limit: int = EXCERPTS) -> Callable[[str], Answer]:
    """A question as typed -> its answer: what a bench times."""
    return lambda question: retriever.answer(analyse(question), limit)


def times(work: Callable[[str], object], asked: Sequence[str], warming: int = 10) -> list[float]:
    """Milliseconds for each question after the first few."""
    spent = []
    for question in asked:
        started = time.perf_counter()
        work(question)
        spent.append((time.perf_counter() - started) * 1e3)
    return spent[warming:]


def median(work: Callable[[str], object], asked: Sequence[str]) -> float:
    return statistics.median(times(work, asked))


@contextmanager
def timed() -> Iterator[list[float]]:
    """The list holds the seconds, afterwards."""
    spent: list[float] = []
    started = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - started)


def row(what: str, measured: str, compared: str = "") -> None:
    print(f"{what:44} {measured:52} {compared}", flush=True)
