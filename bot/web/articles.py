"""The article reader: a page an article, for whoever has a link to it."""

import asyncio
from collections.abc import Callable
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.texts import load_texts
from bot.web.article_page import article_page, nothing_page
from bot.web.links import COLLECTION, ArticleLinks, place_in
from retrieval.article import Article
from retrieval.errors import IndexUnusable

ByKey = Callable[[bytes], Article | None]
"""The article of a key in the index in service. Raises IndexUnusable."""

_BASE: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
_POLICY: Final = f"{_BASE}; frame-ancestors 'none'"
_APP_POLICY: Final = (
    f"{_BASE}; script-src 'self' https://telegram.org; frame-ancestors https://web.telegram.org"
)
"""Of the Mini App, the one page with scripts; Telegram in a browser shows it in a frame."""


def article_routes(links: ArticleLinks, by_key: ByKey) -> list[Route]:
    """The pages and their style. A link that nobody here made shows nothing, nor one to an article that is gone."""
    style, script = (
        files("bot.web").joinpath(f"templates/{name}").read_text("utf-8")
        for name in ("article.css", "app.js")
    )

    async def page(request: Request, *, app: bool = False) -> Response:
        texts = load_texts(request.query_params.get("in"))
        article = None
        if key := links.key_of(request.path_params["token"]):
            try:
                article = await asyncio.to_thread(by_key, key)
            except IndexUnusable:
                article = None
        if article is None:
            return _html(nothing_page(texts), 404)
        place = request.query_params.get("at", "")
        cited = place_in(article, place)
        html = article_page(article, cited, texts, stale=bool(place) and cited is None, app=app)
        return _html(html, policy=_APP_POLICY if app else _POLICY)

    async def in_telegram(request: Request) -> Response:
        return await page(request, app=True)

    async def looks(_: Request) -> Response:
        return _kept(style, "text/css")

    async def moves(_: Request) -> Response:
        return _kept(script, "text/javascript")

    return [
        Route(f"/{COLLECTION}/articles/{{token}}", page),
        Route(f"/{COLLECTION}/app/{{token}}", in_telegram),
        Route("/article.css", looks),
        Route(f"/{COLLECTION}/app.js", moves),
    ]


def _kept(text: str, media_type: str) -> Response:
    return PlainTextResponse(text, media_type=media_type, headers={"cache-control": "public, max-age=3600"})


def _html(page: str, status: int = 200, *, policy: str = _POLICY) -> Response:
    return HTMLResponse(page, status, headers={"content-security-policy": policy})
