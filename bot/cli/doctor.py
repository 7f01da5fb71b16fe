"""`doctor`: looks at settings, model, index, state and Telegram token, and says what to do about each problem.

It makes nothing: no folder, no database, no model.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bot.bootstrap import Services, build
from bot.on_telegram.token import token_of
from bot.printable import say, without_secrets
from config.collection import remembered
from config.settings import NO_RERANKER, Settings, SettingsError
from retrieval.embedding.loading import damaged_model_file, is_downloaded, is_prepared
from retrieval.errors import TrichdanError

Check = Callable[[Services], str]
"""Returns what is well; raises an error whose message says what is not and how to mend it."""


_LOST_SHOWN: Final = 3


class Problem(Exception):
    """A finding that needs mending."""


def examine(settings: Settings) -> bool:
    """Prints a line for each check; True when all is well."""
    _tell("ok", "settings", f"data in {settings.data_dir}")
    try:
        services = build(settings)
    except TrichdanError as error:
        _tell("PROBLEM", "model", str(error))
        return False
    passed = [_passes(name, check, services) for name, check in CHECKS]
    return all(passed)


def _tell(verdict: str, name: str, said: str) -> None:
    say(without_secrets(f"{verdict:8} {name}: {said}"))


def _passes(name: str, check: Check, services: Services) -> bool:
    try:
        _tell("ok", name, check(services))
    except (TrichdanError, SettingsError, Problem) as error:
        _tell("PROBLEM", name, str(error))
        return False
    return True


def _sources(services: Services) -> str:
    """Whether they are there, and whether what is configured is what the index in service was made from."""
    sources = services.sources()
    there = services.reading.elsewhere
    missing = [str(s) for s in sources if isinstance(s, Path) and not s.exists() and s not in there]
    if missing:
        raise Problem(
            f"{', '.join(missing)} not found: correct TRICHDAN_SOURCES, make the folder, or name other sources to "
            "`trichdan reindex`."
        )
    served = services.generations.named_sources()
    here = [str(source) for source in remembered(services.settings, served)]
    named = [str(source) for source in services.settings.sources]
    if "sources" not in services.settings.model_fields_set or not here or set(here) == set(named):
        return ", ".join(map(str, sources))
    raise Problem(
        f"TRICHDAN_SOURCES names {', '.join(named)}, but the index was made from {', '.join(here)}: run "
        "`trichdan reindex` to have what is named, or set TRICHDAN_SOURCES to what serves."
    )


def _model(services: Services) -> str:
    settings = services.settings
    if damaged := damaged_model_file(settings.model, settings.models_dir):
        raise Problem(
            f"{damaged} is not as it was written: delete it, and the next start makes the model anew."
        )
    if not _is_prepared(services):
        return f"{settings.model} is not prepared yet, which the first question or `trichdan reindex` does"
    dimensions = services.embedder.embed_queries(["trichdan"]).shape[1]
    return f"{settings.model} gives vectors of {dimensions} dimensions"


def _is_prepared(services: Services) -> bool:
    settings = services.settings
    return is_prepared(settings.model, settings.models_dir, settings.runtime)


def _reranker(services: Services) -> str:
    named = services.settings.reranker
    if services.reranker is None:
        if named == NO_RERANKER:
            return "none reads the passages before they are shown (TRICHDAN_RERANKER)"
        if not _is_prepared(services):
            return "the model's own, if it has one: told when the model is prepared"
        reader = services.embedder.reader()
        return "the model's own reads passages" if reader else "none: this model has no reader of its own"
    if not is_downloaded(named):
        return f"{named} is not downloaded yet, which the first question does"
    services.reranker.scores("trichdan", ["trichdan"])
    return f"{named} judges passages"


def _index(services: Services) -> str:
    if not services.embedder.is_known:
        return "not looked at, for the model is to be downloaded first"
    retriever = services.serving.retriever()
    facts = retriever.generation.facts
    if services.serving.damage:
        raise Problem(
            f"{services.serving.damage} Until then the one before it answers, with {facts.articles} articles, "
            f"made {facts.created}."
        )
    note = (
        ""
        if retriever.calibrated
        else "; uncalibrated: nothing was fitted for this model, so refusals are a guess (fitting/fit_ranking.py)"
    )
    recall = facts.recall_at_10
    search = (
        "" if recall is None else f"; vectors are searched with recall@10 {recall:.3f} of an exact search"
    )
    return f"{facts.articles} articles, {facts.passages} passages, made {facts.created}{search}{note}"


def _self_check(services: Services) -> str:
    if services.settings.self_check is None:
        return "no questions are asked of a new index (TRICHDAN_SELF_CHECK)"
    if not services.embedder.is_known:
        return "not asked, for the model is to be downloaded first"
    from bot.cli.self_check import ask

    asked, lost = ask(services)
    said = f"{len(asked) - len(lost)} of {len(asked)} questions are answered"
    if len(lost) > services.settings.self_check_drop * len(asked):
        raise Problem(
            f"{said}, not: {'; '.join(lost[:_LOST_SHOWN])}. Look at the sources, or go back: `trichdan rollback`."
        )
    return said


def _state(services: Services) -> str:
    from bot.state.db.size import measure

    found = asyncio.run(measure(services.settings.state))
    if found.size is None:
        return f"{found.place} is not there yet, which the bot makes at its first start"
    return f"{found.place}, {_readable(found.size)}"


def _readable(size: int) -> str:
    """Bytes in the unit that suits them: `12 kB`, `3.4 MB`."""
    return f"{max(1, round(size / 1e3))} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


def _access(services: Services) -> str:
    settings = services.settings
    count = len(settings.admin_ids)
    admins = "1 admin" if count == 1 else f"{count} admins" if count else "no admins (TRICHDAN_ADMIN_IDS)"
    if not settings.restricted:
        return f"everybody is answered; {admins}"
    if not settings.admin_ids and not settings.allowed_ids:
        raise Problem("nobody is answered: name admins, who invite others, in TRICHDAN_ADMIN_IDS.")
    return f"{admins}, {len(settings.allowed_ids)} users and groups by their ids, and guests are answered"


def _telegram(services: Services) -> str:
    token = token_of(services.settings)
    if token is None:
        return "no token set, which only `trichdan bot` needs (TRICHDAN_TELEGRAM_TOKEN)"
    from bot.on_telegram.identity import TelegramUnreachable, bot_of

    try:
        settings = services.settings
        bot = bot_of(token, api_url=settings.telegram_api_url, file_url=settings.file_url)
    except TelegramUnreachable as error:
        raise Problem(str(error)) from None
    inline = "" if bot.inline else "; inline mode is off (BotFather's /setinline turns it on)"
    return f"the token is that of @{bot.name}{inline}"


CHECKS: Final[Sequence[tuple[str, Check]]] = (
    ("sources", _sources),
    ("model", _model),
    ("reranker", _reranker),
    ("index", _index),
    ("self-check", _self_check),
    ("state", _state),
    ("access", _access),
    ("telegram", _telegram),
)
"""In the order in which they are made."""
