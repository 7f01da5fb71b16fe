"""PDF files: running heads, page breaks, hyphens, and what cannot be read."""

import pytest
from document_files import (
    FIRST,
    SECOND,
    THIRD,
    TITLE,
    pdf,
    picture_pdf,
)
from reading_documents import from_pdf, lines

from retrieval.errors import SourceError
from retrieval.sources.formats.pdf.pages import SizeLimits


def test_a_pdfs_heads_feet_and_page_numbers_are_dropped() -> None:
    document = from_pdf(pdf([[FIRST], [SECOND], [THIRD]], "Báo Biển số #", "Trang #/3"))
    assert lines(document) == [FIRST, SECOND, THIRD]
    assert [dropped.reason for dropped in document.dropped] == ["running head", "page number"] * 3
    assert [dropped.text for dropped in document.dropped][:2] == ["Báo Biển số 1", "Trang 1/3"]


def test_a_pdfs_body_is_kept_where_pages_do_not_repeat() -> None:
    document = from_pdf(pdf([[FIRST, "Năm 2024"], [SECOND, THIRD], [THIRD]]))
    assert lines(document) == [FIRST, "Năm 2024", SECOND, THIRD, THIRD]
    assert document.dropped == ()
    assert document.gaps == ()


def test_the_head_of_a_short_chapter_is_known_by_the_pages_number_in_it() -> None:
    heads = ["Chương 1: Bay"] * 4 + ["Chương cuối: Vé"] + ["Phụ lục"] * 5
    bodies = [
        f"{FIRST[:-1]}, chuyến số {word}." for word in "một hai ba bốn năm sáu bảy tám chín mười".split()
    ]
    document = from_pdf(pdf([[body] for body in bodies], head=[f"{head} #" for head in heads]))
    assert lines(document) == bodies
    assert document.dropped[4].text == "Chương cuối: Vé 5"


def test_pages_tell_where_each_page_begins() -> None:
    document = from_pdf(pdf([[FIRST], [SECOND, FIRST], [THIRD]], foot="#"))
    assert [document.text[offset:].split("\n")[0] for offset in document.pages] == [FIRST, SECOND, THIRD]


def test_a_paragraph_over_a_page_break_goes_on_when_nothing_stands_between() -> None:
    cut = FIRST.index(" mang")
    document = from_pdf(pdf([[SECOND, FIRST[:cut]], [FIRST[cut + 1 :], THIRD]]))
    assert lines(document) == [SECOND, FIRST, THIRD]
    assert [document.text[offset:] for offset in document.pages] == [document.text, THIRD]
    assert document.gaps == ()


def test_a_paragraph_over_a_page_break_is_broken_at_a_running_head() -> None:
    cut = FIRST.index(" mang")
    document = from_pdf(pdf([[SECOND, FIRST[:cut]], [FIRST[cut + 1 :], THIRD]], head="Báo Biển"))
    assert lines(document) == [SECOND, FIRST[:cut], FIRST[cut + 1 :], THIRD]
    assert document.gaps == (document.text.index("mang"),)
    assert document.pages == (0, document.gaps[0])


def test_words_broken_at_line_ends_are_rejoined_and_real_hyphens_kept() -> None:
    printed = [
        "Quan hệ Việt-",
        "Nga phát triển rất tốt đẹp, theo tờ báo Inter-",
        "national và các báo về kinh tế-",
        "xã hội trong giai đoạn từ 2020-",
        "2025 vừa qua, theo well-known và well-",
        "known.",
    ]
    assert from_pdf(pdf([printed], wrapped=False)).text == (
        "Quan hệ Việt-Nga phát triển rất tốt đẹp, theo tờ báo International và các báo về kinh tế-xã hội trong giai"
        " đoạn từ 2020-2025 vừa qua, theo well-known và well-known."
    )


def test_a_short_line_ends_its_paragraph_without_a_gap_between() -> None:
    printed = [
        "Hai bên nhất trí bay ba chuyến mỗi tuần và sẽ tăng chuyến khi có thêm",
        "nhu cầu.",
        "Vé khứ hồi có giá từ mười hai triệu đồng theo bảng giá được công bố",
        "hôm qua tại Hà Nội.",
    ]
    assert lines(from_pdf(pdf([printed], wrapped=False))) == [" ".join(printed[:2]), " ".join(printed[2:])]


@pytest.mark.parametrize("title", ["Microsoft Word - bai viet.doc", "bai-viet.docx", "untitled", "a", "123"])
def test_a_pdfs_title_is_kept_only_when_it_says_something(title: str) -> None:
    document = from_pdf(pdf([[FIRST]], information={"Title": title, "Author": "Administrator"}))
    assert (document.title, document.author, document.date) == (None, None, None)


def test_a_pdf_gives_its_author_but_never_the_day_it_was_made() -> None:
    document = from_pdf(pdf([[FIRST]], information={"Title": TITLE, "Author": "Thu Trang"}))
    assert (document.title, document.author, document.date) == (TITLE, "Thu Trang", None)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (pdf([[FIRST]], password="secret"), "encrypted.*password"),
        (picture_pdf(), "no text layer.*OCR"),
        (pdf([[], []], head="Quét bởi máy"), "no text layer.*OCR"),
        (pdf([[FIRST]])[:200], "damaged"),
        (b"", "damaged"),
        (FIRST.encode(), "damaged"),
    ],
)
def test_a_pdf_without_readable_text_says_why(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_pdf(data)


def test_a_pdf_beyond_all_measure_is_refused() -> None:
    data = pdf([[FIRST], [SECOND], [THIRD]])
    with pytest.raises(SourceError, match="3 pages: expected at most 2"):
        from_pdf(data, SizeLimits(pages=2))
    with pytest.raises(SourceError, match="of text"):
        from_pdf(data, SizeLimits(text=100))


def test_a_damaged_page_costs_itself_and_is_remarked() -> None:
    data = pdf([[FIRST], [SECOND], [THIRD]])
    damaged = data.replace(b"3 0 R 4 0 R 5 0 R ]", b"3 0 R 99 0 R 5 0 R ]")
    document = from_pdf(damaged)
    assert lines(document) == [FIRST, THIRD]
    assert document.remarks == ("1 of its pages cannot be read (2), the others are: export it again",)


def test_text_in_a_damaged_font_is_kept() -> None:
    data = pdf([[FIRST], [SECOND]])
    font = data.index(b"/Length1")
    begins = data.index(b"stream", font) + 400
    document = from_pdf(data[:begins] + bytes(200) + data[begins + 200 :])
    assert lines(document) == [FIRST, SECOND]
