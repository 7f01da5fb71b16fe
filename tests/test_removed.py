"""What an admin took out is served no more, even when it was the last, and stays out whatever else comes or goes."""

import json
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from small_index import open_index, write_text

from retrieval.errors import SourceError
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import Report, reindex
from retrieval.questions.query import analyse
from retrieval.serving import Serving
from retrieval.sources.collection import Reading
from retrieval.uploads.uploads import Uploads

GOLD = "Giá vàng hôm nay tăng mạnh, theo các công ty kinh doanh vàng lớn."
STORY = "Xã vừa khánh thành cây cầu dài bảy mươi mét bắc qua con kênh lớn nhất vùng này."


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that serves the one article of the folder `in`."""
    write_text(tmp_path / "in/old.txt", GOLD)
    run(tmp_path / "data")
    return tmp_path / "data"


def run(data_dir: Path) -> Report:
    """Reindexes as the program does: the sources, and the uploads."""
    folder = data_dir / "uploads"
    sources = [data_dir.with_name("in"), *([folder] if list(folder.glob("[!.]*")) else [])]
    reading = Reading(removed=Uploads(Generations(data_dir), Reading()).removed())
    return reindex(sources, data_dir, FakeEmbedder(), reading=reading)


def upload(data_dir: Path, name: str, text: str = STORY) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    uploads.add(uploads.stage(name, text.encode()).token)


def ids(data_dir: Path) -> set[str]:
    return set(open_index(data_dir).store.digests())


def test_the_last_article_is_served_no_more_once_it_is_removed(data_dir: Path) -> None:
    serving = Serving(Generations(data_dir), FakeEmbedder())
    assert serving.retriever().answer(analyse("Giá vàng hôm nay thế nào?")).answered
    uploads = Uploads(Generations(data_dir), Reading())
    assert uploads.remove("old.txt") == "hidden"
    report = run(data_dir)
    assert (report.removed, report.articles, report.passages) == (1, 0, 0)
    assert serving.refresh()
    for question in ("Giá vàng hôm nay thế nào?", "gia vang hom nay the nao", "How much is gold in Hanoi?"):
        answer = serving.retriever().answer(analyse(question))
        assert (answer.answered, answer.nearest, answer.reason) == (False, (), "refused")
    assert uploads.restore("old.txt")
    assert run(data_dir).added == 1


def test_the_last_upload_is_served_no_more_once_it_is_removed(data_dir: Path) -> None:
    (data_dir.with_name("in") / "old.txt").unlink()
    upload(data_dir, "cầu.txt")
    run(data_dir)
    assert ids(data_dir) == {"cầu.txt"}
    assert Uploads(Generations(data_dir), Reading()).remove("cầu.txt") == "deleted"
    assert run(data_dir).removed == 1
    assert ids(data_dir) == set()


def test_sources_that_lose_their_articles_by_themselves_leave_the_index_untouched(data_dir: Path) -> None:
    write_text(data_dir.with_name("in") / "more.txt", STORY)
    run(data_dir)
    assert Uploads(Generations(data_dir), Reading()).remove("old.txt") == "hidden"
    (data_dir.with_name("in") / "more.txt").unlink()
    with pytest.raises(SourceError, match="Articles that were removed stay out"):
        run(data_dir)
    assert ids(data_dir) == {"old.txt", "more.txt"}


def test_an_empty_index_is_left_untouched_by_a_run_that_finds_nothing(data_dir: Path) -> None:
    Uploads(Generations(data_dir), Reading()).remove("old.txt")
    before = run(data_dir).generation
    with pytest.raises(SourceError, match="No article was found"):
        run(data_dir)
    assert open_index(data_dir).id == before


def test_what_was_removed_stays_out_when_an_upload_of_its_name_comes_and_goes(data_dir: Path) -> None:
    uploads = Uploads(Generations(data_dir), Reading())
    upload(data_dir, "other.txt", STORY.replace("bảy", "tám"))
    assert uploads.remove("old.txt") == "hidden"
    upload(data_dir, "old.txt")
    run(data_dir)
    assert ids(data_dir) == {"uploads/old.txt", "other.txt"}
    assert uploads.remove("uploads/old.txt") == "deleted"
    run(data_dir)
    assert ids(data_dir) == {"other.txt"}
    assert list(uploads.removed()) == ["old.txt"] and uploads.restore("old.txt")
    run(data_dir)
    assert ids(data_dir) == {"old.txt", "other.txt"}


def test_a_row_that_was_removed_under_a_longer_id_stays_out_under_its_shorter_one(data_dir: Path) -> None:
    write_text(data_dir.with_name("in") / "hai.csv", "text\nGiá gạo giảm.\nLũ trên sông.\n")
    upload(data_dir, "hai.csv", "text\nCầu mới.\nCầu cũ.\n")
    run(data_dir)
    uploads = Uploads(Generations(data_dir), Reading())
    assert uploads.remove("in/hai.csv#2") == "hidden"
    (data_dir / "uploads/hai.csv").unlink()
    run(data_dir)
    assert ids(data_dir) == {"old.txt", "hai.csv#1"}


def test_who_adds_a_table_again_means_all_of_its_rows_whatever_their_ids_were(data_dir: Path) -> None:
    rows = "text\nCầu mới.\nCầu cũ.\n"
    write_text(data_dir.with_name("in") / "hai.csv", "text\nGiá gạo giảm.\n")
    upload(data_dir, "hai.csv", rows)
    run(data_dir)
    assert Uploads(Generations(data_dir), Reading()).remove("uploads/hai.csv#2") == "hidden"
    upload(data_dir, "hai.csv", rows)
    run(data_dir)
    assert ids(data_dir) == {"old.txt", "in/hai.csv#1", "uploads/hai.csv#1", "uploads/hai.csv#2"}


def test_the_list_of_ids_that_an_earlier_version_wrote_is_still_read(data_dir: Path) -> None:
    upload(data_dir, "cầu.txt")
    write_text(data_dir / "removed.json", json.dumps(["old.txt"]))
    assert Uploads(Generations(data_dir), Reading()).removed() == {"old.txt": None}
    run(data_dir)
    assert ids(data_dir) == {"cầu.txt"}


@pytest.mark.parametrize("spoilt", ["{", "5", '{"a": 5}'])
def test_a_list_that_is_spoilt_stops_the_run_before_anything_comes_back(data_dir: Path, spoilt: str) -> None:
    write_text(data_dir / "removed.json", spoilt)
    with pytest.raises(SourceError, match="fix or remove it"):
        run(data_dir)
