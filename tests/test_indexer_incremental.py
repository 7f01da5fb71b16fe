"""An index that grew by changes is the index that its sources would make at once."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from fake_embedder import FakeEmbedder, UntouchableEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st
from small_index import index, open_index, write_jsonl
from village_news import folder_of, story

from retrieval.index.embedded.generation import Generation
from retrieval.index.embedded.words.lexical import ARRAYS
from retrieval.index.terms import VIEWS
from retrieval.indexing.run import reindex
from retrieval.sources.collection import Reading

SENTENCES = ("Giá vàng tăng.", "Giá gạo giảm ở miền Tây.", "Lũ trên sông Hồng.", "Cầu mới đã thông xe.")
ARTICLES = st.dictionaries(
    st.sampled_from("abcdefg"), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), min_size=1
)


def records(articles: dict[str, list[str]]) -> list[dict[str, str]]:
    return [{"id": name, "text": "\n".join(sentences)} for name, sentences in articles.items()]


def assert_same(one: Generation, other: Generation) -> None:
    rows = range(other.manifest.passages)
    assert one.manifest.passages == len(rows)
    assert one.store.at(rows) == other.store.at(rows)
    assert one.store.digests() == other.store.digests()
    assert np.array_equal(one.dense.vectors(np.array(rows)), other.dense.vectors(np.array(rows)))
    assert np.array_equal(one.sentences.packed(0, len(rows)), other.sentences.packed(0, len(rows)))
    assert one.marks.forms == other.marks.forms
    assert [a.tolist() for a in one.marks.pairs().finish()] == [
        a.tolist() for a in other.marks.pairs().finish()
    ]
    for view in VIEWS:
        for name in ARRAYS:
            assert np.array_equal(getattr(one.lexical[view], name), getattr(other.lexical[view], name))


@settings(max_examples=25)
@given(st.lists(ARTICLES, min_size=2, max_size=3))
def test_changes_one_after_the_other_make_the_index_that_one_run_makes(
    states: list[dict[str, list[str]]],
) -> None:
    with TemporaryDirectory() as folder:
        for state in states:
            source = write_jsonl(Path(folder) / "in.jsonl", *records(state))
            reindex([source], Path(folder) / "grown", FakeEmbedder())
        reindex([source], Path(folder) / "fresh", FakeEmbedder())
        assert_same(open_index(Path(folder) / "grown"), open_index(Path(folder) / "fresh"))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    index(tmp_path / "data", *records({"a": [SENTENCES[0]], "b": [SENTENCES[1]]}))
    return tmp_path / "data"


def test_vectors_of_what_stays_come_from_the_index_before_even_without_the_cache(data_dir: Path) -> None:
    shutil.rmtree(data_dir / "cache")
    embedder = FakeEmbedder()
    index(
        data_dir, *records({"c": [SENTENCES[2]], "a": [SENTENCES[0]], "b": [SENTENCES[1]]}), embedder=embedder
    )
    assert embedder.embedded == [SENTENCES[2]]


def test_another_order_of_lines_is_no_change(data_dir: Path) -> None:
    """The ids are explicit: the articles only stand on other lines."""
    report = index(
        data_dir, *records({"b": [SENTENCES[1]], "a": [SENTENCES[0]]}), embedder=UntouchableEmbedder()
    )
    assert (report.unchanged, report.added + report.changed + report.removed) == (2, 0)


def test_of_a_changed_article_only_the_changed_passages_are_embedded(tmp_path: Path) -> None:
    long = [f"{sentence[:-1]}, như đã biết từ lâu{', rồi lại' * 40}." for sentence in SENTENCES]
    index(tmp_path / "data", {"id": "a", "text": "\n".join(long)})
    report = index(tmp_path / "data", {"id": "a", "text": "\n".join([*long[:3], "Cầu cũ đã đóng. " * 30])})
    assert (report.changed, report.passages, report.embedded) == (1, 4, 1)


def test_a_page_that_moved_keeps_its_id_when_that_is_its_address(tmp_path: Path) -> None:
    page = {"url": "https://example.com/a", "text": SENTENCES[0]}
    write_jsonl(tmp_path / "in/one.jsonl", page)
    reindex([tmp_path / "in"], tmp_path / "data", FakeEmbedder())
    (tmp_path / "in/one.jsonl").rename(tmp_path / "in/two.jsonl")
    report = reindex([tmp_path / "in"], tmp_path / "data", UntouchableEmbedder())
    assert (report.unchanged, report.added, report.removed) == (1, 0, 0)
    found = open_index(tmp_path / "data").store.article("https://example.com/a")
    assert found and found.path and found.path.endswith("two.jsonl")


def page(day: int, text: str) -> dict[str, str]:
    return {"url": "https://example.com/a", "date": f"2025-04-{day:02}", "text": text}


@pytest.mark.parametrize("days", [(2, 3), (3, 2)])
def test_of_two_versions_of_one_address_the_newer_is_indexed(tmp_path: Path, days: tuple[int, int]) -> None:
    data_dir = tmp_path / "data"
    versions = [page(day, SENTENCES[day - 2]) for day in days]
    report = index(data_dir, *versions)
    assert (report.articles, report.added) == (1, 1)
    assert ["older version" in failure.reason for failure in report.failed] == [True]
    found = open_index(data_dir).store.article("https://example.com/a")
    assert found and found.text == SENTENCES[1]
    again = index(data_dir, *versions, embedder=UntouchableEmbedder())
    assert (again.unchanged, again.changed, again.generation) == (1, 0, report.generation)


def test_a_newer_version_replaces_the_one_that_was_indexed(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    index(data_dir, page(2, SENTENCES[0]))
    report = index(data_dir, page(2, SENTENCES[0]), page(3, SENTENCES[1]))
    assert (report.changed, report.unchanged, report.removed, report.articles) == (1, 0, 0, 1)
    found = open_index(data_dir).store.article("https://example.com/a")
    assert found and found.text == SENTENCES[1]


WIRE = " ".join(f"Câu thứ {n} của bản tin kể về chuyến thăm chính thức ngày {n} tháng tư." for n in range(12))


def test_wire_copies_know_of_each_other(tmp_path: Path) -> None:
    copies = {"one": WIRE, "two": WIRE + " Theo hãng tin.", "other": "Giá vàng tăng. " * 20}
    index(tmp_path / "data", *({"id": name, "text": text} for name, text in copies.items()))
    store = open_index(tmp_path / "data").store
    assert [article.id for article in store.copies_of("one")] == ["two"]
    assert [article.id for article in store.copies_of("two")] == ["one"]
    assert store.copies_of("other") == []
    index(tmp_path / "data", *({"id": name, "text": copies[name]} for name in ("other", "two")))
    assert open_index(tmp_path / "data").store.copies_of("two") == []


def test_a_dry_run_tells_what_would_be_done_and_does_none_of_it(data_dir: Path) -> None:
    before = open_index(data_dir).id
    source = write_jsonl(
        data_dir.with_name("data-sources") / "articles.jsonl",
        *records({"a": [SENTENCES[0]], "c": [SENTENCES[2]]}),
    )
    planned = reindex([source], data_dir, UntouchableEmbedder(), dry_run=True)
    assert (planned.added, planned.removed, planned.unchanged, planned.embedded) == (1, 1, 1, 1)
    assert (planned.articles, planned.passages, planned.generation) == (2, 2, before)
    assert [path.name for path in (data_dir / "generations").iterdir()] == [before]
    assert reindex([source], data_dir, FakeEmbedder()).embedded == planned.embedded


def test_removed_articles_stay_out_until_they_are_wanted_again(data_dir: Path) -> None:
    source = data_dir.with_name("data-sources") / "articles.jsonl"
    report = reindex([source], data_dir, UntouchableEmbedder(), reading=Reading(removed={"a": None}))
    assert (report.removed, report.unchanged, report.failed) == (1, 1, ())
    assert open_index(data_dir).store.article("a") is None
    assert reindex([source], data_dir, UntouchableEmbedder()).added == 1


def test_other_columns_are_news_though_the_bytes_are_the_same(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", {"id": "a", "text": "Giá vàng.", "content": "Giá gạo giảm."})
    reindex([source], tmp_path / "data", FakeEmbedder())
    report = reindex(
        [source], tmp_path / "data", FakeEmbedder(), reading=Reading(columns={"text": "content"})
    )
    assert report.changed == 1
    found = open_index(tmp_path / "data").store.article("a")
    assert found and found.text == "Giá gạo giảm."


def test_a_moved_folder_costs_nothing_and_its_articles_know_their_new_place(tmp_path: Path) -> None:
    reindex([folder_of(tmp_path / "old", 2)], tmp_path / "data", FakeEmbedder())
    (tmp_path / "old").rename(tmp_path / "new")
    shutil.rmtree(tmp_path / "data/cache")
    report = reindex([tmp_path / "new"], tmp_path / "data", UntouchableEmbedder())
    assert (report.unchanged, report.changed) == (2, 0)
    found = open_index(tmp_path / "data").store.article("1.txt")
    assert found and found.path == (tmp_path / "new/1.txt").as_posix()


def test_what_is_no_address_is_no_id(tmp_path: Path) -> None:
    report = index(tmp_path / "data", *({"url": "n/a", "text": text} for text in SENTENCES))
    assert (report.articles, report.failed) == (4, ())


def test_the_same_page_found_twice_is_told_once_and_then_unchanged(tmp_path: Path) -> None:
    pages = [page(2, SENTENCES[0])] * 2
    first = index(tmp_path / "data", *pages)
    assert ["the same article" in failure.reason for failure in first.failed] == [True]
    again = index(tmp_path / "data", *pages, embedder=UntouchableEmbedder())
    assert (again.unchanged, again.generation) == (1, first.generation)


def test_a_file_whose_name_is_no_utf8_stops_no_run(tmp_path: Path) -> None:
    folder_of(tmp_path / "in", 1)
    try:
        Path((bytes(tmp_path) + b"/in/b\xe9.txt").decode("utf-8", "surrogateescape")).write_text(
            story(2), "utf-8"
        )
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 names alone")
    for _ in range(2):
        report = reindex([tmp_path / "in"], tmp_path / "data", FakeEmbedder())
        assert (report.articles, len(report.failed)) == (1, 1)
