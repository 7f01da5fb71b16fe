"""What is mistyped is searched as the collection writes it; what the collection or a language has is left alone."""

import json
from itertools import product
from pathlib import Path
from time import thread_time

import pytest
from bot_process import SEEDS
from fake_embedder import FakeEmbedder
from fake_index import FakeIndex
from hypothesis import given
from hypothesis import strategies as st
from small_index import open_index

from retrieval.embedding.loading import LazyEmbedder
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.in_context import answer_in_context
from retrieval.index.embedded.generations import Generations
from retrieval.index.protocol import Pinned
from retrieval.index.terms import Term
from retrieval.indexing.run import reindex
from retrieval.questions.query import analyse
from retrieval.ranking.spelling import as_spelled_here
from retrieval.retriever import Retriever
from retrieval.text.forms import fold, tokens

QUESTIONS = [
    json.loads(line)["question"]
    for name in ("seeds_questions.jsonl", "seeds_questions_2.jsonl")
    for line in (Path(__file__).parent / "data" / name).read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Pinned:
    """The seeds, without a model."""
    folder = tmp_path_factory.mktemp("seeds") / "data"
    reindex([SEEDS], folder, FakeEmbedder())
    return open_index(folder)


def searched(question: str, index: Pinned) -> str | None:
    return as_spelled_here(analyse(question), index).searched


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bezdetcko là ai?", "Bezdetko là ai?"),
        ("Đại sứ Lavorv nói gì?", "Đại sứ Lavrov nói gì?"),
        ("Lavroov đã thăm nước nào?", "Lavrov đã thăm nước nào?"),
        ("Tổng thống Tokaev là ai?", "Tổng thống Tokayev là ai?"),
        ("dai su bezdetoko ten gi", "dai su bezdetko ten gi"),
        ("ong Mishutsin tham Ha Noi khi nao", "ong Mishustin tham Ha Noi khi nao"),
        ("Who is Bezdetcko?", "Who is Bezdetko?"),
        ("what did lavorv say", "what did lavrov say"),
        ("When was Mishutsin's visit?", "When was Mishustin's visit?"),
        ("Что сказал Лаворв?", "Что сказал Лавров?"),
        ("Когда Путен приехал во Вьетнам?", "Когда Путин приехал во Вьетнам?"),
        ("О чём говорили с Мишутсиным?", "О чем говорили с Мишустиным?"),
    ],
)
def test_a_name_with_a_slip_is_searched_as_the_collection_writes_it(
    seeds: Pinned, typed: str, meant: str
) -> None:
    assert searched(typed, seeds) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddaij suws Nga owr Vieejt Nam laf ai", "đại sứ Nga ở Việt Nam là ai"),
        ("Toorng Bis thuw thawm Nga khi naof?", "Tổng Bí thư thăm Nga khi nào?"),
        ("d9a5i su71 Nga la2 ai", "đại sứ Nga là ai"),
        ("Hợp tác thuwowng mại ra sao?", "Hợp tác thương mại ra sao?"),
        ("thươgn mại song phưogn", "thương mại song phương"),
        ("Tô Lâmm thăm Ngaaa khi nàooo", "Tô Lâm thăm Nga khi nào"),
    ],
)
def test_vietnamese_that_was_not_composed_is_composed(seeds: Pinned, typed: str, meant: str) -> None:
    assert searched(typed, seeds) == meant


def test_what_is_composed_is_a_vietnamese_question(seeds: Pinned) -> None:
    query = as_spelled_here(analyse("toongr bis thuw Too Laam thawm Nga khi naof"), seeds)
    assert (query.language, query.unaccented) == ("vi", False)
    assert query.text == "tổng bí thư Tô Lâm thăm Nga khi nào"
    assert query.asked == "toongr bis thuw Too Laam thawm Nga khi naof"


@pytest.mark.parametrize("typed", ["thuơng mại với Nga", "thưong mại với Nga"])
def test_a_hook_on_one_letter_is_meant_for_both_and_not_worth_a_word(seeds: Pinned, typed: str) -> None:
    query = as_spelled_here(analyse(typed), seeds)
    assert (query.text, query.searched) == ("thương mại với Nga", None)


@pytest.mark.parametrize(
    "typed",
    [
        *("Bezdetkо là ai?", "Who is Bezdetko?", "Кто такой Бездетко?"),  # the first with a Cyrillic о
        *("Su57 là gì?", "was his boss here", "How many shares does he own?", "Harris là ai?"),
        *("Who won the 2024 Ballon d'Or?", "How do I reset my Gmail password?"),
        *("Кто выиграл чемпионат мира?", "рецепт борща", "ừ", "?!", "xyzxyzxyz", "aaaa bbbb cccc"),
    ],
)
def test_what_is_no_slip_stays(seeds: Pinned, typed: str) -> None:
    assert as_spelled_here(query := analyse(typed), seeds) == query


def test_questions_without_slips_stay(seeds: Pinned) -> None:
    assert [searched(question, seeds) for question in QUESTIONS] == [None] * len(QUESTIONS)


def test_two_names_that_are_as_likely_are_no_clear_answer() -> None:
    index = FakeIndex()
    index.publish({"id": "a", "text": "Merlov thăm Nga."}, {"id": "b", "text": "Mirlov thăm Nga."})
    assert searched("Mrlov là ai?", index.pin("fake-0", None)) is None
    index.publish(
        *({"id": f"{n}", "text": f"{n}: Merlov."} for n in range(4)), {"id": "b", "text": "Mirlov."}
    )
    assert searched("Mrlov là ai?", index.pin("fake-1", None)) == "Merlov là ai?"


def test_names_are_found_in_a_collection_of_their_own_language() -> None:
    index = FakeIndex()
    index.publish({"id": "a", "text": "Президент Меркулов посетил город.", "lang": "ru"})
    assert searched("Кто такой Мекрулов?", index.pin("fake-0", None)) == "Кто такой Меркулов?"


@pytest.mark.parametrize("question", QUESTIONS[:40])
def test_no_word_of_the_collection_is_ever_touched(seeds: Pinned, question: str) -> None:
    """Beside a slip as well: only words that no passage holds are written otherwise."""
    typed = f"{question} Bezdetcko"
    before = tokens(analyse(typed).text)
    after = tokens(as_spelled_here(analyse(typed), seeds).text)
    known = seeds.frequencies({Term("folded", word.folded) for word in before})
    for one, other in zip(before, after, strict=True):
        assert one.folded == other.folded or not known.get(Term("folded", one.folded))


WORDS = [
    "Nga",
    "thương",
    "thuwowng",
    "Lavorv",
    "лаворв",
    "Bezdetcko",
    "d9a5i",
    "é",
    "ﬁ",
    "'s",
    "’s",
    "2/4",
    "Su57",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=8).map(" ".join))
def test_of_any_question_words_and_offsets_agree(seeds: Pinned, question: str) -> None:
    query = as_spelled_here(analyse(question), seeds)
    assert list(query.tokens) == ([] if query.kind == "invalid" else tokens(query.text))
    assert query.asked == question
    assert as_spelled_here(query, seeds) == query
    if query.searched is not None:
        assert query.searched == query.text and fold(query.text) != fold(analyse(question).text)


def test_it_costs_next_to_nothing(seeds: Pinned) -> None:
    typed = [
        analyse(f"{word} {question}") for question, word in product(QUESTIONS[:20], ("", "Lavorv", "Лаворв"))
    ]
    for query in typed:
        as_spelled_here(query, seeds)
    started = thread_time()
    for query in typed:
        as_spelled_here(query, seeds)
    assert (thread_time() - started) / len(typed) < 0.01


@pytest.fixture(scope="module")
def retriever(seeds_data: Path, bundled_embedder: LazyEmbedder) -> Retriever:
    """Over the seeds, with the real model."""
    return Retriever(Generations(seeds_data).open_current(bundled_embedder.fingerprint), bundled_embedder)


@pytest.mark.parametrize(
    "typed",
    ["Đại sứ Bezdetcko là ai?", "dai su bezdetcko la ai", "Who is Gennady Bezdetcko?", "Кто такой Бездтеко?"],
)
def test_a_mistyped_name_gets_the_answer_of_the_name(retriever: Retriever, typed: str) -> None:
    meant = typed.replace("detcko", "detko").replace("Бездтеко", "Бездетко")
    found, expected = retriever.answer(analyse(typed)), retriever.answer(analyse(meant))
    assert (found.question, found.searched, expected.searched) == (typed, meant, None)
    assert (found.answered, found.excerpts) == (expected.answered, expected.excerpts)
    assert found.answered and any("Bezdetko" in excerpt.text for excerpt in found.excerpts)


def test_a_follow_up_is_read_as_it_was_meant(retriever: Retriever) -> None:
    before = Context.of("Thủ tướng Mishustin thăm Việt Nam khi nào?")
    right = answer_in_context(retriever, analyse("Còn Lavrov?"), before)
    wrong = answer_in_context(retriever, analyse("Còn Lavorv?"), before)
    assert (wrong.answer.excerpts, wrong.searched) == (right.answer.excerpts, right.searched)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Lavrova là ai", "Lavrov là ai"),
        ("Chuyến thăm của Putina", "Chuyến thăm của Putin"),
        ("vstrecha s Lavrovym", "vstrecha s Lavrov"),
        ("Lukashenku", "Lukashenko"),
        ("Кто такой Токаев?", "Кто такой Токайев?"),
        ("визит Токаева", "визит Токайева"),
        ("Кого встретил Нгуен Суан Фук?", "Кого встретил Нгуен Суан Фук?"),
    ],
)
def test_a_name_that_is_declined_or_transcribed_is_read_as_meant_and_is_no_slip(
    seeds: Pinned, typed: str, read: str
) -> None:
    query = as_spelled_here(analyse(typed), seeds)
    assert (query.text, query.searched) == (read, None)


@pytest.mark.parametrize(
    "typed",
    [
        *("Визит Путина", "О Лаврове", "с Лавровым", "Лаврову", "о Мишустине", "Путиным"),
        *("Lavrov's visit", "Putin’s visit", "v Moskve", "Lavrovu", "Putinym", "Putinu", "Lavrovs visit"),
    ],
)
def test_for_a_form_of_a_name_nothing_else_is_said_to_be_searched(seeds: Pinned, typed: str) -> None:
    assert searched(typed, seeds) is None
