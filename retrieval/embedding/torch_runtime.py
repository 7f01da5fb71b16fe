"""Any sentence-transformers model on torch. The only file that imports sentence_transformers."""

import logging
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.embedding.bundled.model import ADAPTER
from retrieval.embedding.model_sources import ModelSource, fingerprint_of, resolve
from retrieval.embedding.prompts import Prompts, choose_prompts
from retrieval.embedding.protocol import Vector, Vectors
from retrieval.embedding.text import encodable
from retrieval.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from torch import nn

    from retrieval.embedding.adapter import Switch

_BATCH = 32


class SentenceEmbedder:
    """An `Embedder` on torch, on the GPU if there is one. Threads take turns."""

    def __init__(
        self,
        model: "SentenceTransformer",
        prompts: Prompts,
        fingerprint: str,
        adapter: "Switch | None" = None,
    ) -> None:
        """`adapter` is switched on for questions; None where the model has none."""
        self.model = model
        self.prompts = prompts
        self.adapter = adapter
        self._fingerprint = fingerprint
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Names the weights and prompts."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self.model.get_embedding_dimension() or 0)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, shape (texts, dimensions)."""
        return self.embed(texts, self.prompts.query, adapted=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (texts, dimensions)."""
        return self.embed(texts, self.prompts.passage, adapted=False)

    def embed(self, texts: Sequence[str], prompt: str, *, adapted: bool) -> Vectors:
        """Unit vectors of `texts`, shape (texts, dimensions), with the adapter's corrections or without."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:
            if self.adapter is not None:
                self.adapter.turn(1.0 if adapted else 0.0)
            vectors = self.model.encode(
                [encodable(text) for text in texts],
                prompt=prompt,
                batch_size=_BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        return np.ascontiguousarray(vectors, np.float32)


def load_sentence_embedder(
    source: ModelSource, models_dir: Path, adapter: Path | None = None
) -> SentenceEmbedder:
    """Load a model, from the hub only if it is a hub id that has not been downloaded before.

    `adapter` is a file of corrections for questions; the bundled model has its own.

    Raises:
        ModelError: there is no such model, the hub cannot be reached, or the folder is not a model's.
    """
    model = _load(source)
    prompts = choose_prompts(source.name, _own_prompts(model), model.default_prompt_name)
    if source.folder is None:  # the download has just given it a folder, and so a revision
        source = resolve(source.name, models_dir)
    file = adapter or (ADAPTER if source.kind == "bundled" else None)
    switch = None
    if file is not None:
        from retrieval.embedding.adapter import adapt

        encoder: Any = model[0]
        switch = adapt(encoder.model, file)
    return SentenceEmbedder(model, prompts, fingerprint_of(source) or source.name, switch)


def load_following(folder: Path) -> "list[nn.Module]":
    """What comes after the encoder of a model folder that pools and normalises, as the bundled one does."""
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    return [
        Pooling.load(str(folder), subfolder="1_Pooling"),
        Normalize.load(str(folder), subfolder="2_Normalize"),
    ]


class CrossEncoderReranker:
    """A `Reranker` on torch: a model that reads question and passage together."""

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def scores(self, question: str, passages: Sequence[str]) -> Vector:
        """Log-odds, shape (passages,); one thread at a time."""
        import torch

        pairs = [(encodable(question), encodable(passage)) for passage in passages]
        found = self._model.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
        return np.asarray(found, np.float32).reshape(len(passages))


def load_reranker(name: str) -> CrossEncoderReranker:
    """The cross-encoder `name`, a folder or a hub id.

    Raises:
        ModelError: there is no such model, the hub cannot be reached, or it gives several numbers a pair.
    """
    folder = Path(name).expanduser()
    try:
        from sentence_transformers import CrossEncoder

        with _quiet():
            model = CrossEncoder(str(folder) if folder.is_dir() else name, local_files_only=folder.is_dir())
    except Exception as error:  # the library raises whatever its parts raise; the cause stays attached
        raise ModelError(
            f"The reranker {name} could not be loaded as a sentence-transformers cross-encoder; check "
            "TRICHDAN_RERANKER and the connection to the hub, or leave it unset."
        ) from error
    if model.num_labels != 1:
        raise ModelError(
            f"The reranker {name} gives {model.num_labels} numbers for a passage, one is expected; set "
            "TRICHDAN_RERANKER to a cross-encoder for ranking."
        )
    return CrossEncoderReranker(model)


def _load(source: ModelSource) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer

        place = source.name if source.kind == "hub" else str(source.folder)
        with _quiet():
            return SentenceTransformer(place, local_files_only=source.folder is not None)
    except Exception as error:  # the library raises whatever its parts raise; the cause stays attached
        raise ModelError(_explain(source, error)) from error


def _explain(source: ModelSource, error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"The model {source.name} needs a package that is missing ({error.name}); install it with pip."
    if source.kind == "hub":
        return (
            f"The model {source.name} could not be loaded from the hub; check the name and the connection, "
            "or set TRICHDAN_MODEL to `bundled` or to a model's folder."
        )
    mend = "delete it to have it written again" if source.kind == "bundled" else "check TRICHDAN_MODEL"
    return (
        f"The folder {source.folder} could not be loaded as a sentence-transformers model "
        f"(expected config.json, a tokenizer and weights); {mend}."
    )


def _own_prompts(model: "SentenceTransformer") -> dict[str, str]:
    return {key: prompt for key, prompt in model.prompts.items() if prompt}


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars and notices of the libraries: the command line shows its own."""
    import huggingface_hub.utils
    from transformers.utils import logging as transformers_logging

    untyped: Any = transformers_logging
    huggingface: Any = huggingface_hub.utils
    untyped.disable_progress_bar()
    untyped.set_verbosity_error()
    huggingface.disable_progress_bars()
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
