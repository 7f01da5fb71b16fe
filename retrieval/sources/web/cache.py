"""The pages of earlier runs: what was asked for, what came, and by what the server knows whether it has changed."""

import hashlib
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from retrieval.sources.web.client import Response
from retrieval.storage.whole_files import write_whole

_KEY = 32
"""Every file's name begins with that many characters that stand for its URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheEntry:
    """What is kept of a page beside its body, as strings: `url` is where it was in the end, `fetched` YYYY-MM-DD."""

    url: str
    sha256: str
    fetched: str
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A page in the cache."""

    entry: CacheEntry
    body: Path

    @property
    def conditions(self) -> Mapping[str, str]:
        """Request headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.entry.etag, "If-Modified-Since": self.entry.last_modified}
        return {
            name: value for name, value in asked.items() if value.isascii() and value.isprintable() and value
        }


class WebCache:
    """Two files a page in one folder. What is damaged there counts as never fetched."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when there is something to keep."""
        self._folder = folder

    def get(self, url: str) -> Copy | None:
        """What is kept of the page asked for as `url`."""
        try:
            entry = _entry(self._about(url).read_bytes())
            copy = Copy(entry, self._body(url, entry.sha256))
            whole = hashlib.sha256(copy.body.read_bytes()).hexdigest() == entry.sha256
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return copy if whole else None

    def put(self, url: str, answer: Response) -> Copy:
        """Keep an answer's body in the place of what was kept before; raises OSError when there is no room."""
        entry = _from_answer(answer, hashlib.sha256(answer.body).hexdigest())
        copy = Copy(entry, self._body(url, entry.sha256))
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(copy.body, answer.body)
        write_whole(self._about(url), json.dumps(asdict(entry)).encode())
        self._remove_bodies(url, but=copy.body)
        return copy

    def confirm(self, url: str, copy: Copy, answer: Response) -> Copy:
        """The server said that the copy is what it has today; raises OSError."""
        new = _from_answer(answer, copy.entry.sha256)
        entry = replace(
            copy.entry,
            fetched=new.fetched,
            etag=new.etag or copy.entry.etag,
            last_modified=new.last_modified or copy.entry.last_modified,
        )
        if entry != copy.entry:
            write_whole(self._about(url), json.dumps(asdict(entry)).encode())
        return Copy(entry, copy.body)

    def drop(self, url: str) -> None:
        """Forget the page; raises OSError."""
        self._about(url).unlink(missing_ok=True)
        self._remove_bodies(url)

    def keep_only(self, urls: Collection[str]) -> None:
        """Forget every page but those asked for as one of `urls`; what cannot be removed stays."""
        keys = {_key(url) for url in urls}
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            if file.name[:_KEY] not in keys:
                with suppress(OSError):
                    file.unlink()

    def _about(self, url: str) -> Path:
        return self._folder / f"{_key(url)}.json"

    def _body(self, url: str, sha256: str) -> Path:
        if not (len(sha256) == 64 and sha256.isalnum()):
            raise ValueError("not the name of a body")  # a damaged entry must not lead out of the folder
        return self._folder / f"{_key(url)}-{sha256[:16]}.body"

    def _remove_bodies(self, url: str, but: Path | None = None) -> None:
        for body in self._folder.glob(f"{_key(url)}-*.body"):
            if body != but:
                body.unlink(missing_ok=True)


def _key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:_KEY]


def _entry(data: bytes) -> CacheEntry:
    said = json.loads(data)
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise ValueError("not an entry")
    return CacheEntry(**said)


def _from_answer(answer: Response, sha256: str) -> CacheEntry:
    said = answer.headers
    return CacheEntry(
        url=str(answer.url),
        sha256=sha256,
        fetched=datetime.now(UTC).date().isoformat(),
        content_type=said.get("content-type", ""),
        etag=said.get("etag", ""),
        last_modified=said.get("last-modified", ""),
    )
