"""The pages that HTML extraction is tuned and measured on, and how an extraction is scored.

Pages and their texts: scrapinghub/article-extraction-benchmark and flairNLP/fundus, both MIT; the pages belong to
their publishers. Publishers (hosts where no publisher is given) are halved by a hash of the name: weights are fitted
on one half, the other is for the report.
"""

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "html"
SETS = ("scrapinghub", "fundus")
_WORD = re.compile(r"\w+")
_LIST_NUMBER = re.compile(r"^(?:\d{1,3}|[a-z]|[ivx]{1,5})\. ", re.MULTILINE)
"""What ordered lists show before their items: the noted texts leave it out, so it counts for nobody."""


@dataclass(frozen=True)
class Page:
    """A page with its article as people or the publisher's own parser noted it; `title`, `date` on fundus only."""

    id: str
    group: str
    half: str
    html: bytes
    url: str
    text: str
    title: str | None
    date: str | None
    outlet: str

    @property
    def part(self) -> str:
        return f"{self.group} {self.half}"


class Score(NamedTuple):
    precision: float
    recall: float
    f1: float


def pages() -> Iterator[Page]:
    for group in SETS:
        for line in (DATA / group / "gold.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            outlet = row.get("publisher") or (urlsplit(row["url"]).hostname or "").removeprefix("www.")
            html = gzip.decompress((DATA / group / row["file"]).read_bytes())
            title, date = row.get("title"), row.get("date")
            yield Page(row["id"], group, half_of(outlet), html, row["url"], row["text"], title, date, outlet)


def half_of(outlet: str) -> str:
    return ("tuning", "report")[zlib.crc32(outlet.encode()) % 2]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their counts, as in scrapinghub's benchmark, but for the numbers of lists."""
    words = _WORD.findall(_LIST_NUMBER.sub("", text))
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)))


def score(right: str, found: str) -> Score:
    if not _WORD.search(found):
        return Score(0.0, 0.0, 0.0)
    expected, given = shingles(right), shingles(found)
    shared = sum((expected & given).values())
    precision, recall = shared / sum(given.values()), shared / sum(expected.values())
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0)
