"""What a collection's owner says of the files in metadata.csv or metadata.json beats what they say of themselves."""

import json
from datetime import date
from pathlib import Path

import pytest
from small_index import write_text

from retrieval.article import Article
from retrieval.sources.collection import PLAIN, Reading, read_sources
from retrieval.sources.model import Failure

TEXT = "Xã vừa khánh thành cây cầu dài bảy mươi mét bắc qua con kênh lớn nhất vùng này."


def read(folder: Path, reading: Reading = PLAIN) -> tuple[dict[str, Article], list[Failure]]:
    results = list(read_sources([folder], reading))
    failures = [result for result in results if isinstance(result, Failure)]
    return {r.article.id: r.article for r in results if not isinstance(r, Failure)}, failures


def test_a_csv_names_title_date_source_and_address(tmp_path: Path) -> None:
    write_text(tmp_path / "sub/a.txt", TEXT)
    write_text(
        tmp_path / "metadata.csv",
        "path;title;date;source;url\nsub/a.txt;Cầu mới;2025-04-02;Báo Làng;https://example.com/a\n",
    )
    articles, failures = read(tmp_path)
    found = articles["https://example.com/a"]
    assert (found.title, found.date, found.source) == ("Cầu mới", date(2025, 4, 2), "Báo Làng")
    assert (found.text, failures) == (TEXT, [])


def test_json_may_be_a_list_or_an_object_by_paths(tmp_path: Path) -> None:
    for name, said in (
        ("one", [{"path": "a.txt", "author": "An"}]),
        ("two", {"a.txt": {"author": "An"}}),
    ):
        write_text(tmp_path / name / "a.txt", TEXT)
        write_text(tmp_path / name / "metadata.json", json.dumps(said))
    assert [article.author for article in read(tmp_path)[0].values()] == ["An", "An"]


def test_the_file_nearest_to_an_article_wins(tmp_path: Path) -> None:
    write_text(tmp_path / "sub/a.txt", TEXT)
    write_text(tmp_path / "metadata.csv", "path,source,title\nsub/a.txt,Xa,Nhan đề\n")
    write_text(tmp_path / "sub/metadata.csv", "path,source\na.txt,Gần\n")
    (found,) = read(tmp_path)[0].values()
    assert (found.source, found.title) == ("Gần", "Nhan đề")


def test_a_file_alone_is_described_by_the_metadata_beside_it(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", TEXT)
    write_text(tmp_path / "metadata.csv", "path,title\na.txt,Nhan đề\n")
    (found,) = read(tmp_path / "a.txt")[0].values()
    assert found.title == "Nhan đề"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("metadata.json", "{", "not valid JSON"),
        ("metadata.json", "[1]", "list of objects"),
        ("metadata.json", '[{"title": "x"}]', "row 1 is passed over: `path` is missing"),
        ("metadata.csv", "path,date\na.txt,soon\n", "row 1: `date` is 'soon'"),
        ("metadata.csv", "path,title\nb.txt,x\n", "names 'b.txt', which is not in the folder"),
        ("metadata.csv", "", "empty"),
    ],
)
def test_a_mistake_is_named_and_the_articles_are_read_all_the_same(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    write_text(tmp_path / "a.txt", TEXT)
    write_text(tmp_path / name, content)
    articles, (failure,) = read(tmp_path)
    assert list(articles) == ["a.txt"]
    assert failure.path.endswith(name) and said in failure.reason


def test_files_that_a_pattern_fits_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", "nháp/b.txt", "c.tmp.txt", "sub/nháp/d.txt"):
        write_text(tmp_path / name, TEXT)
    assert set(read(tmp_path, Reading(ignore=("nháp", "*.tmp.txt")))[0]) == {"a.txt"}


def test_columns_named_otherwise_are_read_as_they_are_said_to_be(tmp_path: Path) -> None:
    write_text(tmp_path / "a.jsonl", json.dumps({"noidung": "Giá vàng tăng.", "ten": "Vàng"}))
    (found,) = read(tmp_path, Reading(columns={"text": "noidung", "title": "ten"}))[0].values()
    assert (found.text, found.title) == ("Giá vàng tăng.", "Vàng")


def test_delimiters_and_quotes_in_cells_do_no_harm(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write_text(tmp_path / name, TEXT + name)
    rows = """path,title\na.txt,"Bão, lũ; mưa"\nb.txt,Giá "vàng" tăng\nc.txt,"Ông nói ""không"" rồi"\n"""
    write_text(tmp_path / "metadata.csv", rows)
    articles, failures = read(tmp_path)
    assert failures == []
    assert [articles[name].title for name in ("a.txt", "b.txt", "c.txt")] == [
        "Bão, lũ; mưa",
        'Giá "vàng" tăng',
        'Ông nói "không" rồi',
    ]


def test_dates_and_languages_are_read_as_tables_write_them(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", TEXT)
    write_text(tmp_path / "metadata.csv", "path,date,lang\na.txt,02/04/2025,vi-VN\n")
    (found,) = read(tmp_path)[0].values()
    assert (found.date, found.lang) == (date(2025, 4, 2), "vi")


def test_one_bad_row_costs_no_other(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write_text(tmp_path / name, TEXT + name)
    write_text(tmp_path / "metadata.csv", "path,date,title\na.txt,soon,A\nb.txt,2025-04-02,B\n")
    articles, (failure,) = read(tmp_path)
    assert (articles["a.txt"].title, articles["b.txt"].title) == ("A", "B")
    assert "row 1" in failure.reason and "the rest of the row counts" in failure.reason


def test_a_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", TEXT)
    write_text(tmp_path / "metadata.csv", "sep=|\npath|title\na.txt|Cầu, mới\n")
    (found,), failures = read(tmp_path)[0].values(), read(tmp_path)[1]
    assert (found.title, failures) == ("Cầu, mới", [])
