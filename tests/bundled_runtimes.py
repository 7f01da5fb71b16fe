"""The bundled model in each of its runtimes, loaded once in a process for all tests that look into it."""

from functools import cache
from pathlib import Path
from typing import Any

from retrieval.embedding.loading import Runtime, load_embedder


@cache
def bundled_in(models_dir: Path, runtime: Runtime) -> Any:
    return load_embedder("bundled", models_dir, runtime)
