"""Tables: every row an article by its column names, in any usual delimiter and encoding; a bad row fails alone."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from document_files import FIRST, SECOND
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.sources.collection import read as read_pending
from retrieval.sources.collection import read_sources
from retrieval.sources.formats.tables.csv_file import read_csv
from retrieval.sources.model import Failure, Original, Pending, Sourced
from retrieval.sources.reading import articles_of


def table(rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def original(data: str | bytes, columns: dict[str, str] | None = None, name: str = "a.csv") -> Original:
    content = data if isinstance(data, bytes) else data.encode()
    return Original(id=name, place=name, name=name, open=lambda: BytesIO(content), columns=columns or {})


def read(source: Original) -> list[Sourced | Failure]:
    return [read_pending(each) for each in articles_of(source)]


def articles(results: list[Sourced | Failure]) -> list[Sourced]:
    return [each for each in results if isinstance(each, Sourced)]


def test_a_row_gives_all_its_fields(tmp_path: Path) -> None:
    header = ["id", "title", "date", "source", "author", "url", "lang", "text"]
    row = [
        "n1",
        "Mở đường bay",
        "2025-04-02",
        "Tin Biển",
        "Thu Trang",
        "https://e.org/1",
        "vi-VN",
        f"{FIRST}\n\n{SECOND}",
    ]
    file = tmp_path / "a.csv"
    file.write_text(table([header, row]))
    (sourced,) = read_sources([file])
    assert isinstance(sourced, Sourced)
    article = sourced.article
    assert (article.id, article.title, article.date) == ("n1", "Mở đường bay", date(2025, 4, 2))
    assert (article.source, article.author, article.lang) == ("Tin Biển", "Thu Trang", "vi")
    assert (article.url, article.path) == ("https://e.org/1", file.as_posix())
    assert article.text == f"{FIRST}\n{SECOND}"
    assert sourced.place == f"{file.as_posix()}#1"


@pytest.mark.parametrize(
    "header",
    [
        ["Headline", "BODY", "Published", "Publisher", "Authors", "Link"],
        ["Tiêu đề", "Nội dung", "Ngày", "Nguồn", "Tác giả", "Liên kết"],
        ["tieu_de", "noi_dung", "ngay_dang", "nguon", "tac_gia", "link"],
        ["Заголовок", "Текст", "Дата", "Источник", "Автор", "Ссылка"],
    ],
)
def test_columns_are_known_by_their_names_in_three_languages(header: list[str]) -> None:
    row = ["Mở đường bay", FIRST, "02/04/2025", "Tin Biển", "Thu Trang", "https://e.org/1"]
    (sourced,) = articles(read(original(table([header, row]))))
    article = sourced.article
    assert (article.title, article.text, article.date) == ("Mở đường bay", FIRST, date(2025, 4, 2))
    assert (article.source, article.author, article.url) == ("Tin Biển", "Thu Trang", "https://e.org/1")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_found(delimiter: str, name: str) -> None:
    rows = [["title", "text"], ["A; B, C", f"{FIRST}; {SECOND} | \t x"], ["D", SECOND]]
    found = articles(read(original(table(rows, delimiter), name=name)))
    assert [sourced.article.title for sourced in found] == ["A; B, C", "D"]


def test_a_single_column_of_texts_is_a_table_too() -> None:
    found = articles(read(original(f'text\n"{FIRST}"\n"{SECOND}"\n')))
    assert [sourced.article.text for sourced in found] == [FIRST, SECOND]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_the_encoding_is_found(encoding: str) -> None:
    text = "Стороны договорились открыть прямой рейс, начиная с лета. Министр сообщил, что это хорошо."
    found = articles(read(original(table([["заголовок", "текст"], ["Рейс", text]]).encode(encoding))))
    assert [(sourced.article.title, sourced.article.text) for sourced in found] == [("Рейс", text)]


def test_the_owners_columns_beat_the_names() -> None:
    data = table([["text", "Full Story", "name"], ["short", FIRST, "A"]])
    (sourced,) = articles(read(original(data, {"text": "full story", "title": "name"})))
    assert (sourced.article.text, sourced.article.title) == (FIRST, "A")


def test_a_table_without_texts_names_its_columns_and_the_setting() -> None:
    (failure,) = read(original("sku,price\n1,2\n"))
    assert isinstance(failure, Failure)
    assert "'sku', 'price'" in failure.reason
    assert "TRICHDAN_COLUMNS" in failure.reason


def test_an_owners_column_that_is_missing_is_named() -> None:
    (failure,) = read(original("text\nx\n", {"title": "headlines"}))
    assert isinstance(failure, Failure)
    assert "'headlines'" in failure.reason


def test_rows_are_numbered_below_the_header_whatever_lines_they_take() -> None:
    data = table([["text"], ["one\ntwo"], ["three"]]) + "\n" + table([["four"]])
    assert [sourced.article.id for sourced in articles(read(original(data)))] == [
        "a.csv#1",
        "a.csv#2",
        "a.csv#4",
    ]


def test_bad_rows_fail_alone_and_are_named() -> None:
    rows = [
        b"title,text,date",
        f"A,{'x' * 10},2025-01-01".encode(),
        b"B,text,with,more,cells",
        b"C,,2025-01-01",
        b"D,text,soon",
        b"E,caf\xe9,2025-01-01",
        b'F,"a"b,2025-01-01',
        b"G,whole\0,2025-01-01",
        b"H,whole,2025-01-01",
    ]
    head = b"\xef\xbb\xbf" + rows[0] + b"\n" + b"".join(b"A,padding,\n" for _ in range(7000))
    results = read(original(head + b"\n".join(rows[1:])))[7000:]
    assert [each.place.split("#")[1] if isinstance(each, Sourced) else None for each in results] == [
        "7001", None, None, "7004", None, None, "7007", "7008",
    ]  # fmt: skip
    reasons = [each.reason for each in results if isinstance(each, Failure)]
    for reason, word in zip(reasons, ["5 cells", "blank", "decoded", "quotes"], strict=True):
        assert word in reason


@pytest.mark.parametrize("written", ["soon", "32/13/2025", "2025-02-31", "2025", "45778", "?"])
def test_a_bad_date_costs_the_date_alone_and_is_remarked(written: str) -> None:
    (sourced,) = read(original(table([["title", "text", "date"], ["A", FIRST, written]])))
    assert isinstance(sourced, Sourced)
    assert (sourced.article.title, sourced.article.text, sourced.article.date) == ("A", FIRST, None)
    (remark,) = sourced.remarked
    assert remark.path == "a.csv#1"
    assert f"`date` is '{written}': expected YYYY-MM-DD" in remark.reason


@pytest.mark.parametrize(
    "written", ["2025-05-11", "11/5/2025", "11.05.2025", "2025-05-11 10:00:00 +0700", "11 мая 2025 г."]
)
def test_dates_are_read_as_programs_and_people_write_them(written: str) -> None:
    (sourced,) = articles(read(original(table([["text", "date"], [FIRST, written]]))))
    assert (sourced.article.date, sourced.remarks) == (date(2025, 5, 11), ())


def test_a_row_that_is_never_closed_is_one_failure_and_the_rows_below_it_are_articles() -> None:
    results = read(original('title,text\nA,one\nB,"two\nC,three\n'))
    assert [each.article.id if isinstance(each, Sourced) else each.path for each in results] == [
        "a.csv#1",
        "a.csv#2",
        "a.csv#3",
    ]
    assert isinstance(results[1], Failure) and "begins in line 3 of the file" in results[1].reason


def test_american_dates_are_read_in_english_rows_only() -> None:
    english = "The two sides agreed to open a direct flight, and the minister said that it was good."
    rows = [["text", "date"], [english, "4/2/2025"], [FIRST, "2/4/2025"]]
    dates = [sourced.article.date for sourced in articles(read(original(table(rows))))]
    assert dates == [date(2025, 4, 2), date(2025, 4, 2)]


def test_long_articles_fit_into_a_cell() -> None:
    (sourced,) = articles(read(original(table([["text"], ["từ " * 200_000]]))))
    assert len(sourced.article.text) > 500_000


def test_the_digest_follows_the_fields_of_the_row_alone() -> None:
    def digests(data: str) -> list[str]:
        return [each.digest for each in articles_of(original(data)) if isinstance(each, Pending)]

    before = digests("title,text,views\nA,one,5\nB,two,6\n")
    after = digests("title,text,views\nA,one,9\nB,two!,6\n")
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_rows_come_while_the_file_is_being_read() -> None:
    class Endless(io.RawIOBase):
        """A table without an end."""

        def __init__(self) -> None:
            self.rows = iter(lambda: b"one\n", b"")
            self.first, self.read_bytes = True, 0

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0, /) -> int:
            self.first = True
            return 0

        def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # any buffer is meant
            data = (b"text\n" if self.first else b"") + next(self.rows) * 200
            self.first = False
            data = data[: len(buffer)]
            buffer[: len(data)] = data
            self.read_bytes += len(data)
            return len(data)

    raw = Endless()
    source = Original(id="a", place="a.csv", name="a.csv", open=lambda: io.BufferedReader(raw))
    rows = read_csv(source)
    assert isinstance(next(rows), Pending)
    assert raw.read_bytes < 2_000_000


VALID = table(
    [["title", "text", "date"], *([f"A{n}", f'{FIRST} "q"', "2025-01-01"] for n in range(3))]
).encode()


@given(st.binary(max_size=200), st.integers(0, len(VALID)), st.integers(0, 30))
@settings(max_examples=200)
def test_damage_gives_failures_and_nothing_else(noise: bytes, place: int, cut: int) -> None:
    for data in (noise, VALID[:place] + noise + VALID[place + cut :]):
        for each in read(original(data)):
            assert isinstance(each, Sourced) or "\n" not in each.reason


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + VALID, "binary"),
        (VALID[:40] + b"\0" * 9 + VALID[40:], "binary"),
        ("tiêu đề,nội dung\nA,Céng hoµ x· héi chñ nghÜa ViÖt Nam\n".encode(), "TCVN3"),
        (b'"text\nx', "quotes"),
    ],
)
def test_a_file_that_is_no_table_of_texts_is_exactly_one_failure(data: bytes, complaint: str) -> None:
    (failure,) = read(original(data))
    assert isinstance(failure, Failure)
    assert complaint in failure.reason
