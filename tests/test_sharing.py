"""Links to passages: what they hold, and what they lead to in an index."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.replies.sharing import opening_link, payload_of, share_link, shared
from retrieval.article import Article, Excerpt, Span
from retrieval.excerpts.context import excerpt_at
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.store.store import Store
from retrieval.indexing.run import reindex

TEXT = "Đoạn mở đầu của bài báo.\nThương mại song phương đạt 4,1 tỷ USD trong mười một tháng.\nĐoạn kết."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return indexed(tmp_path, TEXT)


def indexed(folder: Path, text: str) -> Store:
    (folder / "news").mkdir(exist_ok=True)
    (folder / "news" / "một bài.txt").write_text(text, encoding="utf-8")
    embedder = FakeEmbedder()
    reindex([folder / "news"], folder / "data", embedder)
    return Generations(folder / "data").open_current(embedder.fingerprint).store


def excerpt(store: Store, start: int = 25, end: int = 84) -> Excerpt:
    """By default the second paragraph."""
    article = store.article("một bài.txt")
    assert article is not None
    return excerpt_at(article, Span(start, end), [Span(30, 40)], passage_id="p")


def test_a_link_leads_to_the_same_words_with_the_same_mark(store: Store) -> None:
    given_ = excerpt(store)
    found = shared(payload_of(given_) or "", store)
    assert found is not None and found.window is not None and found.article is not None
    again = found.window.excerpt(found.article)
    assert again is not None
    assert (again.text, again.highlights, again.start) == (given_.text, given_.highlights, given_.start)


def test_a_link_to_what_reads_otherwise_now_shows_nothing_else(store: Store, tmp_path: Path) -> None:
    payload = payload_of(excerpt(store)) or ""
    changed = shared(payload, indexed(tmp_path, TEXT.replace("4,1", "5,2")))
    assert changed is not None and changed.article is not None and changed.window is None


def test_a_link_to_an_article_that_is_gone_says_so(store: Store) -> None:
    other = Article("another.txt", TEXT)
    payload = payload_of(excerpt_at(other, Span(0, 10), [], passage_id="p")) or ""
    gone = shared(payload, store)
    assert gone is not None and gone.article is None and gone.window is None


@pytest.mark.parametrize(("start", "end"), [(25, 60), (30, 84), (0, 45)])
def test_a_forged_link_shows_no_part_of_a_sentence(store: Store, start: int, end: int) -> None:
    forged = shared(payload_of(excerpt(store, start, end)) or "", store)
    assert forged is not None and forged.window is None


def test_a_forged_link_shows_nothing_across_removed_text(tmp_path: Path) -> None:
    text = "Đoạn một nói về thương mại.\nĐoạn hai nói về du lịch."
    article = Article("a", text, gaps=(28,))
    payload = payload_of(excerpt_at(article, Span(0, len(text)), [], passage_id="")) or ""
    found = shared(payload, cast(Store, _One(article)))
    assert found is not None and found.article is article and found.window is None


class _One:
    """A store of one article, of which every paragraph is a passage."""

    def __init__(self, article: Article) -> None:
        self.only = article

    def by_key(self, _: bytes) -> Article:
        return self.only

    def bounds(self, _: str) -> tuple[frozenset[int], frozenset[int]]:
        return frozenset({0, 28}), frozenset({27, len(self.only.text)})


@given(st.text(max_size=80))
def test_what_is_no_payload_of_ours_leads_nowhere(written: str) -> None:
    assert shared(written, None) is None or re.fullmatch("p?[A-Za-z0-9_-]{32,34}", written)  # type: ignore[arg-type]


@given(st.text(min_size=1, max_size=200), st.integers(0, 199), st.integers(1, 200), st.text(min_size=1))
def test_a_payload_is_one_that_telegram_takes(text: str, start: int, length: int, article_id: str) -> None:
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    made = excerpt_at(Article(article_id, text), Span(start, end), [Span(start, end)], passage_id="p")
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", payload_of(made) or "")


def test_sharing_opens_a_choice_of_chats_with_the_link(store: Store) -> None:
    given_ = excerpt(store)
    link = share_link(given_, "some_bot") or ""
    asked = parse_qs(urlsplit(link).query)
    assert link.startswith("https://t.me/share/url?")
    assert asked["url"] == [opening_link("some_bot", payload_of(given_) or "")]
