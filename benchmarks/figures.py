"""Prints the figures of docs/figures.md that belong to the seeds: answers right, refusals, furniture removed.

Run: make figures        (the index of the seeds must be current: make index)
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.bootstrap import build
from config.settings import load_settings
from retrieval.article import Answer
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever
from retrieval.sources.cleaning.furniture_words import Cues, load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.text.forms import normalise

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"


def main() -> None:
    retriever = build(load_settings()).serving.retriever()
    facts = retriever.generation.facts
    print(f"index: {facts.articles} articles, {facts.passages} passages")
    for name in ("seeds_questions.jsonl", "seeds_questions_2.jsonl"):
        print(f"{name}:")
        answers(retriever, [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()])
    for name, cues in (("with the cue files", load_cues()), ("with them emptied", Cues())):
        seeds = json.loads((DATA / "seeds_gold.json").read_text("utf-8"))
        pages = json.loads((DATA / "pages" / "gold.json").read_text("utf-8"))
        furniture(f"seeds {name}", ((ROOT / "seeds", n, lines) for n, lines in seeds.items()), cues)
        made = ((DATA / "pages", f"{n}.txt", gold["body"]) for n, gold in pages.items())
        furniture(f"fixture pages {name}", made, cues)


def answers(retriever: Retriever, questions: list[dict[str, Any]]) -> None:
    """How many answers are right; the misses one by one."""
    right = held = in_reply = wrong = 0
    for row in questions:
        answer = retriever.answer(analyse(row["question"]))
        if not row["answerable"]:
            wrong += _told("answered in vain", row, answer.answered)
            continue
        right += (is_right := _cites(answer, row))
        held += (is_held := is_right and _holds(answer.excerpts[0].text, row))
        in_reply += any(_holds(excerpt.text, row) for excerpt in answer.excerpts)
        _told("right article not first", row, not is_right)
        _told("answer not in the first excerpt", row, is_right and not is_held)
    there = sum(row["answerable"] for row in questions)
    print(
        f"right article first {right}/{there}, answer in it {held}/{there}, in the reply {in_reply}/{there}"
    )
    print(f"unanswerable questions answered {wrong}/{len(questions) - there}")


def furniture(name: str, pages: Iterable[tuple[Path, str, list[int]]], cues: Cues) -> None:
    """Characters of furniture removed, and of body lost, over pages with the numbers of their body lines."""
    removed = lost = of_furniture = of_body = 0
    for folder, file, body in pages:
        page = (folder / file).read_text("utf-8")
        dropped = [line.text for line in clean(page, cues).dropped]
        for number, line in enumerate(normalise(page).split("\n"), start=1):
            is_gone = bool(dropped) and line == dropped[0]
            size, gone = len(line), len(line) * is_gone
            dropped = dropped[1:] if is_gone else dropped
            of_body, lost = of_body + size * (number in body), lost + gone * (number in body)
            of_furniture += size * (number not in body)
            removed += gone * (number not in body)
    print(f"{name}: furniture removed {removed / of_furniture:.1%}, body lost {lost / of_body:.1%}")


def _cites(answer: Answer, row: dict[str, Any]) -> bool:
    return bool(answer.excerpts) and answer.excerpts[0].citation.article_id in row["article_ids"]


def _holds(text: str, row: dict[str, Any]) -> bool:
    return any(string in text for string in row["answers"])


def _told(what: str, row: dict[str, Any], happened: bool) -> bool:
    if happened:
        print(f"  {what}: {row['question']}")
    return happened


if __name__ == "__main__":
    main()
