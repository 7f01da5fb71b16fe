"""`trichdan model export` and `import`: the model as a file, whole or not at all."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from bot.__main__ import main
from retrieval.embedding.bundled import model as bundled
from retrieval.embedding.bundled.transfer import export_model, import_model
from retrieval.embedding.folders import publish
from retrieval.errors import ModelError

FILES = {"model.safetensors": b"weights" * 9999, "config.json": b"{}", "1_Pooling/config.json": b"{ }"}


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with a prepared model, and with what a runtime made of it."""
    with publish(tmp_path / "models" / bundled.NAME, bundled.fingerprint()) as folder:
        for name, content in FILES.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    made = tmp_path / "models" / bundled.NAME / "openvino"
    made.mkdir()
    (made / "reader.bin").write_bytes(b"of this machine")
    return tmp_path / "models"


def test_the_model_arrives_as_it_left_without_what_was_made_of_it_here(models: Path, tmp_path: Path) -> None:
    export_model(models, tmp_path / "model.tar")
    folder = import_model(tmp_path / "other", tmp_path / "model.tar")
    assert bundled.is_materialised(tmp_path / "other")
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    assert found.pop("trichdan.json") and found == FILES
    import_model(tmp_path / "other", tmp_path / "model.tar")  # again: nothing is lost
    assert bundled.is_materialised(tmp_path / "other")


def test_a_model_that_was_cut_off_or_changed_is_not_taken(models: Path, tmp_path: Path) -> None:
    export_model(models, file := tmp_path / "model.tar")
    whole = file.read_bytes()
    for at in range(1, len(whole) - 10_240, len(whole) // 20):
        changed = bytearray(whole)
        changed[at] ^= 1
        for spoilt in (whole[:at], bytes(changed)):
            file.write_bytes(spoilt)
            try:
                import_model(tmp_path / "other", file)
            except ModelError as error:
                assert str(file) in str(error) and not (tmp_path / "other" / bundled.NAME).exists()
                assert not any((tmp_path / "other").iterdir())
            else:  # the padding of a header
                assert bundled.is_materialised(tmp_path / "other")
                (tmp_path / "other" / bundled.NAME).rename(tmp_path / f"taken {at}")


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/b/c", "model.safetensors"])
def test_another_archive_is_not_taken(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(ModelError, match="does not hold the bundled model"):
        import_model(tmp_path / "models", tmp_path / "evil.tar")
    assert not any((tmp_path / "models").iterdir()) and not (tmp_path / "evil").exists()


def test_commands_say_where_it_is_and_what_is_missing(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--data-dir", ".", "model", "export", "model.tar"]) == 0
    assert "model import model.tar" in capsys.readouterr().out
    assert main(["--data-dir", ".", "model", "export", "model.tar"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["--data-dir", "new", "model", "import", "model.tar"]) == 0
    assert main(["--data-dir", "new", "model", "import", "none.tar"]) == 1
    assert capsys.readouterr().err.startswith("none.tar cannot be read")
