"""What reads question and passage together: its line of tokens, its weights on disk, what it says of sentences."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.embedding.protocol import Readable, Reader
from retrieval.embedding.reader.pairs import (
    OTHER,
    PASSAGE,
    PASSAGE_TOKENS,
    QUESTION,
    QUESTION_TOKENS,
    Pair,
    pairs,
    short_title,
)
from retrieval.embedding.reader.sentences import chances

FIRST, LAST = 0, 2


class Words:
    """A token a word, in the order in which words are met; 0 begins a text and 2 ends it."""

    def __init__(self) -> None:
        self.words = ["<s>", "", "</s>"]

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        return [[FIRST, *map(self._number, text.split()), LAST] for text in texts]

    def _number(self, word: str) -> int:
        if word not in self.words:
            self.words.append(word)
        return self.words.index(word)


def line(question: str, *passages: Readable) -> tuple[list[Pair], Words]:
    words = Words()
    return pairs(question, passages, words), words


def test_a_line_is_the_question_then_title_and_sentences_of_the_passage() -> None:
    (pair,), words = line("giá vàng?", Readable("Tin chợ", ["Vàng tăng.", "Gạo giảm."]))
    text = [words.words[token] for token in pair.ids]
    assert " ".join(text) == "<s> query: giá vàng? </s> </s> passage: Tin chợ Vàng tăng. Gạo giảm. </s>"
    assert pair.kinds == [OTHER, *[QUESTION] * 3, *[OTHER] * 5, *[PASSAGE] * 4, OTHER]
    assert pair.sentences == [-1] * 9 + [0, 0, 1, 1] + [-1]


def test_each_passage_has_a_line_of_its_own() -> None:
    found, _ = line("gì?", Readable("", ["Một hai."]), Readable("", []), Readable("Ba", ["Bốn.", "Năm."]))
    assert [max(pair.sentences) for pair in found] == [0, -1, 1]


def test_long_questions_and_passages_are_cut_off() -> None:
    (pair,), _ = line("từ " * 100, Readable("", ["chữ " * 150, "câu " * 150]))
    assert pair.kinds.count(QUESTION) == QUESTION_TOKENS
    assert pair.kinds.count(PASSAGE) == PASSAGE_TOKENS - 1  # `passage:` is one


@given(st.text(max_size=200))
def test_a_title_is_cut_between_words(title: str) -> None:
    assert len(short_title(title)) <= 60
    assert title.startswith(short_title(title))


def test_the_sentence_in_which_the_answer_likeliest_starts_has_most_of_the_chance() -> None:
    starts = np.array([9, 9, 0, 0, 3, 0, 9], np.float32)
    found = chances(starts, [-1, -1, 0, 0, 1, 1, -1], 3)
    assert found.argmax() == 1
    assert found.sum() == pytest.approx(1)
    assert found[2] == 0


def test_sentences_of_which_nothing_was_read_have_equal_chances() -> None:
    assert chances(np.zeros(3, np.float32), [-1, -1, -1], 2).tolist() == [0.5, 0.5]


def test_weights_are_kept_in_8_bits_with_an_error_of_half_a_step_at_most(tmp_path: Path) -> None:
    import torch

    from retrieval.embedding.reader.weights import load, save

    torch.manual_seed(3)
    weights = {"layer.weight": torch.randn(6, 256), "layer.bias": torch.randn(6), "gap": torch.tensor(0.25)}
    save(weights, tmp_path / "reader.safetensors")
    found = load(tmp_path / "reader.safetensors")
    assert found.keys() == weights.keys()
    assert found["gap"] == 0.25
    step = weights["layer.weight"].abs().max() / 127
    assert (found["layer.weight"] - weights["layer.weight"]).abs().max() < 0.6 * step
    assert (tmp_path / "reader.safetensors").stat().st_size < 6 * 256 + 6 * 2 * 2 + 500


PASSAGE_TOLD = (
    "Chiều 2/4, Tổng Bí thư Tô Lâm tiếp Đại sứ Nga Gennady Bezdetko tại Hà Nội.",
    "Kim ngạch thương mại hai nước năm 2024 đạt 4,58 tỷ USD.",
    "Đoàn sẽ thăm nhà máy điện tại Ninh Thuận vào tháng sau.",
)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Kim ngạch thương mại năm 2024 là bao nhiêu?", 1),
        ("kim ngach thuong mai nam 2024 la bao nhieu", 1),
        ("How much was bilateral trade in 2024?", 1),
        ("Каким был товарооборот в 2024 году?", 1),
        ("Ai là đại sứ Nga?", 0),
        ("Who is the Russian ambassador?", 0),
        ("Кто посол России?", 0),
        ("Đoàn thăm nhà máy điện ở tỉnh nào?", 2),
    ],
)
def test_the_shipped_reader_finds_the_sentence_that_answers_and_misses_it_where_it_is_gone(
    question: str, number: int, bundled_reader: Reader
) -> None:
    whole = Readable("Việt Nam - Nga", PASSAGE_TOLD)
    rest = Readable("Việt Nam - Nga", [*PASSAGE_TOLD[:number], *PASSAGE_TOLD[number + 1 :]])
    found = bundled_reader.read(question, [whole, rest])
    assert found.chances[0].argmax() == number
    assert found.answers[0] > found.answers[1] + 1
