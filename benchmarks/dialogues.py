"""Prints how well conversations are followed, as people have them over the news of asked/ntrex.

Run: .venv/bin/python -m benchmarks.dialogues [--split dev] [--langs vi,en] [--outcomes FILE]
     TRICHDAN_DEV_DATA names the data, default ../shared/data; absent: a line that says so. Index and what the reader
     told are those of benchmarks/asked.py, kept in data/cache.

Each conversation is played through what the bot, the console and `ask --conversation` ask with. `in reply`: the first
three excerpts hold the answer, in its article; of questions that lean on others (`follow`), begin another subject
(`switch`) or return to an earlier one (`back`). Those that stand alone, the first ones among them, are also asked
alone. Of turns that nothing answers, `not sure` is the share that shows nothing as sure; thanks and questions about the
bot are `handled` where they are taken for such.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.bootstrap import build
from bot.cli.output.progress import progress_bars
from bot.conversation.answering import find
from config.settings import load_settings
from fitting.asked_collections import Collection, open_collection
from fitting.development_data import DATA, rows
from fitting.known_questions import KnownQuestions
from fitting.known_readings import with_known_readings
from retrieval.article import Answer, Excerpt
from retrieval.errors import TrichdanError
from retrieval.evaluation.outcomes import holds_answer
from retrieval.questions.query import analyse
from retrieval.retriever import EXCERPTS, Retriever

LANGUAGES = ("vi", "vi-nodia", "en", "ru")
ASKING = ("follow", "switch", "back")
ALONE = ("new", "switch")
_HEADS = ("follow", "n", "switch", "back", "all three", "first", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What became of one turn. `alone`: whether the same question, asked alone, has its answer in the reply."""

    dialogue: str
    lang: str
    kind: str
    question: str
    searched: str | None
    answer_kind: str
    shown: bool
    sure: bool
    confidence: float
    in_reply: bool
    first: bool
    alone: bool | None


def main() -> None:
    options = _options()
    if not (DATA / "asked" / "dialogues").is_dir():
        print(f"No conversations in {DATA / 'asked'}: skipped (TRICHDAN_DEV_DATA names the folder).")
        return
    services = build(load_settings())
    embedder, second_look = KnownQuestions(services.embedder), with_known_readings(services.second_look)
    generation = open_collection(Collection("ntrex"), embedder, progress_bars())
    retriever = Retriever(generation, embedder, second_look=second_look)
    dialogues = [
        row
        for row in rows("asked/dialogues/dialogues.jsonl")
        if row["split"] == options.split and row["lang"] in options.langs
    ]
    found = [turn for dialogue in dialogues for turn in played(retriever, dialogue)]
    print(table(found))
    if options.outcomes:
        lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found)
        options.outcomes.write_text("".join(lines), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well conversations are followed.")
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--langs", type=lambda text: text.split(","), default=LANGUAGES, metavar="vi,en")
    parser.add_argument("--outcomes", type=Path, metavar="FILE", help="writes a line a turn there, as JSONL")
    return parser.parse_args()


def played(retriever: Retriever, dialogue: Mapping[str, Any]) -> Iterator[Played]:
    """The turns of one conversation, one after the other."""
    context = None
    for turn in dialogue["turns"]:
        found = find(retriever, turn["q"], context, limit=EXCERPTS)
        context = found.context
        alone = None
        if turn["kind"] in ALONE:
            alone = _holds(retriever.answer(analyse(turn["q"])).excerpts, turn)
        yield _played(dialogue, turn, found.answer, found.looked_for, alone)


def _played(
    dialogue: Mapping[str, Any],
    turn: Mapping[str, Any],
    answer: Answer,
    searched: str | None,
    alone: bool | None,
) -> Played:
    shown = answer.excerpts[:EXCERPTS]
    return Played(
        dialogue=dialogue["id"],
        lang=dialogue["lang"],
        kind=turn["kind"],
        question=turn["q"],
        searched=searched,
        answer_kind=answer.kind,
        shown=answer.answered,
        sure=answer.answered and not answer.unsure,
        confidence=answer.confidence,
        in_reply=_holds(shown, turn),
        first=_holds(shown[:1], turn),
        alone=alone,
    )


def _holds(excerpts: Sequence[Excerpt], turn: Mapping[str, Any]) -> bool:
    """Whether any of `excerpts` is of the article that answers, and holds what it says."""
    return any(
        turn["doc"] in (each.citation.article_id, *each.also_in) and holds_answer(each.text, turn["expect"])
        for each in excerpts
        if turn["doc"]
    )


def table(found: Sequence[Played]) -> str:
    """A line a language."""
    of: dict[tuple[str, str], list[Played]] = defaultdict(list)
    for each in found:
        of[each.lang, each.kind].append(each)
    lines = [
        _line("", _HEADS) + _line("", ("stand alone", "asked alone", "n", "not sure", "n", "handled", "n"))
    ]
    for lang in LANGUAGES:
        asking = [each for kind in ASKING for each in of[lang, kind]]
        alone = [each for kind in ALONE for each in of[lang, kind]]
        nothing, talk = of[lang, "unanswerable"], of[lang, "thanks"] + of[lang, "meta"]
        if not (asking or alone):
            continue
        cells = [
            _share([each.in_reply for each in of[lang, "follow"]]),
            str(len(of[lang, "follow"])),
            *(_share([each.in_reply for each in of[lang, kind]]) for kind in ("switch", "back")),
            _share([each.in_reply for each in asking]),
            _share([each.first for each in asking]),
            _share([not each.shown for each in asking]),
        ]
        others = [
            _share([each.in_reply for each in alone]),
            _share([bool(each.alone) for each in alone]),
            str(len(alone)),
            _share([not each.sure for each in nothing]),
            str(len(nothing)),
            _share([each.answer_kind != "question" for each in talk]),
            str(len(talk)),
        ]
        lines.append(_line(lang, cells) + _line("", others))
    return "\n".join(lines)


def _share(found: Sequence[bool]) -> str:
    return f"{np.mean(found):.3f}" if found else "-"


def _line(begin: str, cells: Sequence[str]) -> str:
    return f"{begin:10}" + "".join(f"{cell:>13}" for cell in cells)


if __name__ == "__main__":
    try:
        main()
    except TrichdanError as error:  # settings that are wrong, an index that another process is making
        sys.exit(str(error))
