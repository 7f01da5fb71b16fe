"""Words of another language count as the collection's language would have them."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_index import NO_WORDS, asked, centred, fitted, index, open_index

from retrieval.questions.translation import Lexicon, load_glossary, load_lexicon, stems
from retrieval.ranking.evidence import TRANSLATED
from retrieval.ranking.fusion import find
from retrieval.text.forms import tokens

LEXICON = Lexicon("en", {"bridg": {"cau": 0.5, "cay cau": 0.25}, "new": {"moi": 0.5}})


def test_the_words_of_a_question_become_terms_with_their_probabilities() -> None:
    text = "New bridges?"
    assert LEXICON.translate(text, tokens(text)) == {"cau": 0.5, "cay cau": 0.25, "moi": 0.5}


def test_a_word_said_twice_counts_once_and_an_unknown_one_for_nothing() -> None:
    text = "bridge bridges Xyz"
    assert LEXICON.translate(text, tokens(text)) == {"cau": 0.5, "cay cau": 0.25}


def test_russian_words_are_known_in_every_case() -> None:
    text = "правительством правительства 2024"
    first, second, number = stems("ru", text, tokens(text))
    assert first == second and number == "2024"


@pytest.mark.parametrize(
    ("language", "word", "term"), [("en", "government", "chinh phu"), ("ru", "правительство", "chinh phu")]
)
def test_the_shipped_tables_know_common_words(language: str, word: str, term: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon is not None
    assert lexicon.translate(word, tokens(word))[term] > 0.1


@pytest.mark.parametrize(
    ("language", "asked", "term"),
    [
        ("en", "Who is the ambassador?", "dai su"),
        ("en", "the Prime Minister's visit", "thu tuong"),
        ("ru", "Кто встретил посла?", "dai su"),
        ("ru", "о Южно-Китайском море", "bien dong"),
        ("ru", "соглашения о свободной торговле", "hiep dinh"),
    ],
)
def test_the_glossary_knows_the_words_of_the_news(language: str, asked: str, term: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon is not None
    assert lexicon.translate(asked, tokens(asked))[term] > 0.1


def test_a_phrase_of_the_glossary_stands_in_place_of_its_words() -> None:
    lexicon = Lexicon("en", {"new": {"moi": 0.5}}, {"new year": {"nam moi": 0.8}, "year": {"nam": 0.8}})
    assert lexicon.translate("new year", tokens("new year")) == {"nam moi": 0.8}
    assert lexicon.translate("year new", tokens("year new")) == {"nam": 0.8, "moi": 0.5}


def test_what_glossary_and_table_know_counts_by_halves_where_the_table_is_sure() -> None:
    glossary = {"prime": {"thu tuong": 0.8}}
    sure = Lexicon("en", {"prime": {"nguyen to": 0.4}}, glossary)
    assert sure.translate("prime", tokens("prime")) == {"nguyen to": 0.2, "thu tuong": 0.4}
    unsure = Lexicon("en", {"prime": {"nguyen to": 0.05}}, glossary)
    assert unsure.translate("prime", tokens("prime")) == {"thu tuong": 0.8}


def test_a_word_is_known_by_the_table_or_the_glossary() -> None:
    lexicon = Lexicon("en", {"new": {"moi": 0.5}}, {"year": {"nam": 0.8}})
    assert lexicon.knows("new") and lexicon.knows("year") and not lexicon.knows("old")
    assert lexicon.meaning_of("year") == {"nam": 0.8}
    assert lexicon.meaning_of("old") == {}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_entry_of_the_glossary_is_longer_than_is_looked_up(language: str) -> None:
    glossary = load_glossary(language)
    assert len(glossary) > 300
    assert max(len(key.split()) for key in glossary) <= 4
    assert all(key and sum(terms.values()) == pytest.approx(0.8) for key, terms in glossary.items())


def test_there_is_no_table_for_vietnamese_itself() -> None:
    assert load_lexicon("vi") is None


def test_the_passage_that_holds_the_translation_comes_first(tmp_path: Path) -> None:
    """No vector tells the two passages apart: neither speaks of anything that the fake embedder knows."""
    index(
        tmp_path / "data",
        {"id": "a", "text": "Làng xây cây đò mới.", "lang": "vi"},
        {"id": "b", "text": "Làng xây cây cầu mới tinh.", "lang": "vi"},
    )
    generation = open_index(tmp_path / "data")
    weights = {"cross": {**NO_WORDS, "translated": 1.0}, "same": NO_WORDS}
    numbers = replace(fitted(), weights=weights, lexicon={"en": LEXICON}.get)
    question = "Where is the new bridge of the village?"
    terms = asked(question, generation, numbers)
    found = find(terms, centred(question, generation, numbers), generation, numbers)
    assert found.rows.tolist()[0] == 1
    assert found.evidence[TRANSLATED][0] > found.evidence[TRANSLATED][1] > 0
