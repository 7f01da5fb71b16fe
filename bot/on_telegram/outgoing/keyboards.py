"""Buttons as values -> buttons as Telegram's library wants them."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.conversation.replies.buttons import Button, Keyboard
from bot.printable import harmless


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """None for a keyboard without buttons."""
    rows = [[_button(button) for button in row] for row in keyboard]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.app:
        return InlineKeyboardButton(harmless(button.text), web_app=WebAppInfo(button.app))
    if button.url:
        return InlineKeyboardButton(harmless(button.text), url=button.url)
    return InlineKeyboardButton(harmless(button.text), callback_data=button.data)
