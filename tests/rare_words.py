"""A generated collection: each article has a rare word of its own, and each question names one.

The words are of no language, so that a reply that holds the right one answers the right question.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


@dataclass(frozen=True)
class Rare:
    """An article's word, and the question that only this article answers."""

    word: str
    question: str


def write_collection(folder: Path, count: int, *, seed: int = 1) -> list[Rare]:
    """Writes `count` articles to `folder`, and returns what to ask of each."""
    chance = random.Random(seed)
    words = _distinct_words(chance, count * 8)
    folder.mkdir(parents=True)
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(count):
            own, *others = words[8 * number : 8 * number + 8]
            file.write(json.dumps({"id": f"a{number}", **_article(own, others)}, ensure_ascii=False) + "\n")
    return [_asked(*words[8 * number : 8 * number + 3]) for number in range(count)]


def _asked(own: str, a: str, b: str) -> Rare:
    return Rare(own, f"{own} ở {a} sống ở làng {b} phải không?")


def _article(own: str, others: list[str]) -> dict[str, str]:
    a, b, c, d, e, f, g = others
    title = f"Chuyện về {own} ở {a}"
    text = f"{own} sống ở làng {b} bên sông {c}. Mỗi sáng {d} đem {e} ra chợ {f}, còn {g} ở nhà."
    return {"title": title, "text": text}


def _distinct_words(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(4))] = None
    return list(found)
