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

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def article_routes(links: ArticleLinks, by_key: ByKey) -> list[Route]:
    """The pages and their style. A link that nobody here made shows nothing, nor one to an article that is gone."""
    style = files("bot.web").joinpath("templates/article.css").read_text("utf-8")

    async def page(request: Request) -> Response:
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
        return _html(article_page(article, cited, texts, stale=bool(place) and cited is None))

    async def looks(_: Request) -> Response:
        return PlainTextResponse(
            style, media_type="text/css", headers={"cache-control": "public, max-age=3600"}
        )

    return [Route(f"/{COLLECTION}/articles/{{token}}", page), Route("/article.css", looks)]


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers={"content-security-policy": _POLICY})
