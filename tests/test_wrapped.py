"""Text that was wrapped at a column is read as paragraphs; what is meant as lines stays lines."""

import textwrap
from io import BytesIO
from pathlib import Path

import pytest
from columned_pdf import ENGLISH, ONE, RUSSIAN, TWO, UNACCENTED
from document_files import FIRST, SECOND, THIRD
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.formats.plain.wrapped import unwrap
from retrieval.sources.formats.tables.records import document_of
from retrieval.sources.model import Original

ORIGINAL = Original(id="a", place="a.txt", name="a.txt", open=BytesIO)
LONG = [f"{one} {two}" for one, two in zip([*ONE, FIRST], [*TWO, SECOND], strict=True)]
SEEDS = Path(__file__).parent.parent / "seeds"


def kept(text: str) -> list[str]:
    return [line for line in unwrap(text).split("\n") if line]


def wrap(
    paragraphs: list[str], width: int = 70, apart: str = "\n\n", indent: str = "", hang: str = ""
) -> str:
    return apart.join(
        textwrap.fill(text, width, initial_indent=indent, subsequent_indent=hang) for text in paragraphs
    )


@pytest.mark.parametrize("width", [50, 65, 72, 80, 100])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "paragraphs",
    [LONG, [" ".join(RUSSIAN)] * 3, [" ".join(ENGLISH), *ENGLISH], [" ".join(UNACCENTED)] * 2, [LONG[0]]],
)
def test_wrapped_paragraphs_are_whole(paragraphs: list[str], ends: str, width: int) -> None:
    assert kept(wrap(paragraphs, width).replace("\n", ends)) == paragraphs


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_paragraphs_told_by_their_indent_alone_are_whole(indent: str) -> None:
    assert kept(wrap(LONG, apart="\n", indent=indent)) == LONG


def test_paragraphs_told_by_their_short_last_lines_are_whole() -> None:
    paragraphs = [text for text in LONG if len(textwrap.wrap(text, 70)[-1]) < 50]
    assert len(paragraphs) > 1
    assert kept(wrap(paragraphs, apart="\n")) == paragraphs


def test_a_title_above_its_paragraph_stays_a_line() -> None:
    assert kept(f"Mở đường bay\n{wrap(LONG)}") == ["Mở đường bay", *LONG]
    assert kept(f"MỞ ĐƯỜNG BAY\n\nHà Nội, 2/4/2025\n\n{wrap(LONG)}")[:2] == [
        "MỞ ĐƯỜNG BAY",
        "Hà Nội, 2/4/2025",
    ]


def test_flowed_mail_is_read_by_the_blanks_at_its_lines_ends() -> None:
    flowed = "\n".join(
        "\n".join([*(f"{line} " for line in lines[:-1]), lines[-1]])
        for lines in (textwrap.wrap(text, 66) for text in LONG)
    )
    assert kept(f"{flowed}\n-- \nThu Trang") == [*LONG, "--", "Thu Trang"]


def test_a_mail_is_read_below_its_header_and_its_quotes_stay_lines() -> None:
    head = ["From: Thu Trang <trang@example.vn>", "To: toasoan@example.vn", "Subject: Xưởng sấy chè Suối Mây"]
    quoted = [f"> {line}" for line in textwrap.wrap(LONG[2], 68)]
    parts = [
        "\n".join(head),
        "Chào anh,",
        wrap(LONG[:1]),
        "\n".join(["Anh Nam viết:", *quoted]),
        "Thân,\nTrang",
    ]
    document = read_plain_text("\n\n".join(parts).encode(), ORIGINAL)
    assert document.text.split("\n")[-len(quoted) - 4 :] == [
        LONG[0],
        "Anh Nam viết:",
        *quoted,
        "Thân,",
        "Trang",
    ]
    assert document.title == "Xưởng sấy chè Suối Mây"


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "a) ", "(2) "])
def test_the_items_of_a_list_are_whole_each_by_itself(mark: str) -> None:
    items = "\n".join(textwrap.fill(mark + text, 70, subsequent_indent="  ") for text in LONG)
    found = kept(f"{wrap(LONG)}\n\n{items}")
    assert found == [*LONG, *(mark + text for text in LONG)]


VERSE = """Trăm năm trong cõi người ta,
Chữ tài chữ mệnh khéo là ghét nhau.
Trải qua một cuộc bể dâu,
Những điều trông thấy mà đau đớn lòng.
Lạ gì bỉ sắc tư phong,
Trời xanh quen thói má hồng đánh ghen."""
TABLE = """Mặt hàng          Giá (đồng)     Số lượng
Thúng lớn         90.000         1.200
Nia               45.000         310
Giỏ nhỏ           25.000         2.400"""
QUOTED = "\n".join(f"> {line}" for line in textwrap.wrap(LONG[1], 68))
LIST = "\n".join(f"- {item}" for item in ("giá vé", "lịch bay", "hành lý", "giờ bay"))


@pytest.mark.parametrize("block", [VERSE, TABLE, QUOTED, LIST])
def test_verse_tables_quotes_and_lists_stay_lines(block: str) -> None:
    lines = [line.strip() for line in block.split("\n")]
    assert [line.strip() for line in kept(block)] == lines
    assert kept(f"{wrap(LONG)}\n\n{block}\n\n{wrap(LONG)}") == [*LONG, *lines, *LONG]


def test_lines_that_are_paragraphs_each_stay_as_they_are() -> None:
    for paragraphs in (LONG, ONE, TWO, RUSSIAN, ENGLISH, [*ONE, *TWO, FIRST, SECOND, THIRD]):
        for apart in ("\n", "\n\n"):
            assert kept(apart.join(paragraphs)) == paragraphs


@pytest.mark.parametrize(
    "lines",
    [
        ["Mở đường bay thẳng tới biển Đen vào mùa hè năm nay", FIRST],
        [
            "Công ty trách nhiệm hữu hạn thương mại dịch vụ Biển",
            "Số 12, đường Bờ Sông, thị trấn Xuân Lộc",
            "Hà Nội",
        ],
        [FIRST[:60].rsplit(" ", 1)[0], SECOND[:60].rsplit(" ", 1)[0], THIRD[:60].rsplit(" ", 1)[0]],
    ],
)
def test_headlines_and_addresses_stay_lines(lines: list[str]) -> None:
    assert kept("\n".join(lines)) == lines


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.txt")))
def test_a_page_copied_from_the_web_stays_as_it_is(name: str) -> None:
    page = (SEEDS / name).read_text("utf-8")
    assert unwrap(page) == page


def test_excerpts_stand_in_the_source_but_for_its_line_breaks() -> None:
    source = wrap(LONG)
    document = read_plain_text(source.encode(), ORIGINAL)
    assert document.text.split("\n") == LONG
    assert all(line in " ".join(source.split()) for line in document.text.split("\n"))


def test_the_texts_of_records_are_unwrapped_too() -> None:
    assert document_of({"text": wrap(LONG)}, {}).text.split("\n") == LONG


@given(
    st.lists(st.sampled_from([*"aA .-\n", "\n\n", "word ", "1. ", "> ", "| ", "\t", "x" * 60]), max_size=80)
)
def test_only_white_space_changes(parts: list[str]) -> None:
    text = "".join(parts)
    assert unwrap(text).split() == text.split()


@pytest.mark.parametrize(
    "text",
    [
        " " * 1_000_000,
        "a\n" * 100_000,
        "x " * 500_000,
        ("y" * 70 + "\n") * 20_000,
        "\t" * 300_000 + "x",
        "1.1" * 300_000,
    ],
)
def test_long_texts_are_read_in_one_go(text: str) -> None:
    assert unwrap(text).split() == text.split()
