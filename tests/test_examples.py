"""Example questions: each asked before it is offered, made once for a generation, kept, and never those of another."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from answers import make_answer, make_excerpt
from small_index import index, open_index

from bot.conversation.examples import COUNT, Examples
from bot.texts import LANGUAGES
from retrieval.article import Answer, Excerpt
from retrieval.errors import IndexMissing
from retrieval.questions.query import Query
from retrieval.retriever import Retriever
from retrieval.serving import Serving

Result = TypeVar("Result")
COUNTRIES = ("Nga", "Lào", "Nhật Bản", "Trung Quốc", "Belarus")
TRADE: list[dict[str, Any]] = [
    {"id": f"tin-{n}", "text": f"Thương mại song phương Việt Nam - {each} năm 2024 đạt {n} tỷ USD."}
    for n, each in enumerate(COUNTRIES, 1)
]


class AtOnce:
    def work(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    async def compute(self, work: Callable[[], Result]) -> Result:
        return work()


@dataclass
class Answering:
    """A retriever over a real index that answers, for sure, whatever names a country of `knows`."""

    generation: Any
    knows: tuple[str, ...]
    asked: list[str] = field(default_factory=list)

    def answer(self, query: Query, limit: int = 3) -> Answer:
        self.asked.append(query.asked)
        for known in self.knows:
            n = COUNTRIES.index(known) + 1
            if any(name in query.asked for name in (known, *NAMES[known])):
                return make_answer(self._excerpt(f"tin-{n}"))
        return make_answer()

    def _excerpt(self, article_id: str) -> Excerpt:
        text = self.generation.articles.article(article_id).text
        return make_excerpt(text, (0, len(text)), start=0, article_id=article_id)

    def is_verbatim(self, excerpt: Excerpt) -> bool:
        return True


NAMES = {
    "Nga": ("Russia", "Росси"), "Lào": ("Laos", "Лаос"), "Nhật Bản": ("Japan", "Япони"),
    "Trung Quốc": ("China", "Кита"), "Belarus": ("Беларус",),
}  # fmt: skip


@dataclass
class Serves:
    now: Answering | None

    def retriever(self) -> Retriever:
        if self.now is None:
            raise IndexMissing("There is none.")
        return cast(Retriever, self.now)

    @property
    def generation(self) -> str | None:
        return self.now.generation.id if self.now else None


@pytest.fixture
def serves(tmp_path: Path) -> Serves:
    index(tmp_path / "data", *TRADE)
    return Serves(Answering(open_index(tmp_path / "data"), COUNTRIES))


def examples(serves: Serves, tmp_path: Path, made_with: str = "model") -> Examples:
    return Examples(cast(Serving, serves), tmp_path / "cache" / "examples.json", made_with)


def make(made: Examples, serves: Serves) -> None:
    asyncio.run(made.make(serves.retriever(), AtOnce()))


def test_questions_are_offered_that_were_answered_and_no_others(serves: Serves, tmp_path: Path) -> None:
    assert serves.now
    serves.now.knows = ("Belarus", "Nga")
    made = examples(serves, tmp_path)
    make(made, serves)
    assert made.questions("en") == (
        "How much did Vietnam and Russia trade in 2024?",
        "How much did Vietnam and Belarus trade in 2024?",
    )
    assert all(len(made.questions(language)) == 2 for language in LANGUAGES)


def test_there_are_three_at_most_and_no_more_are_asked(serves: Serves, tmp_path: Path) -> None:
    made = examples(serves, tmp_path)
    make(made, serves)
    assert serves.now and len(serves.now.asked) == COUNT * len(LANGUAGES)
    assert all(len(made.questions(language)) == COUNT for language in LANGUAGES)


def test_nothing_is_offered_before_it_is_made_nor_of_another_generation(
    serves: Serves, tmp_path: Path
) -> None:
    made = examples(serves, tmp_path)
    assert made.questions("vi") == ()
    make(made, serves)
    index(tmp_path / "data", TRADE[0])
    serves.now = Answering(open_index(tmp_path / "data"), COUNTRIES)
    assert made.questions("vi") == ()
    make(made, serves)
    assert len(made.questions("vi")) == 1


def test_a_later_process_takes_over_what_was_kept_and_asks_nothing(serves: Serves, tmp_path: Path) -> None:
    first = examples(serves, tmp_path)
    make(first, serves)
    assert serves.now
    serves.now.asked.clear()
    second = examples(serves, tmp_path)
    make(second, serves)
    assert serves.now.asked == []
    assert all(second.questions(language) == first.questions(language) for language in LANGUAGES)


@pytest.mark.parametrize("damage", ["", "{}", "[]", "null", '{"generation": 1, "questions": 2}'])
def test_a_damaged_note_is_made_again(serves: Serves, tmp_path: Path, damage: str) -> None:
    make(examples(serves, tmp_path), serves)
    (tmp_path / "cache" / "examples.json").write_text(damage, encoding="utf-8")
    again = examples(serves, tmp_path)
    make(again, serves)
    assert len(again.questions("ru")) == COUNT
    assert json.loads((tmp_path / "cache" / "examples.json").read_text(encoding="utf-8"))["questions"]


def test_another_model_makes_them_anew(serves: Serves, tmp_path: Path) -> None:
    make(examples(serves, tmp_path), serves)
    assert serves.now
    serves.now.asked.clear()
    make(examples(serves, tmp_path, "another"), serves)
    assert serves.now.asked


def test_where_nothing_can_be_kept_they_are_made_all_the_same(serves: Serves, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    made = examples(serves, tmp_path)
    make(made, serves)
    assert len(made.questions("en")) == COUNT


def test_they_are_made_as_soon_as_there_is_an_index(serves: Serves, tmp_path: Path) -> None:
    now, serves.now = serves.now, None
    made = examples(serves, tmp_path)

    async def follow() -> None:
        task = asyncio.create_task(made.follow(AtOnce()))
        await asyncio.sleep(0)
        assert made.questions("en") == ()
        serves.now = now
        async with asyncio.timeout(20):
            while len(made.questions("ru")) < COUNT:
                await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(follow())


def test_a_text_without_figures_offers_nothing(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": "Người dân làng chài sống bằng nghề đánh cá."})
    serves = Serves(Answering(open_index(tmp_path / "data"), COUNTRIES))
    made = examples(serves, tmp_path)
    make(made, serves)
    assert all(made.questions(language) == () for language in LANGUAGES)
    assert serves.now
    serves.now.generation = SimpleNamespace(id=serves.now.generation.id)  # no article is read a second time
    make(examples(serves, tmp_path), serves)
