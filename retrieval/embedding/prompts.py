"""The words that a model wants before a question and before a passage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.embedding.folders import read_json

_E5 = re.compile(r"(?:^|/)(?:multilingual-)?e5-(?:small|base|large)(?:-v2)?/?$")
"""The e5 models that were trained with prefixes and do not say so; the instruct variants want others."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Put before each text; empty where the model wants none."""

    query: str = ""
    passage: str = ""


def read_prompts(name: str, folder: Path) -> Prompts:
    """The prompts of the sentence-transformers model in `folder`, which the user calls `name`."""
    config = read_json(folder / "config_sentence_transformers.json", {})
    return choose_prompts(name, config.get("prompts") or {}, config.get("default_prompt_name"))


def choose_prompts(name: str, own: Mapping[str, str], default: str | None) -> Prompts:
    """A model's own prompts, else its default prompt, else those that a known name is trained with."""
    fallback = own.get(default or "") or ""
    chosen = Prompts(
        query=own.get("query") or fallback,
        passage=own.get("passage") or own.get("document") or fallback,
    )
    if chosen == Prompts() and _E5.search(name):
        return Prompts(query="query: ", passage="passage: ")
    return chosen
