"""Prints the figures of docs/figures.md that belong to the seeds: answers right, refusals, furniture removed.

Run: make figures        (the index of the seeds must be current: make index)
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bot.bootstrap import build
from bot.conversation.answering import find, first_shown
from bot.conversation.replies.keyboard import keyboard
from bot.conversation.replies.view import View
from bot.telegram_html.markup import plain
from bot.telegram_html.messages import render
from bot.telegram_html.pages import paged
from bot.texts import load_texts
from config.settings import load_settings
from retrieval.article import Answer
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever
from retrieval.sources.cleaning.furniture_words import Cues, load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.text.forms import normalise

TODAY = date(2026, 1, 1)
ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"


def main() -> None:
    retriever = build(load_settings()).serving.retriever()
    facts = retriever.generation.facts
    print(f"index: {facts.articles} articles, {facts.passages} passages")
    asked: list[dict[str, Any]] = []
    for name in ("seeds_questions.jsonl", "seeds_questions_2.jsonl"):
        print(f"{name}:")
        answers(retriever, rows := _rows(name))
        asked += rows
    replies(retriever, [*asked, *_rows("seeds_questions_3.jsonl")])
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


def replies(retriever: Retriever, questions: list[dict[str, Any]]) -> None:
    """What a reader gets in a chat for all questions that are answered: before and after `More` is pressed."""
    told: dict[str, list[float]] = defaultdict(list)
    for row in questions:
        found, view = first_shown(find(retriever, row["question"]), "a" * 12, retriever)
        whole = first_shown(found, "a" * 12, retriever, whole=True)[1]
        if view.reply.kind != "answer":
            continue
        for name, shown in (("at once", _first_page(view)), ("with More", _first_page(whole))):
            pieces = [piece for result in shown.results for piece in result.pieces]
            texts = load_texts("vi")
            rows = keyboard(shown, texts, lambda _: "https://t.me/")
            text = "".join(map(plain, render(shown, texts, TODAY)))
            told[f"characters {name}"].append(len(text))
            told[f"excerpts {name}"].append(len(shown.results))
            told[f"rows of buttons {name}"].append(len(rows))
            told[f"buttons {name}"].append(sum(map(len, rows)))
            if row["answerable"]:
                held = any(_holds(p.text, row) for p in pieces if p.citation.article_id in row["article_ids"])
                told[f"answer in it {name}"].append(held)
    there = sum(row["answerable"] for row in questions)
    for name, values in told.items():
        count = there if name.startswith("answer") else len(values)
        most = f", at most {max(values):.0f}" if not name.startswith("answer") else ""
        print(f"reply: {name} {sum(values) / count:.3f}{most}")


def _first_page(view: View) -> View:
    return paged(view, load_texts("vi"), TODAY)[0]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


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
