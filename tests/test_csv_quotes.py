"""A broken quote costs its own row: what is lost is told by its lines, and what can be read is read."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.formats.tables.csv_rows import Broken, rows_of
from retrieval.sources.model import MAX_BYTES

CELLS = st.lists(st.text(st.sampled_from('ab ,"\n')), min_size=2, max_size=2).filter(any)


def rows(written: str, delimiter: str = ",", most: int = MAX_BYTES) -> list[list[str] | tuple[int, int]]:
    """The rows, and of each broken one its line and how many lines are lost."""
    found = rows_of(io.StringIO(written, newline=""), delimiter, most=most)
    return [(row.line, row.lost) if isinstance(row, Broken) else row for row in found]


def broken(written: str) -> list[str]:
    return [str(row) for row in rows_of(io.StringIO(written, newline=""), ",") if isinstance(row, Broken)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_rows_that_an_open_quote_ran_over_are_read(end: str) -> None:
    lines = ["title,text", 'A,"one', "B,two", "", 'C,"three"', "D,four", ""]
    assert rows(end.join(lines)) == [
        ["title", "text"], (2, 1), ["B", "two"], [], ["C", "three"], ["D", "four"],
    ]  # fmt: skip


def test_a_row_of_several_lines_below_an_open_quote_is_read() -> None:
    assert rows('title,text\nA,"one\nB,two\nC,"three\nmore"\nD,"four"\n')[1:] == [
        (2, 1), ["B", "two"], ["C", "three\nmore"], ["D", "four"],
    ]  # fmt: skip


def test_paragraphs_of_a_broken_row_are_lost_with_it_and_counted() -> None:
    written = 'title,text\nA,"one\nmore of one\nand, he "said", more\nthe end"\nB,two\n'
    assert rows(written)[1:3] == [(2, 2), (4, 1)]
    assert rows(written)[-1] == ["B", "two"]


def test_the_complaint_names_the_line_what_is_lost_and_what_helps() -> None:
    (one, two) = broken('title,text\nA,"o"ne\nB,"two\nmore of two\nC,"three"\n')
    assert one.startswith("the row that begins in line 2 of the file has broken quotes (")
    assert one.endswith("and it is lost: close its quotes, and write those inside a cell twice")
    assert "begins in line 3 of the file" in two and "2 lines are lost from there on: close" in two


def test_every_open_quote_is_a_row_of_its_own() -> None:
    assert rows('title,text\nA,"1\nB,"2\nC,"3\nD,4\n')[1:] == [(2, 1), (3, 1), (4, 1), ["D", "4"]]


def test_a_row_without_an_end_is_cut_at_the_size_limit() -> None:
    assert rows('title,text\nA,"one\n' + "B,two\n" * 20, most=50)[1:] == [(2, 1), *[["B", "two"]] * 20]


@pytest.mark.parametrize("line", ['a","\n', 'a,"b""\n', '"\n', 'a",",x\n', 'a,"\n', 'a,"x\n'])
def test_broken_quotes_on_every_line_are_read_in_one_go(line: str) -> None:
    started = time.monotonic()
    rows("title,text\n" + line * 50_000)
    assert time.monotonic() - started < 10


@given(st.lists(CELLS), CELLS)
def test_what_is_written_well_is_read_as_it_was_written(written: list[list[str]], header: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([header, *written])
    assert rows(file.getvalue()) == [header, *written]


@given(st.text(st.sampled_from('ab,"\n\r')))
def test_no_line_is_read_twice_or_passed_over(written: str) -> None:
    found = list(rows_of(io.StringIO(written, newline=""), ","))
    cells = "".join(cell for row in found if not isinstance(row, Broken) for cell in row)
    assert cells.count("a") <= written.count("a")
    if '"' not in written:
        assert cells.count("a") == written.count("a")
