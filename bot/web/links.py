"""Links to an article on the HTTP side: each is signed, names one article and, where something is cited, the place.

They never expire. A link shows an article of the index in service or nothing: there is no list to be read off, and
nothing else can be named.
"""

import hashlib
import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.conversation.replies.links import CITED
from config.settings import Settings
from retrieval.article import Article, Excerpt, Span, article_key

COLLECTION: Final = "default"
_SECRET_BYTES, _SIGNATURE_BYTES, _DIGEST_BYTES = 32, 12, 4
_TOKEN = re.compile(r"[A-Za-z0-9_-]{27}")
_PLACE = re.compile(r"(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})-(?P<digest>[0-9a-f]{8})")


@dataclass(frozen=True)
class ArticleLinks:
    """Links below `base`, the address by which the world reaches the HTTP side."""

    base: str
    secret: bytes

    def to(self, excerpt: Excerpt, language: str) -> str:
        """The article of `excerpt` at its first highlighted sentence, in a page whose own words are in `language`."""
        return f"{self._address('articles', excerpt, language)}#{CITED}"

    def to_app(self, excerpt: Excerpt, language: str) -> str:
        """The same as a Mini App, which Telegram hands its own words in the place of a fragment."""
        return self._address("app", excerpt, language)

    def _address(self, kind: str, excerpt: Excerpt, language: str) -> str:
        mark = min(excerpt.highlights, default=Span(0, len(excerpt.text)))
        words = excerpt.text[mark.start : mark.end]
        place = f"{excerpt.start + mark.start}-{excerpt.start + mark.end}-{_digest(words)}"
        path = f"/{COLLECTION}/{kind}/{self._token(excerpt.citation.article_id)}"
        return f"{self.base}{path}?at={place}&in={language}"

    def key_of(self, token: str) -> bytes | None:
        """The key of the article that a token names; None where nobody here has made it."""
        if not _TOKEN.fullmatch(token):
            return None
        read = urlsafe_b64decode(token + "=")
        key, signature = read[:-_SIGNATURE_BYTES], read[-_SIGNATURE_BYTES:]
        return key if hmac.compare_digest(signature, self._signature(key)) else None

    def _token(self, article_id: str) -> str:
        key = article_key(article_id)
        return urlsafe_b64encode(key + self._signature(key)).decode().rstrip("=")

    def _signature(self, key: bytes) -> bytes:
        signed = hashlib.blake2b(key=self.secret, digest_size=_SIGNATURE_BYTES, person=b"article")
        signed.update(COLLECTION.encode() + b"\0" + key)
        return signed.digest()


def article_links(settings: Settings) -> ArticleLinks | None:
    """As the settings have it; None where articles cannot be read over HTTP."""
    if not (settings.listen and settings.public_url):
        return None
    return ArticleLinks(settings.public_url, secret_in(settings.data_dir))


def place_in(article: Article, written: str) -> Span | None:
    """What of an article a link cites; None where it cites nothing, or that reads otherwise by now."""
    found = _PLACE.fullmatch(written)
    if not found:
        return None
    span = Span(int(found["start"]), int(found["end"]))
    words = article.text[span.start : span.end]
    return span if words.strip() and _digest(words) == found["digest"] else None


def secret_in(folder: Path) -> bytes:
    """What links are signed with: made once, and kept in `folder` for whoever runs the bot alone to read."""
    path = folder / "links.key"
    try:
        return _read(path)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        new = folder / f".links.{os.getpid()}.key"
        new.write_bytes(os.urandom(_SECRET_BYTES))
        new.chmod(0o600)
        try:
            path.hardlink_to(new)  # of two processes that begin at once the first one's holds
        except FileExistsError:
            pass
        finally:
            new.unlink()
        return _read(path)


def _read(path: Path) -> bytes:
    secret = path.read_bytes()
    if len(secret) != _SECRET_BYTES:
        raise OSError(f"{path} should hold {_SECRET_BYTES} bytes: put back the one of a backup, or delete it")
    return secret


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()
