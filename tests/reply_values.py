"""Replies for the tests of presentation: any excerpts, results and views, and what a message shows of them."""

from dataclasses import replace
from typing import Any, get_args

from answers import CITATION, make_excerpt
from fake_bot_html import ParsedText, parse_html
from hypothesis import strategies as st

from bot.conversation.replies.reply import Kind, Reply
from bot.conversation.replies.view import Result, View
from retrieval.article import Excerpt

ANSWER_ID = "abcdefghijkl"

nasty = st.text(st.sampled_from("<>&\"'ab \n…đẹ😀\t;#") | st.characters(codec="utf-8"), max_size=60)
span = st.tuples(st.integers(-5, 80), st.integers(-5, 80))


def a_view(kind: Kind = "answer", results: tuple[Result, ...] = (), **fields: Any) -> View:
    """A view of a reply of this kind, with fields of its own and of the reply."""
    return changed(View(answer_id=ANSWER_ID, reply=Reply(kind=kind), results=results), **fields)


def changed(view: View, **fields: Any) -> View:
    """The view with other fields, be they its own or its reply's."""
    of_view = {name: fields.pop(name) for name in View.__slots__ if name in fields}
    return replace(view, reply=replace(view.reply, **fields), **of_view)


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    """An excerpt with any text, any spans and any metadata."""
    return make_excerpt(
        draw(nasty) * draw(st.sampled_from([1, 1, 1, 9, 200])),
        *draw(st.lists(span, max_size=5)),
        title=draw(st.none() | nasty),
        source=draw(st.none() | nasty),
        date=draw(st.none() | st.dates()),
        url=draw(st.none() | nasty | nasty.map(lambda tail: f"https://a.example/{tail}")),
        opening=draw(nasty),
        also_in=draw(st.sampled_from([(), ("b",), ("b", "c", "d")])),
        copies=draw(st.sampled_from([(), (CITATION,), (CITATION, replace(CITATION, title=None))])),
        paragraphs=draw(st.none() | st.just((2, 4))),
    )


results = st.builds(
    Result,
    pieces=st.lists(excerpts(), min_size=1, max_size=3).map(tuple),
    before=st.booleans(),
    after=st.booleans(),
    opened=st.booleans(),
    cut_before=st.booleans(),
    cut_after=st.booleans(),
)


@st.composite
def views(draw: st.DrawFn) -> View:
    """A view of any kind with anything in it."""
    kind: Kind = draw(st.sampled_from(get_args(Kind)))
    shown = st.lists(results, min_size=1, max_size=3).map(tuple)
    pages = draw(st.integers(1, 5))
    return a_view(
        kind,
        draw(shown) if kind in ("answer", "nearest") else (),
        first=draw(st.integers(1, 15)),
        page=draw(st.integers(0, pages - 1)),
        pages=pages,
        order=draw(st.sampled_from(("relevance", "newest"))),
        sortable=draw(st.booleans()),
        waiting=draw(st.integers(0, 12)),
        menu=draw(st.booleans()),
        searched=draw(st.none() | nasty | nasty.map(lambda text: text * 100)),
        about_text=draw(st.booleans()),
        unsure=draw(st.booleans()),
        topics=draw(st.lists(excerpts().map(lambda each: each.citation), max_size=4).map(tuple)),
        reason=draw(st.sampled_from((None, "refused", "greeting", "too_long", "of the future"))),
        example=draw(st.none() | nasty),
        vote=draw(st.sampled_from((None, "up", "down"))),
    )


def quoted(parsed: ParsedText) -> str:
    """The text inside the quote blocks of a message."""
    return "".join(_texts(parsed, "blockquote"))


def bold(message: str) -> list[str]:
    """The emphasised runs of a message."""
    return _texts(parse_html(message), "bold")


def _texts(parsed: ParsedText, kind: str) -> list[str]:
    units = parsed.text.encode("utf-16-le")
    found = [entity for entity in parsed.entities if kind in entity["type"]]
    cuts = ((2 * entity["offset"], 2 * (entity["offset"] + entity["length"])) for entity in found)
    return [units[start:end].decode("utf-16-le") for start, end in cuts]
