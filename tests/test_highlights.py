"""The sentence that answers: by words in one language, by vectors across languages."""

from pathlib import Path

import numpy as np
from fake_embedder import FakeEmbedder
from small_index import article, index, open_index

from retrieval.article import Passage
from retrieval.highlights import answering_sentences, by_words
from retrieval.ranking.query import analyse
from retrieval.text import sentences

TEXT = "Giá vàng tăng. Giá gạo giảm. Lũ lên."
PASSAGE = Passage("a#0", "a", 0, len(TEXT), TEXT)


def test_words_mark_the_sentence_that_holds_most_of_the_questions_idf(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": TEXT}, {"id": "b", "text": "Giá gạo."})
    scores = by_words(analyse("Giá vàng thế nào?"), open_index(tmp_path / "data").lexical)
    parts = [PASSAGE.text[s.start : s.end] for s in sentences(PASSAGE.text)]
    found = scores(parts)
    assert parts[int(np.argmax(found))] == "Giá vàng tăng."
    assert found[0] > found[1] > found[2] == 0


def test_across_languages_the_sentence_nearest_by_vector_is_marked(tmp_path: Path) -> None:
    """All sentences of all passages are embedded in one call."""
    index(tmp_path / "data", {"id": "a", "text": TEXT})
    embedder = FakeEmbedder()
    vector = embedder.embed_passages(["Giá gạo giảm."])[0]
    embedder.embedded.clear()
    found = [(PASSAGE, article(TEXT, lang="vi")), (PASSAGE, article(TEXT, "b", lang="vi"))]
    lexical = open_index(tmp_path / "data").lexical
    marked = answering_sentences(found, analyse("What became cheaper?"), vector, lexical, embedder)
    assert [TEXT[span.start : span.end] for span in marked] == ["Giá gạo giảm."] * 2
    assert len(embedder.embedded) == 3
