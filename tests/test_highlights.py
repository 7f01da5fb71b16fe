"""The sentence that answers: by words and vectors in one language, by vectors across languages."""

from pathlib import Path

import numpy as np
from small_index import asked, centred, fitted, index, open_index

from retrieval.excerpts.highlights import answering_sentences, by_words
from retrieval.excerpts.selection import Chosen
from retrieval.index.embedded.generation import Generation
from retrieval.text.sentences import sentences

TEXT = "Giá vàng tăng. Giá gạo giảm. Lũ lên."


def chosen(generation: Generation, row: int = 0) -> Chosen:
    passage, of = generation.store.at([row])[row]
    return Chosen(rows=(row,), best=row, score=1.0, passages=(passage,), article=of, also_in=())


def marked(question: str, generation: Generation) -> list[str]:
    """The sentences of the first passage that are highlighted."""
    found = answering_sentences(
        [chosen(generation)],
        asked(question, generation, fitted()),
        centred(question, generation, fitted()),
        {},
        generation,
    )
    return [TEXT[span.start : span.end] for spans in found for span in spans]


def test_words_mark_the_sentence_that_holds_most_of_the_questions_idf(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": TEXT}, {"id": "b", "text": "Giá gạo."})
    scores = by_words(asked("Giá vàng thế nào?", open_index(tmp_path / "data"), fitted()))
    parts = [TEXT[s.start : s.end] for s in sentences(TEXT)]
    found = scores(parts)
    assert parts[int(np.argmax(found))] == "Giá vàng tăng."
    assert found[0] > found[1] > found[2] == 0


def test_across_languages_the_sentence_nearest_by_vector_is_marked(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": TEXT, "lang": "vi"})
    assert marked("What is the price of rice?", open_index(tmp_path / "data")) == ["Giá gạo giảm."]


def test_in_one_language_words_that_no_vector_knows_count(tmp_path: Path) -> None:
    """The fake embedder knows neither `giảm` nor `tăng`: both prices are as near."""
    index(tmp_path / "data", {"id": "a", "text": TEXT, "lang": "vi"})
    generation = open_index(tmp_path / "data")
    assert marked("Gì giảm?", generation) == ["Giá gạo giảm."]
    assert marked("Gì tăng?", generation) == ["Giá vàng tăng."]


def test_two_sentences_that_match_about_equally_are_both_marked(tmp_path: Path) -> None:
    """Nothing tells the two prices of rice apart."""
    text = "Giá gạo ở chợ. Lũ lên. Giá gạo ở cảng."
    index(tmp_path / "data", {"id": "a", "text": text, "lang": "vi"})
    generation = open_index(tmp_path / "data")
    spans = answering_sentences(
        [chosen(generation)],
        asked("Giá gạo?", generation, fitted()),
        centred("Giá gạo?", generation, fitted()),
        {},
        generation,
    )
    assert [text[a:b] for each in spans for a, b in each] == ["Giá gạo ở chợ.", "Giá gạo ở cảng."]
