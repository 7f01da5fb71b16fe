"""The bot among people: it speaks when it is spoken to, to whom, and how often."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bot_fixtures import fake_api, rare_collection, shared_bot, shared_data
from bot_process import ADMIN, BotProcess, fast_bot, quotes
from fake_bot_api import Chat, FakeBotApi, Message, User
from fake_bot_groups import as_anonymous_admin, as_channel, channel_post, migrate, via
from rare_words import Rare

from bot.texts import load_texts

EN = load_texts("en")
AN, BINH = User(501, "An", "en"), User(502, "Bình", "vi")
PER_MINUTE = 6
Collection = tuple[Path, list[Rare]]
_ids = iter(range(-1_001_000_001_000, -1_001_000_000_000))


api = fake_api("module", can_read_all_group_messages=True)
collection = rare_collection(10)
data = shared_data()
bot = shared_bot(GROUP_QUESTIONS_PER_MINUTE=str(PER_MINUTE))


@pytest.fixture
def group(api: FakeBotApi) -> Chat:
    return api.group_chat(next(_ids))


@pytest.fixture
def rare(collection: Collection) -> Rare:
    return collection[1][0]


def answers(reply: Message, asked: Message, rare: Rare) -> bool:
    """Whether `reply` quotes the question and holds its answer."""
    replied = (reply.reply_parameters or {}).get("message_id")
    return replied == asked.message_id and rare.word in quotes(reply)[0]


def test_a_mention_is_answered_where_the_bot_reads_along(group: Chat, rare: Rare) -> None:
    asked = group.send(f"@Trichdan_Bot {rare.question}", sender=AN)
    assert answers(group.wait_for_message(), asked, rare)


def test_a_mention_at_the_end_is_no_part_of_the_question(group: Chat, rare: Rare) -> None:
    asked = group.send(f"{rare.question} @trichdan_bot", sender=AN)
    assert answers(group.wait_for_message(), asked, rare)


def test_a_reply_to_the_bot_is_a_question(group: Chat, collection: Collection) -> None:
    first, second = collection[1][1:3]
    group.send(f"/ask {first.question}", sender=AN)
    asked = group.send(second.question, sender=BINH, reply_to=group.wait_for_message())
    assert answers(group.wait_for_message(), asked, second)


@pytest.mark.parametrize("words", ["/ask", "/ask@trichdan_bot", "@trichdan_bot"])
def test_a_bare_call_in_reply_to_somebody_asks_their_question(group: Chat, rare: Rare, words: str) -> None:
    theirs = group.send(rare.question, sender=BINH)
    asked = group.send(words, sender=AN, reply_to=theirs)
    assert answers(group.wait_for_message(), asked, rare)


def test_a_bare_mention_is_told_how_to_ask(group: Chat) -> None:
    group.send("@trichdan_bot", sender=AN)
    assert group.wait_for_message().text == EN("ask-usage-plain")


def test_people_among_themselves_are_left_alone(api: FakeBotApi, group: Chat, rare: Rare) -> None:
    theirs = group.send(rare.question, sender=AN)
    group.send("Không biết.", sender=BINH, reply_to=theirs)
    group.send(f"@another_bot {rare.question}", sender=AN)
    group.send(f"/ask@another_bot {rare.question}", sender=AN)
    group.send_document("note.txt", b"text", sender=User(ADMIN, "Admin", "en"))
    group.send("https://example.com/", sender=User(ADMIN, "Admin", "en"))
    api.wait_until_acknowledged()
    group.expect_silence(1.0)
    assert group.actions == []


def test_what_people_say_among_themselves_is_not_written_down(
    api: FakeBotApi, group: Chat, rare: Rare, bot: BotProcess
) -> None:
    group.send("Chuyện riêng của chúng tôi: xibalot.", sender=AN)
    group.send(f"/ask {rare.question}", sender=AN)
    group.wait_for_message()
    files = [path for path in bot.data_dir.glob("state.db*") if path.is_file()]
    assert files and not any(b"xibalot" in path.read_bytes() for path in files)


def test_a_channels_post_in_its_discussion_group_asks_nothing(
    api: FakeBotApi, group: Chat, rare: Rare
) -> None:
    channel_post(group, f"@trichdan_bot {rare.question}")
    channel_post(group, f"/ask {rare.question}")
    channel_post(group, "/reindex")
    api.wait_until_acknowledged()
    group.expect_silence(1.0)


def test_whoever_writes_as_a_channel_or_hides_is_answered_too(group: Chat, rare: Rare) -> None:
    for write in (as_channel, as_anonymous_admin):
        asked = write(group, f"/ask {rare.question}")
        assert answers(group.wait_for_message(), asked, rare)


def test_a_card_that_was_posted_is_no_question(api: FakeBotApi, group: Chat, rare: Rare) -> None:
    bot = api.world.bot
    via(group, f"{rare.question} @trichdan_bot", bot, AN)
    private = api.private_chat(503)
    via(private, rare.question, bot)
    api.wait_until_acknowledged()
    group.expect_silence(1.0)
    private.expect_silence(0.1)


def test_votes_of_several_people_count_once_each(api: FakeBotApi, group: Chat, rare: Rare) -> None:
    group.send(f"/ask {rare.question}", sender=AN)
    reply = group.wait_for_message()
    data = next(button["callback_data"] for button in reply.buttons if button["text"] == "👍")
    for voter in (AN, BINH, BINH):
        press = group.press(reply, data, sender=voter)
        assert group.wait_for_answer(press)["text"] == load_texts(voter.language_code)("vote-thanks")
    assert "✓" not in "".join(button["text"] for button in reply.buttons)


def test_a_group_gets_so_many_answers_a_minute_and_is_told_once(group: Chat, rare: Rare) -> None:
    for number in range(PER_MINUTE):
        group.send(f"/ask {rare.question}", sender=User(600 + number, "Ai", "en"))
        assert quotes(group.wait_for_message())
    for number in range(3):
        group.send(f"/ask {rare.question}", sender=User(700 + number, "Ai", "en"))
    told = group.wait_for_message().text
    assert told.startswith(EN("rate-limited", seconds=60)[:30])
    group.expect_silence(1.0)


def test_one_who_asks_too_much_uses_up_nobody_elses_answers(
    api: FakeBotApi, rare: Rare, tmp_path: Path, collection: Collection
) -> None:
    data = Path(shutil.copytree(collection[0], tmp_path / "data"))
    with FakeBotApi() as elsewhere:
        crowd = elsewhere.group_chat()
        limits = {"QUESTIONS_PER_MINUTE": "2", "GROUP_QUESTIONS_PER_MINUTE": "4"}
        with fast_bot(elsewhere, data, **limits):
            for _ in range(9):
                crowd.send(f"/ask {rare.question}", sender=AN)
            asked = crowd.send(f"/ask {rare.question}", sender=BINH)
            crowd.wait_for_message(
                timeout=30,
                predicate=lambda m: (
                    (m.reply_parameters or {}).get("message_id") == asked.message_id and bool(quotes(m))
                ),
            )


def test_a_group_that_becomes_a_supergroup_is_followed(api: FakeBotApi, rare: Rare) -> None:
    old = api.group_chat(-4_321, kind="group")
    asked = old.send(f"/ask {rare.question}", sender=AN)
    assert answers(old.wait_for_message(), asked, rare)
    new = migrate(api, old, next(_ids))
    again = new.send("/ask còn gì nữa không?", sender=AN)
    reply = new.wait_for_message()
    assert (reply.reply_parameters or {})["message_id"] == again.message_id


def test_an_answer_that_meets_the_migration_reaches_the_supergroup(api: FakeBotApi, rare: Rare) -> None:
    old = api.group_chat(-4_322, kind="group")
    with api.hold(old):
        old.send(f"/ask {rare.question}", sender=AN)
        api.wait_until(lambda: api.calls_of("sendMessage")[-1:], what="the answer on its way")
        new = migrate(api, old, next(_ids))
    reply = new.wait_for_message()
    assert rare.word in quotes(reply)[0] and reply.reply_parameters is None
