"""Whoever waits long for an answer hears so once, and no more of it when the answer is there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest
from telegram import Message
from telegram.error import TimedOut

from bot.on_telegram.outgoing.hand_over import HandOver, at_hand, take_in_hand
from bot.on_telegram.outgoing.waiting_notice import notice_when_long


class Chat:
    """What was said in it, with the reply at hand at that time, and what was deleted."""

    def __init__(self, error: Exception | None = None) -> None:
        self.said: list[tuple[str, HandOver | None]] = []
        self.deleted = 0
        self._error = error

    async def send(self, to: Message, messages: Sequence[str]) -> list[Message]:
        if self._error:
            raise self._error
        self.said += [(text, at_hand()) for text in messages]
        chat = self

        class Sent(Message):
            async def delete(self, *_: Any, **__: Any) -> bool:
                chat.deleted += 1
                return True

        return [Sent(1, cast(Any, None), cast(Any, None))]


async def answer_after(seconds: float, chat: Chat) -> HandOver:
    async def words() -> str:
        return "One moment & more"

    reply = HandOver(1, None)
    take_in_hand(reply)
    async with notice_when_long(cast(Message, None), words, patience_s=0.02, send=chat.send):
        await asyncio.sleep(seconds)
    return reply


@pytest.mark.asyncio
async def test_a_quick_answer_needs_no_word() -> None:
    chat = Chat()
    await answer_after(0, chat)
    assert (chat.said, chat.deleted) == ([], 0)


@pytest.mark.asyncio
async def test_a_long_wait_is_told_once_and_the_word_goes_when_the_answer_comes() -> None:
    chat = Chat()
    reply = await answer_after(0.2, chat)
    assert chat.said == [("One moment &amp; more", None)]  # it is not the reply, which is still to come
    assert chat.deleted == 1 and at_hand() is reply


@pytest.mark.asyncio
async def test_a_word_that_cannot_be_sent_costs_no_answer() -> None:
    chat = Chat(TimedOut())
    await answer_after(0.2, chat)
    assert (chat.said, chat.deleted) == ([], 0)
