"""What admins put into the collection by hand: staged, previewed, then added or discarded; and what they took out.

Added files lie in a folder that every reindexing reads; staged ones wait in a hidden folder below it. Nothing here
touches the serving index: what was added or removed shows after the next reindexing.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date as Date
from itertools import islice
from pathlib import Path
from typing import Literal

import regex

from retrieval.article import Article
from retrieval.errors import IndexUnusable, SourceError
from retrieval.hidden import Hidden, read_object, write_json
from retrieval.index.generation import Generations
from retrieval.passages import split
from retrieval.sources.collection import Reading, read
from retrieval.sources.metadata_files import NAMES, known_of
from retrieval.sources.reading import articles_of
from retrieval.sources.sourced import MAX_BYTES, Failure, Original, Sourced
from retrieval.upload_names import name_of, safe_name

_STAGED = ".staged"
_STAGED_FOR_S = 24 * 3600.0
"""What was neither added nor discarded goes after this long."""
_PREVIEWS = 10
_OPENING = 300
_TOKEN = regex.compile(r"[0-9a-f]{16}")

Removal = Literal["deleted", "hidden", "unknown"]


@dataclass(frozen=True)
class Preview:
    """An article as it would be indexed; `opening` is the beginning of its text."""

    id: str
    title: str | None
    date: Date | None
    source: str | None
    url: str | None
    passages: int
    opening: str


@dataclass(frozen=True)
class Staged:
    """What waits under `token`: the first `articles` of `count`, and what could not be read.

    `replaces` tells that a file of this name was added before, which this one would replace.
    """

    token: str
    name: str
    count: int
    articles: tuple[Preview, ...]
    failed: tuple[Failure, ...]
    replaces: bool


class Uploads:
    """The uploads of one data directory. Calls may come from several threads; one admin's do so one after another."""

    def __init__(self, data_dir: Path, reading: Reading) -> None:
        """`reading` tells how files are read and opens the web for links."""
        self._data_dir = data_dir
        self._folder = data_dir / "uploads"
        self._hidden = Hidden(data_dir / "removed.json")
        self._reading = reading

    def stage(self, name: str, data: bytes, known: Mapping[str, str] | None = None) -> Staged:
        """Keeps a file aside and reads it; `known` is metadata that beats the file's own.

        Raises:
            SourceError: too large, of no supported kind, or nothing in it can be read.
        """
        name = safe_name(name)
        if len(data) > MAX_BYTES:
            raise SourceError(f"{name} is larger than {MAX_BYTES // 2**20} MB: send it in parts")
        self.drop_old()
        token = secrets.token_hex(8)
        folder = self._folder / _STAGED / token
        folder.mkdir(parents=True)
        try:
            (folder / name).write_bytes(data)
            known_of(known or {})  # what cannot be read later is refused now
            (folder / NAMES[1]).write_text(json.dumps({name: dict(known or {})}), encoding="utf-8")
            return self._preview(token)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def stage_link(self, url: str) -> Staged:
        """Keeps a copy of the page at `url` aside and reads it; raises SourceError when it cannot be had."""
        if self._reading.web is None:
            raise SourceError(f"{url} cannot be read: this program was started without a way to the web")
        with self._reading.web() as web:
            found, more = (*islice(web.originals(url), 2), None, None)[:2]
            if found is None or isinstance(found, Failure):
                raise SourceError(found.reason if found else f"{url} lists no page")
            if more is not None:
                raise SourceError(f"{url} lists several pages: add it to TRICHDAN_SOURCES instead")
            address = found.url or url
            return self.stage(name_of(address, found.name), found.read(), {"url": address})

    def add(self, token: str) -> None:
        """Moves what was staged among the uploads; raises SourceError when it is not there any more."""
        folder, name = self._staged(token)
        known = self._known()
        known[name] = read_object(folder / NAMES[1]).get(name, {})
        self._say({path: fields for path, fields in known.items() if fields})
        (folder / name).replace(self._folder / name)
        self._show_again(name)
        shutil.rmtree(folder, ignore_errors=True)

    def discard(self, token: str) -> None:
        """Forgets what was staged, also when it was forgotten before."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self._folder / _STAGED / token, ignore_errors=True)

    def remove(self, article_id: str) -> Removal:
        """Takes an article out: an upload of its own is deleted, any other is hidden from the next reindexing on."""
        article = self._indexed(article_id)
        if article is None:
            return "unknown"
        path = Path(article.path) if article.path else None
        uploaded = path is not None and path.resolve().parent == self._folder.resolve()
        alone = path is not None and uploaded and len(self._articles(path)) == 1
        if not alone or article.url == article_id:  # a page may stand in another source as well
            self._hidden.add(article_id, path)
        if not alone or path is None:
            return "hidden"
        path.unlink(missing_ok=True)
        self._say({name: fields for name, fields in self._known().items() if name != path.name})
        return "deleted"

    def restore(self, article_id: str) -> bool:
        """Lets a hidden article in again; False when it was not hidden."""
        return self._hidden.take_out(article_id)

    def removed(self) -> Mapping[str, Path | None]:
        """The hidden articles by id, each with its file, if any; raises SourceError when the list is spoilt."""
        return self._hidden.files()

    def _preview(self, token: str) -> Staged:
        folder, name = self._staged(token)
        found = list(self._read(folder / name))
        articles = [each for each in found if isinstance(each, Sourced)]
        failed = tuple(
            failure for each in found for failure in ([each] if isinstance(each, Failure) else each.remarked)
        )
        if not articles:
            raise SourceError(failed[0].reason if failed else f"{name} holds no article")
        shown = tuple(_shown(each.article) for each in articles[:_PREVIEWS])
        return Staged(token, name, len(articles), shown, failed, (self._folder / name).exists())

    def _read(self, path: Path) -> Iterator[Sourced | Failure]:
        return (read(pending) for pending in articles_of(self._original(path)))

    def _articles(self, path: Path) -> list[object]:
        """What a file holds, as far as it takes to tell one article from several."""
        return list(islice(articles_of(self._original(path)), 2))

    def _original(self, path: Path) -> Original:
        return Original(
            path.name,
            path.name,
            path.name,
            lambda: path.open("rb"),
            known=known_of(read_object(path.with_name(NAMES[1])).get(path.name, {})),
            columns=self._reading.columns,
        )

    def _staged(self, token: str) -> tuple[Path, str]:
        folder = self._folder / _STAGED / token
        names = (
            [path.name for path in folder.iterdir() if path.name not in NAMES]
            if _TOKEN.fullmatch(token) and folder.is_dir()
            else []
        )
        if len(names) != 1:
            raise SourceError("what was staged is not there any more: send it again")
        return folder, names[0]

    def drop_old(self) -> None:
        """Forgets what has waited for a day."""
        staged = self._folder / _STAGED
        for folder in staged.iterdir() if staged.is_dir() else ():
            if time.time() - folder.stat().st_mtime > _STAGED_FOR_S:
                shutil.rmtree(folder, ignore_errors=True)

    def _known(self) -> dict[str, dict[str, str]]:
        return read_object(self._folder / NAMES[1])

    def _say(self, known: Mapping[str, Mapping[str, str]]) -> None:
        if known:
            write_json(self._folder / NAMES[1], known)
        else:
            (self._folder / NAMES[1]).unlink(missing_ok=True)

    def _show_again(self, name: str) -> None:
        """Who adds a file that was hidden means it to be read."""
        if not (removed := self.removed()):
            return
        file = self._folder / name
        ids = {each.article.id for each in self._read(file) if isinstance(each, Sourced)}
        for article_id, hidden_in in removed.items():
            # Under its mere name an article of another source may be hidden, which is not meant.
            if hidden_in == file.resolve() or (article_id in ids and article_id != name):
                self.restore(article_id)

    def _indexed(self, article_id: str) -> Article | None:
        try:
            store = Generations(self._data_dir).open_serving(None).generation.store
        except IndexUnusable:
            return None
        with closing(store):
            return store.article(article_id)


def _shown(article: Article) -> Preview:
    return Preview(
        article.id,
        article.title,
        article.date,
        article.source,
        article.url,
        len(split(article)),
        article.text[:_OPENING],
    )
