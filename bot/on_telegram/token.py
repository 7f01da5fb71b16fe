"""The bot's token, as it is used: without the line break that secret files end with."""

from typing import Final

from config.settings import Settings, SettingsError

REFUSED: Final = "Telegram refuses the token: copy it again from BotFather into TRICHDAN_TELEGRAM_TOKEN."


def token_of(settings: Settings) -> str | None:
    """The token; None when it is not set.

    Raises:
        SettingsError: it holds characters that no token has, so there is no use in asking Telegram.
    """
    if settings.telegram_token is None:
        return None
    token = settings.telegram_token.get_secret_value().strip()
    if not (token.isascii() and token.isprintable()):
        raise SettingsError(
            "TRICHDAN_TELEGRAM_TOKEN holds characters that no token has: copy it again from BotFather."
        )
    return token
