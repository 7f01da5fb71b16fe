"""Lines that an outlet's articles share are its furniture, and only those."""

from pathlib import Path

from fake_embedder import FakeEmbedder
from small_index import open_index, write_text
from village_news import FURNITURE, folder_of, story

from retrieval.indexing.run import reindex


def texts(data_dir: Path) -> str:
    store = open_index(data_dir).store
    return "\n".join(article.text for _, article in store.at(range(store.passages)).values())


def test_a_line_that_most_articles_of_an_outlet_share_is_furniture(tmp_path: Path) -> None:
    reindex([folder_of(tmp_path / "in", 6)], tmp_path / "data", FakeEmbedder())
    store = open_index(tmp_path / "data").store
    found = store.article("3.txt")
    assert found and FURNITURE not in texts(tmp_path / "data")
    assert found.text.startswith("Xã số 3 ") and "ấp 3" in found.text
    assert [found.text[gap:][:8] for gap in found.gaps] == ["Người dâ"]


def test_too_few_articles_teach_nothing(tmp_path: Path) -> None:
    reindex([folder_of(tmp_path / "in", 3)], tmp_path / "data", FakeEmbedder())
    assert texts(tmp_path / "data").count(FURNITURE) == 3


def test_what_was_learned_serves_the_next_article_and_changes_no_old_one(tmp_path: Path) -> None:
    source, data_dir = folder_of(tmp_path / "in", 3), tmp_path / "data"
    reindex([source], data_dir, FakeEmbedder())
    folder_of(source, 4)
    report = reindex([source], data_dir, FakeEmbedder())
    assert (report.added, report.unchanged) == (1, 3)
    fourth = open_index(data_dir).store.article("4.txt")
    assert fourth and FURNITURE not in fourth.text
    assert texts(data_dir).count(FURNITURE) == 3
    reindex([source], data_dir, FakeEmbedder(), full=True)
    assert FURNITURE not in texts(data_dir)


def test_an_article_edited_again_and_again_counts_once(tmp_path: Path) -> None:
    source, data_dir = tmp_path / "in", tmp_path / "data"
    for day in range(5):
        write_text(
            source / "a.txt", f"{story(1)}Bản sửa thứ {day} thêm câu này vào cuối bài viết về cây cầu."
        )
        reindex([source], data_dir, FakeEmbedder())
    assert FURNITURE in texts(data_dir)


def test_lines_of_articles_that_are_gone_count_no_more(tmp_path: Path) -> None:
    """Eight articles of an outlet share a line; when all are gone, a new one may have it."""
    source, data_dir = folder_of(tmp_path / "in", 8), tmp_path / "data"
    reindex([source], data_dir, FakeEmbedder())
    assert FURNITURE not in texts(data_dir)
    for number in range(1, 9):
        (source / f"{number}.txt").unlink()
    write_text(source / "new.txt", story(99))
    reindex([source], data_dir, FakeEmbedder())
    assert FURNITURE in texts(data_dir)


def test_what_a_quarter_of_the_articles_tell_is_no_furniture(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", 6)
    for number in range(7, 25):
        write_text(source / f"{number}.txt", story(number).replace(FURNITURE, f"Ghi chú riêng số {number}."))
    reindex([source], tmp_path / "data", FakeEmbedder())
    assert texts(tmp_path / "data").count(FURNITURE) == 6
