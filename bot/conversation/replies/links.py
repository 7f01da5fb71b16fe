"""Links that open an article at the sentence an excerpt cites."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

from retrieval.article import Excerpt

CITED: Final = "cited"
"""The fragment of a page that marks what is cited by itself."""
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)
_LONGEST_URL: Final = 2048  # browsers and messengers drop longer ones
_WHOLE_WORDS: Final = 10  # up to so many words are quoted whole, longer sentences by both ends
_END_WORDS: Final = 5
_LONGEST_PART: Final = 80  # code points; a script without spaces has very long "words"


def text_fragment(url: str, sentence: str) -> str:
    """`url` with a directive that makes the browser scroll to `sentence` and mark it.

    Source: https://wicg.github.io/scroll-to-text-fragment/. The directive follows an existing fragment.
    A blank sentence leaves the URL as it is.
    """
    parts = [_encode(part) for part in _fragment_parts(sentence)]
    if not parts:
        return url
    page = url.split(":~:", 1)[0]
    separator = "" if "#" in page else "#"
    return f"{page}{separator}:~:text={','.join(parts)}"


def web_link(excerpt: Excerpt) -> str | None:
    """Address of the article at the highlighted sentence, of a PDF at its page; None without a usable http(s) URL."""
    url = web_address(excerpt.citation.url)
    if url is None or url.endswith(f"#{CITED}"):
        return url
    if excerpt.citation.page and urlsplit(url).path.lower().endswith(".pdf"):
        return f"{url.partition('#')[0]}#page={excerpt.citation.page}"
    link = text_fragment(url, cited_sentence(excerpt))
    return link if len(link) <= _LONGEST_URL else url


def web_address(url: str | None) -> str | None:
    """Address of an article as a link may have it; None without a usable http(s) URL."""
    if url is None or not _WEB_ADDRESS.fullmatch(url):
        return None
    url = url.replace('"', "%22")  # as browsers do; in markup a quotation mark is six bytes
    return url if len(url) <= _LONGEST_URL else None


def cited_sentence(excerpt: Excerpt) -> str:
    """The first highlighted sentence, else the whole excerpt."""
    for start, end in excerpt.highlights:
        if excerpt.text[start:end].strip():
            return excerpt.text[start:end]
    return excerpt.text


def _fragment_parts(sentence: str) -> list[str]:
    """The whole sentence, or its first and last words when it is long or runs over lines.

    Each part must stand in one block of the page, so a part never crosses a line.
    """
    lines = [line.split() for line in sentence.splitlines() if line.strip()]
    if not lines:
        return []
    whole = " ".join(lines[0])
    if len(lines) == 1 and len(lines[0]) <= _WHOLE_WORDS and len(whole) <= 2 * _LONGEST_PART:
        return [whole]
    if len(lines) == 1 and len(lines[0]) < 2 * _END_WORDS:
        return [whole[:_LONGEST_PART], whole[-_LONGEST_PART:]]
    first, last = " ".join(lines[0][:_END_WORDS]), " ".join(lines[-1][-_END_WORDS:])
    return [first[:_LONGEST_PART], last[-_LONGEST_PART:]]


def _encode(part: str) -> str:
    """Percent-encode all that the directive's own syntax uses: `&`, `,` and `-`."""
    return quote(part, safe="", errors="replace").replace("-", "%2D")
