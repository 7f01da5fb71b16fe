"""Where a setting comes from, and what is said of a wrong one."""

import os
from pathlib import Path

import pytest

from config.settings import PUBLIC_API_URL, Settings, SettingsError, load_settings

REPOSITORY = Path(__file__).resolve().parent.parent
TOKEN = "123456:AAexampleNeverPrinted"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` and no variable of the machine that runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper().startswith("TRICHDAN_"):
            monkeypatch.delenv(name)


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert (settings.data_dir, settings.sources, settings.model) == (
        Path("data"),
        (Path("seeds"),),
        "bundled",
    )
    assert (settings.telegram_token, settings.admin_ids) == (None, frozenset())
    assert settings.telegram_api_url == PUBLIC_API_URL
    assert settings.file_url == "https://api.telegram.org/file/bot"
    assert (settings.models_dir, settings.uploads_dir) == (Path("data/models"), Path("data/uploads"))


def test_a_flag_beats_the_environment_which_beats_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("TRICHDAN_DATA_DIR=of-file\nTRICHDAN_MODEL=of/file\n", "utf-8")
    assert load_settings().data_dir == Path("of-file")
    monkeypatch.setenv("TRICHDAN_DATA_DIR", "of-environment")
    assert load_settings().data_dir == Path("of-environment")
    settings = load_settings(data_dir=Path("of-flag"))
    assert (settings.data_dir, settings.model) == (Path("of-flag"), "of/file")


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICHDAN_SOURCES", "seeds, bài viết/tin.txt ,")
    monkeypatch.setenv("TRICHDAN_ADMIN_IDS", " 17,4 , 17")
    settings = load_settings()
    assert settings.sources == (Path("seeds"), Path("bài viết/tin.txt"))
    assert settings.admin_ids == {4, 17}


@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_token_is_no_token(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", blank)
    assert load_settings().telegram_token is None


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_a_variable_that_is_set_to_nothing_is_an_unset_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"TRICHDAN_{name.upper()}", "")
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TRICHDAN_ADMIN_IDS", "12,@name"),
        ("TRICHDAN_ADMIN_IDS", "1.5"),
        ("TRICHDAN_SOURCES", " , "),
        ("TRICHDAN_RUNTIME", "quantum"),
        ("TRICHDAN_LOG_LEVEL", "loud"),
        ("TRICHDAN_TELEGRAM_API_URL", "api.telegram.org"),
        ("TRICHDAN_TELEGRAM_API_URL", "https://api.telegram.org/"),
        ("TRICHDAN_TELEGRAM_FILE_URL", "ftp://x/file/bot"),
        ("TRICHDAN_ADMIN_IDS", "x" * 10_000),
        *[("TRICHDAN_QUESTIONS_PER_MINUTE", value) for value in ("-1", "1.5", "6001", "many")],
        ("TRICHDAN_LOG_QUESTIONS", "sometimes"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_its_variable(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{variable} is ")
    assert "should be" in message
    assert message.count("\n") == 0 and len(message) < 300


def test_a_settings_file_that_is_not_utf8_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TRICHDAN_DATA_DIR=caf\xe9\n")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        load_settings()


def test_the_file_may_hold_other_peoples_variables_and_comments(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# note\nOTHER=1\nTRICHDAN_UNKNOWN=2\n\nTRICHDAN_DATA_DIR='a b'\n", "utf-8"
    )
    assert load_settings().data_dir == Path("a b")


def test_the_addresses_of_a_local_server_follow_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICHDAN_TELEGRAM_API_URL", " http://127.0.0.1:8081/bot/ ")
    settings = load_settings()
    assert settings.telegram_api_url == "http://127.0.0.1:8081/bot"
    assert settings.file_url == "http://127.0.0.1:8081/file/bot"


def test_the_token_shows_neither_in_settings_nor_in_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", TOKEN)
    settings = load_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    monkeypatch.setenv("TRICHDAN_ADMIN_IDS", "x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert TOKEN not in repr(caught.getrepr(style="long", chain=True))


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_explained(name: str) -> None:
    """In the example file and in the table of docs/settings.md, with one default."""
    variable = f"TRICHDAN_{name.upper()}"
    assert f"\n# {variable}=" in (REPOSITORY / ".env.example").read_text("utf-8")
    assert f"\n| `{variable}` |" in (REPOSITORY / "docs" / "settings.md").read_text("utf-8")


def test_questions_are_limited_and_kept_out_of_the_log_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    assert (settings.questions_per_minute, settings.log_questions) == (60, False)
    monkeypatch.setenv("TRICHDAN_QUESTIONS_PER_MINUTE", "0")
    monkeypatch.setenv("TRICHDAN_LOG_QUESTIONS", "true")
    settings = load_settings()
    assert (settings.questions_per_minute, settings.log_questions) == (0, True)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().model = "other"
