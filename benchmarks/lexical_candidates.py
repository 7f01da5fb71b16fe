"""Word indexes side by side: build time, query time, size, memory, on the folded words and word pairs of passages.

Run: .venv-peers/bin/python -m benchmarks.lexical_candidates [PASSAGES]     (default 125336; `make bench-large` runs it)

Every candidate gets the same terms of the same Wikipedia passages, made once, and answers the same Vietnamese questions
with its hundred best by BM25; each runs in a process of its own. What Trichdan indexes besides (words as typed, values,
sounds) is left out here. "Same" is the share of our ten best that a candidate has among its ten.
"""

import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import log1p
from pathlib import Path

import numpy as np

from benchmarks.ingestion import wiki
from benchmarks.machine import peak_mb
from fitting.development_data import rows
from retrieval.index.embedded.words.builder import LexicalBuilder
from retrieval.index.embedded.words.counts import Counted
from retrieval.index.embedded.words.lexical import LexicalIndex, term_hash
from retrieval.index.terms import VIEWS, Term
from retrieval.text.forms import tokens

DEPTH = 100
Search = Callable[[Sequence[str]], list[int]]
Built = tuple[float, Search]
"""Seconds that building took, and terms -> rows, best first."""


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], Path(sys.argv[3]))))
        return
    count = int(sys.argv[1]) if sys.argv[1:] else 125_336
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with (work / "passages").open("w", encoding="utf-8") as file:
            file.writelines(" ".join(terms_of(text)) + "\n" for text in wiki(count))
        asked = [row["question"] for row in rows("mlqa-vi/questions.jsonl") if row["lang"] == "vi"]
        (work / "questions").write_text("\n".join(" ".join(terms_of(q)) for q in asked), "utf-8")
        print(f"{count} passages, {len(asked)} questions, {DEPTH} best of each")
        print(f"{'':22}{'build s':>9}{'p50 ms':>9}{'p99 ms':>9}{'MB disk':>9}{'MB mem':>9}{'same':>7}")
        ours: list[list[int]] = []
        for name in BUILDERS:
            command = [sys.executable, "-m", "benchmarks.lexical_candidates", "--one", name, folder]
            found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
            ours = ours or found["best"]
            same = np.mean([len({*a} & {*b}) / len(a) for a, b in zip(ours, found["best"], strict=True) if a])
            print(
                f"{name:22}{found['build']:>9.1f}{found['p50']:>9.2f}{found['p99']:>9.2f}"
                f"{found['disk']:>9.0f}{found['memory']:>9.0f}{same:>7.2f}"
            )


def terms_of(text: str) -> list[str]:
    """Folded words, and pairs of neighbours as `a_b`."""
    folded = [token.folded.replace(" ", "") for token in tokens(text)]
    return folded + [f"{a}_{b}" for a, b in pairwise(folded)]


def measured(name: str, work: Path) -> dict[str, object]:
    """Builds in one process, and asks in a forked one that has only the index: what serving takes is its memory."""
    place = work / name.replace(" ", "-")
    place.mkdir()
    seconds, _ = BUILDERS[name](place, lambda: passages(work), True)
    asking = [sys.executable, "-c", ASK, name, str(work)]
    found = json.loads(subprocess.run(asking, check=True, stdout=subprocess.PIPE, text=True).stdout)
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    return {**found, "build": seconds, "disk": size / 1e6}


ASK = """
import sys, pathlib, json; from benchmarks import lexical_candidates as l
print(json.dumps(l.asked(sys.argv[1], pathlib.Path(sys.argv[2]))))
"""


def asked(name: str, work: Path) -> dict[str, object]:
    """Times of all questions, their ten best, and the peak memory of this process above what it began with."""
    before = peak_mb()
    _, search = BUILDERS[name](work / name.replace(" ", "-"), lambda: iter(()), False)
    times, best = [], []
    for line in (work / "questions").read_text("utf-8").splitlines():
        started = time.perf_counter()
        found = search(line.split())
        times.append((time.perf_counter() - started) * 1e3)
        best.append(found[:10])
    memory = peak_mb() - before
    p50, p99 = np.percentile(times, [50, 99])
    return {"p50": p50, "p99": p99, "memory": memory, "best": best}


def passages(work: Path) -> Iterator[list[str]]:
    with (work / "passages").open(encoding="utf-8") as file:
        for line in file:
            yield line.split()


def ours(place: Path, texts: Callable[[], Iterator[list[str]]], build: bool) -> Built:
    seconds = 0.0
    if build:
        started = time.perf_counter()
        builder = LexicalBuilder(place)
        for terms in texts():
            builder.add(counted(terms))
        builder.finish()
        seconds = time.perf_counter() - started
    index = LexicalIndex.load(place)

    def search(terms: Sequence[str]) -> list[int]:
        asked = [Term("bigram" if "_" in term else "folded", term.replace("_", " ")) for term in terms]
        holders = index.frequencies(asked)
        idf = {term: log1p((index.count - n + 0.5) / (n + 0.5)) for term, n in holders.items()}
        best = index.best(idf, DEPTH)
        scores = np.array(list(idf.values()), np.float32) @ index.saturations(best, list(idf))
        return [int(row) for row in best[np.argsort(-scores, kind="stable")]]

    return seconds, search


def counted(terms: Sequence[str]) -> dict[str, Counted]:
    """What the builder takes of one passage: the two views that all candidates have, the others empty."""
    by_view: dict[str, list[str]] = {view: [] for view in VIEWS}
    for term in terms:
        by_view["bigram" if "_" in term else "folded"].append(term.replace("_", " "))
    found = {}
    for view, held in by_view.items():
        counts = Counter(held)
        hashes = array("Q", map(term_hash, counts))
        sizes = (array("I", [len(counts)]), array("I", [len(held)]))
        found[view] = Counted(hashes, array("H", counts.values()), *sizes)
    return found


def tantivy_index(place: Path, texts: Callable[[], Iterator[list[str]]], build: bool) -> Built:
    import tantivy

    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        .add_unsigned_field("row", stored=True)
        .build()
    )
    seconds = 0.0
    index = tantivy.Index(schema, path=str(place))
    if build:
        started = time.perf_counter()
        writer = index.writer(heap_size=256_000_000)
        for row, terms in enumerate(texts()):
            writer.add_document(tantivy.Document(words=" ".join(terms), row=row))
        writer.commit()
        writer.wait_merging_threads()
        seconds = time.perf_counter() - started
    index.reload()
    searcher = index.searcher()

    def search(terms: Sequence[str]) -> list[int]:
        wanted = [tantivy.Query.term_query(schema, "words", term, "freq") for term in dict.fromkeys(terms)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in wanted])
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(query, DEPTH).hits]

    return seconds, search


def bm25s_index(place: Path, texts: Callable[[], Iterator[list[str]]], build: bool) -> Built:
    import bm25s

    seconds = 0.0
    if build:
        started = time.perf_counter()
        index = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
        index.index(list(texts()), show_progress=False)
        index.save(str(place))
        seconds = time.perf_counter() - started
    loaded = bm25s.BM25.load(str(place), mmap=True)

    def search(terms: Sequence[str]) -> list[int]:
        found, scores = loaded.retrieve([list(dict.fromkeys(terms))], k=DEPTH, show_progress=False)
        return [int(row) for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    return seconds, search


def fts5_index(place: Path, texts: Callable[[], Iterator[list[str]]], build: bool) -> Built:
    database = sqlite3.connect(place / "words.sqlite")
    seconds = 0.0
    if build:
        started = time.perf_counter()
        database.execute(
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize=\"unicode61 tokenchars '_./'\")"
        )
        filled = ((row, " ".join(terms)) for row, terms in enumerate(texts()))
        database.executemany("INSERT INTO words(rowid, text) VALUES (?, ?)", filled)
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.commit()
        seconds = time.perf_counter() - started

    def search(terms: Sequence[str]) -> list[int]:
        wanted = " OR ".join(
            f'"{term}"' for term in dict.fromkeys(terms) if re.fullmatch(r"[a-z0-9_./]+", term)
        )
        query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words) LIMIT ?"
        return [row for (row,) in database.execute(query, (wanted, DEPTH))]

    return seconds, search


BUILDERS: dict[str, Callable[[Path, Callable[[], Iterator[list[str]]], bool], Built]] = {
    "ours": ours,
    "tantivy": tantivy_index,
    "bm25s": bm25s_index,
    "SQLite FTS5": fts5_index,
}


if __name__ == "__main__":
    main()
