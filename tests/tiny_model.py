"""A sentence-transformers model of a few kilobytes with random weights, for what must work with any model."""

import json
from collections.abc import Mapping
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, processors

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "ask",
    "tell",
    ":",
    "river",
    "bridge",
    "lantern",
    "market",
    "rice",
]
DIMENSIONS = 32


def write_tiny_model(folder: Path, prompts: Mapping[str, str]) -> Path:
    """Write the model into `folder`; two calls with other prompts give the same weights."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=DIMENSIONS,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder)
    write_tokenizer(folder)
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 16})
    _write(folder / "config_sentence_transformers.json", {"prompts": dict(prompts)})
    types = ["Transformer", "Pooling"]
    kinds = [f"sentence_transformers.models.{kind}" for kind in types]
    paths = ["", "1_Pooling"]
    modules = [{"idx": i, "name": str(i), "path": paths[i], "type": kinds[i]} for i in range(2)]
    _write(folder / "modules.json", modules)
    pooling = {"word_embedding_dimension": DIMENSIONS, "pooling_mode_mean_tokens": True}
    _write(folder / "1_Pooling" / "config.json", pooling)
    return folder


def write_tokenizer(folder: Path) -> None:
    """The tokenizer's files."""
    _tokenizer().save(str(folder / "tokenizer.json"))
    _write(
        folder / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]"}
    )


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return tokenizer


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), "utf-8")
