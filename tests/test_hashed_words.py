"""The model of words only: deterministic, loaded in no time, honest about what it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rare_words import write_collection
from small_index import write_text

from retrieval.embedding.hashed import DIMENSIONS, FINGERPRINT, NAME, HashedWords
from retrieval.embedding.loading import LazyEmbedder, load_embedder
from retrieval.embedding.protocol import Vector
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.questions.query import analyse
from retrieval.serving import Serving

GOLD = "Giá vàng miếng SJC sáng nay tăng mạnh tại các cửa hàng ở Hà Nội."
RIVER = "Nước sông Hồng dâng cao sau nhiều ngày mưa lớn ở thượng nguồn."


def vector(text: str) -> Vector:
    return np.asarray(HashedWords().embed_queries([text])[0], np.float32)


@given(st.text())
def test_any_text_has_a_vector_of_length_one(text: str) -> None:
    found = vector(text)
    assert found.shape == (DIMENSIONS,) and found.dtype == np.float32
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)


def test_no_texts_are_no_rows() -> None:
    assert HashedWords().embed_passages([]).shape == (0, DIMENSIONS)


def test_texts_are_as_close_as_the_words_they_share_whatever_their_marks() -> None:
    assert vector("Giá vàng") @ vector("gia vang?") == pytest.approx(1)
    assert vector("giá vàng hôm nay") @ vector(GOLD) > vector("giá vàng hôm nay") @ vector(RIVER)


def test_every_process_gives_the_same_vectors() -> None:
    code = (
        "from retrieval.embedding.hashed import HashedWords;"
        f"print(HashedWords().embed_queries([{GOLD!r}])[0].sum())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(other.stdout) == pytest.approx(float(vector(GOLD).sum()))


def test_its_name_loads_it_and_no_other_model(tmp_path: Path) -> None:
    lazy = LazyEmbedder.of(NAME, tmp_path)
    assert lazy.fingerprint == FINGERPRINT == load_embedder(NAME, tmp_path).fingerprint
    assert lazy.dimensions == DIMENSIONS
    assert list(tmp_path.iterdir()) == []


def test_neither_torch_nor_openvino_is_imported() -> None:
    code = (
        "import sys; from pathlib import Path; from retrieval.embedding.loading import load_embedder;"
        f"load_embedder({NAME!r}, Path('nowhere')).embed_queries(['a']);"
        "print({'torch', 'openvino', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_an_articles_words_find_it_and_other_words_are_refused(tmp_path: Path) -> None:
    for name, text in (("gold", GOLD), ("river", RIVER)):
        write_text(tmp_path / "news" / f"{name}.txt", text)
    embedder = LazyEmbedder.of(NAME, tmp_path)
    reindex([tmp_path / "news"], tmp_path / "data", embedder)
    retriever = Serving(Generations(tmp_path / "data"), embedder).retriever()
    assert not retriever.calibrated
    assert retriever.answer(analyse("giá vàng miếng SJC sáng nay")).excerpts[0].text == GOLD
    assert retriever.answer(analyse("nuoc song Hong dang cao")).excerpts[0].text == RIVER
    assert not retriever.answer(analyse("Who wrote Harry Potter?")).answered


def test_each_question_of_a_generated_collection_finds_its_own_article(tmp_path: Path) -> None:
    asked = write_collection(tmp_path / "rare", 60)
    embedder = LazyEmbedder.of(NAME, tmp_path)
    reindex([tmp_path / "rare"], tmp_path / "data", embedder)
    retriever = Serving(Generations(tmp_path / "data"), embedder).retriever()
    for rare in asked:
        answer = retriever.answer(analyse(rare.question))
        assert answer.answered and rare.word in answer.excerpts[0].text
