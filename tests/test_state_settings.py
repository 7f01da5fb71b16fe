"""Where the state is and how long questions are kept, by the settings."""

from pathlib import Path

import pytest

from config.settings import SettingsError, load_settings

PASSWORD = "neverPrinted"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` and no variable of the machine that runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA_DIR", "STATE_URL", "KEEP_QUESTIONS_DAYS"):
        monkeypatch.delenv(f"TRICHDAN_{name}", raising=False)


def test_the_state_is_a_file_in_the_data_folder_unless_an_address_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings(data_dir=Path("elsewhere")).state == Path("elsewhere/state.db")
    assert load_settings().keep_questions_days == 90
    monkeypatch.setenv("TRICHDAN_STATE_URL", f" postgresql://u:{PASSWORD}@h/d ")
    monkeypatch.setenv("TRICHDAN_KEEP_QUESTIONS_DAYS", "0")
    settings = load_settings()
    assert (settings.state, settings.keep_questions_days) == (f"postgresql://u:{PASSWORD}@h/d", 0)
    assert PASSWORD not in f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"


def test_a_wrong_address_is_one_sentence_that_does_not_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICHDAN_STATE_URL", f"mysql://u:{PASSWORD}@h/d")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith("TRICHDAN_STATE_URL should be sqlite:///FILE or postgresql://")
    assert PASSWORD not in repr(caught.getrepr(style="long", chain=True))


@pytest.mark.parametrize("days", ["-1", "3651", "1.5", "soon"])
def test_a_wrong_number_of_days_is_one_sentence(days: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICHDAN_KEEP_QUESTIONS_DAYS", days)
    with pytest.raises(
        SettingsError, match=r"TRICHDAN_KEEP_QUESTIONS_DAYS is '.*' but should be a whole number"
    ):
        load_settings()
