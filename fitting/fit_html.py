"""Fits the weights of `retrieval/sources/html/data/weights.json` on the tuning half of the pages (see html_pages).

Run: .venv/bin/python -m fitting.fit_html          prints cross-validated F1 by publisher, then writes the weights
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from fitting.html_pages import DATA, SETS, Page, pages, score, shingles
from retrieval.sources.html.blocks.blocks import Block
from retrieval.sources.html.decoding import decode_page, parse_page
from retrieval.sources.html.evidence import Evidence, squeeze
from retrieval.sources.html.reader import PageReading

TARGET = Path(__file__).resolve().parents[1] / "retrieval" / "sources" / "html" / "data" / "weights.json"
STRENGTH = 0.01
_HIDDEN_BY_PAYWALL = ("fd-es-ABC_2026_04_25",)
"""The text that is right for this page is not shown by it: nothing to learn."""


@dataclass(frozen=True)
class Example:
    """A page's blocks with their evidence; `right` says which are the article's, `mass` how much of it each holds."""

    page: Page
    blocks: Sequence[Block]
    evidence: Sequence[Evidence]
    right: Sequence[bool]
    mass: Sequence[float]


def main() -> None:
    if not DATA.is_dir():
        print(f"No pages in {DATA}: skipped.")
        return
    chosen = (p for p in pages() if p.half == "tuning" and p.id not in _HIDDEN_BY_PAYWALL)
    examples = [example(page) for page in chosen]
    _cross_validate(examples)
    vectorizer, model = fit(examples)
    found = sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    weights = {name: round(float(weight), 3) for name, weight in found}
    values = {"bias": round(float(model.intercept_[0]), 3), "weights": weights}
    TARGET.write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    print(f"{len(weights)} weights written to {TARGET.name}")


def example(page: Page) -> Example:
    reading = PageReading.of(parse_page(decode_page(page.html, None)))
    weighed = reading.weighed()
    blocks = [reading.blocks[n] for n in weighed]
    words = sum(shingles(page.text).values())
    mass = [min(sum(shingles(block.text).values()) + 3, 150) / max(words, 60) for block in blocks]
    found = [{name: value for name, value in each.items() if value} for each in weighed.values()]
    return Example(page, blocks, found, labels(page, blocks), mass)


def labels(page: Page, blocks: Sequence[Block]) -> list[bool]:
    """Whether each block is a line of the article, or most of its words are; a long one only the first time."""
    whole, lines = squeeze(page.text), {squeeze(line) for line in page.text.split("\n")}
    expected, seen, found = shingles(page.text), set(), []
    for block in blocks:
        key, given = squeeze(block.text), shingles(block.text)
        shared = sum((given & expected).values()) / sum(given.values())
        inside = key in lines or (len(key) >= 25 and key in whole) or (len(given) > 3 and shared > 0.5)
        found.append(inside and not (len(key) >= 25 and key in seen))
        seen.add(key)
    return found


def fit(examples: Sequence[Example]) -> tuple[Any, Any]:
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([found for each in examples for found in each.evidence])
    y = np.concatenate([each.right for each in examples])
    weight = np.sqrt(np.concatenate([each.mass for each in examples]))
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(x, y, sample_weight=weight / weight.mean())
    return vectorizer, model


def _cross_validate(examples: Sequence[Example]) -> None:
    reached: dict[str, list[float]] = {group: [] for group in SETS}
    outlets = [each.page.outlet for each in examples]
    for inside, outside in GroupKFold(5).split(examples, groups=outlets):
        vectorizer, model = fit([examples[n] for n in inside])
        for each in (examples[n] for n in outside if examples[n].evidence):
            kept = model.decision_function(vectorizer.transform(each.evidence)) > 0
            text = "\n".join(block.text for block, keep in zip(each.blocks, kept, strict=True) if keep)
            reached[each.page.group].append(score(each.page.text, text).f1)
    for group, f1 in reached.items():
        print(f"{group}: F1 {np.mean(f1):.4f} over {len(f1)} tuning pages, cross-validated by publisher")


if __name__ == "__main__":
    main()
