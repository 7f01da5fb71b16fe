"""What the documents name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    *sorted(REPOSITORY.glob("README*.md")),
    REPOSITORY / "CONTRIBUTING.md",
    *sorted((REPOSITORY / "docs").glob("*.md")),
]
FILE = re.compile(
    r"\b(?!\S*/xx?\.)(?:bot|retrieval|config|tests|fitting|benchmarks)/[\w./]*?\w\.(?:py|toml|json|tsv|ftl)\b"
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_links_that_a_document_names_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    named = [REPOSITORY / found for found in FILE.findall(text)]
    linked = [document.parent / found for found in LINK.findall(text)]
    assert [str(path) for path in (*named, *linked) if not path.exists()] == []


@pytest.mark.parametrize("folder", ["bot", "retrieval", "config"])
def test_files_that_a_docstring_names_exist(folder: str) -> None:
    missing = [
        f"{path.relative_to(REPOSITORY)}: {found}"
        for path in (REPOSITORY / folder).rglob("*.py")
        for found in FILE.findall(path.read_text("utf-8"))
        if not (REPOSITORY / found).exists()
    ]
    assert missing == []
