"""Articles and passages come back from disk as they went in, by row and by id, for any thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_index import article

from retrieval.article import Article, Passage
from retrieval.errors import IndexDamaged
from retrieval.index.embedded.store.articles import FILE
from retrieval.index.embedded.store.store import Store
from retrieval.index.embedded.store.writer import StoreWriter

FULL = Article(
    "https://example.org/tin?a=1&b=2#x",
    "Một.\nHai. 🙂\n\nBa.",
    "Tiêu đề",
    date(2025, 4, 2),
    "Báo 'A' \"B\"",
    "Ai; DROP TABLE article;--",
    "https://example.org/tin",
    "seeds/một hai.txt",
    "vi",
    (5, 12),
)
BARE = article("Only text.", "tệp/漢字 %20.txt#7")


def passages_of(found: Article, *spans: tuple[int, int], heading: str | None = None) -> list[Passage]:
    return [
        Passage(f"{found.id}#{i}", found.id, start, end, found.text[start:end], heading)
        for i, (start, end) in enumerate(spans)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two articles with two passages and one."""
    with StoreWriter(tmp_path) as writer:
        writer.add(FULL, "digest-1", passages_of(FULL, (0, 4), (5, 11), heading="Mục"))
        writer.add(BARE, "digest-2", passages_of(BARE, (0, 10)))
    return Store.load(tmp_path)


def test_an_article_comes_back_whole(store: Store) -> None:
    assert store.article(FULL.id) == FULL
    assert store.article(BARE.id) == BARE


@pytest.mark.parametrize("wrong", ["", "nothing", "%", "' OR 1=1 --", "\x00", "x" * 1_000_000])
def test_an_unknown_id_gives_nothing(store: Store, wrong: str) -> None:
    assert store.article(wrong) is None


def test_passages_come_by_row_with_their_articles(store: Store) -> None:
    first, second = passages_of(FULL, (0, 4), (5, 11), heading="Mục")
    assert store.at([2, 0]) == {0: (first, FULL), 2: (passages_of(BARE, (0, 10))[0], BARE)}
    assert store.at([1])[1] == (second, FULL)
    assert store.at([]) == {}


def test_counts_digests_languages_and_dates(store: Store) -> None:
    assert (store.articles, store.passages) == (2, 3)
    assert store.digests() == {FULL.id: "digest-1", BARE.id: "digest-2"}
    assert store.languages([0, 2]) == {0: "vi", 2: None}
    assert store.dates() == (date(2025, 4, 2), date(2025, 4, 2))


def test_dates_are_unknown_where_no_article_has_one(tmp_path: Path) -> None:
    with StoreWriter(tmp_path) as writer:
        writer.add(BARE, "d", [])
    assert Store.load(tmp_path).dates() == (None, None)


def test_more_rows_than_a_statement_takes_are_had_in_one_call(tmp_path: Path) -> None:
    """SQLite takes 32,766 values in one statement where it is built with its defaults."""
    many = article("x" * 40_000)
    with StoreWriter(tmp_path) as writer:
        writer.add(many, "d", passages_of(many, *((i, i + 1) for i in range(40_000))))
    assert len(Store.load(tmp_path).at(range(40_000))) == 40_000


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(st.characters(codec="utf-8")))
def test_any_text_and_any_id_survive(text: str, article_id: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with StoreWriter(Path(folder)) as writer:
            writer.add(article(text, article_id), "d", [])
        store = Store.load(Path(folder))
        found = store.article(article_id)
        store.close()
    assert found is not None and found.text == text


def test_the_same_articles_make_the_same_bytes(tmp_path: Path) -> None:
    """What makes "nothing changed" visible."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with StoreWriter(tmp_path / name) as writer:
            writer.add(FULL, "digest-1", passages_of(FULL, (0, 4)))
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()


def test_many_threads_read_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda i: (store.at([i % 3]), store.article(FULL.id)), range(200)))
    assert all(len(at) == 1 and whole == FULL for at, whole in found)


def test_a_folder_whose_name_looks_like_an_address_is_only_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a?mode=rwc&x=#y %41"
    folder.mkdir()
    with StoreWriter(folder) as writer:
        writer.add(BARE, "d", [])
    assert Store.load(folder).articles == 1


@pytest.mark.parametrize("spoilt", [b"", b"not a database at all, however long it may be" * 30])
def test_a_file_that_is_no_store_is_damaged(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / FILE).write_bytes(spoilt)
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        Store.load(tmp_path)


def test_a_missing_file_is_damaged_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="trichdan reindex"):
        Store.load(tmp_path)
    assert list(tmp_path.iterdir()) == []
