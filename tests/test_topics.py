"""What one may ask about is told by the titles of the newest articles."""

from pathlib import Path

from small_index import index, open_index

STORY = "Giá vàng trong nước hôm nay tăng mạnh theo giá thế giới, các công ty cho biết sáng nay."


def test_the_newest_titles_come_first_and_each_of_another_story(tmp_path: Path) -> None:
    index(
        tmp_path / "data",
        {"id": "old", "title": "Cây cầu mới bắc qua sông Hồng", "text": "Cầu.", "date": "2020-01-01"},
        {"id": "new", "title": "Giá vàng trong nước tăng mạnh", "text": STORY, "date": "2025-04-02"},
        {"id": "copy", "title": "Vàng lên giá sau kỳ nghỉ lễ", "text": STORY, "date": "2025-04-01"},
        {"id": "retold", "title": "Giá vàng trong nước tăng mạnh!", "text": "Gạo.", "date": "2024-01-01"},
        {"id": "undated", "title": "Lũ lên nhanh ở các tỉnh miền Trung", "text": "Lũ."},
        {"id": "short", "title": "Tin nhanh", "text": "Tin.", "date": "2025-05-01"},
        {"id": "long", "title": "Tin " * 40, "text": "Bài.", "date": "2025-05-01"},
        {"id": "untitled", "text": "Không đề.", "date": "2025-05-01"},
    )
    store = open_index(tmp_path / "data").articles
    told = [
        "Giá vàng trong nước tăng mạnh",
        "Cây cầu mới bắc qua sông Hồng",
        "Lũ lên nhanh ở các tỉnh miền Trung",
    ]
    assert store.topics(10) == told
    assert store.topics(2) == told[:2]
    assert store.topics(0) == []


def test_a_collection_without_titles_has_none(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "untitled", "text": "Không đề."})
    assert open_index(tmp_path / "data").articles.topics(3) == []
