"""Indexing without its model: how fast, how much memory, what a second run costs, and what answers beside it wait.

`python benchmarks/ingestion.py [speed] [memory] [again] [beside]`, by default all; needs the shared data sets.
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from retrieval.embedding.protocol import Vectors
from retrieval.indexing.run import Report, reindex

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
WIKI = SHARED / "viwiki" / "passages.jsonl.gz"
QUESTIONS = (
    "Kim ngạch thương mại Việt - Nga?",
    "Nga da vien tro bao nhieu vac xin?",
    "Who met the ambassador?",
)


class NoModel:
    """Gives every text the same vector, at no cost."""

    dimensions = 384

    def __init__(self, fingerprint: str = "no-model") -> None:
        self.fingerprint = fingerprint

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), self.dimensions), self.dimensions**-0.5, np.float32)

    embed_passages = embed_queries


def wiki(count: int) -> Iterator[str]:
    """The texts of so many Wikipedia passages."""
    with gzip.open(WIKI, "rt", encoding="utf-8") as file:
        for line in islice(file, count):
            yield json.loads(line)["text"]


def text_files(folder: Path, count: int) -> Path:
    for number, text in enumerate(wiki(count)):
        part = folder / f"{number // 1000:03}"
        part.mkdir(parents=True, exist_ok=True)
        (part / f"{number:06}.txt").write_text(text, "utf-8")
    return folder


def jsonl(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number, text in enumerate(wiki(count)):
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    return folder


def pages(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for path in sorted((SHARED / "html").glob("*/pages/*.html.gz")):
        (folder / path.name.removesuffix(".gz")).write_bytes(gzip.decompress(path.read_bytes()))
    return folder


def timed(source: Path, data: Path) -> tuple[Report, float]:
    started = time.perf_counter()
    report = reindex([source], data, NoModel())
    return report, time.perf_counter() - started


def speed(work: Path) -> None:
    """Articles a second from file to index, all but the embedding."""
    made: dict[str, Callable[[], Path]] = {
        "text files": lambda: text_files(work / "text", 5000),
        "JSONL rows": lambda: jsonl(work / "jsonl", 5000),
        "HTML pages": lambda: pages(work / "html"),
    }
    for name, make in made.items():
        report, seconds = timed(make(), work / f"data {name}")
        rate = report.articles / seconds
        print(
            f"{name}: {rate:.0f} a second ({report.articles} in {seconds:.1f} s, {len(report.failed)} failed)"
        )


def memory(work: Path) -> None:
    """Peak resident memory of indexing about 100,000 passages, in a process of its own."""
    source = jsonl(work / "many", 88_000)
    code = (
        "import sys; from pathlib import Path\n"
        "from benchmarks.ingestion import timed\n"
        "report, seconds = timed(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "from benchmarks.machine import peak_mb\n"
        "print(report.passages, round(seconds), int(peak_mb()))"
    )
    command = [sys.executable, "-c", code, str(source), str(work / "data many")]
    passages, seconds, peak = subprocess.run(
        command, check=True, capture_output=True, text=True
    ).stdout.split()
    print(f"memory: {passages} passages indexed with at most {peak} MB resident, in {seconds} s")


def trichdan(*arguments: str, data: Path) -> tuple[dict[str, object], float]:
    """The report of a command, and the seconds that the whole process took."""
    command = [sys.executable, "-m", "bot", "--data-dir", str(data), *arguments]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1]), time.perf_counter() - started


def again(work: Path) -> None:
    """10,000 articles: nothing changed, and one edited, with the real model and in processes of their own."""
    # Here, or every process that `speed` starts would load the bot, which those of `trichdan` do not.
    from bot.bootstrap import build
    from config.settings import load_settings

    source, data = text_files(work / "ten thousand", 10_000), work / "data again"
    # The first index has vectors without meaning under the model's name: what a second run costs depends on none.
    model = build(load_settings(data_dir=data)).embedder
    model.embed_queries(
        ["prepared"]
    )  # a new data folder has no model yet, and making one takes half a minute
    reindex([source], data, NoModel(model.fingerprint))
    report, seconds = trichdan("reindex", "--json", str(source), data=data)
    print(f"10,000 articles, nothing changed: {seconds:.2f} s, {report['embedded']} embedded")
    edited = next(iter(sorted(source.glob("*/*.txt"))))
    edited.write_text(edited.read_text("utf-8") + "\nThêm một câu mới vào cuối bài viết này.", "utf-8")
    report, seconds = trichdan("reindex", "--json", str(source), data=data)
    print(
        f"10,000 articles, one edited: {seconds:.2f} s, {report['changed']} changed, {report['embedded']} embedded"
    )


def answer_times(data: Path, seconds: float) -> list[float]:
    """Seconds from question to answer of a process that answers one after another."""
    command = [sys.executable, "-m", "bot", "--data-dir", str(data), "ask", "--json", "-"]
    spent: list[float] = []
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin and process.stdout
        end, number = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            started = time.perf_counter()
            process.stdin.write(f"{QUESTIONS[number % len(QUESTIONS)]} ({number})\n")
            process.stdin.flush()
            process.stdout.readline()
            spent.append(time.perf_counter() - started)
            number += 1
            time.sleep(0.1)
        process.stdin.close()
    return spent[5:]


def beside(work: Path) -> None:
    """How long answers take while another process indexes, against how long they take alone."""
    data = work / "data beside"
    trichdan("reindex", "--json", str(ROOT / "seeds"), data=data)
    alone = answer_times(data, 20)
    source = text_files(work / "beside", 3000)
    command = [sys.executable, "-m", "bot", "--data-dir", str(work / "data other"), "reindex", str(source)]
    with subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as indexing:
        time.sleep(5)
        busy = answer_times(data, 40)
        unfinished = indexing.poll() is None
        indexing.kill()
    slow, usual = (float(np.quantile(times, 0.95)) for times in (busy, alone))
    print(
        f"beside indexing: p95 {1000 * slow:.0f} ms against {1000 * usual:.0f} ms alone, {slow / usual:.1f} times"
        f" (medians {1000 * statistics.median(busy):.0f} and {1000 * statistics.median(alone):.0f} ms;"
        f" indexing {'went on' if unfinished else 'ENDED'})"
    )


PARTS: dict[str, Callable[[Path], None]] = {
    "speed": speed,
    "memory": memory,
    "again": again,
    "beside": beside,
}


def main(names: Sequence[str]) -> None:
    if not WIKI.exists():
        print("The shared data sets are not here: nothing to measure with.")
        return
    for name in names or PARTS:
        with tempfile.TemporaryDirectory() as work:
            PARTS[name](Path(work))


if __name__ == "__main__":
    main(sys.argv[1:])
