"""Every setting of Trichdan, from flags, the environment or `.env`. There is no module-level instance."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.explaining import explain

PREFIX = "TRICHDAN_"
NO_RERANKER = "none"
PUBLIC_API_URL = "https://api.telegram.org/bot"
_OTHER_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COLUMNS = ("text", "id", "title", "date", "source", "author", "url", "lang")


class SettingsError(Exception):
    """A setting has a wrong value; the message names the variable, never the value of a secret."""


class Settings(BaseSettings):
    """Frozen. Relative paths are relative to the working directory; a blank variable is an unset one."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Path("data")
    sources: Annotated[tuple[Path | str, ...], NoDecode, Field(min_length=1)] = (Path("seeds"),)
    ignore: Annotated[tuple[str, ...], NoDecode] = ()
    columns: Annotated[Mapping[str, str], NoDecode] = Field(default_factory=dict)
    web_private: bool = False
    web_delay: float = Field(default=1.0, ge=0, le=60)
    model: str = Field(default="bundled", min_length=1)
    reranker: str = ""
    runtime: Literal["auto", "openvino", "torch"] = "auto"
    telegram_token: SecretStr | None = None
    telegram_api_url: str = Field(default=PUBLIC_API_URL, pattern=r"^https?://\S+/bot$")
    telegram_file_url: str = Field(default="", pattern=r"^(https?://\S+/bot)?$")
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    access: Literal["open", "invited"] = "open"
    allowed_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    questions_per_minute: int = Field(default=60, ge=0, le=6000)
    group_questions_per_minute: int = Field(default=15, ge=0, le=6000)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    log_questions: bool = False
    state_url: SecretStr | None = None
    messages_per_second: float = Field(default=30.0, ge=0, le=1000)
    keep_questions_days: int = Field(default=90, ge=0, le=3650)
    keep_generations: int = Field(default=2, ge=2, le=100)
    list_articles: bool = True
    listen: str = Field(default="", pattern=r"^(([^\s:/\[\]]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5})?$")
    public_url: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    webhook_secret: SecretStr | None = None
    self_check: Path | None = None
    self_check_drop: float = Field(default=0.1, ge=0, le=1)

    @field_validator("sources", "admin_ids", "allowed_ids", "ignore", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        return _parts(value) if isinstance(value, str) else value

    @field_validator("sources", mode="after")
    @classmethod
    def _paths_and_addresses(cls, value: Sequence[Path | str]) -> tuple[Path | str, ...]:
        return tuple(source_of(str(source)) for source in value)

    @field_validator("columns", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [[side.strip() for side in part.partition("=")[::2]] for part in _parts(value)]
        if not all(ours in _COLUMNS and theirs for ours, theirs in pairs):
            raise ValueError("not pairs of a field and a column")
        return dict(pairs)

    @field_validator("runtime", "log_level", "log_format", "access", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("telegram_token", "state_url", "webhook_secret", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("telegram_api_url", "telegram_file_url", "public_url", mode="before")
    @classmethod
    def _without_slash(cls, value: object) -> object:
        return value.strip().rstrip("/") if isinstance(value, str) else value

    @field_validator("state_url", mode="after")
    @classmethod
    def _of_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().strip().startswith(("sqlite", "postgres")):
            raise ValueError("not the address of a database that can hold the state")
        return value

    @field_validator("webhook_secret", mode="after")
    @classmethod
    def _as_telegram_takes_it(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("not a secret that Telegram takes")
        return value

    @property
    def restricted(self) -> bool:
        """Whether only some people and chats are answered; whoever names them means that."""
        return self.access == "invited" or bool(self.allowed_ids)

    @property
    def state(self) -> Path | str:
        """Where the bot's state is: the address as set, else the path of a SQLite file. It may hold a password."""
        return self.state_url.get_secret_value().strip() if self.state_url else self.data_dir / "state.db"

    @property
    def file_url(self) -> str:
        """Where files are downloaded: as set, else derived from the API's address."""
        derived = self.telegram_api_url.removesuffix("/bot") + "/file/bot"
        return self.telegram_file_url or derived

    @property
    def models_dir(self) -> Path:
        return self.data_dir / "models"

    @property
    def uploads_dir(self) -> Path:
        return self.data_dir / "uploads"


def source_of(written: str) -> Path | str:
    """A source as written: an http(s) address stays text, all else is a path.

    Raises ValueError for an address of another kind, which would make a strange path.
    """
    if written.lower().startswith(("http://", "https://")):
        return written
    if _OTHER_ADDRESS.match(written):
        raise ValueError("of addresses only those that begin with http:// or https:// are read")
    return Path(written)


def _parts(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


def load_settings(*, data_dir: Path | None = None) -> Settings:
    """The settings; a flag that is given beats the environment, which beats `.env`.

    Raises:
        SettingsError: one sentence that names the variable and what it should hold.
    """
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as error:
        raise SettingsError(explain(error, PREFIX)) from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text: save it as UTF-8.") from None
