"""Adding or removing that is ended hard at any step is made whole by `recover`, or by doing it once more."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_index import open_index, write_text
from test_removed import GOLD, STORY, ids, run

from retrieval.index.embedded.generations import Generations
from retrieval.sources.collection import Reading
from retrieval.uploads.uploads import Uploads

TESTS = Path(__file__).parent
ADDRESS = "https://example.com/cau"
MOST_STEPS = 12


def until_killed(data_dir: Path, method: str, argument: str, step: int) -> bool:
    """Whether it was stopped at that step; False: it has fewer."""
    command = [
        sys.executable,
        str(TESTS / "uploads_until_killed.py"),
        str(data_dir),
        method,
        argument,
        str(step),
    ]
    code = subprocess.run(command, env={"PYTHONPATH": str(TESTS.parent)}, check=False).returncode
    assert code in (0, 9)
    return code == 9


def files(data_dir: Path) -> dict[str, bytes]:
    """All that lies among the uploads, and the list of what was removed."""
    found = [*(data_dir / "uploads").rglob("*"), *data_dir.glob("*removed*")]
    return {str(path.relative_to(data_dir)): path.read_bytes() for path in found if path.is_file()}


def names(data_dir: Path) -> set[str]:
    """The names of all that; what was removed lies in folders that are named by chance."""
    return {re.sub(r"\.removed/[0-9a-f]+/", ".removed/", name) for name in files(data_dir)}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Serves an upload with an address, and one that was hidden; a newer file of each waits."""
    write_text(tmp_path / "in/old.txt", GOLD)
    uploads = Uploads(Generations(tmp_path / "data"), Reading())
    uploads.add(uploads.stage("cầu.txt", STORY.encode(), {"url": ADDRESS}).token)
    uploads.add(uploads.stage("hai.csv", "text\nCầu mới.\nCầu cũ.\n".encode()).token)
    run(tmp_path / "data")
    assert uploads.remove("hai.csv#2") == "hidden"
    return tmp_path / "data"


def copies(data_dir: Path, number: int) -> Path:
    """The same data in another folder, beside the same sources."""
    home = data_dir.parent / str(number)
    shutil.copytree(data_dir, home / "data")
    shutil.copytree(data_dir.with_name("in"), home / "in")
    removed = home / "data/removed.json"  # it names files by their whole paths, as the index does
    removed.write_text(removed.read_text("utf-8").replace(str(data_dir.parent), str(home)), "utf-8")
    run(home / "data")
    return home / "data"


@pytest.mark.parametrize(
    ("name", "content", "known"),
    [
        ("cầu.txt", STORY.replace("bảy", "tám"), {"title": "Cầu"}),
        ("hai.csv", "text\nCầu mới.\nCầu cũ.\n", {}),
        ("mới.txt", STORY, {}),
    ],
    ids=["replaces", "shows again", "new"],
)
def test_what_was_to_be_added_is_added_whatever_step_it_was_ended_at(
    data_dir: Path, name: str, content: str, known: dict[str, str]
) -> None:
    token = Uploads(Generations(data_dir), Reading()).stage(name, content.encode(), known).token
    whole = copies(data_dir, 99)
    Uploads(Generations(whole), Reading()).add(token)
    for step in range(MOST_STEPS):
        here = copies(data_dir, step)
        if not until_killed(here, "add", token, step):
            break
        uploads = Uploads(Generations(here), Reading())
        begun = uploads.begun
        assert uploads.recover() == begun
        if step == 0:  # nothing was decided yet: it waits as before
            assert files(here).keys() == files(data_dir).keys()
            uploads.add(token)
        assert files(here) == _as_in(here, whole)
        assert not uploads.recover()
    assert step > 4


def _as_in(here: Path, whole: Path) -> dict[str, bytes]:
    """The files of `whole`, whose list of what was removed names paths of its own."""
    return {
        name: content.replace(os.fsencode(whole.parent), os.fsencode(here.parent))
        for name, content in files(whole).items()
    }


@pytest.mark.parametrize(("article_id", "steps"), [(ADDRESS, 4), ("hai.csv#1", 1), ("old.txt", 1)])
def test_what_was_to_be_removed_is_removed_once_it_is_done_again(
    data_dir: Path, article_id: str, steps: int
) -> None:
    whole = copies(data_dir, 99)
    Uploads(Generations(whole), Reading()).remove(article_id)
    run(whole)
    for step in range(MOST_STEPS):
        here = copies(data_dir, step)
        if not until_killed(here, "remove", article_id, step):
            break
        uploads = Uploads(Generations(here), Reading())
        assert not uploads.recover()
        uploads.remove(article_id)
        run(here)
        assert ids(here) == ids(whole) and article_id not in ids(here)
        assert names(here) == names(whole)
    assert step == steps


def test_what_was_being_looked_at_and_halves_of_writing_are_swept(data_dir: Path) -> None:
    before = files(data_dir)
    write_text(data_dir / "uploads/.staging/0123456789abcdef/a.txt", STORY)
    write_text(data_dir / "uploads/.metadata.json.0a1b2c", "{")
    write_text(data_dir / ".removed.json.0a1b2c", "{")
    foreign = write_text(data_dir.with_name("foreign") / "kept.txt", STORY)
    (data_dir / "uploads/.staging/fedcba9876543210").symlink_to(foreign.parent)
    assert not Uploads(Generations(data_dir), Reading()).recover()
    assert files(data_dir) == before and foreign.exists()


def test_a_killed_removal_is_none_of_a_serving_index(data_dir: Path) -> None:
    """Whatever was ended, what serves stays as it was until the next run."""
    before = open_index(data_dir).id
    assert until_killed(data_dir, "remove", ADDRESS, 0)
    assert open_index(data_dir).id == before and ADDRESS in ids(data_dir)
