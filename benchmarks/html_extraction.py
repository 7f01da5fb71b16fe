"""How well articles are found on web pages: trafilatura's configurations, ours, and our cleaner of copied text.

Run: .venv/bin/python -m benchmarks.html_extraction [--half report]     (data: see html_pages)

F1 is the mean over pages, on runs of four words. Pages a second are counted in CPU time of one process.
"""

import argparse
import logging
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import numpy as np
import trafilatura

from fitting.html_pages import DATA, Page, Score, pages, score
from retrieval.errors import SourceError
from retrieval.sources.cleaning.furniture_words import load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.sources.html.blocks.blocks import blocks_of
from retrieval.sources.html.decoding import decode_page, parse_page
from retrieval.sources.html.reader import read_html
from retrieval.sources.model import Document, Original

Extract = Callable[[Page], str]
NOTHING = Document(text="")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--half", choices=("tuning", "report"), help="measure this half only")
    half = arguments.parse_args().half
    if not DATA.is_dir():
        print(f"No pages in {DATA}: skipped.")
        return
    logging.disable(logging.CRITICAL)
    chosen = [page for page in pages() if half in (None, page.half)]
    parts = sorted({page.part for page in chosen})
    print(" | ".join(["system", *(f"{part}: P R F1" for part in parts), "pages/s"]))
    for name, extract in systems().items():
        print(" | ".join([name, *measured(extract, chosen, parts)]), flush=True)
    metadata(chosen)


def systems() -> dict[str, Extract]:
    return {
        "trafilatura": library(),
        "trafilatura favor_precision": library(favor_precision=True),
        "trafilatura favor_recall": library(favor_recall=True),
        "trafilatura fast (no fallback)": library(fast=True),
        "Trichdan": lambda page: ours(page).text,
        "all visible lines": flattened,
        "lines cleaned (copied page)": lambda page: clean(flattened(page), load_cues()).text,
    }


def library(**options: Any) -> Extract:  # noqa: ANN401 - trafilatura's own
    return lambda page: trafilatura.extract(page.html, include_comments=False, **options) or ""


def ours(page: Page) -> Document:
    try:
        return read_html(
            page.html, Original(id=page.id, place=page.id, name="page.html", open=lambda: BytesIO(page.html))
        )
    except SourceError:
        return NOTHING


def flattened(page: Page) -> str:
    """All text that the page shows, a line a block: what somebody gets who copies it."""
    return "\n".join(block.text for block in blocks_of(parse_page(decode_page(page.html, None))))


def measured(extract: Extract, chosen: Sequence[Page], parts: Sequence[str]) -> list[str]:
    scores: dict[str, list[Score]] = defaultdict(list)
    begun = time.process_time()
    found = [extract(page) for page in chosen]
    spent = time.process_time() - begun
    for page, text in zip(chosen, found, strict=True):
        scores[page.part].append(score(page.text, text))
    cells = [" ".join(f"{value:.4f}" for value in np.mean(scores[part], axis=0)) for part in parts]
    return [*cells, f"{len(chosen) / spent:.1f}"]


def metadata(chosen: Sequence[Page]) -> None:
    """Titles and dates, of the pages for which they are known."""
    known = [page for page in chosen if page.title]
    read = {page.id: ours(page) for page in known}
    libraries = {page.id: trafilatura.extract_metadata(page.html) for page in known}
    for part in sorted({page.part for page in known}):
        mine = [page for page in known if page.part == part]
        print(f"{part}: {len(mine)} pages")
        print(f"  Trichdan: title {share(same_title(p, read[p.id].title) for p in mine)}", end=", ")
        print(f"date {share(same_day(p, str(read[p.id].date)) for p in mine)}")
        print(f"  trafilatura: title {share(same_title(p, libraries[p.id].title) for p in mine)}", end=", ")
        print(f"date {share(same_day(p, libraries[p.id].date) for p in mine)}")


def share(right: Iterable[bool]) -> str:
    return f"{np.mean(list(right)):.3f}"


def same_title(page: Page, found: str | None) -> bool:
    return plain_title(page.title or "") == plain_title(found or "")


def plain_title(title: str) -> str:
    """Without case and the kinds of white space, quotes and dashes."""
    same = str.maketrans(dict.fromkeys("“”„«»‘’‚'`´", '"') | dict.fromkeys("–—‑", "-") | {"\u00ad": ""})
    return " ".join(unicodedata.normalize("NFKC", title).translate(same).casefold().split())


def same_day(page: Page, found: str | None) -> bool:
    """The publication's calendar day in the time zone that it is told in, or in UTC."""
    told = datetime.fromisoformat(page.date or "")
    days = {told.date().isoformat(), told.astimezone(UTC).date().isoformat()}
    return found in days


if __name__ == "__main__":
    main()
