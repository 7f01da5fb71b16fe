"""128 conversations over the seed articles, with the real model and the reader: written before they were asked, 120
of them by people who have seen the articles alone. The floors lie a little below the first runs (docs/conversation.md).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.answering import Findings, find
from retrieval.embedding.loading import LazyEmbedder
from retrieval.index.embedded.generations import Generations
from retrieval.ranking.reading import SecondLook
from retrieval.retriever import EXCERPTS, Retriever

DATA = Path(__file__).with_name("data")
CONVERSATIONS = ("conversations.jsonl", *(f"conversations_{number}.jsonl" for number in (2, 3, 4)))


@dataclass(frozen=True)
class Played:
    turn: dict[str, Any]
    found: Findings

    @property
    def in_reply(self) -> bool:
        return any(text in each.text for each in self.found.answer.excerpts for text in self.turn["expect"])


@pytest.fixture(scope="module")
def retriever(seeds_data: Path, bundled_embedder: LazyEmbedder) -> Retriever:
    """Over the seeds."""
    generation = Generations(seeds_data).open_current(bundled_embedder.fingerprint)
    return Retriever(generation, bundled_embedder, second_look=SecondLook(reader=bundled_embedder.reader))


def played(retriever: Retriever, turns: list[dict[str, Any]]) -> Iterator[Played]:
    context = None
    for turn in turns:
        found = find(retriever, turn["q"], context, limit=EXCERPTS)
        context = found.context
        yield Played(turn, found)


@pytest.fixture(scope="module")
def turns(retriever: Retriever) -> list[Played]:
    """Every turn with what was found."""
    lines = [line for name in CONVERSATIONS for line in (DATA / name).read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return [each for row in rows for each in played(retriever, row["turns"])]


def of(turns: list[Played], *kinds: str) -> list[Played]:
    return [each for each in turns if each.turn["kind"] in kinds]


@pytest.mark.parametrize(
    ("kinds", "count", "missed"), [(("follow", "back"), 315, 54), (("new", "switch"), 166, 22)]
)
def test_most_turns_get_their_answer(
    turns: list[Played], kinds: tuple[str, ...], count: int, missed: int
) -> None:
    found = of(turns, *kinds)
    without = [each.turn["q"] for each in found if not each.in_reply]
    assert len(found) == count
    assert len(without) <= missed, (len(without), without)


def test_what_nothing_answers_is_hardly_ever_told_as_sure(turns: list[Played]) -> None:
    found = [each.found.answer for each in of(turns, "unanswerable")]
    assert sum(answer.answered and not answer.unsure for answer in found) <= 0.1 * len(found)


def test_thanks_and_talk_about_the_bot_are_small_talk(turns: list[Played]) -> None:
    found = [each.found.answer.kind for each in of(turns, "thanks", "meta")]
    assert found.count("chitchat") >= 0.85 * len(found)


def test_what_follows_is_shown_as_it_was_searched(turns: list[Played]) -> None:
    for each in turns:
        assert each.found.searched is None or each.found.answer.searched == each.found.searched
