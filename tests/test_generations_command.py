"""The indexes that are kept, and the way back to an earlier one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from filelock import FileLock
from small_index import index, open_index, write_jsonl

from bot.__main__ import main
from retrieval.errors import IndexDamaged, IndexMissing
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.manifest import FILES
from retrieval.indexing.run import reindex

TEXTS = ("Giá vàng tăng.", "Giá gạo giảm.", "Giá dầu đứng.", "Giá thép lên.")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def index_all(data_dir: Path, keep: int = 2) -> list[str]:
    """An index for each of TEXTS, one after the other; their ids."""
    made = []
    for text in TEXTS:
        source = write_jsonl(data_dir.with_name("in") / "a.jsonl", {"id": "a", "text": text})
        made.append(reindex([source], data_dir, FakeEmbedder(), keep=keep).generation)
    return made


def served(data_dir: Path) -> str:
    article = open_index(data_dir).articles.article("a")
    assert article is not None
    return article.text


@pytest.mark.parametrize("keep", [2, 3, 9])
def test_so_many_are_kept_as_the_setting_says(data_dir: Path, keep: int) -> None:
    made = index_all(data_dir, keep)
    generations = Generations(data_dir, keep)
    assert generations.current() == made[-1]
    assert list(generations.others()) == made[-2::-1][: keep - 1]


def test_rolling_back_goes_one_back_each_time_and_drops_none(data_dir: Path) -> None:
    made = index_all(data_dir, 3)
    generations = Generations(data_dir, 3)
    assert generations.roll_back().id == made[-2] and served(data_dir) == TEXTS[-2]
    assert generations.roll_back().id == made[-3] and served(data_dir) == TEXTS[-3]
    with pytest.raises(IndexMissing, match="older"):
        generations.roll_back()
    assert served(data_dir) == TEXTS[-3]
    assert generations.roll_back(made[-1]).id == made[-1] and served(data_dir) == TEXTS[-1]


def test_a_damaged_one_is_not_taken_into_service(data_dir: Path) -> None:
    made = index_all(data_dir)
    with (data_dir / "generations" / made[-2] / FILES[0]).open("r+b") as file:
        file.write(b"damage")
    with pytest.raises(IndexDamaged):
        Generations(data_dir).roll_back()
    assert served(data_dir) == TEXTS[-1]


@pytest.mark.parametrize("name", ["nothing", "../data", "", ".", "a/b"])
def test_only_what_is_kept_can_be_taken_into_service(data_dir: Path, name: str) -> None:
    index_all(data_dir)
    with pytest.raises(IndexMissing):
        Generations(data_dir).roll_back(name)
    assert served(data_dir) == TEXTS[-1]


def test_after_rolling_back_a_reindex_makes_a_newer_one(data_dir: Path) -> None:
    made = index_all(data_dir)
    Generations(data_dir).roll_back()
    index(data_dir, {"id": "a", "text": "Giá mới."})
    assert served(data_dir) == "Giá mới."
    assert made[-2] in list(Generations(data_dir).others())


def test_the_commands_list_and_roll_back(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = index_all(data_dir)
    assert main(["--data-dir", str(data_dir), "generations", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["generation"], row["current"]) for row in rows] == [(made[-1], True), (made[-2], False)]
    assert all(row["articles"] == 1 and row["bytes"] > 0 for row in rows)
    assert main(["--data-dir", str(data_dir), "rollback"]) == 0
    assert made[-2] in capsys.readouterr().out and served(data_dir) == TEXTS[-2]
    assert main(["--data-dir", str(data_dir), "generations"]) == 0
    assert capsys.readouterr().out.startswith(f"* {made[-2]}")


def test_what_cannot_be_done_is_one_sentence(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(data_dir), "generations"]) == 3
    assert "trichdan reindex" in capsys.readouterr().err
    assert main(["--data-dir", str(data_dir), "rollback"]) == 1
    index_all(data_dir)
    assert main(["--data-dir", str(data_dir), "rollback", "nothing"]) == 1
    assert "trichdan generations" in capsys.readouterr().err
    with FileLock(data_dir / "reindex.lock"):
        assert main(["--data-dir", str(data_dir), "rollback"]) == 1
    said = capsys.readouterr().err
    assert "indexing" in said and "Traceback" not in said
