"""A new index is asked known questions, and does not serve when it answers far fewer than the one in service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import CommandLine
from small_index import write_jsonl

from bot.processes.doubted import Doubted
from retrieval.index.embedded.generations import Generations

TOWNS = ("Hà Nội", "Huế", "Đà Nẵng", "Vinh", "Cần Thơ", "Nha Trang", "Đà Lạt", "Vũng Tàu", "Hội An", "Sa Pa")
RIGHT = [
    {"id": town, "text": f"Giá vé tham quan {town} là {n + 2}0.000 đồng."} for n, town in enumerate(TOWNS)
]
ASKED = [
    {
        "id": town,
        "question": f"Giá vé tham quan {town} là bao nhiêu?",
        "lang": "vi",
        "article_ids": [town],
        "answers": [f"{n + 2}0.000 đồng"],
        "answerable": True,
    }
    for n, town in enumerate(TOWNS)
]


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    monkeypatch.chdir(tmp_path)
    write_jsonl(tmp_path / "asked.jsonl", *ASKED)
    run = CommandLine(monkeypatch, capsys)
    monkeypatch.setenv("TRICHDAN_SELF_CHECK", "asked.jsonl")
    publish(run, RIGHT)
    return run


def publish(run: CommandLine, articles: list[dict[str, str]], *options: str) -> int:
    """Makes `articles` the only source; the exit code."""
    write_jsonl(Path("in") / "articles.jsonl", *articles)
    run.last = run("reindex", "in", *options)  # type: ignore[attr-defined]
    return run.last.code  # type: ignore[attr-defined, no-any-return]


def spoilt(count: int) -> list[dict[str, str]]:
    """The articles, `count` of which have lost what is asked for."""
    return [
        {"id": each["id"], "text": "Trang này đang được cập nhật."} if n < count else each
        for n, each in enumerate(RIGHT)
    ]


def serving() -> str | None:
    return Generations(Path("data")).current()


def test_an_index_that_answers_nearly_as_much_serves(trichdan: CommandLine) -> None:
    before = serving()
    assert publish(trichdan, spoilt(1)) == 0
    assert serving() != before and Doubted(Path("data")).read() is None


def test_an_index_that_answers_far_less_is_kept_and_does_not_serve(trichdan: CommandLine) -> None:
    before = serving()
    assert publish(trichdan, spoilt(3)) == 1
    said = trichdan.last.err  # type: ignore[attr-defined]
    assert "7 of 10" in said and ASKED[0]["question"] in said and "trichdan rollback 2" in said
    assert serving() == before
    assert trichdan("ask", "--json", str(ASKED[0]["question"])).objects[0]["answered"]
    doubt = Doubted(Path("data")).read()
    assert doubt and (doubt.asked, doubt.before, doubt.after) == (10, 10, 7)
    assert trichdan("rollback", doubt.generation).code == 0
    assert serving() == doubt.generation and Doubted(Path("data")).read() is None
    assert publish(trichdan, spoilt(3)) == 0  # nothing has changed


def test_sources_that_are_mended_make_an_index_that_serves(trichdan: CommandLine) -> None:
    assert publish(trichdan, spoilt(5)) == 1
    mended = [*RIGHT, {"id": "Pleiku", "text": "Giá vé tham quan Pleiku là 90.000 đồng."}]
    assert publish(trichdan, mended) == 0
    assert Doubted(Path("data")).read() is None


def test_a_report_in_json_tells_what_was_held_back(trichdan: CommandLine) -> None:
    before = serving()
    assert publish(trichdan, spoilt(4), "--json") == 1
    report = trichdan.last.objects[-1]  # type: ignore[attr-defined]
    assert report["event"] == "report" and report["generation"] == before
    assert (report["added"], report["changed"], report["unchanged"]) == (0, 0, 10)
    assert report["held_back"]["after"] == 6 and len(report["held_back"]["lost"]) == 4
    publish(trichdan, RIGHT, "--json")
    assert "held_back" not in trichdan.last.objects[-1]  # type: ignore[attr-defined]


def test_the_drop_that_is_allowed_is_a_setting(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICHDAN_SELF_CHECK_DROP", "0.5")
    assert publish(trichdan, spoilt(5)) == 0
    monkeypatch.setenv("TRICHDAN_SELF_CHECK_DROP", "0")
    assert publish(trichdan, spoilt(6)) == 1


def test_articles_that_went_on_purpose_do_not_count(trichdan: CommandLine) -> None:
    assert publish(trichdan, RIGHT[4:], "--yes") == 0  # it was asked about, and somebody said yes
    removed: dict[str, dict[str, str]] = {town: {} for town in TOWNS[4:6]}
    (Path("data") / "removed.json").write_text(json.dumps(removed), "utf-8")
    assert publish(trichdan, RIGHT[4:]) == 0  # an admin took them out


def test_articles_that_vanish_unasked_count(trichdan: CommandLine) -> None:
    before = serving()
    assert publish(trichdan, RIGHT[2:]) == 1  # two of ten: too few to be asked about
    assert serving() == before


def test_a_file_of_questions_that_cannot_be_read_is_named_before_anything_is_done(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = serving()
    monkeypatch.setenv("TRICHDAN_SELF_CHECK", "none.jsonl")
    assert publish(trichdan, RIGHT[:-1]) == 1
    assert "none.jsonl" in trichdan.last.err and serving() == before  # type: ignore[attr-defined]


def test_the_command_asks_the_index_in_service(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trichdan("self-check").out == "10 of 10 questions are answered.\n"
    monkeypatch.setenv("TRICHDAN_SELF_CHECK_DROP", "1")
    publish(trichdan, spoilt(3))
    monkeypatch.setenv("TRICHDAN_SELF_CHECK_DROP", "0.1")
    result = trichdan("self-check", "--json")
    assert result.code == 1 and result.objects[0]["answered"] == 7 and len(result.objects[0]["lost"]) == 3
    monkeypatch.delenv("TRICHDAN_SELF_CHECK")
    result = trichdan("self-check")
    assert result.code == 1 and "self-check --write" in result.err


def test_an_example_is_made_of_the_collection_and_overwrites_nothing(trichdan: CommandLine) -> None:
    assert trichdan("self-check", "--write", "asked.jsonl").code == 1
    assert len(Path("asked.jsonl").read_text("utf-8").splitlines()) == 10
