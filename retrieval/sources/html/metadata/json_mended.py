"""JSON as it stands in pages: wrapped in comments, with commas too many, with line breaks and quotes in its strings."""

import html
import json
from collections.abc import Iterator

import regex

_LONGEST = 2_000_000
_CONTROLS = regex.compile(r"[\x00-\x1f]")
_START = regex.compile(r"[\[{]")
_TOKENS = regex.compile(
    r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/|(?P<string>\"(?:[^\"\\]|\\.|\"(?![ \n]{0,20}(?:[,:}\]]|$)))*+\")"
    r"|(?P<comma>,)|(?P<close>[}\]])|[ \n]++|[^\s\",}\]/]++|.",
    regex.DOTALL,
)
_ESCAPE = regex.compile(r"\\(u[0-9a-fA-F]{4}|.)", regex.DOTALL)
_KNOWN_ESCAPES = frozenset('"\\/bfnrt')


def values_in(written: str) -> Iterator[object]:
    """The JSON values in a script, one after the other; none when nothing can be made of it."""
    text = _unwrapped(written[:_LONGEST])
    found = _parsed(text)
    if found is None:
        found = _parsed(_mended(text))
    yield from found or ()


def _unwrapped(written: str) -> str:
    """Without `<!-- -->`, `//<![CDATA[ ]]>` around it, and without entities where all of it is written in them."""
    text = written.replace("<![CDATA[", " ").replace("]]>", " ").replace("<!--", " ").replace("-->", " ")
    start = _START.search(text)
    text = text[start.start() :] if start else ""
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
    return text[: max(text.rfind("}"), text.rfind("]")) + 1]


def _parsed(text: str) -> list[object] | None:
    """All values of a text; None when it does not even begin with one."""
    text, found, at = _CONTROLS.sub(" ", text), list[object](), 0
    decoder = json.JSONDecoder()
    try:
        while at < len(text) and len(found) < 100:
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            following = _START.search(text, at)
            at = following.start() if following else len(text)
    except (ValueError, RecursionError):
        pass
    return found or None


def _mended(text: str) -> str:
    """The text without comments and needless commas, with quotes inside strings escaped."""
    pieces = list[str]()
    comma = False
    for token in _TOKENS.finditer(text):
        written = token.group()
        if token["comma"]:
            comma = True
            continue
        if written.isspace() or written.startswith(("//", "/*")):
            continue
        if comma and not token["close"]:
            pieces.append(",")
        comma = False
        pieces.append(_string(written) if token["string"] else written)
    return "".join(pieces)


def _string(written: str) -> str:
    inner = _ESCAPE.sub(
        lambda found: found.group() if _is_known(found.group(1)) else found.group(1), written[1:-1]
    )
    return '"' + _BARE_QUOTE.sub('\\"', _CONTROLS.sub(" ", inner)) + '"'


_BARE_QUOTE = regex.compile(r'(?<!\\)"')


def _is_known(escape: str) -> bool:
    return len(escape) > 1 or escape in _KNOWN_ESCAPES
