"""`trichdan backup` and `restore`: nothing is lost, nothing half-written stays, nothing foreign gets in."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from small_index import index, open_index

from bot.__main__ import main
from bot.backups import restore as restoring
from bot.backups.archive import BackupError, unpack
from bot.backups.backup import back_up
from bot.backups.restore import finish_restoring, restore
from bot.state.state import State
from config.settings import Settings
from retrieval.errors import CannotWrite, IndexLocked
from retrieval.index.embedded.generations import Generations

BEFORE, AFTER = "Giá vàng tăng.", "Giá gạo giảm."


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def settings_of(data_dir: Path, **others: object) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir, **others)  # type: ignore[call-arg, arg-type]


def fill(data_dir: Path, text: str) -> None:
    """An index, a state with a choice of language, an uploaded file and a removed one, all marked by `text`."""
    index(data_dir, {"id": "a", "text": text})
    asyncio.run(_say(data_dir, text))
    for folder in ("uploads", "uploads/.removed/0123456789abcdef"):
        (data_dir / folder).mkdir(parents=True, exist_ok=True)
        (data_dir / folder / "ghi chú.txt").write_text(text, "utf-8")
    (data_dir / "removed.json").write_text(json.dumps({text: {}}), "utf-8")
    (data_dir / "links.key").write_bytes(text.encode()[:16] * 2)


async def _say(data_dir: Path, text: str) -> None:
    state = await State.open(data_dir / "state.db")
    try:
        await state.preferences.set_language(7, "vi" if text == BEFORE else "ru")
    finally:
        await state.close()


def held(data_dir: Path) -> dict[str, object]:
    """What `fill` has put there, as it is now."""
    article = open_index(data_dir).articles.article("a")
    state = sqlite3.connect(data_dir / "state.db")
    try:
        (language,) = state.execute("SELECT language FROM preferences").fetchone()
    finally:
        state.close()
    return {
        "article": article and article.text,
        "language": language,
        "upload": (data_dir / "uploads" / "ghi chú.txt").read_text("utf-8"),
        "removed file": (data_dir / "uploads/.removed/0123456789abcdef/ghi chú.txt").read_text("utf-8"),
        "removed": json.loads((data_dir / "removed.json").read_text("utf-8")),
        "key": (data_dir / "links.key").read_bytes(),
    }


@pytest.fixture
def backup(data_dir: Path, tmp_path: Path) -> Path:
    """A backup of the data folder as it was BEFORE; it is AFTER now."""
    fill(data_dir, BEFORE)
    file = tmp_path / "monday.tar"
    back_up(settings_of(data_dir), file)
    fill(data_dir, AFTER)
    return file


def test_what_is_restored_is_what_was_backed_up_and_what_it_replaced_is_kept(
    data_dir: Path, backup: Path
) -> None:
    after = held(data_dir)
    assert after["article"] == AFTER
    restored = restore(settings_of(data_dir), backup)
    before = held(data_dir)
    assert (
        before["article"] == before["upload"] == before["removed file"] == BEFORE
        and before["language"] == "vi"
    )
    assert restored.replaced is not None
    assert (restored.replaced / "uploads" / "ghi chú.txt").read_text("utf-8") == AFTER
    assert (restored.replaced / "links.key").read_bytes() == after["key"]
    assert not [path for path in data_dir.iterdir() if path.name.startswith(".")]


def test_a_backup_is_restored_into_an_empty_folder(tmp_path: Path, data_dir: Path, backup: Path) -> None:
    restored = restore(settings_of(tmp_path / "new"), backup)
    assert restored.replaced is None
    restore(settings_of(data_dir), backup)
    assert held(tmp_path / "new") == held(data_dir)


class KilledAfter:
    """Lets so many calls of the functions that it wraps pass, then ends the process."""

    def __init__(self, calls: int) -> None:
        self._left = calls

    def wrap(self, function: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **named: object) -> object:
            if self._left == 0:
                raise Killed
            self._left -= 1
            return function(*arguments, **named)

        return called


def test_after_a_kill_at_any_step_all_is_old_or_the_next_start_makes_all_new(
    data_dir: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    untouched = tmp_path / "untouched"
    shutil.copytree(data_dir, untouched)
    old = held(untouched)
    restore(settings_of(data_dir), backup)
    new = held(data_dir)
    outcomes = []
    for calls in range(99):
        shutil.rmtree(data_dir)
        shutil.copytree(untouched, data_dir)
        killed = KilledAfter(calls)
        with monkeypatch.context() as patch:
            for place, name in STEPS:
                patch.setattr(place, name, killed.wrap(getattr(place, name)))
            try:
                restore(settings_of(data_dir), backup)
            except Killed:
                pass
            else:
                break
        finish_restoring(data_dir)
        outcomes.append(held(data_dir))
        assert outcomes[-1] in (old, new)
    assert old in outcomes and new in outcomes and len(outcomes) > 9


STEPS = ((restoring, "unpack"), (shutil, "move"), (Path, "rename"), (Path, "unlink"), (Generations, "serve"))


def test_a_bot_that_runs_is_backed_up_and_is_not_restored_over(data_dir: Path, tmp_path: Path) -> None:
    fill(data_dir, BEFORE)

    async def beside_a_bot() -> None:
        state = await State.open(data_dir / "state.db")
        try:
            for user in range(50):
                await state.preferences.set_language(user, "en")
            await asyncio.to_thread(back_up, settings_of(data_dir), tmp_path / "a.tar")
            with pytest.raises(BackupError, match="stop it"):
                await asyncio.to_thread(_restore_here, data_dir, tmp_path / "a.tar")
            await state.preferences.set_language(50, "en")
        finally:
            await state.close()

    asyncio.run(beside_a_bot())
    assert restore(settings_of(data_dir), tmp_path / "a.tar").listing.uploads == 1
    state = sqlite3.connect(data_dir / "state.db")
    assert state.execute("SELECT count(*) FROM preferences").fetchone() == (50,)
    state.close()


def _restore_here(data_dir: Path, file: Path) -> None:
    restore(settings_of(data_dir), file)


def test_a_backup_that_was_cut_off_or_changed_anywhere_changes_nothing(data_dir: Path, backup: Path) -> None:
    whole, after = backup.read_bytes(), held(data_dir)
    for at in [*range(0, len(whole), len(whole) // 40), len(whole) - 20_000]:
        changed = bytearray(whole)
        changed[at] ^= 1
        for spoilt in (whole[:at], bytes(changed)):
            backup.write_bytes(spoilt)
            try:
                restore(settings_of(data_dir), backup)
            except BackupError as error:
                assert str(backup) in str(error)
                assert held(data_dir) == after
            else:  # what was changed was padding, which says nothing
                assert held(data_dir)["article"] == BEFORE and len(spoilt) == len(whole)
                fill(data_dir, AFTER)
                after = held(data_dir)
    assert not (data_dir / ".restoring").exists()


HOSTILE = (
    "../evil",
    "/tmp/evil",
    "uploads/../../evil",
    "current",
    "generations/x",
    ".env",
    "uploads",
    "models/bundled/a",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_no_backup_has_is_written_nowhere(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.tar"
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    (tmp_path / "out").mkdir()
    with pytest.raises(BackupError, match="no backup"):
        unpack(file, tmp_path / "out")
    assert not any((tmp_path / "out").rglob("*")) and not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_not_made(tmp_path: Path, kind: bytes) -> None:
    file = tmp_path / "evil.tar"
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("uploads/evil")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    (tmp_path / "out").mkdir()
    with pytest.raises(BackupError, match="no backup"):
        unpack(file, tmp_path / "out")
    assert not any((tmp_path / "out").rglob("*"))


def test_a_state_of_a_newer_program_is_not_put_in_place(data_dir: Path, backup: Path) -> None:
    after = held(data_dir)
    restore(settings_of(data_dir), backup)
    state = sqlite3.connect(data_dir / "state.db")
    with state:
        state.execute("UPDATE trichdan_schema SET version_num = '9999'")
    state.close()
    newer = backup.with_name("newer.tar")
    back_up(settings_of(data_dir), newer)
    fresh = data_dir.with_name("fresh")
    with pytest.raises(BackupError, match="newer version"):
        restore(settings_of(fresh), newer)
    assert not (fresh / "state.db").exists() and after["article"] == AFTER


def test_secrets_are_not_in_it_and_other_settings_are(data_dir: Path, tmp_path: Path) -> None:
    fill(data_dir, BEFORE)
    settings = settings_of(
        data_dir,
        telegram_token="1:SECRET",
        webhook_secret="HIDDEN",
        admin_ids="7,5",
        list_articles=False,
        columns="text=body",
    )
    back_up(settings, tmp_path / "a.tar")
    assert b"SECRET" not in (data := (tmp_path / "a.tar").read_bytes()) and b"HIDDEN" not in data
    restore(settings_of(tmp_path / "new"), tmp_path / "a.tar")
    said = (tmp_path / "new" / "settings-of-backup.env").read_text("utf-8").splitlines()
    assert said == ["TRICHDAN_ADMIN_IDS=5,7", "TRICHDAN_COLUMNS=text=body", "TRICHDAN_LIST_ARTICLES=false"]


def test_a_damaged_index_is_not_backed_up_where_the_one_before_is_whole(
    data_dir: Path, tmp_path: Path
) -> None:
    fill(data_dir, BEFORE)
    whole = Generations(data_dir).current()
    fill(data_dir, AFTER)
    (damaged := Generations(data_dir).current_folder()) and (damaged / "store.sqlite").write_bytes(b"spoilt")
    assert back_up(settings_of(data_dir), tmp_path / "a.tar").generation == whole


def test_nothing_is_overwritten_and_what_is_missing_is_said(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is not there"):
        back_up(settings_of(data_dir), tmp_path / "a.tar")
    fill(data_dir, BEFORE)
    (tmp_path / "a.tar").write_bytes(b"mine")
    with pytest.raises(BackupError, match="is there already"):
        back_up(settings_of(data_dir), tmp_path / "a.tar")
    assert (tmp_path / "a.tar").read_bytes() == b"mine"
    with pytest.raises(CannotWrite, match="folder"):
        back_up(settings_of(data_dir), tmp_path / "a.tar" / "b.tar")
    with pytest.raises(BackupError, match="cannot be read"):
        restore(settings_of(data_dir), tmp_path / "none.tar")
    with FileLock(data_dir / "reindex.lock"), pytest.raises(IndexLocked, match="indexing"):
        back_up(settings_of(data_dir), tmp_path / "b.tar", patience_s=0.05)
    assert not list(tmp_path.glob(".*.tar.*"))


def test_the_commands_tell_what_is_in_it(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(data_dir, BEFORE)
    assert main(["--data-dir", str(data_dir), "backup", "a.tar"]) == 0
    assert "the bot's state, 1 uploaded file, " in capsys.readouterr().out
    assert main(["--data-dir", str(data_dir), "restore", "a.tar"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Restored from 2") and "What was there before is in " in said and ".env" in said
    assert main(["--data-dir", str(data_dir), "restore", "none.tar"]) == 1
    assert capsys.readouterr().err.startswith("none.tar cannot be read")
