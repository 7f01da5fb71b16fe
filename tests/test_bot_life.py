"""How the real bot process starts, restarts and ends."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from bot_fixtures import fake_api, words_seeds
from bot_process import TRADE, TRADE_ANSWER, UNANSWERABLE, fast_bot, new_chat, quotes, trichdan
from fake_bot_api import FakeBotApi

from bot.texts import load_texts

api = fake_api(forgiven=("",))  # each test knows what may be refused
# No test in this file changes it.
data = words_seeds("module")


def test_a_question_at_hand_is_answered_before_the_end(api: FakeBotApi, data: Path) -> None:
    chat = new_chat(api)
    with fast_bot(api, data) as bot:
        api.fail_next("sendMessage", "flood", retry_after=2)
        chat.send(TRADE)
        api.wait_until(lambda: api.calls_of("sendMessage"), timeout=30, what="a first attempt")
        bot.process.terminate()
        bot.process.terminate()  # a supervisor and its shell may both tell it
        assert bot.wait() == 0
    assert TRADE_ANSWER in chat.wait_for_message().text
    assert len(chat.messages) == 1
    assert api.pending_updates == 0
    assert api.violations == []


def test_a_button_outlives_a_restart(api: FakeBotApi, data: Path) -> None:
    chat, texts = new_chat(api), load_texts("vi")
    with fast_bot(api, data):
        refusal = chat.ask(UNANSWERABLE, timeout=30)
    press = chat.press(refusal, refusal.buttons[0]["callback_data"])
    late = chat.press(refusal, refusal.buttons[0]["callback_data"], expired=True)
    with fast_bot(api, data):
        nearest = chat.wait_for_message(timeout=30)
        assert nearest.text.startswith(texts("nearest-heading")) and quotes(nearest)
        chat.wait_for_answer(press)
        api.wait_until(lambda: len(api.calls_of("answerCallbackQuery")) == 2, what="both presses")
    assert len(chat.messages) == 2 and late.answer is None
    assert [v for v in api.violations if "query is too old" not in v] == []


def test_a_bot_waits_for_an_unreachable_server_and_then_serves(api: FakeBotApi, data: Path) -> None:
    with fast_bot(api, data) as bot:
        with api.outage():
            bot.wait_for_line("Telegram cannot be used")
        assert TRADE_ANSWER in new_chat(api).ask(TRADE, timeout=30).text
        assert "Traceback" not in bot.output
        assert api.violations == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_bot_that_waits_for_the_server_can_be_stopped(
    api: FakeBotApi, data: Path, number: signal.Signals
) -> None:
    with api.outage(), fast_bot(api, data) as bot:
        bot.wait_for_line("Telegram cannot be used")
        bot.process.send_signal(number)
        assert bot.wait() == 0
        assert "Traceback" not in bot.output


@pytest.mark.parametrize("token", ["123456:WRONG-token-of-nobody-at-all", "not a token/at all"])
def test_a_refused_token_is_one_sentence_and_never_shown(api: FakeBotApi, data: Path, token: str) -> None:
    ran = trichdan(
        "bot", data_dir=data, TELEGRAM_API_URL=api.base_url, TELEGRAM_TOKEN=token, LOG_LEVEL="debug"
    )
    assert ran.returncode == 1
    said = [line for line in ran.stderr.splitlines() if "DEBUG" not in line]
    assert len(said) == 1 and "TRICHDAN_TELEGRAM_TOKEN" in said[0]
    assert token not in ran.stdout + ran.stderr and token[-12:] not in ran.stdout + ran.stderr


def test_no_token_is_one_sentence(data: Path) -> None:
    ran = trichdan("bot", data_dir=data)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1 and "TRICHDAN_TELEGRAM_TOKEN" in ran.stderr


def test_a_server_that_knows_few_methods_is_enough(data: Path) -> None:
    unknown = ("setmycommands", "deletewebhook", "sendchataction", "editmessagereplymarkup")
    with FakeBotApi(unknown=unknown) as api, fast_bot(api, data) as bot:
        chat = new_chat(api)
        assert TRADE_ANSWER in chat.ask(TRADE, timeout=30).text
        refusal = chat.ask(UNANSWERABLE)
        chat.press(refusal, refusal.buttons[0]["callback_data"])
        assert quotes(chat.wait_for_message())
        assert "Traceback" not in bot.output
