"""Buttons as values -> buttons as Telegram's library wants them."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.buttons import Button, Keyboard
from bot.printable import harmless
from bot.telegram_html.admin.buttons import AdminPress, encode


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """None for a keyboard without buttons."""
    rows = [[_button(button) for button in row] for row in keyboard]
    return InlineKeyboardMarkup(rows) if rows else None


def one_button(label: str, press: AdminPress) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=encode(press))]])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(harmless(button.text), url=button.url)
    return InlineKeyboardButton(harmless(button.text), callback_data=button.data)
