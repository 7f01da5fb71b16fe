"""Fixtures that several test files share. No test reaches a network: the model hub is switched off."""

import os
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """The repository's own `data/models`, with the bundled model written once for all runs."""
    from retrieval.embedding.bundled import materialise

    folder = REPOSITORY / "data" / "models"
    materialise(folder)
    return folder
