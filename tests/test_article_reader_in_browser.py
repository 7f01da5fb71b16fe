"""Pages of articles in a real browser: whom they shut out, what they show first, what they load.

Needs Debian's `chromium`, which .ci/run installs; skipped where there is none.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from typing import Literal

import pytest
import uvicorn
from answers import make_excerpt
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright
from starlette.applications import Starlette

from bot.texts import LANGUAGES
from bot.web.articles import article_routes
from bot.web.links import ArticleLinks
from retrieval.article import Article, article_key

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no `chromium` here: install Debian's package"
)

WORDS = "Câu được trích dẫn nằm ở giữa bài và nói về kim ngạch 4,1 tỷ USD."
TEXT = "\n".join(
    [*(f"Đoạn thứ {n} kể dài dòng về những chuyện khác. " * 6 for n in range(30)), WORDS, *["Hết."] * 30]
)
PHONE = {"width": 360, "height": 640}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture(scope="module")
def links() -> Iterator[ArticleLinks]:
    """Links to pages that a server on this machine serves."""
    article = Article(
        id="a", text=TEXT, lang="vi", title="Thương mại Việt - Nga", url="https://example.org/a"
    )
    listening = socket.create_server(("127.0.0.1", 0))
    links = ArticleLinks(f"http://127.0.0.1:{listening.getsockname()[1]}", b"k" * 32)
    routes = article_routes(links, {article_key("a"): article}.get)
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield links
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(
    browser: Browser, link: str, scheme: Literal["light", "dark"] = "light", scale: float = 1
) -> tuple[Page, list[str]]:
    """The page on a phone, and what it has loaded or complained of."""
    page = browser.new_page(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.goto(link)
    if scale != 1:
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * scale}%'")
    return page, seen


def cited(links: ArticleLinks, language: str = "vi") -> str:
    at = TEXT.index(WORDS)
    return links.to(make_excerpt(TEXT, (at, at + len(WORDS)), article_id="a", start=0, url=None), language)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["cited", "changed", "gone"])
def test_axe_finds_nothing(
    browser: Browser, links: ArticleLinks, language: str, scheme: Literal["light", "dark"], kind: str
) -> None:
    link = cited(links, language)
    if kind == "changed":
        link = link.replace("?at=", "?at=1").partition("#")[0]
    if kind == "gone":
        link = link.replace("/articles/", "/articles/x")
    page, _ = opened(browser, link, scheme)
    told = Axe().run(page, options=RULES).response
    found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in told["violations"]]
    assert found == [] and len(told["passes"]) > 8
    page.close()


def test_the_cited_sentence_is_seen_at_once_and_nothing_needs_scrolling_sideways(
    browser: Browser, links: ArticleLinks
) -> None:
    for scale in (1, 2):
        page, _ = opened(browser, cited(links), scale=scale)
        if scale == 1:
            box = page.locator("mark").bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.close()


def test_the_keyboard_reaches_the_cited_sentence_and_every_link(
    browser: Browser, links: ArticleLinks
) -> None:
    page, _ = opened(browser, cited(links).partition("#")[0])
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached[:2] == ["#cited", "https://example.org/a"]
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cited"
    page.close()


def test_page_and_style_are_all_that_is_loaded_and_the_browser_has_nothing_to_complain_of(
    browser: Browser, links: ArticleLinks
) -> None:
    page, seen = opened(browser, cited(links))
    page.wait_for_load_state("networkidle")
    assert seen == [cited(links).partition("#")[0], f"{links.base}/article.css"]
    page.close()


def test_paper_gets_black_on_white_with_the_cited_sentence_underlined(
    browser: Browser, links: ArticleLinks
) -> None:
    page, _ = opened(browser, cited(links), "dark")
    page.emulate_media(media="print")
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('mark'));"
        " return [s.color, s.backgroundColor, s.textDecorationLine] })()"
    )
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "underline"]
    page.close()


@pytest.mark.parametrize("telegram_answers", [True, False])
def test_the_mini_app_shows_the_cited_sentence_whether_or_not_telegrams_script_comes(
    browser: Browser, links: ArticleLinks, telegram_answers: bool
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    app = "{ready() { did.push('ready') }, expand() { did.push('all') }}"
    stand_in = f"window.did = []; window.Telegram = {{WebApp: {app}}}"

    def telegram(route: Route) -> None:
        if telegram_answers:
            route.fulfill(body=stand_in, content_type="text/javascript")
        else:
            route.abort()

    page.route("https://telegram.org/**", telegram)
    at = TEXT.index(WORDS)
    excerpt = make_excerpt(TEXT, (at, at + len(WORDS)), article_id="a", start=0, url=None)
    page.goto(f"{links.to_app(excerpt, 'vi')}#tgWebAppData=x")
    box = page.locator("mark").bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"]
    if telegram_answers:
        assert page.evaluate("window.did") == ["ready", "all"]
    page.close()
