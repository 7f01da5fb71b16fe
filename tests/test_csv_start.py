"""Where a table begins: below what spreadsheets and databases write above the row of column names."""

from io import BytesIO

import pytest
from document_files import FIRST, SECOND

from retrieval.sources.collection import read as read_pending
from retrieval.sources.formats.tables.csv_start import find_start, named_delimiter
from retrieval.sources.model import Failure, Original, Sourced
from retrieval.sources.reading import articles_of

ROWS = f"id;title;date;text\n1;Tiêm phòng;2025-05-11;{FIRST}\n2;Xuồng mới;2025-06-02;{SECOND}\n"


def read(data: str | bytes, columns: dict[str, str] | None = None) -> list[Sourced | Failure]:
    content = data if isinstance(data, bytes) else data.encode()
    source = Original(
        id="a.csv", place="a.csv", name="a.csv", open=lambda: BytesIO(content), columns=columns or {}
    )
    return [read_pending(each) for each in articles_of(source)]


def texts(data: str | bytes) -> list[str]:
    return [each.article.text if isinstance(each, Sourced) else each.reason for each in read(data)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP = ;", "sep=;;;;", '"sep=;";;;', "\nsep=;"])
def test_a_line_that_names_the_delimiter_stands_above_the_table(line: str, charset: str, ends: str) -> None:
    data = f"{line}\n{ROWS}".replace("\n", ends).encode(charset)
    assert texts(data) == [FIRST, SECOND]
    assert [each.article.id for each in read(data) if isinstance(each, Sourced)] == ["1", "2"]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("sep=\t\n", "\t"),
        ("sep=\\t", "\t"),
        ("sep=tab", "\t"),
        ("sep=|", "|"),
        ("sep=,", ","),
        ("sep=^", "^"),
        ("sep=;\r\n", ";"),
        ("separator;text", None),
        ("sep=x", None),
        ("sep=", None),
        ("sep;text", None),
        ("sep=;title", None),
    ],
)
def test_the_named_delimiter_is_understood(line: str, mark: str | None) -> None:
    assert named_delimiter(line) == mark


@pytest.mark.parametrize("mark", [",", "|", "\t", "^", "~"])
def test_the_named_delimiter_parts_the_cells(mark: str) -> None:
    rows = [["title", "text"], ["A", FIRST.replace(",", "")], ["B", SECOND.replace(",", "")]]
    data = "".join(f"{mark.join(row)}\n" for row in [[f"sep={mark}"], *rows])
    assert texts(data) == [rows[1][1], rows[2][1]]


def test_a_named_delimiter_that_the_table_does_not_use_is_not_believed_alone() -> None:
    assert texts(f'sep=;\ntitle,text\nA,"{FIRST}"\n') == [FIRST]


@pytest.mark.parametrize(
    "above",
    [
        "\n\n",
        "\r\n \n",
        ";;;\n",
        "# exported 2025-06-02 by the archive\n",
        '# Nguồn: "báo", "đài\n# two\n',
        "// note\n\n",
        "Danh sách bài viết năm 2025;;;\n;;;\n",
        "Bài viết\nKỳ: tháng 6, năm 2025\n\n",
        '"Danh sách, cả năm";;;\n',
        "\ufeffsep=;\n# a comment\n\n",
    ],
)
def test_what_stands_above_the_column_names_costs_nothing(above: str) -> None:
    assert texts(above + ROWS) == [FIRST, SECOND]


def test_rows_are_numbered_below_the_header_and_lines_from_the_files_beginning() -> None:
    results = read(f'sep=;\n# x\n\ntitle;text\nA;{FIRST}\nB;"{SECOND}"x\nC;{SECOND}\n')
    assert [each.article.id if isinstance(each, Sourced) else each.path for each in results] == [
        "a.csv#1",
        "a.csv#2",
        "a.csv#3",
    ]
    assert isinstance(results[1], Failure) and "begins in line 6 of the file" in results[1].reason


def test_semicolons_part_cells_that_hold_decimal_commas() -> None:
    rows = "giá;tiêu đề;nội dung\n" + "".join(f'4,{n};"Vé; mới, {n}";{FIRST}\n' for n in range(5))
    found = [each for each in read(rows) if isinstance(each, Sourced)]
    assert [each.article.title for each in found] == [f"Vé; mới, {n}" for n in range(5)]


def test_a_table_without_texts_names_the_columns_below_the_line_that_names_the_delimiter() -> None:
    (failure,) = read("sep=;\nsku;price\n1;2\n")
    assert isinstance(failure, Failure)
    assert "'sku', 'price'" in failure.reason and "text=price" in failure.reason


def test_a_table_in_which_a_sentence_stands_above_the_owners_columns_is_read() -> None:
    (sourced,) = read(f"Bảng của tôi\nten;bai\nA;{FIRST}\n", {"text": "bai", "title": "ten"})
    assert isinstance(sourced, Sourced)
    assert (sourced.article.title, sourced.article.text) == ("A", FIRST)


def test_a_stray_zero_in_a_cell_is_no_reason_to_refuse_a_table() -> None:
    data = (ROWS * 1).replace("cất", "cất\0").encode()
    assert texts(data) == [FIRST, SECOND]


def test_a_row_with_too_few_cells_or_too_many_costs_itself_at_most() -> None:
    data = f"title;text;source\nA;{FIRST}\nB\nC;{SECOND};x;y;z\nD;{SECOND};Báo\n;;;;\n"
    results = read(data)
    assert [each.article.title if isinstance(each, Sourced) else None for each in results] == [
        "A",
        None,
        None,
        "D",
    ]


def test_many_lines_above_are_looked_at_once() -> None:
    start = find_start('"' * 60_000 + "\n" * 3_000, {})
    assert start.delimiter in ",;\t|"
