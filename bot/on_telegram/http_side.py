"""What the HTTP side of the bot tells and takes, made of its parts."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from starlette.routing import BaseRoute

from bot.bootstrap import Services
from bot.metrics import Metrics, Standing
from bot.on_telegram.updates.polling import Poller
from bot.on_telegram.updates.protocol import MakesUpdates, Updates
from bot.on_telegram.updates.turns import Turns
from bot.on_telegram.updates.webhook import PATH, Webhook
from bot.state.db.errors import StateError
from bot.state.journal import Journal
from bot.web.articles import article_routes
from bot.web.health import Trouble, health_routes
from bot.web.links import article_links
from bot.web.metrics import metrics_route
from bot.web.server import HttpServer
from config.settings import PUBLIC_API_URL, Settings, SettingsError
from retrieval.article import Article

_log = logging.getLogger(__name__)


def where_updates_come_from(settings: Settings) -> MakesUpdates:
    """A webhook where its secret is set, else long polling.

    Raises:
        SettingsError: what a webhook needs besides is not set.
    """
    if settings.webhook_secret is None:
        return Poller
    https = settings.public_url.startswith("https://") or settings.telegram_api_url != PUBLIC_API_URL
    if not (settings.listen and settings.public_url and https):
        raise SettingsError(
            "TRICHDAN_WEBHOOK_SECRET asks for a webhook, which needs TRICHDAN_LISTEN and a TRICHDAN_PUBLIC_URL that "
            "begins with https://: set both, or unset the secret to poll."
        )
    secret = settings.webhook_secret.get_secret_value()
    return partial(Webhook, url=settings.public_url + PATH, secret=secret)


@dataclass
class HttpSide:
    """Health and figures of the running bot, and the webhook's address; nothing where no address is set."""

    services: Services
    journal: Journal
    stop: asyncio.Event
    metrics: Metrics = field(default_factory=Metrics)
    is_connected: bool = False
    _server: HttpServer | None = None

    async def begin(self, turns: Turns, updates: Updates) -> None:
        """Raises SettingsError where nothing can listen at the address."""
        address = self.services.settings.listen
        if not address:
            return
        logging.getLogger().addHandler(self.metrics.log_handler())
        self._server = HttpServer(address, list(self._routes(turns, updates)))
        await self._server.begin()
        _log.info("The HTTP side listens at %s.", address)

    async def end(self) -> None:
        if self._server:
            await self._server.end()

    def _routes(self, turns: Turns, updates: Updates) -> Iterator[BaseRoute]:
        yield from health_routes(list(self._troubles(turns)))
        yield metrics_route(
            self.metrics,
            Standing(waiting=lambda: turns.waiting, index_made=self._index_made, backlog=self._backlog),
        )
        if isinstance(updates, Webhook):
            yield updates.route
        if links := article_links(self.services.settings):
            yield from article_routes(links, self._article)

    def _article(self, key: bytes) -> Article | None:
        return self.services.serving.retriever().generation.articles.by_key(key)

    def _troubles(self, turns: Turns) -> Iterator[Trouble]:
        serving = self.services.serving
        yield lambda: "The bot is ending." if self.stop.is_set() else None
        yield lambda: None if self.is_connected else "Telegram has not been reached yet."
        yield lambda: None if turns.has_begun else "Model and index are being loaded."
        yield lambda: None if serving.generation else "No index is in service: run `trichdan reindex`."

    def _index_made(self) -> datetime | None:
        serving = self.services.serving
        if serving.generation is None:
            return None
        return datetime.fromisoformat(serving.retriever().generation.facts.created)

    async def _backlog(self) -> int | None:
        try:
            return await self.journal.backlog()
        except StateError as error:
            _log.error("The journal could not be counted: %s", error)
            return None
