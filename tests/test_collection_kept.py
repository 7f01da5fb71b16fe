"""No run takes much out of the collection without a yes, whatever happened to the sources."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import CommandLine
from small_index import write_jsonl, write_text
from two_sources import indexed_in, served

from config.collection import SHIPPED
from retrieval.sources.collection import scan
from retrieval.sources.model import Pending

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    return indexed_in(tmp_path, monkeypatch, capsys)


def rewritten(*files: int) -> None:
    for number in files:
        write_text(Path(f"south/news/south-{number}.txt"), "")


def less(count: int) -> Callable[[], None]:
    def change() -> None:
        for number in range(count):
            Path(f"south/news/south-{number}.txt").unlink()

    return change


def emptied() -> None:
    shutil.rmtree("south/news")


def moved() -> None:
    Path("south/news").rename("south/archive")


def outdated() -> None:
    """The index was made by another version of the product, and half of what it was made from is gone."""
    (manifest,) = Path("data/generations").glob("*/manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"text_version": 0}))
    emptied()


def nothing() -> None:
    pass


HELD = {
    "a source is named no longer": (nothing, ["north"], {}),
    "the settings name less": (nothing, [], {"SOURCES": "north"}),
    "a source is empty": (emptied, [], {}),
    "a source is empty and everything is read anew": (emptied, ["--full"], {}),
    "a source brings less": (less(9), [], {}),
    "a source cannot be read any more": (lambda: rewritten(*range(12)), [], {}),
    "a pattern passes too much over": (nothing, [], {"IGNORE": "south-*"}),
    "another collection is named": (lambda: write_text(Path("east/a.txt"), "Tin.") and None, ["east"], {}),
    "the index is outdated": (outdated, [], {}),
}


@pytest.mark.parametrize("case", HELD)
def test_a_run_that_would_take_out_much_changes_nothing(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    change, arguments, settings = HELD[case]
    before, current = served(), Path("data/current").read_text()
    change()
    for name, value in settings.items():
        monkeypatch.setenv(f"TRICHDAN_{name}", value)
    result = trichdan("reindex", *arguments)
    assert result.code == 1 and result.out == ""
    (sentence,) = [line for line in result.err.splitlines() if "--yes" in line]
    assert "of 40 articles" in sentence and "Nothing was changed." in sentence
    assert (served(), Path("data/current").read_text()) == (before, current)
    assert [path.name for path in Path("data/generations").iterdir()] == [current.strip()]
    report = trichdan("reindex", "--json", *arguments).objects[-1]
    assert report["would_remove"] > 8 and report["removed"] == 0 and report["unchanged"] == 40
    assert len(report["would_remove_names"]) == min(20, report["would_remove"])
    assert trichdan("reindex", "--yes", *arguments).code == 0
    assert len(before - served()) == report["would_remove"]


GOES = {
    "a fifth is no more than a fifth": (less(8), [], 8),
    "a folder has another name below the same source": (moved, [], 20),
    "what is named is more": (lambda: write_text(Path("east/a.txt"), "Tin.") and None, ["north", "south", "east"], 0),
    "a file is new": (lambda: write_text(Path("north/new.txt"), "Tin.") and None, [], 0),
}  # fmt: skip


@pytest.mark.parametrize("case", GOES)
def test_a_run_that_takes_out_little_does_not_ask(trichdan: CommandLine, case: str) -> None:
    change, arguments, gone = GOES[case]
    before = served()
    change()
    assert trichdan("reindex", *arguments).code == 0
    assert len(before - served()) == gone


def test_the_sources_are_remembered(trichdan: CommandLine) -> None:
    write_text(Path("south/more.txt"), "Tin mới ở miền Nam.")
    report = trichdan("reindex", "--json").objects[-1]
    assert (report["added"], report["removed"], report["unchanged"]) == (1, 0, 40)
    assert "would_remove" not in report


def test_the_sources_are_remembered_in_another_working_directory(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("elsewhere/seeds").mkdir(parents=True)
    before = served()
    monkeypatch.chdir("elsewhere")
    report = trichdan("reindex", "--json", "--data-dir", tmp_path / "data").objects[-1]
    assert (report["unchanged"], report["articles"]) == (40, 40)
    assert served(tmp_path / "data") == before


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--yes"]])
def test_a_source_that_is_not_there_is_an_error_and_nothing_changes(
    trichdan: CommandLine, arguments: list[str]
) -> None:
    before = served()
    Path("south").rename("west")
    result = trichdan("reindex", *arguments)
    assert result.code == 1 and "south does not exist" in result.err
    assert served() == before
    assert trichdan("reindex", "north", "west").code == 0
    assert served() == before


def test_a_dry_run_tells_what_would_have_to_be_allowed(trichdan: CommandLine) -> None:
    before = served()
    report = trichdan("reindex", "--dry-run", "--json", "north").objects[-1]
    assert (report["would_remove"], report["removed"], report["no_longer_named"]) == (20, 20, ["south"])
    assert served() == before and not Path("data/held.json").exists()


def test_what_comes_with_the_product_is_replaced_without_a_question(trichdan: CommandLine) -> None:
    shutil.rmtree("data")
    shutil.copytree(REPOSITORY / "seeds", "seeds")
    assert trichdan("reindex").code == 0 and len(served()) == 5
    write_text(Path("mine/a.txt"), "Bài của tôi.")
    assert trichdan("reindex", "mine").code == 0
    assert served() == {"a.txt"}


def test_articles_of_ones_own_beside_those_that_came_are_not_replaced_unasked(trichdan: CommandLine) -> None:
    shutil.rmtree("data")
    shutil.copytree(REPOSITORY / "seeds", "seeds")
    for path in list(Path("seeds").iterdir())[:4]:
        path.write_text(path.read_text("utf-8") + "\nThêm một dòng của tôi.\n", "utf-8")
    assert trichdan("reindex").code == 0
    write_text(Path("mine/a.txt"), "Bài của tôi.")
    result = trichdan("reindex", "mine")
    assert result.code == 1 and "4 of 5 articles" in result.err


def test_the_articles_that_come_with_the_product_are_known() -> None:
    found = [each for each in scan([REPOSITORY / "seeds"]) if isinstance(each, Pending)]
    assert {each.digest for each in found} == SHIPPED


@pytest.mark.parametrize("current", [None, "", "\n"])
def test_a_lost_note_of_what_serves_loses_no_article(trichdan: CommandLine, current: str | None) -> None:
    before = served()
    Path("data/current").unlink()
    if current is not None:
        Path("data/current").write_text(current)
    assert trichdan("reindex").code == 0
    assert served() == before
    Path("data/current").unlink()
    emptied()
    result = trichdan("reindex")
    assert result.code == 1 and "of 40 articles" in result.err
    assert served() == before


def renamed_rows(year: int) -> None:
    write_jsonl(Path(f"{year}.jsonl"), *({"id": str(n), "text": f"Năm {year}, dòng {n}."} for n in range(10)))


def renamed_files(year: int) -> None:
    for number in range(10):
        write_text(Path(f"{year}/{number}.txt"), f"Năm {year}, tin {number}.")


@pytest.mark.parametrize(
    ("make", "name"), [(renamed_rows, "{}.jsonl"), (renamed_files, "{}")], ids=["rows", "files"]
)
def test_articles_whose_ids_other_files_take_are_asked_about(
    trichdan: CommandLine, make: Callable[[int], None], name: str
) -> None:
    for year in (2023, 2024):
        make(year)
    assert trichdan("reindex", "--yes", name.format(2023)).code == 0
    for options in ([], ["--full"]):
        result = trichdan("reindex", *options, name.format(2024))
        assert result.code == 1 and "10 of 10 articles" in result.err
    assert trichdan("reindex", name.format(2023)).code == 0  # the same source, changed, is no loss
    make(2023)
    assert trichdan("reindex", "--yes", name.format(2024)).code == 0


def test_articles_that_change_in_their_places_are_not_asked_about(trichdan: CommandLine) -> None:
    for number in range(20):
        write_text(Path(f"south/news/south-{number}.txt"), f"Tin đã sửa, số {number}.")
    report = trichdan("reindex", "--json").objects[-1]
    assert (report["changed"], report["removed"]) == (20, 0)


def test_a_yes_to_what_was_shown_is_none_to_something_else(trichdan: CommandLine) -> None:
    key = trichdan("reindex", "--json", "north").objects[-1]["would_remove_key"]
    for number in range(5):
        Path(f"north/news/north-{number}.txt").unlink()
    other = trichdan("reindex", "--json", f"--yes-to={key}", "north").objects[-1]
    assert other["would_remove"] == 25 and other["would_remove_key"] != key
    assert len(served()) == 40
    assert trichdan("reindex", f"--yes-to={other['would_remove_key']}", "north").code == 0
    assert len(served()) == 15


def test_a_dry_run_says_that_a_run_would_ask(trichdan: CommandLine) -> None:
    assert "It would ask first: This run would take 20 of 40" in trichdan("reindex", "--dry-run", "north").out


@pytest.mark.parametrize(
    "written",
    [
        "ftp://bob:s3cr3t@host/a",
        "sftp://bob:s3cr3t@host/a",
        "file://bob:s3cr3t@host/a",
        "htps://bob:s3cr3t@host/a",
        "http:/bob:s3cr3t@host/a",
        "//bob:s3cr3t@host/a",
        "bob:s3cr3t@host/a",
    ],
)
@pytest.mark.parametrize("command", ["reindex", "inspect"])
def test_a_misspelt_address_does_not_tell_its_password(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch, command: str, written: str
) -> None:
    result = trichdan(command, written)
    assert result.code in (1, 2) and "s3cr3t" not in result.out + result.err
    assert "http" in result.err or "does not exist" in result.err
    monkeypatch.setenv("TRICHDAN_SOURCES", written)
    result = trichdan("reindex")
    assert result.code == 1 and "s3cr3t" not in result.out + result.err


def test_rows_of_a_file_count_one_by_one(trichdan: CommandLine) -> None:
    rows = [{"id": f"r{n}", "text": f"Dòng {n}."} for n in range(10)]
    source = write_jsonl(Path("rows.jsonl"), *rows)
    assert trichdan("reindex", "--yes", source).code == 0
    write_jsonl(source, *rows[:6])
    assert trichdan("reindex").code == 1 and len(served()) == 10
    write_jsonl(source, *rows[:7])
    assert trichdan("reindex").code == 0 and len(served()) == 7  # three may always go


@pytest.mark.parametrize("cut", [True, False])
def test_members_of_an_archive_count_one_by_one(trichdan: CommandLine, cut: bool) -> None:
    def pack(count: int) -> None:
        with zipfile.ZipFile("all.zip", "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}.txt", f"Bài {number} trong tệp nén.")

    pack(10)
    assert trichdan("reindex", "--yes", "all.zip", "north").code == 0
    if cut:
        Path("all.zip").write_bytes(Path("all.zip").read_bytes()[:200])
    else:
        pack(1)
    assert trichdan("reindex").code == 1
    assert len(served()) == 30
