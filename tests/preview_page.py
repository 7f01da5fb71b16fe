"""Replies as a phone shows them: bubbles, collapsed quotes, keyboards; one column of 360 pixels a language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from bot.conversation.replies.buttons import Keyboard
from bot.conversation.replies.keyboard import keyboard
from bot.conversation.replies.view import View
from bot.telegram_html.messages import render
from bot.texts import LANGUAGES, Texts, load_texts

TODAY = date(2025, 6, 1)

STYLE = """
:root { --wall: #d5dfe8; --in: #fff; --out: #e1f6d0; --text: #000; --accent: #3390d6; --quote: #3390d618;
  --button: #0008; --note: #6b7b8a }
@media (prefers-color-scheme: dark) { :root { --wall: #0f161d; --in: #1d2a37; --out: #2f5577; --text: #f3f6f8;
  --accent: #6ab7f2; --quote: #6ab7f21c; --button: #ffffff24; --note: #8da0b1 } }
body { margin: 0; background: var(--wall); color: var(--text); font: 16px/1.31 Roboto, "Noto Sans", sans-serif;
  display: flex; flex-wrap: wrap; overflow-wrap: anywhere }
main { width: 360px; box-sizing: border-box; padding: 4px 8px 16px }
h2 { font-size: 12px; font-weight: 500; color: var(--note); text-align: center; margin: 18px 0 6px }
.in, .out { border-radius: 14px; padding: 6px 10px; width: fit-content; max-width: 290px; margin: 4px 0;
  white-space: pre-wrap }
.in { background: var(--in); border-bottom-left-radius: 4px }
.out { background: var(--out); margin-left: auto; border-bottom-right-radius: 4px }
a { color: var(--accent); text-decoration: none }
code { font-family: "Roboto Mono", "DejaVu Sans Mono", monospace; font-size: 14px; color: var(--accent) }
blockquote { margin: 2px 0; padding: 2px 22px 3px 8px; border-left: 3px solid var(--accent); border-radius: 4px;
  background: var(--quote); position: relative; font-size: 15px }
blockquote[expandable] > span { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical;
  overflow: hidden }
blockquote[expandable]:focus > span { -webkit-line-clamp: unset }
blockquote[expandable]::after { content: "⌄"; color: var(--accent); position: absolute; right: 6px; bottom: 2px }
.row { display: flex; gap: 4px; margin: 4px 0; width: 310px }
.row span { flex: 1; background: var(--button); color: #fff; border-radius: 8px; padding: 8px 4px; font-size: 14px;
  font-weight: 500; text-align: center; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0 }
.row .success { background: #31b545 } .row .danger { background: #e5484d } .row .primary { background: #3390d6 }
.toast { background: #000b; color: #fff; border-radius: 8px; padding: 7px 12px; font-size: 14px; margin: 6px 0 }
"""


@dataclass(frozen=True)
class Shown:
    """A reply to show: its `kind` in words, what the person wrote, and the view; or, instead of one, a message in
    `html` with its `buttons`, or a plain line. `alone`: it stands in a private chat."""

    kind: str
    language: str
    question: str
    view: View | None = None
    line: str = ""
    html: str = ""
    buttons: Keyboard = ()
    alone: bool = True


def page(shown: Iterable[Shown]) -> str:
    """One HTML page: a column a language."""
    ordered = sorted(shown, key=lambda each: LANGUAGES.index(each.language))
    columns = groupby(ordered, key=lambda each: each.language)
    return document(f"<main>{''.join(map(_shown, those))}</main>" for _, those in columns)


def chat(shown: Iterable[Shown]) -> str:
    """One column: questions and replies one after the other, without headings."""
    return f"<main>{''.join(_asked(each) + _reply(each, load_texts(each.language)) for each in shown)}</main>"


def document(columns: Iterable[str]) -> str:
    """`columns` side by side."""
    body = "".join(columns)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=360"><title>Replies</title>'
    return f"<!doctype html><html><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>"


def _shown(shown: Shown) -> str:
    texts = load_texts(shown.language)
    return f"<section><h2>{escape(shown.kind)}</h2>{_asked(shown)}{_reply(shown, texts)}</section>"


def _asked(shown: Shown) -> str:
    return f'<div class="out">{escape(shown.question)}</div>' if shown.question else ""


def _reply(shown: Shown, texts: Texts) -> str:
    if shown.html:
        return f'<div class="in">{_as_shown(shown.html)}</div>{_keyboard(shown.buttons)}'
    if shown.view is None:
        return f'<div class="toast">{escape(shown.line)}</div>'
    bubbles = "".join(f'<div class="in">{_as_shown(html)}</div>' for html in render(shown.view, texts, TODAY))
    buttons = keyboard(shown.view, texts, lambda _: "https://t.me/share/url?url=x", alone=shown.alone)
    return bubbles + _keyboard(buttons)


def _as_shown(html: str) -> str:
    """Telegram starts and ends a quote with a new line of its own, as a browser does a block."""
    html = html.replace("</blockquote>\n", "</blockquote>").replace("</blockquote>", "</span></blockquote>")
    for tag in ("<blockquote>", "<blockquote expandable>"):
        html = html.replace(tag, f"{tag[:-1]} tabindex=0><span>")
    return html


def _keyboard(rows: Keyboard) -> str:
    lines = (
        "".join(f'<span title="{button.data or button.url}">{escape(button.text)}</span>' for button in row)
        for row in rows
    )
    return "".join(f'<div class="row">{line}</div>' for line in lines)
