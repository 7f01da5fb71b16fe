"""From the text a caller gives to the text and entities that Telegram stores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fake_bot_html import Entity, HtmlError, ParsedText, parse_html, utf16_len
from fake_bot_request import Params, bad_request

MAX_RAW_BYTES = 32_768
MAX_TEXT = 4_096
MAX_CAPTION = 1_024
MAX_ENTITIES = 100
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
DETECTED = re.compile(
    r"(?P<url>(?:https?|tg)://[^\s<>\"]+[^\s<>\".,;:!?)\]])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{3,32})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W_](?:[\w-]*[^\W_])?")
LINK = re.compile(
    r"(?:(?P<scheme>https?|tg|ton)://)?(?P<host>[^/?#:@\s]+)(?P<port>:\d{1,5})?(?P<rest>[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
CODE_TYPES = ("code", "pre")
QUOTE_TYPES = ("blockquote", "expandable_blockquote")


@dataclass(frozen=True)
class Formatted:
    """What was sent (`raw`, `parse_mode`) and what it became."""

    raw: str
    parse_mode: str | None
    text: str
    entities: list[Entity]


def formatted_text(params: Params, name: str = "text", limit: int = MAX_TEXT) -> Formatted:
    """The text parameter `name` of a call, parsed, cleaned and checked, or ApiError."""
    raw = params.text(name)
    parse_mode = params.text("parse_mode") or None
    explicit = params.list("caption_entities" if name == "caption" else "entities")
    checked = _checked_raw(raw)
    parsed = _parsed(checked, parse_mode, explicit)
    text, entities = _trimmed(*_cleaned(parsed))
    if len(text) > limit:
        raise bad_request("message caption is too long" if name == "caption" else "message is too long")
    if not text.translate(INVISIBLE).strip() and name != "caption":
        raise bad_request("message text is empty")
    params.notes.extend(_losses(entities))
    return Formatted(raw, parse_mode, text, _final_entities(text, entities))


def detected_entities(text: str) -> list[Entity]:
    """Commands, mentions, hashtags and links that Telegram finds by itself."""
    entities = []
    for found in DETECTED.finditer(text):
        kind = str(found.lastgroup)
        if kind != "url" or checked_link(found.group()):
            entities.append(
                {"type": kind, "offset": utf16_len(text[: found.start()]), "length": utf16_len(found.group())}
            )
    return entities


def checked_link(url: str) -> str | None:
    """The link as Telegram stores it (scheme added, path never empty), or None when it is not one."""
    found = LINK.fullmatch(url.strip())
    if not found:
        return None
    scheme = (found["scheme"] or "http").lower()
    if scheme not in ("http", "https"):
        return url.strip()
    if not HOST.fullmatch(found["host"]):
        return None
    rest = found["rest"] or "/"
    rest = rest if rest.startswith("/") else "/" + rest
    rest = re.sub(r"[\x00-\x20]", _percent, rest)
    return f"{scheme}://{found['host'].lower()}{found['port'] or ''}{rest}"


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):02X}"


def _checked_raw(raw: str) -> str:
    try:
        size = len(raw.encode())
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    if size > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    return raw


def _parsed(raw: str, parse_mode: str | None, explicit: list[Any] | None) -> ParsedText:
    if parse_mode is None:
        return ParsedText(raw, [_checked_entity(raw, entity) for entity in explicit or []])
    if parse_mode.lower() != "html":
        raise bad_request(f"unsupported parse_mode ({parse_mode}: the fake reads HTML only)")
    try:
        return parse_html(raw)
    except HtmlError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _checked_entity(text: str, entity: Any) -> Entity:
    starts = _boundaries(text)
    if not isinstance(entity, dict) or "type" not in entity:
        raise bad_request("can't parse MessageEntity: object expected")
    begin, end = entity.get("offset", -1), entity.get("offset", -1) + entity.get("length", 0)
    if begin not in starts or end not in starts or end <= begin:
        raise bad_request("can't parse entities: entity bounds are invalid")
    return dict(entity)


def _boundaries(text: str) -> dict[int, int]:
    """UTF-16 offset of each character of `text` (and of its end) -> offset once the text is cleaned."""
    old = new = 0
    starts = {0: 0}
    for char in text:
        old += utf16_len(char)
        new += utf16_len(_clean(char))
        starts[old] = new
    return starts


def _clean(text: str) -> str:
    return CONTROL.sub(" ", REMOVED.sub("", text))


def _cleaned(parsed: ParsedText) -> tuple[str, list[Entity]]:
    if _clean(parsed.text) == parsed.text:
        return parsed.text, parsed.entities
    starts = _boundaries(parsed.text)
    moved = []
    for entity in parsed.entities:
        begin = starts[entity["offset"]]
        moved.append(
            {**entity, "offset": begin, "length": starts[entity["offset"] + entity["length"]] - begin}
        )
    return _clean(parsed.text), moved


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Outer white space goes, though not past the beginning of the first entity."""
    text = text.rstrip(" \n")
    end = utf16_len(text)
    kept = [{**e, "length": min(e["length"], end - e["offset"])} for e in entities if e["offset"] < end]
    first = min((e["offset"] for e in kept), default=end)
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    return text[lead:], [{**e, "offset": e["offset"] - lead} for e in kept]


def _final_entities(text: str, entities: list[Entity]) -> list[Entity]:
    explicit = _outside_code([linked for entity in entities if (linked := _with_checked_link(entity))])
    taken = [entity for entity in explicit if entity["type"] in (*CODE_TYPES, "text_link", "text_mention")]
    found = [
        entity for entity in detected_entities(text) if not any(_overlap(entity, other) for other in taken)
    ]
    ordered = sorted([*explicit, *found], key=lambda entity: (entity["offset"], -entity["length"]))
    return ordered[:MAX_ENTITIES]


def _losses(entities: list[Entity]) -> list[str]:
    links = [entity["url"] for entity in entities if entity["type"] == "text_link"]
    lost = [f"link dropped, it is not a valid URL: {link}" for link in links if checked_link(link) is None]
    if len(entities) > MAX_ENTITIES:
        lost.append(f"{len(entities) - MAX_ENTITIES} of {len(entities)} entities dropped")
    return lost


def _with_checked_link(entity: Entity) -> Entity | None:
    """An entity with its link normalised; None for a link that Telegram drops, its text staying plain."""
    if entity["length"] <= 0:
        return None
    if entity["type"] != "text_link":
        return entity
    link = checked_link(str(entity.get("url", "")))
    mention = re.fullmatch(r"tg://user\?id=(\d+)", link or "")
    if mention:
        user = {"id": int(mention[1]), "is_bot": False, "first_name": "User"}
        return {"type": "text_mention", "offset": entity["offset"], "length": entity["length"], "user": user}
    return {**entity, "url": link} if link else None


def _outside_code(entities: list[Entity]) -> list[Entity]:
    """Code takes no other formatting: what crosses it is cut; quotations may contain it."""
    codes = [entity for entity in entities if entity["type"] in CODE_TYPES]
    kept = [entity for entity in entities if entity["type"] in (*CODE_TYPES, *QUOTE_TYPES)]
    for entity in entities:
        if entity not in kept:
            kept.extend(_cut(entity, codes))
    return kept


def _cut(entity: Entity, codes: list[Entity]) -> list[Entity]:
    pieces = [entity]
    for code in codes:
        pieces = [part for piece in pieces for part in _difference(piece, code)]
    return pieces


def _difference(entity: Entity, code: Entity) -> list[Entity]:
    if not _overlap(entity, code):
        return [entity]
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    before, after = code["offset"], code["offset"] + code["length"]
    pieces = [(begin, min(end, before)), (max(begin, after), end)]
    return [{**entity, "offset": a, "length": b - a} for a, b in pieces if b > a]


def _overlap(one: Entity, other: Entity) -> bool:
    one_end, other_end = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < other_end and other["offset"] < one_end)
