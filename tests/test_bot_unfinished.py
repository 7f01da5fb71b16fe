"""What Add or Remove began is finished though the bot is killed, and the message that shows it comes to an end."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest
from bot_fixtures import api_of_several_bots, shared_admin, words_seeds
from bot_process import SEEDS, BotProcess, fast_bot
from fake_bot_api import Chat, FakeBotApi, Message
from test_bot_documents import BARNABY, answer, articles, becomes, pressed, reply_to, sent
from test_bot_reindex import embedding_held_up

from bot.processes.unfinished import Begun, Unfinished
from bot.texts import load_texts

EN, VI, RU = load_texts("en"), load_texts("vi"), load_texts("ru")
UP_TO_DATE = "The collection is up to date"


api = api_of_several_bots()
admin = shared_admin()
data = words_seeds("module")


def started(api: FakeBotApi, data: Path) -> BotProcess:
    return fast_bot(api, data, LOG_LEVEL="info")


def at_work(api: FakeBotApi, message: Message) -> None:
    """The run that the message shows has begun."""
    becomes(api, message, EN("reindex-started")[:20])


def test_what_was_added_is_found_after_the_bot_was_killed(api: FakeBotApi, admin: Chat, data: Path) -> None:
    with started(api, data) as bot:
        bot.wait_for_line("Ready")
        count = articles(admin)
        preview = sent(admin, "Barnaby.txt", BARNABY.format("Barnaby").encode())
        waiting = sent(admin, "Winnie.txt", BARNABY.format("Winnie").encode())
        with embedding_held_up(data):
            pressed(admin, preview, EN("button-add"))
            at_work(api, preview)
            bot.kill()
    with started(api, data):
        becomes(api, preview, f"{UP_TO_DATE}: {count + 1} articles")
        assert answer(api, "Barnaby") and not answer(api, "Winnie")
        pressed(admin, waiting, EN("button-add"))  # what was not decided waits on
        becomes(api, waiting, f"{UP_TO_DATE}: {count + 2} articles")
    assert not Unfinished(data).all() and not (data / "unfinished.json").exists()


def test_what_was_removed_is_not_found_after_the_bot_was_killed(
    api: FakeBotApi, admin: Chat, data: Path
) -> None:
    article_id = sorted(path.name for path in SEEDS.glob("*.txt"))[0]
    with started(api, data) as bot:
        bot.wait_for_line("Ready")
        count = articles(admin)
        question = admin.ask(f"/remove {article_id}")
        pressed(admin, question, EN("button-remove"))
        api.wait_until((data / "removed.json").exists, timeout=30, what="removal")
        bot.kill()  # before a run could read it
    with started(api, data):
        becomes(api, question, f"{UP_TO_DATE}: {count - 1} articles")
        assert admin.ask(f"/show {article_id}").text == EN("article-unknown", id=article_id)


def test_a_reindex_that_was_cut_off_says_so_and_what_waited_behind_it_is_taken_up(
    api: FakeBotApi, admin: Chat, data: Path
) -> None:
    with started(api, data) as bot:
        bot.wait_for_line("Ready")
        count = articles(admin)
        done = admin.ask("/reindex")
        becomes(api, done, UP_TO_DATE)
        preview = sent(admin, "Patrick.txt", BARNABY.format("Patrick").encode())
        with embedding_held_up(data):
            pressed(admin, done, EN("button-full"))
            report = reply_to(admin, preview)
            at_work(api, report)
            pressed(admin, preview, EN("button-add"))
            becomes(api, preview, EN("reindex-next"))
            bot.kill()
    with started(api, data):
        becomes(api, report, EN("reindex-cut-off"))
        becomes(api, preview, f"{UP_TO_DATE}: {count + 1} articles")
        assert not report.buttons


def test_a_stop_in_order_leaves_the_change_to_the_next_process(
    api: FakeBotApi, admin: Chat, data: Path
) -> None:
    with started(api, data) as bot:
        bot.wait_for_line("Ready")
        preview = sent(admin, "Tonka.txt", BARNABY.format("Tonka").encode())
        with embedding_held_up(data):
            pressed(admin, preview, EN("button-add"))
            at_work(api, preview)
            assert bot.stop() == 0
        assert preview.text == EN("reindex-later")
    assert [each.tries for each in Unfinished(data).all()] == [0]
    with started(api, data):
        becomes(api, preview, UP_TO_DATE)
        assert answer(api, "Tonka")


def test_what_kills_the_bot_each_time_is_given_up(api: FakeBotApi, admin: Chat, data: Path) -> None:
    with started(api, data) as bot:
        bot.wait_for_line("Ready")
        preview = sent(admin, "Kuma.txt", BARNABY.format("Kuma").encode())
        with embedding_held_up(data):
            pressed(admin, preview, EN("button-add"))
            at_work(api, preview)
            bot.kill()
    for tries in range(1, 4):
        with embedding_held_up(data), started(api, data) as bot:
            tried = partial(_has_tried, data, tries)
            api.wait_until(tried, timeout=30, what=f"try {tries}")
            bot.kill()
    with started(api, data):
        becomes(api, preview, EN("change-given-up", count=3))
        assert not answer(api, "Kuma")
        becomes(api, admin.ask("/reindex"), UP_TO_DATE)
        assert answer(api, "Kuma")


def test_what_was_decided_but_not_noted_is_taken_in_without_a_word(
    api: FakeBotApi, admin: Chat, data: Path
) -> None:
    folder = data / "uploads/.adding/0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / "Wendy.txt").write_text(BARNABY.format("Wendy"), encoding="utf-8")
    (folder / "metadata.json").write_text(json.dumps({"Wendy.txt": {}}), encoding="utf-8")
    with started(api, data) as bot:
        bot.wait_for_line("A new index is in service|Ready")
        api.wait_until(lambda: bool(answer(api, "Wendy")), timeout=60, what="Wendy")
    assert not folder.exists()


def _has_tried(data: Path, tries: int) -> bool:
    return [each.tries for each in Unfinished(data).all()] == [tries]


@pytest.mark.parametrize("written", ["{", "5", '[{"chat_id": 1}]', '[{"chat_id": 1, "message_id": 2}]'])
def test_a_note_that_is_spoilt_is_none(tmp_path: Path, written: str) -> None:
    (tmp_path / "unfinished.json").write_text(written, encoding="utf-8")
    unfinished = Unfinished(tmp_path)
    assert unfinished.all() == []
    begun = Begun(
        chat_id=1, message_id=2, language="vi", options=("--uploads",), change="add", argument="0" * 16
    )
    unfinished.note(begun)
    assert Unfinished(tmp_path).all() == [begun] and asdict(begun)["tries"] == 0
    unfinished.done(begun)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("texts", [VI, EN, RU], ids=["vi", "en", "ru"])
def test_the_sentences_exist_in_each_language(texts: object) -> None:
    assert callable(texts)
    for count in (1, 3, 5):
        assert str(count) in texts("change-given-up", count=count)
    assert len({texts(name) for name in ("reindex-later", "reindex-cut-off", "reindex-stopped")}) == 3
