"""Cleaning keeps the article word for word and drops the page around it."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retrieval.sources.cleaning.furniture_words import Cues, load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.sources.model import Document
from retrieval.text.forms import normalise

TESTS = Path(__file__).parent
PAGES = TESTS / "data" / "pages"
SEEDS = TESTS.parent / "seeds"
GOLD = json.loads((PAGES / "gold.json").read_text("utf-8"))
SEED_GOLD = json.loads((TESTS / "data" / "seeds_gold.json").read_text("utf-8"))
CUES = load_cues()

PARAGRAPHS = (
    "Sáng nay, hội đồng thị trấn thông qua kế hoạch trồng mười nghìn cây bần dọc bờ sông trong ba năm.",
    "Kinh phí lấy từ quỹ bảo vệ bờ và khoản đóng góp của các hộ nuôi tôm quanh vùng, tổng cộng 4,5 tỷ đồng.",
    "Cây giống được ươm tại trại của hợp tác xã, mỗi cây cao khoảng nửa mét khi đem trồng.",
)


@dataclass(frozen=True)
class Outcome:
    """Characters of a page by what should and what did become of them."""

    lost: list[str]
    left: list[str]
    body: int
    furniture: int


def outcome(page: str, body_lines: list[int], cleaned: Document) -> Outcome:
    kept, dropped = cleaned.text.split("\n"), [dropped.text for dropped in cleaned.dropped]
    lost, left, sizes = [], [], {True: 0, False: 0}
    for number, line in enumerate(normalise(page).split("\n"), start=1):
        if not line:
            continue
        is_body = number in body_lines
        sizes[is_body] += len(line)
        if dropped and line == dropped[0]:
            dropped.pop(0)
            lost += [line] if is_body else []
        else:
            assert line == kept.pop(0)
            left += [] if is_body else [line]
    return Outcome(lost, left, sizes[True], sizes[False])


def page_outcome(name: str, cues: Cues) -> Outcome:
    page = (PAGES / f"{name}.txt").read_text("utf-8")
    return outcome(page, GOLD[name]["body"], clean(page, cues))


@pytest.mark.parametrize("name", SEED_GOLD)
def test_a_seed_keeps_its_body_and_nothing_else(name: str) -> None:
    page = (SEEDS / name).read_text("utf-8")
    result = outcome(page, SEED_GOLD[name], clean(page, CUES))
    assert result.lost == []
    assert result.left == []


@pytest.mark.parametrize(
    ("name", "title", "date", "source", "author"),
    [
        ("000", None, None, None, None),
        (
            "001",
            "Trước thềm Tổng Bí thư Tô Lâm thăm Nga: Việt Nam và Nga đã vượt qua nhiều thử thách",
            "2025-04-02",
            None,
            None,
        ),
        ("002", "Việt Nam-Nga: Tin cậy và chân thành", None, "Baoquocte.vn", "Thu Trang"),
        (
            "003",
            "Khẳng định tình hữu nghị sâu sắc giữa Việt Nam và các nước bạn bè truyền thống",
            "2025-05-05",
            "Nhân Dân",
            None,
        ),
        ("004", None, None, None, None),
    ],
)
def test_a_seed_shows_its_metadata_and_none_is_invented(
    name: str, title: str | None, date: str | None, source: str | None, author: str | None
) -> None:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    cleaned = clean(path.read_text("utf-8"), CUES)
    found = cleaned.date.isoformat() if cleaned.date else None
    assert (cleaned.title, found, cleaned.source, cleaned.author) == (title, date, source, author)


@pytest.mark.parametrize("name", GOLD)
def test_a_page_keeps_its_body_and_loses_its_furniture(name: str) -> None:
    result = page_outcome(name, CUES)
    assert sum(map(len, result.lost)) <= 0.02 * result.body, result.lost
    assert sum(map(len, result.left)) <= 0.25 * result.furniture, result.left


def test_hardly_any_furniture_is_left_on_all_pages_together() -> None:
    results = [page_outcome(name, CUES) for name in GOLD]
    assert sum(len(line) for r in results for line in r.left) < 0.03 * sum(r.furniture for r in results)


@pytest.mark.parametrize("name", GOLD)
def test_a_page_shows_its_metadata_and_none_is_invented(name: str) -> None:
    cleaned = clean((PAGES / f"{name}.txt").read_text("utf-8"), CUES)
    expected = GOLD[name]
    assert (cleaned.title, str(cleaned.date)) == (expected["title"], str(expected["date"]))
    assert (cleaned.source, cleaned.author) == (expected["source"], expected["author"])


def test_without_any_cue_structure_alone_removes_most_furniture_and_keeps_the_body() -> None:
    results = [page_outcome(name, Cues()) for name in GOLD]
    furniture, body = sum(r.furniture for r in results), sum(r.body for r in results)
    assert sum(len(line) for r in results for line in r.left) < 0.35 * furniture
    assert sum(len(line) for r in results for line in r.lost) < 0.03 * body


PURE_BODY = {
    "essay": "\n\n".join(PARAGRAPHS),
    "one long line without a full stop": "mưa rơi trên bến cũ " * 1000,
    "one paragraph": PARAGRAPHS[0],
    "two lines": "\n".join(PARAGRAPHS[:2]),
    "poem": "Sông trôi qua cửa nhà tôi\nMùa nước nổi\nmùa nước vơi\n\nSông trôi\nSông trôi\nnhư chưa\nbao giờ",
    "interview": "\n".join(
        [
            "PV: Thưa ông, vì sao chọn cây bần?",
            "Ông Lành: Vì rễ nó giữ đất.",
            "PV: Trồng có khó không?",
            "Ông Lành: Không khó. Cái khó là giữ cho trâu bò đừng ăn.",
            "PV: Còn kinh phí?",
            f"Ông Lành: {PARAGRAPHS[1]}",
            "PV: Cảm ơn ông!",
        ]
    ),
    "press release": "\n".join(
        [
            PARAGRAPHS[0],
            "Các hạng mục chính:",
            "1. Ươm giống: 10.000 cây",
            "2. Trồng cây: từ tháng 6 đến tháng 9",
            "3. Chăm sóc: ba năm",
            PARAGRAPHS[1],
            "Đầu mối liên lạc",
            "Bà Tư, 0900 000 001",
        ]
    ),
    "table": "\n".join(
        [PARAGRAPHS[0], "Đoàn", "Vàng", "Bạc", "A", "3", "1", "B", "2", "2", PARAGRAPHS[1], PARAGRAPHS[2]]
    ),
}


@pytest.mark.parametrize("text", PURE_BODY.values(), ids=PURE_BODY.keys())
def test_a_text_that_is_all_body_loses_nothing(text: str) -> None:
    cleaned = clean(text, CUES)
    assert cleaned.dropped == ()
    assert cleaned.text == "\n".join(line for line in normalise(text).split("\n") if line)
    assert cleaned.gaps == ()


def test_a_caption_said_twice_is_dropped_and_leaves_a_gap() -> None:
    caption = "Trại ươm cây bần của hợp tác xã ven sông."
    cleaned = clean("\n".join([PARAGRAPHS[0], caption, caption, *PARAGRAPHS[1:]]), CUES)
    assert cleaned.text == "\n".join(PARAGRAPHS)
    assert cleaned.gaps == (len(PARAGRAPHS[0]) + 1,)
    assert [dropped.reason for dropped in cleaned.dropped] == ["caption", "caption"]


@pytest.mark.parametrize(
    "line",
    [
        "Trại ươm cây bần. (Ảnh: Minh Quế/TTXVN)",
        "Trại ươm cây bần. Ảnh: Minh Quế",
        "Trại ươm cây bần - Ảnh: MINH QUẾ",
        "© Sputnik / Ivan PetrovTrại ươm cây bần",
        "Theo dõi Báo Bến Sông trên",
        "Chia sẻ",
        ">>> Xem thêm: Cây bần giữ đất",
        "Quảng cáo",
        "Photo: Jane Doakes/Reuters",
        "Фото: Анна Кедрова / ТАСС",
        "Подписаться",
    ],
)
def test_furniture_between_two_paragraphs_is_dropped(line: str) -> None:
    cleaned = clean("\n".join([PARAGRAPHS[0], line, *PARAGRAPHS[1:]]), CUES)
    assert cleaned.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "Trồng cây giữ đất",
        "Theo dõi mực nước, ông Lành thấy bờ lở chậm hẳn lại.",
        "“Đăng ký là được trồng.”",
        "- 4,5 tỷ đồng cho giai đoạn đầu;",
        "“Rễ bần giữ đất tốt hơn kè bê tông”. (Ông Bảy Lành, trưởng ấp)",
        "Chia sẻ kinh nghiệm trồng rừng là một phần của kế hoạch.",
    ],
)
def test_short_lines_of_the_article_itself_stay(line: str) -> None:
    cleaned = clean("\n".join(["Chia sẻ", PARAGRAPHS[0], PARAGRAPHS[1], line, PARAGRAPHS[2]]), CUES)
    assert line in cleaned.text.split("\n")


def test_a_date_in_prose_or_in_a_teaser_is_not_the_articles_date() -> None:
    teasers = ["Tin liên quan", "Giá tôm hôm nay giảm ở ba tỉnh ven biển", "10:20 01/02/2026"]
    page = [
        "Trồng mười nghìn cây bần giữ đất ven sông",
        *PARAGRAPHS,
        "Ngày 5/6/2024, việc trồng bắt đầu ở ấp Bảy.",
    ]
    assert clean("\n".join(page + teasers), CUES).date is None


pages = st.lists(
    st.sampled_from(
        [
            *PARAGRAPHS,
            "",
            "Chia sẻ",
            "Đọc thêm",
            "10:41 15/09/2025",
            "Thu Trang",
            "Giá vàng lên, giá tôm xuống ở ba tỉnh ven biển",
            "Theo báo Nhân Dân",
            "© TTXVN",
            "1",
            "A: b",
        ]
    )
    | st.text(max_size=80),
    max_size=40,
).map("\n".join)


@given(pages, st.booleans())
def test_every_line_is_either_kept_or_dropped_in_order_and_gaps_stand_where_text_is_missing(
    page: str, with_cues: bool
) -> None:
    cleaned = clean(page, CUES if with_cues else Cues())
    lines = [line for line in normalise(page).split("\n") if line]
    kept = cleaned.text.split("\n") if cleaned.text else []
    assert sorted(kept + [dropped.text for dropped in cleaned.dropped]) == sorted(lines)
    remaining = iter(lines)
    assert all(line in remaining for line in kept)
    assert all(gap > 0 and cleaned.text[gap - 1] == "\n" for gap in cleaned.gaps)
    assert bool(lines) == bool(kept) or all(dropped.reason for dropped in cleaned.dropped)
    if not cleaned.dropped:
        assert cleaned.gaps == ()


@given(pages)
@settings(max_examples=50)
def test_cleaning_a_cleaned_text_again_removes_no_paragraph(page: str) -> None:
    once = clean(page, CUES).text
    lines = once.split("\n")
    assume(all(line != following for line, following in pairwise(lines)))  # a line said twice is a caption
    again = clean(once, CUES).text
    assert [p for p in PARAGRAPHS if p in once] == [p for p in PARAGRAPHS if p in again]


def test_a_short_last_paragraph_below_a_link_to_another_story_stays() -> None:
    page = "\n".join(
        [
            "Trồng bần giữ bờ sông",
            *PARAGRAPHS,
            ">> Xem thêm: Bến Tre trồng thêm rừng ngập mặn",
            PARAGRAPHS[2][:-1] + " ở bãi.",
            "Từ khóa: bần, bờ sông",
        ]
    )
    cleaned = clean(page, CUES)
    assert cleaned.text.split("\n") == [*PARAGRAPHS, PARAGRAPHS[2][:-1] + " ở bãi."]
    assert [dropped.reason for dropped in cleaned.dropped] == ["title", "related", "tags"]


def test_a_lead_above_the_title_stays_and_a_players_buttons_go() -> None:
    lead = "Hội đồng thị trấn dành 4,5 tỷ đồng cho mười nghìn cây bần dọc bờ sông trong ba năm."
    page = "\n".join(
        [
            lead,
            "Thứ Ba, 23:41, 04/11/2025",
            "An Bình/Báo Bờ Sông",
            "Trồng mười nghìn cây bần giữ bờ sông",
            "Nghe đọc bài",
            "0:00 / 3:12",
            "1x",
            *PARAGRAPHS,
            "bo_song_moi.jpg",
            "Bờ sông nơi trồng bần",
        ]
    )
    assert clean(page, CUES).text.split("\n") == [lead, *PARAGRAPHS]
