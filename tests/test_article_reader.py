"""Pages of articles: the whole text, what is cited marked, in a page that runs nothing and names nothing else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from answers import make_excerpt
from hypothesis import given
from hypothesis import strategies as st
from reply_values import a_view, changed
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.conversation.replies.keyboard import keyboard
from bot.conversation.replies.links import web_link
from bot.conversation.replies.view import Result
from bot.texts import LANGUAGES, load_texts
from bot.web.article_page import article_page, paragraphs
from bot.web.articles import article_routes
from bot.web.links import ArticleLinks, place_in, secret_in
from retrieval.article import Article, Excerpt, Span, article_key

TEXT = "Đoạn một.\n\nĐoạn hai đạt <b>4,1</b> tỷ USD & hơn thế.\nĐoạn ba."
LINKS = ArticleLinks("https://bot.example.org", b"k" * 32)
EN = load_texts("en")


def words_of(element: lxml.html.HtmlElement) -> str:
    return str(element.xpath("string()"))


def an_article(text: str = TEXT, **fields: object) -> Article:
    return Article(**{"id": "a", "text": text, "lang": "vi", **fields})  # type: ignore[arg-type]


def excerpt_of(text: str, words: str) -> Excerpt:
    """The whole of an article's text, with `words` marked."""
    at = text.index(words)
    return make_excerpt(text, (at, at + len(words)), article_id="a", start=0, url=None)


def client(*articles: Article) -> TestClient:
    kept = {article_key(each.id): each for each in articles}
    return TestClient(Starlette(routes=article_routes(LINKS, kept.get)), base_url="https://bot.example.org")


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_the_article_with_the_cited_sentence_marked(language: str) -> None:
    link = LINKS.to(excerpt_of(TEXT, "Đoạn hai đạt <b>4,1</b> tỷ USD & hơn thế."), language)
    answer = client(an_article(title="Thương mại")).get(path_of(link))
    page = lxml.html.fromstring(answer.text)
    assert answer.status_code == 200 and link.endswith("#cited")
    assert page.get("lang") == language
    (text,) = page.iter("article")
    assert text.get("lang") == "vi"
    assert [words_of(p) for p in text.iter("p")] == [line for line in TEXT.split("\n") if line]
    (mark,) = page.iter("mark")
    assert (mark.get("id"), words_of(mark)) == (
        "cited",
        "Đoạn hai đạt <b>4,1</b> tỷ USD & hơn thế.",
    )
    assert page.findtext(".//h1") == "Thương mại"


def test_the_page_runs_nothing_and_loads_its_style_alone() -> None:
    link = LINKS.to(excerpt_of(TEXT, "Đoạn một."), "en")
    answer = client(an_article(title="<script>alert(1)</script>", source='"><img src=x>')).get(path_of(link))
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    page = lxml.html.fromstring(answer.text)
    assert not list(page.iter("script", "img", "style", "iframe", "form"))
    assert [each.get("href") for each in page.iter("link")] == ["/article.css"]
    assert client(an_article()).get("/article.css").headers["content-type"].startswith("text/css")


def test_only_a_link_that_was_made_here_opens_anything() -> None:
    link = LINKS.to(excerpt_of(TEXT, "Đoạn một."), "en")
    path = urlsplit(link).path
    token = path.rpartition("/")[2]
    others = ArticleLinks(LINKS.base, b"x" * 32).to(excerpt_of(TEXT, "Đoạn một."), "en")
    served = client(an_article())
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token[:-1],
        token + "A",
        "a",
        "../a",
        "%00",
        "é" * 27,
    ]
    for wrong in forged:
        assert served.get(f"/default/articles/{wrong}").status_code == 404
    assert served.get(path_of(others)).status_code == 404
    assert served.get(path.replace("default", "other")).status_code == 404
    assert served.get("/default/articles/").status_code == 404
    assert served.get(path).status_code == 200


def test_an_article_that_is_gone_says_so_in_the_readers_language() -> None:
    for language in LANGUAGES:
        link = LINKS.to(excerpt_of(TEXT, "Đoạn một."), language)
        answer = client().get(path_of(link))
        assert answer.status_code == 404 and load_texts(language)("reader-gone") in answer.text


def test_a_passage_that_reads_otherwise_by_now_is_not_marked_and_that_is_said() -> None:
    link = LINKS.to(excerpt_of(TEXT, "Đoạn một."), "en")
    answer = client(an_article(TEXT.replace("một", "mốt"))).get(path_of(link))
    assert answer.status_code == 200
    assert "<mark" not in answer.text and EN("reader-changed") in answer.text


@pytest.mark.parametrize(
    "place", ["", "5", "0-9", "9-0-00000000", "0-99999999999-00000000", "x-y-z", "<b>", "-1-2-0"]
)
def test_a_place_that_nobody_wrote_marks_nothing(place: str) -> None:
    path = urlsplit(LINKS.to(excerpt_of(TEXT, "Đoạn một."), "en")).path
    answer = client(an_article()).get(path, params={"at": place})
    assert answer.status_code == 200 and "<mark" not in answer.text


def test_what_was_removed_between_paragraphs_shows() -> None:
    article = an_article("Một.\nHai.\nBa.", gaps=(5,))
    page = lxml.html.fromstring(article_page(article, None, EN))
    assert [words_of(p) for p in page.iterfind(".//article/p")] == ["Một.", "⋯", "Hai.", "Ba."]


def test_an_article_without_a_title_is_called_by_its_opening_words() -> None:
    page = lxml.html.fromstring(article_page(an_article(), None, EN))
    assert "Đoạn một." in (page.findtext(".//h1") or "")


@given(st.text(st.sampled_from("aà\n .<&'\"\u200f"), max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_paragraphs_joined_are_the_text_and_what_is_marked_is_what_is_cited(
    text: str, a: int, b: int
) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    found = list(paragraphs(an_article(text), Span(start, end)))
    lines = [line for line in text.split("\n") if line.strip()]
    assert [each.before + each.cited + each.after for each in found] == lines
    assert [each.number for each in found] == list(range(1, len(lines) + 1))
    assert sum(each.first for each in found) == bool(any(each.cited for each in found))
    assert all(each.cited in text[start:end] for each in found)


@given(st.text(min_size=1, max_size=40).filter(str.strip), st.binary(min_size=32, max_size=32))
def test_every_link_names_its_article_and_place(text: str, secret: bytes) -> None:
    links = ArticleLinks("https://x.example", secret)
    made = urlsplit(links.to(make_excerpt(text, (0, len(text)), article_id="ä/1", start=0), "vi"))
    assert links.key_of(made.path.rpartition("/")[2]) == article_key("ä/1")
    assert place_in(an_article(text), parse_qs(made.query)["at"][0]) == Span(0, len(text))


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = secret_in(tmp_path / "new")
    assert secret_in(tmp_path / "new") == first and len(first) == 32
    assert (tmp_path / "new" / "links.key").stat().st_mode & 0o077 == 0
    (tmp_path / "new" / "links.key").write_bytes(b"short")
    with pytest.raises(OSError, match=r"links\.key"):
        secret_in(tmp_path / "new")


def test_a_pdf_opens_at_its_page() -> None:
    excerpt = make_excerpt(url="https://x.example/report.PDF?v=1", page=7)
    assert web_link(excerpt) == "https://x.example/report.PDF?v=1#page=7"
    assert web_link(make_excerpt(url=LINKS.to(excerpt, "en"))) == LINKS.to(excerpt, "en")


def test_the_mini_app_alone_runs_scripts_and_only_telegrams_and_ours() -> None:
    link = LINKS.to_app(excerpt_of(TEXT, "Đoạn một."), "en")
    assert "#" not in link  # Telegram puts its own words there
    answer = client(an_article()).get(path_of(link))
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self' https://telegram.org;" in policy and "unsafe" not in policy
    assert policy.endswith("frame-ancestors https://web.telegram.org")
    page = lxml.html.fromstring(answer.text)
    loaded = [each.get("src") for each in page.iter("script")]
    assert loaded == ["https://telegram.org/js/telegram-web-app.js", "/default/app.js"]
    assert client().get("/default/app.js").headers["content-type"].startswith("text/javascript")
    assert len(list(page.iter("mark"))) == 1
    gone = client().get(path_of(link))
    assert gone.status_code == 404 and "<script" not in gone.text


def test_replies_open_the_mini_app_in_private_chats_from_a_secure_address() -> None:
    view = a_view(results=(Result((excerpt_of(TEXT, "Đoạn một."),)),))
    links = ArticleLinks("https://bot.example.org", b"k" * 32)
    private = keyboard(changed(view, menu=True), EN, None, lambda excerpt: links.to_app(excerpt, "en"))
    (button,) = [each for row in private for each in row if each.app]
    assert button.app.startswith("https://bot.example.org/default/app/")
    assert "⋯" in [each.text for row in keyboard(view, EN, None, lambda _: "https://a/") for each in row]
    group = keyboard(view, EN, None, lambda _: "https://a/", alone=False)
    assert not [each for row in group for each in row if each.app or each.text == "⋯"]
