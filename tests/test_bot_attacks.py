"""What somebody might try to get what is the admins' alone, or to do harm by names and titles: none of it succeeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_fixtures import fake_api
from bot_process import ADMIN, BotProcess, fast_bot, new_chat
from crowd import words_data
from fake_bot_api import Chat, FakeBotApi, Message, User
from fake_bot_groups import ANONYMOUS, as_anonymous_admin, as_channel, channel_post, via
from fake_bot_html import parse_html
from fake_bot_media import forward

from bot.conversation.replies.buttons import Press, Verb, encode
from bot.on_telegram.commands import COMMANDS, Where, Who
from bot.texts import load_texts

EN = load_texts("en")
ADMINS_COMMANDS = [each.name for each in COMMANDS if each.who is Who.ADMINS]
TITLE = 'Giá & "phí" <b>đậm</b> <a href="tg://user?id=1">x</a> </blockquote>'
TEXT = "Hội chợ Quexalot mở cửa ngày 3 tháng 5 năm 2024 với hai trăm gian hàng của các làng nghề."
QUESTION = "Hội chợ Quexalot mở cửa ngày nào?"
HOSTILE_NAMES = [
    "../../outside.txt",
    "..\\..\\outside.txt",
    "/etc/outside.txt",
    "a\x00b.txt",
    "CON.txt",
    ".hidden.txt",
]
_ids = iter(range(-1_001_000_009_000, -1_001_000_008_000))


api = fake_api("module", presses=True, can_read_all_group_messages=True)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacks")
    article = {"id": "<i>quexalot</i>", "title": TITLE, "text": TEXT}
    (folder / "news.jsonl").write_text(json.dumps(article), encoding="utf-8")
    return words_data(folder / "data", folder / "news.jsonl")


@pytest.fixture(scope="module", autouse=True)
def bot(api: FakeBotApi, data: Path) -> Iterator[BotProcess]:
    """ANONYMOUS is among the admins, as whoever copied the wrong id might set it."""
    with fast_bot(
        api, data, ADMIN_IDS=f"{ADMIN},{ANONYMOUS.id}", SOURCES=str(data.parent / "news.jsonl")
    ) as process:
        process.wait_for_line("Ready")
        yield process
    assert "Traceback" not in process.output


@pytest.fixture(scope="module")
def admin(api: FakeBotApi) -> Chat:
    chat = api.private_chat(ADMIN, language_code="en")
    chat.ask("/start")
    return chat


@pytest.fixture
def group(api: FakeBotApi) -> Chat:
    return api.group_chat(next(_ids))


@pytest.fixture
def generation(data: Path) -> Iterator[bytes]:
    """After the test the index in service is the one before, and nothing waits to be added."""
    before = (data / "current").read_bytes()
    yield before
    assert (data / "current").read_bytes() == before
    assert not (data / "removed.json").exists()


@pytest.mark.parametrize("command", ADMINS_COMMANDS)
def test_an_admins_command_of_somebody_else_is_refused(
    api: FakeBotApi, generation: bytes, command: str
) -> None:
    assert new_chat(api, "en").ask(f"/{command} <i>quexalot</i>").text == EN("admin-only")


@pytest.mark.parametrize("command", ADMINS_COMMANDS)
def test_a_hidden_admin_of_a_group_is_not_ours(group: Chat, generation: bytes, command: str) -> None:
    as_anonymous_admin(group, f"/{command}")
    assert group.wait_for_message().text == EN("admin-only")


def test_a_channel_is_no_admin(group: Chat, generation: bytes) -> None:
    as_channel(group, "/reindex")
    assert group.wait_for_message().text == EN("admin-only")
    channel_post(group, "/reindex")
    group.expect_silence(1.0)


@pytest.mark.parametrize("command", ["/reindex", "/invite x", "/remove <i>quexalot</i>", "/stats"])
def test_a_command_that_an_admin_forwards_does_nothing(admin: Chat, generation: bytes, command: str) -> None:
    sent = forward(admin, command, origin="user")
    answer = admin.wait_for_message(predicate=lambda m: m.message_id > sent.message_id)
    assert answer.text.startswith(EN("help"))


def test_a_command_that_another_bot_wrote_for_an_admin_does_nothing(admin: Chat, generation: bytes) -> None:
    via(admin, "/reindex", User(4, "Another", username="another_bot", is_bot=True))
    assert admin.wait_for_message().text == EN("admin-only")


@pytest.mark.parametrize("command", [each.name for each in COMMANDS if each.where is Where.IN_PRIVATE])
def test_what_is_the_admins_alone_is_not_shown_in_a_group(group: Chat, command: str) -> None:
    group.send(f"/{command} x", sender=User(ADMIN, "Admin", "en"))
    assert group.wait_for_message().text == EN("admin-private")


PRESSES = [
    Press(Verb.CANCEL), Press(Verb.FULL), Press(Verb.ADD, argument="0123456789abcdef"),
    Press(Verb.DISCARD, argument="x"), Press(Verb.SOURCES, argument="0"),
    Press(Verb.REMOVE, argument="AAAAAAAAAAA"), Press(Verb.KEEP), Press(Verb.GAPS, argument="0"),
    Press(Verb.EXPORT), Press(Verb.FEEDBACK, argument="0"), Press(Verb.DIGEST, argument="on"),
    Press(Verb.WITHDRAW, argument="x"), Press(Verb.REVOKE, argument="x"),
]  # fmt: skip


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.verb)
def test_an_admins_button_pressed_by_somebody_else_does_nothing(
    api: FakeBotApi, generation: bytes, press: Press
) -> None:
    """They forge the button's data under a message of their own chat."""
    stranger = new_chat(api, "en")
    message = stranger.ask("/start")
    shown = len(stranger.messages)
    answer = stranger.wait_for_answer(stranger.press(message, encode(press), stale=True))
    assert answer["text"] == EN("admin-only") and answer["show_alert"]
    assert len(stranger.messages) == shown and not message.edited


def test_every_button_has_somebody_who_answers_it(admin: Chat, api: FakeBotApi) -> None:
    """Each verb with an argument that names nothing: no press ends in an apology."""
    for verb in (verb for verb in Verb if verb.for_admins):
        if verb in (Verb.FULL, Verb.DIGEST):  # these do something
            continue
        message = admin.ask("/about")
        admin.wait_for_answer(admin.press(message, f"a:{verb}:none", stale=True))
    admin.ask("/about")
    assert EN("failed") not in [message.text for message in admin.messages]


def test_a_command_with_a_full_stop_is_that_command(admin: Chat) -> None:
    for command in ("/sources.", "/sources,", "/sources?"):
        assert admin.ask(command).text.startswith(EN("sources-heading", count=1))


def test_a_link_of_any_length_gets_a_sentence(admin: Chat) -> None:
    said = admin.ask(f"http://127.0.0.1:9/{'x' * 4000}").text
    assert "cannot be added" in said


def test_a_cancel_button_in_a_group_obeys_admins_only(group: Chat, generation: bytes) -> None:
    group.send("/about", sender=User(21, "Ai", "en"))
    message = group.wait_for_message()
    press = group.press(message, "a:cancel:", sender=User(22, "Ba", "en"), stale=True)
    assert group.wait_for_answer(press)["text"] == EN("admin-only")


@pytest.mark.parametrize(
    "forged", ["a:", "a:drop:", "a:add:../../x", "a:remove:" + "A" * 55, "a:add:\n", "a:full:1:2", "b:add:x"]
)
def test_data_that_we_never_made_is_stale(admin: Chat, generation: bytes, forged: str) -> None:
    message = admin.ask("/about")
    shown = len(admin.messages)
    answer = admin.wait_for_answer(admin.press(message, forged, stale=True))
    assert answer["text"] in (EN("button-expired"), EN("button-stale"))
    assert len(admin.messages) == shown and not message.edited


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        ("a:add:" + "0" * 16, "document-gone"),
        ("a:add:x", "document-gone"),
        ("a:remove:AAAAAAAAAAA", "remove-gone"),
        ("a:remove:_", "remove-gone"),
        ("a:withdraw:x", "invite-used"),
        ("a:withdraw:", "invite-used"),
    ],
)
def test_a_token_that_names_nothing_changes_nothing(
    api: FakeBotApi, admin: Chat, generation: bytes, forged: str, said: str
) -> None:
    message = admin.ask("/about")
    admin.wait_for_answer(admin.press(message, forged, stale=True))
    api.wait_until(lambda: message.text == EN(said), what=said)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_file_with_a_hostile_name_stays_in_its_folder(
    api: FakeBotApi, admin: Chat, data: Path, name: str
) -> None:
    before = {path for path in data.parent.rglob("*") if "uploads" not in path.parts}
    sent = admin.send_document(name, TEXT.encode())
    preview = admin.wait_for_message(timeout=20, predicate=lambda m: m.message_id > sent.message_id)
    assert "Quexalot" in preview.text
    discard = preview.buttons[1]["callback_data"]
    inside = [path for path in (data / "uploads").rglob("*") if path.is_file() and path.suffix == ".txt"]
    assert len(inside) == 1 and ".staged" in inside[0].parts
    admin.wait_for_answer(admin.press(preview, discard))
    api.wait_until(lambda: preview.text == EN("document-discarded"), what="end of the preview")
    after = {path for path in data.parent.rglob("*") if "uploads" not in path.parts}
    assert {path.name for path in after - before} <= {"state.db-wal", "state.db-shm"}
    assert not Path("/etc/outside.txt").exists()


def test_markup_in_titles_and_ids_is_shown_as_it_is_written(admin: Chat) -> None:
    for command in ("/sources", "/show <i>quexalot</i>", "/remove <i>quexalot</i>"):
        shown: Message = admin.ask(command)
        assert TITLE in shown.text and "<i>quexalot</i>" in shown.text
        assert not shown.entity_texts("text_link") and not shown.entity_texts("text_mention")


def test_markup_in_a_title_is_shown_as_it_is_written_on_a_card(api: FakeBotApi) -> None:
    card = api.wait_for_inline_answer(api.inline_query(QUESTION)).results[0]
    posted = parse_html(card["input_message_content"]["message_text"])
    assert card["title"] == TITLE and TITLE in posted.text
    assert not [entity for entity in posted.entities if entity["type"] == "text_link"]


@pytest.mark.parametrize("payload", ["p", "pAAAA", "p" + "A" * 34, "i", "iAAAA", "x" * 64, "p-_-_", "inline"])
def test_a_forged_link_opens_nothing(api: FakeBotApi, payload: str) -> None:
    said = new_chat(api, "en").ask(f"/start {payload}").text
    assert said == EN("shared-gone") or said.startswith("Hello")


def test_somebody_elses_link_or_file_is_not_taken_up(api: FakeBotApi, data: Path) -> None:
    stranger = new_chat(api, "en")
    stranger.send_document("note.txt", TEXT.encode())
    assert stranger.wait_for_message().text == EN("unsupported")
    stranger.ask("https://example.com/")
    assert not list((data / "uploads" / ".staged").glob("*"))
