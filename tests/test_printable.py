"""Names, titles, paths and reasons from outside steer neither a terminal nor a chat, and no secret is shown."""

import json
import os
import re
from pathlib import Path

import pytest
from answers import make_answer, make_excerpt
from fake_bot_html import parse_html
from hypothesis import given
from hypothesis import strategies as st
from small_index import write_jsonl, write_text

from bot.__main__ import main
from bot.cli.output.answer_json import answer_json
from bot.conversation.replies.buttons import Button
from bot.conversation.replies.wording import named
from bot.on_telegram.outgoing.keyboards import markup
from bot.printable import harmless, json_line, printable, without_secrets
from bot.telegram_html.markup import escape
from bot.texts import load_texts
from retrieval.embedding.hashed import NAME as HASHED
from retrieval.text.addresses import without_user
from retrieval.text.forms import normalise

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HOSTILE = "a\x1b]0;pwned\x07\x1b[2J\x9b31m\u202egpj\u2066.exe\x7f\r\u200f"
TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz12345"
SECRET = "neverPrinted"
anything = st.text(st.sampled_from(HOSTILE + "\n\t") | st.characters(), max_size=40)


@given(anything)
def test_what_is_shown_steers_nothing(text: str) -> None:
    for shown in (printable(text), harmless(text), parse_html(escape(text)).text):
        assert not STEERING.search(shown)


@given(anything, anything)
def test_pieces_may_be_made_harmless_before_or_after_they_are_joined(one: str, other: str) -> None:
    assert harmless(one) + harmless(other) == harmless(one + other)


@given(anything)
def test_json_is_one_line_that_steers_nothing_and_means_the_same(text: str) -> None:
    line = json_line({"text": text}, surrogates=True)
    assert not STEERING.search(line) and len(line.splitlines()) == 1
    assert json.loads(line) == json.loads(json.dumps({"text": text}))
    assert not STEERING.search(json_line([text]))


def test_lines_and_tabs_stay() -> None:
    assert harmless("a\n\tb") == printable("a\n\tb") == "a\n\tb"


def test_buttons_are_harmless() -> None:
    keyboard = markup(((Button(HOSTILE, data="1:n:abcdefghijkl:"), Button(HOSTILE, url="https://e.org")),))
    assert keyboard is not None
    assert not any(STEERING.search(button.text) for row in keyboard.inline_keyboard for button in row)


def test_an_answer_as_json_holds_no_raw_control_characters() -> None:
    excerpt = make_excerpt(HOSTILE, title=HOSTILE, source=HOSTILE, path=HOSTILE, author=HOSTILE)
    line = answer_json(make_answer(excerpt, question=HOSTILE))
    assert not STEERING.search(line)
    assert json.loads(line)["excerpts"][0]["text"] == HOSTILE


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\x1b[31mđỏ\x1b[0m", "đỏ"),
        ("\x1b]0;tên\x07x \x1b]8;;http://e\x1b\\y", "x y"),
        ("\u202eabc\u202c \u2066d\u2069 \u200ee\u200f", "abc d e"),
        ("a\x9bb\x7f\x1bc", "abc"),
    ],
)
def test_what_is_read_holds_nothing_that_steers(written: str, read: str) -> None:
    assert normalise(written) == read


def test_no_command_prints_what_steers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """File names, ids, titles, authors, sites and reasons of failures; read, shown, asked and in errors."""
    monkeypatch.setenv("TRICHDAN_MODEL", HASHED)
    sources = tmp_path / "sources"
    write_text(sources / f"{HOSTILE.replace('/', '')}.txt", f"Chợ Gò Duối mở thêm {HOSTILE} hai dãy sạp.")
    write_text(sources / "empty\x1b[2J\u202e.txt", "")
    record = {"text": "Bến đò Phú Mỡ ngừng chạy.", "id": HOSTILE, "title": HOSTILE, "author": HOSTILE}
    write_jsonl(sources / "rows.jsonl", {**record, "source": HOSTILE}, {"id": HOSTILE, "text": ""})
    data = ["--data-dir", str(tmp_path / "data")]
    for command in (
        ["reindex", str(sources)],
        ["reindex", "--json", str(sources)],
        ["inspect", str(sources)],
        ["inspect", "--json", str(sources)],
        ["show", HOSTILE],
        ["show", "--json", HOSTILE],
        ["show", f"{HOSTILE} of nothing"],
        ["ask", "bến đò Phú Mỡ"],
        ["ask", "--json", f"bến đò {HOSTILE}"],
        ["reindex", str(tmp_path / HOSTILE)],
        ["eval", str(tmp_path / HOSTILE)],
        ["doctor"],
    ):
        main([*data, *command])
        said = capfd.readouterr()
        assert said.out or said.err, command
        assert not STEERING.search(said.out + said.err), command


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"https://u:{SECRET}@h.org/feed", "https://h.org/feed"),
        (f"https://u:p@{SECRET}@h.org/feed", "https://h.org/feed"),
        (f"https://u:{SECRET}/x@h.org/feed", "https://h.org/feed"),
        (f"see https://{SECRET}@h.org and https://u:{SECRET}@h.net.", "see https://h.org and https://h.net."),
        ("https://medium.com/@somebody/story", "https://medium.com/@somebody/story"),
        ("https://h.org:8080/@somebody", "https://h.org:8080/@somebody"),
        ("https://[::1]:80/@somebody", "https://[::1]:80/@somebody"),
        ("somebody@h.org", "somebody@h.org"),
    ],
)
def test_an_address_is_shown_without_user_and_password(written: str, shown: str) -> None:
    assert without_user(written) == shown


def test_a_token_is_not_shown_wherever_it_stands() -> None:
    assert without_secrets(f"InvalidURL: https://api.telegram.org/bot{TOKEN}/getMe") == (
        "InvalidURL: https://api.telegram.org/bot<token>/getMe"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API_URL", f"https://api.telegram.org/bot{TOKEN}"),
        ("ADMIN_IDS", TOKEN),
        ("TELEGRAM_API_URL", f"https://u:{SECRET}@h.org/nothing"),
        ("STATE_URL", f"postgresql://u:p@{SECRET}@127.0.0.1:9/db"),
        ("STATE_URL", f"postgresql://u:p@{SECRET}/x@127.0.0.1:9/db"),
        ("STATE_URL", f"postgresql://u:p?@{SECRET}@127.0.0.1:9/db"),
        ("SOURCES", f"https://u:{SECRET}@127.0.0.1:9/feed"),
        ("MODEL", f"./{HOSTILE}"),
    ],
)
def test_doctor_shows_no_secret_in_a_wrong_setting(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    name: str,
    value: str,
) -> None:
    for known in [known for known in os.environ if known.startswith("TRICHDAN_")]:
        monkeypatch.delenv(known)
    monkeypatch.setenv("TRICHDAN_MODEL", HASHED)
    monkeypatch.setenv(f"TRICHDAN_{name}", value)
    assert main(["--data-dir", str(tmp_path), "doctor"]) == 1
    said = "".join(capfd.readouterr())
    assert SECRET not in said and TOKEN.partition(":")[2] not in said and not STEERING.search(said)
    assert "%40" in said or name != "STATE_URL"


def test_an_article_is_cited_without_the_password_of_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRICHDAN_MODEL", HASHED)
    url = f"https://u:{SECRET}@e.org/x"
    source = write_jsonl(tmp_path / "a.jsonl", {"text": "Bến đò Phú Mỡ ngừng chạy.", "url": url})
    failed = f"https://u:{SECRET}@127.0.0.1:9/feed"
    for command in (
        ["reindex", str(source), failed],
        ["ask", "--json", "bến đò Phú Mỡ"],
        ["reindex", failed],
    ):
        main(["--data-dir", str(tmp_path / "data"), *command])
        said = "".join(capfd.readouterr())
        assert SECRET not in said and ("e.org/x" in said or "127.0.0.1:9" in said)


@pytest.mark.parametrize("language", ["vi", "en", "ru"])
def test_a_title_that_nobody_sees_is_none(language: str) -> None:
    texts = load_texts(language)
    assert named("\u202e\x07", "Mở đầu", texts) == named(None, "Mở đầu", texts)
