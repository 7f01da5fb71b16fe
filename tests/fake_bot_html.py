"""The HTML of Bot API messages, read as strictly as the real server reads it.

`parse_html` turns markup into plain text and entities (offsets and lengths in UTF-16 code units) or raises
`HtmlError` with the byte offset at which the markup went wrong. A bare `&` is text, as it is for the real
server; a bare `<` is an error. Nested blockquotes, which Telegram's documentation forbids, are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Entity = dict[str, Any]

SIMPLE_TAGS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre",
}  # fmt: skip
SUPPORTED_TAGS = {*SIMPLE_TAGS, "a", "tg-emoji", "blockquote"}
NAMED_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<dec>[0-9]+)|(?P<name>[a-zA-Z]+));?")
REFERENCE_LENGTH = 10
PLAIN_RUN = re.compile(r"[^&<]+")
SPACES = re.compile(r"[ \t\r\n\0\v]*")
TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
WHITE_SPACE = " \t\r\n\0\v"


class HtmlError(Exception):
    """Markup that the server refuses; the text is what follows "can't parse entities: "."""


@dataclass(frozen=True)
class ParsedText:
    """Plain text and its entities, sorted by offset, the longer one first."""

    text: str
    entities: list[Entity]


@dataclass(frozen=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    parts_before: int


def parse_html(raw: str) -> ParsedText:
    """Parse `raw` or raise HtmlError."""
    return _Parser(raw).parse()


def utf16_len(text: str) -> int:
    """Length in UTF-16 code units, the unit of entity offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


class _Parser:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.pos = 0
        self.offset = 0
        self.parts: list[str] = []
        self.open: list[_OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> ParsedText:
        while self.pos < len(self.raw):
            self._step()
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return ParsedText("".join(self.parts), _without_helpers(self.entities))

    def _step(self) -> None:
        if self._char() == "&":
            self._emit(self._reference())
        elif self.raw.startswith("</", self.pos):
            self._end_tag()
        elif self._char() == "<":
            self._start_tag()
        else:
            self._emit(self._take(PLAIN_RUN))

    def _char(self) -> str:
        return self.raw[self.pos] if self.pos < len(self.raw) else ""

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.raw, self.pos)
        taken = found.group() if found else ""
        self.pos += len(taken)
        return taken

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_len(text)

    def _at(self, pos: int) -> str:
        return f"at byte offset {len(self.raw[:pos].encode())}"

    def _reference(self) -> str:
        """The character of the reference at this position, or the ampersand itself when it is none."""
        found = REFERENCE.match(self.raw, self.pos)
        char = _referenced(found) if found else None
        if found is None or char is None:
            self.pos += 1
            return "&"
        if "\ud800" <= char <= "\udfff":
            raise HtmlError("Text contains invalid Unicode characters after decoding HTML entities")
        self.pos = found.end()
        return char

    def _start_tag(self) -> None:
        begin = self.pos
        self.pos += 1
        name = self._take(TAG_NAME).lower()
        if not self._char():
            raise HtmlError(f"Unclosed start tag {self._at(begin)}")
        if name not in SUPPORTED_TAGS:
            raise HtmlError(f'Unsupported start tag "{name}" {self._at(begin)}')
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" {self._at(begin)}')
        if name == "blockquote" and any(tag.name == name for tag in self.open):
            raise HtmlError(f"Nested blockquotes are unallowed {self._at(begin)}")
        self.open.append(_OpenTag(name, argument, self.offset, len(self.parts)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to and including `>`; returns the one attribute that matters to the tag, or ""."""
        argument = ""
        while True:
            self._take(SPACES)
            if self._char() == ">":
                self.pos += 1
                return argument
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._take(ATTRIBUTE_NAME)
        if not name:
            problem = "Empty attribute name in the tag" if self._char() else "Unclosed start tag"
            raise HtmlError(f'{problem} "{tag}" {self._at(begin)}')
        self._take(SPACES)
        value = ""
        if self._char() == "=":
            self.pos += 1
            self._take(SPACES)
            value = self._attribute_value()
        if not self._char():
            raise HtmlError(f'Unclosed start tag "{tag}" {self._at(begin)}')
        return name, value

    def _attribute_value(self) -> str:
        quote, begin = self._char(), self.pos
        if quote in ("'", '"'):
            return self._quoted(quote)
        value = self._take(NAME_TOKEN).lower()
        if self._char() and self._char() not in WHITE_SPACE + ">":
            raise HtmlError(f"Unexpected end of name token {self._at(begin)}")
        return value

    def _quoted(self, quote: str) -> str:
        self.pos += 1
        chars: list[str] = []
        while self._char() and self._char() != quote:
            if self._char() == "&":
                chars.append(self._reference())
            else:
                chars.append(self._char())
                self.pos += 1
        self.pos += 1
        return "".join(chars)

    def _end_tag(self) -> None:
        begin = self.pos
        if not self.open:
            raise HtmlError(f"Unexpected end tag {self._at(begin)}")
        self.pos += 2
        name = self._take(TAG_NAME).lower()
        self._take(SPACES)
        if self._char() != ">":
            raise HtmlError(f"Unclosed end tag {self._at(begin)}")
        self.pos += 1
        tag = self.open.pop()
        if name and name != tag.name:
            raise HtmlError(
                f'Unmatched end tag {self._at(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity = {"type": "", "offset": tag.offset, "length": self.offset - tag.offset}
        inner = "".join(self.parts[tag.parts_before :])
        entity.update(_entity_fields(tag, inner))
        if tag.name == "pre":
            entity.update(self._absorbed_code(entity))
        self.entities.append(entity)

    def _absorbed_code(self, pre: Entity) -> Entity:
        """`<pre><code class="language-x">` is one `pre` entity with a language."""
        last = self.entities[-1] if self.entities else {}
        same = last.get("type") == "code" and all(last[key] == pre[key] for key in ("offset", "length"))
        if not same:
            return {}
        language = self.entities.pop().get("language")
        return {"language": language} if language else {}


def _referenced(found: re.Match[str]) -> str | None:
    if found["name"]:
        return NAMED_REFERENCES.get(found["name"])
    code = int(found["hex"], 16) if found["hex"] else int(found["dec"])
    digits_end = len(found.group().rstrip(";"))
    usable = 0 < code < 0x10FFFF and digits_end < REFERENCE_LENGTH
    return chr(code) if usable else None


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _entity_fields(tag: _OpenTag, inner: str) -> Entity:
    if tag.name == "a":
        return {"type": "text_link", "url": tag.argument or inner}
    if tag.name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": tag.argument}
    if tag.name == "blockquote":
        return {"type": "expandable_blockquote" if tag.argument else "blockquote"}
    language = {"language": tag.argument} if tag.name == "code" and tag.argument else {}
    return {"type": SIMPLE_TAGS[tag.name], **language}


def _without_helpers(entities: list[Entity]) -> list[Entity]:
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
