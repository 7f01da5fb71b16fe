"""The figures of questions as people type them, against values worked out by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from answers import make_answer, make_excerpt
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index

from benchmarks.asked import ask, sampled
from benchmarks.asked_figures import AskedQuestion, Got, Group, by_group, figures, got
from benchmarks.asked_table import table_text
from fitting.known_questions import KnownQuestions
from fitting.known_readings import KnownReadings
from retrieval.article import Answer, Excerpt
from retrieval.embedding.protocol import Readable, Readings, Vectors
from retrieval.retriever import Retriever

ROW = {"id": "q1-vi", "group": "q1", "question": "Giá vàng?", "lang": "vi", "form": "plain", "kind": "answer"}
ASKED = AskedQuestion.of({**ROW, "doc": "a", "answers": ["tăng 5%"]})
NEAR = AskedQuestion.of({**ROW, "kind": "near-miss", "doc": "a"})
OFF = AskedQuestion.of({"id": "m1-en", "group": "m1", "question": "who won", "lang": "en", "answers": ["X"]})


def excerpt(text: str, *marked: tuple[int, int], doc: str = "a", **changes: Any) -> Excerpt:
    return make_excerpt(text, *(marked or [(0, len(text))]), article_id=doc, **changes)


def refusal(*nearest: Excerpt, confidence: float = 0.1) -> Answer:
    return make_answer(nearest=nearest, answered=False, confidence=confidence)


def confident(question: AskedQuestion, confidence: float) -> Got:
    return got(question, make_answer(excerpt("Tin khác."), confidence=confidence))


def test_an_answer_in_the_bold_sentence_of_the_first_excerpt_counts_everywhere() -> None:
    found = got(ASKED, make_answer(excerpt("Vàng tăng 5%. Hết.", (0, 13))))
    assert (found.article_first, found.answer_first, found.in_reply, found.bold) == (True, True, True, True)
    assert (found.shown, found.sure) == (True, True)


def test_an_answer_beside_the_bold_sentence_is_not_bold() -> None:
    found = got(ASKED, make_answer(excerpt("Vàng tăng 5%. Hết.", (14, 18))))
    assert (found.answer_first, found.bold) == (True, False)


def test_an_answer_in_a_later_excerpt_is_in_the_reply_but_neither_first_nor_bold() -> None:
    found = got(ASKED, make_answer(excerpt("Sông Hồng có lũ.", doc="b"), excerpt("Vàng tăng 5%.")))
    assert (found.article_first, found.answer_first, found.in_reply, found.bold) == (
        False,
        False,
        True,
        False,
    )


def test_a_refusal_shows_nothing_but_its_nearest_excerpt_tells_of_the_order() -> None:
    found = got(ASKED, refusal(excerpt("Vàng tăng 5%.")))
    assert (found.article_first, found.answer_first, found.in_reply, found.bold) == (True, True, False, False)
    assert (found.shown, found.sure) == (False, False)


def test_what_gets_no_excerpt_at_all_is_refused() -> None:
    found = got(ASKED, make_answer(kind="chitchat", reason="thanks", confidence=0.0))
    assert not any((found.article_first, found.answer_first, found.in_reply, found.shown))


def test_an_unsure_excerpt_is_shown_and_not_told_as_sure() -> None:
    found = got(ASKED, make_answer(excerpt("Vàng tăng 5%."), unsure=True))
    assert (found.in_reply, found.shown, found.sure) == (True, True, False)


def test_how_an_answer_is_spaced_capitalised_and_composed_does_not_count() -> None:
    assert got(ASKED, make_answer(excerpt("Vàng\nTĂNG\n5%, theo báo."))).bold


def test_the_words_of_an_answer_count_in_its_own_article_and_in_copies_of_it_alone() -> None:
    assert not got(ASKED, make_answer(excerpt("Vàng tăng 5%.", doc="b"))).in_reply
    assert got(ASKED, make_answer(excerpt("Vàng tăng 5%.", doc="b", also_in=("a",)))).in_reply


def test_figures_are_shares_of_the_questions_that_can_be_answered() -> None:
    measured = figures(
        [
            got(ASKED, make_answer(excerpt("Vàng tăng 5%."))),
            got(ASKED, make_answer(excerpt("Vàng lặng."), excerpt("Vàng tăng 5%."), unsure=True)),
            got(ASKED, refusal(excerpt("Lũ lên.", doc="b"))),
            got(ASKED, refusal()),
            got(NEAR, make_answer(excerpt("Vàng tăng 5%."))),
        ]
    )
    assert measured["questions"] == 4
    assert (measured["article first"], measured["answer first"]) == (0.5, 0.25)
    assert (measured["in reply"], measured["bold"]) == (0.5, 0.25)
    assert (measured["refused"], measured["unsure"]) == (0.5, 0.25)


def test_what_nothing_answers_is_told_apart_by_why_nothing_does() -> None:
    measured = figures(
        [
            got(NEAR, make_answer(excerpt("Vàng."))),
            got(NEAR, make_answer(excerpt("Vàng."), unsure=True)),
            got(NEAR, refusal()),
            got(NEAR, refusal()),
            got(OFF, make_answer(excerpt("Vàng."), unsure=True)),
            got(OFF, refusal()),
        ]
    )
    assert (measured["near questions"], measured["near shown"], measured["near sure"]) == (4, 0.5, 0.25)
    assert (measured["off questions"], measured["off shown"], measured["off sure"]) == (2, 0.5, 0.0)
    assert measured["article first"] is None and measured["near auroc"] is None


def test_confidences_are_compared_whatever_the_thresholds_in_use_are() -> None:
    """Of a hundred confidences the lowest five may be refused, and the best sixty are told as sure."""
    there = [confident(ASKED, i / 100) for i in range(1, 101)]
    absent = [confident(NEAR, confidence) for confidence in (0.02, 0.3, 0.395, 0.9)]
    measured = figures(there + absent)
    assert measured["near shown at 95 %"] == 0.75
    assert measured["near sure at 60 %"] == 0.25
    assert measured["near auroc"] == pytest.approx((98.5 + 70.5 + 61 + 10.5) / 400)
    assert measured["off auroc"] is None


def test_languages_and_forms_are_measured_apart_and_mkqa_beside_plain_questions() -> None:
    alt = AskedQuestion.of({**ROW, "lang": "en", "form": "alt", "doc": "a", "answers": ["5%"]})
    found = [got(each, refusal()) for each in (ASKED, alt, OFF)]
    groups = by_group(found)
    assert list(groups) == [Group("vi", "plain"), Group("en", "alt"), Group("en", "plain")]
    assert [each.question.kind for each in groups[Group("en", "plain")]] == ["off-corpus"]


def test_what_mkqa_holds_as_answers_is_not_looked_for() -> None:
    assert OFF.answers == () and OFF.doc == ""


def test_a_sample_keeps_groups_whole_and_some_of_every_kind() -> None:
    rows: list[dict[str, Any]] = [
        {**ROW, "id": f"{kind}{n}-{lang}", "group": f"{kind}{n}", "lang": lang, "kind": kind, "answers": []}
        for kind in ("answer", "near-miss")
        for n in range(5)
        for lang in ("vi", "en")
    ]
    questions = [AskedQuestion.of(row) for row in rows]
    kept = sampled(questions, 2)
    assert len(kept) == 8 and [each for each in questions if each in kept] == kept
    assert {each.kind for each in kept} == {"answer", "near-miss"}
    assert sampled(questions, 2) == kept and sampled(questions, None) == questions


def test_the_table_has_a_block_a_kind_and_a_target_below_what_it_is_for() -> None:
    measured = {Group("vi", "plain"): figures([got(ASKED, make_answer(excerpt("Vàng tăng 5%.")))])}
    lines = table_text("ntrex", measured, with_targets=True).splitlines()
    assert [line.split("  ")[0] for line in lines if not line.startswith(" ")] == [
        "told by an article",
        "near misses",
        "off-corpus",
    ]
    assert lines[1].split()[:5] == ["vi", "plain", "1", "1.000", "1.000"]
    assert lines[2].split() == ["target", "0.950", "0.850"]
    assert "target" not in table_text("ntrex", measured, with_targets=False)
    assert "target" not in table_text("ntrex + 2,000", measured, with_targets=True)


def test_figures_can_be_written_for_machines() -> None:
    assert json.loads(json.dumps(figures([got(ASKED, refusal())])))["near auroc"] is None


class Counting(FakeEmbedder):
    """Knows which questions it was asked for, a list a call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[list[str]] = []

    def embed_queries(self, texts: Any) -> Vectors:
        self.calls.append(list(texts))
        return super().embed_queries(texts)


def test_all_questions_are_embedded_together_once(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": "Giá vàng tăng 5%."}, {"id": "b", "text": "Lũ lên."})
    counting = Counting()
    embedder = KnownQuestions(counting)
    retriever = Retriever(open_index(tmp_path / "data"), embedder, fitted(threshold=0.0))
    found = list(ask(retriever, embedder, [ASKED, NEAR, OFF]))
    assert [each.question for each in found] == [ASKED, NEAR, OFF]
    assert found[0].in_reply and len(counting.calls) == 1 and len(set(counting.calls[0])) == 2


class Spelling:
    """Reads a passage as the lengths of its title and question; its sentences have equal chances."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def read(self, question: str, passages: Sequence[Readable]) -> Readings:
        self.asked.append([passage.title for passage in passages])
        answers = np.array([len(passage.title) for passage in passages], np.float32)
        here = np.full(len(passages), len(question), np.float32)
        chances = [np.full(len(p.sentences), 1 / len(p.sentences), np.float32) for p in passages]
        return Readings(answers, here, chances)


def test_a_passage_is_read_with_a_question_once_also_by_the_next_process(tmp_path: Path) -> None:
    short, long = Readable("Lũ", ["Lũ lên."]), Readable("Giá vàng", ["Vàng tăng.", "Hết."])
    first, second = Spelling(), Spelling()
    alone = KnownReadings(first, tmp_path / "cache" / "readings.sqlite").read("Vàng?", [long])
    both = KnownReadings(second, tmp_path / "cache" / "readings.sqlite").read("Vàng?", [short, long])
    assert (alone.answers.tolist(), alone.here.tolist()) == ([8.0], [5.0])
    assert (both.answers.tolist(), both.here.tolist()) == ([2.0, 8.0], [5.0, 5.0])
    assert [chances.tolist() for chances in both.chances] == [[1.0], [0.5, 0.5]]
    assert (first.asked, second.asked) == ([["Giá vàng"]], [["Lũ"]])


def test_another_question_or_title_is_read_anew(tmp_path: Path) -> None:
    reader = Spelling()
    known = KnownReadings(reader, tmp_path / "readings.sqlite")
    for question, title in (("Vàng?", "A"), ("Lũ?", "A"), ("Vàng?", "B"), ("Vàng?", "A")):
        known.read(question, [Readable(title, ["Vàng tăng."])])
    assert reader.asked == [["A"], ["A"], ["B"]]
