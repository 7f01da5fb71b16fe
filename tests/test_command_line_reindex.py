"""`reindex` as people and programs read it."""

from pathlib import Path

import pytest
from command_line import CommandLine
from filelock import FileLock
from small_index import write_jsonl, write_text

REPORT_KEYS = (
    "event added changed removed unchanged failed articles passages embedded elapsed_s generation".split()
)
REPORT_KEYS += ["stages_s"]
GOLD = {"id": "gold", "text": "Giá vàng tăng."}
RICE = {"id": "rice", "text": "Giá gạo giảm."}


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    """In a folder with a source and without an index."""
    write_jsonl(tmp_path / "in/a.jsonl", GOLD, RICE)
    monkeypatch.chdir(tmp_path)
    return CommandLine(monkeypatch, capsys)


def shown(trichdan: CommandLine, article_id: str) -> bool:
    return trichdan("show", article_id).code == 0


def test_the_last_line_is_the_report_and_the_others_are_progress(trichdan: CommandLine) -> None:
    write_text(Path("in/empty.txt"), "")
    result = trichdan("reindex", "--json", "in")
    assert (result.code, result.err) == (0, "")
    *progress, report = result.objects
    assert list(report) == REPORT_KEYS
    assert {key: report[key] for key in REPORT_KEYS[:5]} == {
        "event": "report",
        "added": 2,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
    }
    assert [(f["path"], list(f)) for f in report["failed"]] == [("in/empty.txt", ["path", "reason"])]
    assert (report["articles"], report["passages"], report["embedded"]) == (2, 2, 2)
    assert Path("data/generations", report["generation"]).is_dir()
    assert list(report["stages_s"]) == ["reading", "splitting", "embedding", "writing"]
    assert 0 < sum(report["stages_s"].values()) <= report["elapsed_s"] + 0.002
    assert progress
    assert all(list(event) == ["event", "step", "done", "total", "per_s", "left_s"] for event in progress)


def test_the_report_for_a_reader_tells_the_counts_and_the_failed_files(trichdan: CommandLine) -> None:
    write_text(Path("in/empty.txt"), "")
    result = trichdan("reindex", "in")
    assert result.code == 0
    assert "2 articles, 2 passages (2 embedded now)" in result.out
    assert "Added 2, changed 0, removed 0, unchanged 0, failed 1." in result.out
    assert "in/empty.txt" in result.out


def test_a_second_run_changes_nothing(trichdan: CommandLine) -> None:
    first = trichdan("reindex", "--json", "in").objects[-1]
    second = trichdan("reindex", "--json", "in").objects[-1]
    assert second["generation"] == first["generation"]
    assert (second["unchanged"], second["embedded"]) == (2, 0)
    assert trichdan("reindex", "--full", "--json", "in").objects[-1]["embedded"] == 2


def test_the_collection_becomes_exactly_the_sources_named(trichdan: CommandLine) -> None:
    trichdan("reindex", "in")
    other = write_jsonl(Path("other.jsonl"), {"id": "flood", "text": "Lũ trên sông."})
    assert trichdan("reindex", other).code == 0
    assert shown(trichdan, "flood") and not shown(trichdan, "gold")


def test_sources_come_from_the_settings_and_uploads_are_added(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICHDAN_SOURCES", "in/a.jsonl")
    write_jsonl(Path("data/uploads/b.jsonl"), {"id": "sent", "text": "Lũ trên sông."})
    assert trichdan("reindex").code == 0
    assert shown(trichdan, "gold") and shown(trichdan, "sent")


@pytest.mark.parametrize("sources", [["gone"], ["in", "gone"], ["in/a.exe"], ["empty.jsonl"]])
def test_what_cannot_be_indexed_is_one_sentence_and_touches_nothing(
    trichdan: CommandLine, sources: list[str]
) -> None:
    trichdan("reindex", "in")
    write_text(Path("in/a.exe"), "x")
    write_text(Path("empty.jsonl"), "\n")
    result = trichdan("reindex", *sources)
    assert (result.code, result.out) == (1, "")
    assert len(result.err.strip().splitlines()) == 1
    assert sources[-1] in result.err
    assert shown(trichdan, "gold")


def test_a_second_indexer_is_told_to_wait(trichdan: CommandLine) -> None:
    Path("data").mkdir()
    with FileLock("data/reindex.lock"):
        result = trichdan("reindex", "in")
    assert result.code == 1
    assert "wait until it is done" in result.err


def test_a_damaged_index_names_the_mend_and_the_mend_works(trichdan: CommandLine) -> None:
    trichdan("reindex", "in")
    generation = Path("data/current").read_text().strip()
    Path("data/generations", generation, "dense.faiss").write_bytes(b"")
    result = trichdan("ask", "Giá vàng?")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert "trichdan reindex" in result.err
    assert trichdan("reindex", "in").code == 0
    assert trichdan("ask", "Giá vàng?").code == 0


def test_a_data_directory_that_is_a_file_is_one_sentence(trichdan: CommandLine) -> None:
    write_text(Path("data"), "a file")
    result = trichdan("reindex", "in")
    assert (result.code, result.out) == (1, "")
    assert len(result.err.strip().splitlines()) == 1


def test_a_dry_run_says_so_and_changes_nothing(trichdan: CommandLine) -> None:
    result = trichdan("reindex", "--dry-run", "in")
    assert result.code == 0
    assert result.out.startswith("A dry run: nothing was changed.")
    assert "2 articles, 2 passages (2 to embed)" in result.out and "Added 2" in result.out
    assert trichdan("show", "gold").code == 1


def test_inspect_tells_what_the_index_has_learned_of_an_outlet(trichdan: CommandLine) -> None:
    shared = (
        "Bản tin này do đài truyền thanh huyện thực hiện, phát lúc bảy giờ sáng và năm giờ chiều hằng ngày."
    )
    for number in range(5):
        told = (
            f"Xã số {number} vừa khánh thành cây cầu dài {number + 70} mét bắc qua con kênh lớn của vùng này."
        )
        write_text(Path(f"báo/{number}.txt"), f"{told}\n{shared}\n{told.replace('cầu', 'cống')}")
    assert shared in trichdan("inspect", "--json", "báo/1.txt").objects[0]["text"]
    trichdan("reindex", "báo")
    (found,) = trichdan("inspect", "--json", "báo/1.txt").objects
    assert shared not in found["text"]
    assert {"text": shared, "reason": "shared by the outlet's articles"} in found["dropped"]
