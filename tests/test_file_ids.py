"""Ids of files: the same whatever the order of the sources, and whatever else is removed or added."""

import unicodedata
from itertools import permutations
from pathlib import Path

import pytest

from retrieval.sources.collection import Reading, Source, scan
from retrieval.sources.model import Pending


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng lớn.", "utf-8")
    return path


def ids(*sources: Source, removed: dict[str, Path | None] | None = None) -> dict[str, str]:
    """The place of each article by its id."""
    found = scan(sources, Reading(removed=removed or {}))
    return {each.origin: each.place for each in found if isinstance(each, Pending)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a/news/x.txt", "b/news/x.txt"], ["a/news/x.txt", "b/news/x.txt"]),
        (["a/news/x.txt", "b/old/x.txt", "b/old/y.txt"], ["news/x.txt", "old/x.txt", "y.txt"]),
        (["r/one/news/x.txt", "r/news/x.txt"], ["one/news/x.txt", "r/news/x.txt"]),
        (
            ["a/all/x.txt", "a/all/news/x.txt", "b/news/x.txt"],
            ["all/x.txt", "all/news/x.txt", "b/news/x.txt"],
        ),
    ],
)
def test_ids_do_not_depend_on_the_order_of_sources(
    tmp_path: Path, files: list[str], expected: list[str]
) -> None:
    places = [write(tmp_path / file).as_posix() for file in files]
    roots = {tmp_path / file.rsplit("/", 1)[0] for file in files} - {tmp_path / "a/all/news"}
    for sources in permutations(roots):
        assert ids(*sources) == dict(zip(expected, places, strict=True))


def test_a_file_below_two_roots_has_the_id_of_the_upper_one_in_any_order(tmp_path: Path) -> None:
    file = write(tmp_path / "all/news/x.txt")
    for sources in permutations([file, tmp_path / "all", tmp_path / "all/news"]):
        assert list(ids(*sources)) == ["news/x.txt"]


def test_names_that_differ_in_their_spelling_alone_are_two_articles(tmp_path: Path) -> None:
    names = [unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD")]
    if len({write(tmp_path / "in" / name).stat().st_ino for name in names}) == 1:
        pytest.skip("this file system takes both names for one")
    assert list(ids(tmp_path / "in")) == ["in/é.txt", f"{tmp_path.name}/in/é.txt"]


def test_what_was_removed_stays_out_when_another_source_lengthens_its_id_and_the_other_stays_in(
    tmp_path: Path,
) -> None:
    gone, other = write(tmp_path / "seeds/x.txt"), write(tmp_path / "uploads/x.txt")
    sources = (tmp_path / "seeds", tmp_path / "uploads")
    assert ids(*sources, removed={"x.txt": gone}) == {"uploads/x.txt": other.as_posix()}
    assert ids(tmp_path / "seeds", removed={"seeds/x.txt": gone}) == {}


def test_of_a_table_only_the_row_that_was_removed_stays_out(tmp_path: Path) -> None:
    for name in ("seeds", "uploads"):
        write(tmp_path / name / "a.csv").write_text("text\nGiá gạo.\nLũ lớn.\n", "utf-8")
    removed: dict[str, Path | None] = {"a.csv#1": tmp_path / "seeds/a.csv"}
    found = ids(tmp_path / "seeds", tmp_path / "uploads", removed=removed)
    assert list(found) == ["seeds/a.csv#2", "uploads/a.csv#1", "uploads/a.csv#2"]
