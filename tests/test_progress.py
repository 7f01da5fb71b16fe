"""Progress as bars, as lines and as events, and the report in words."""

import json
from dataclasses import replace

import pytest

from bot.cli.output.progress import ProgressBars, json_lines, progress_bars, report_json, report_text
from retrieval.indexing.run import Report
from retrieval.sources.model import Failure

REPORT = Report(
    added=1,
    changed=2,
    removed=3,
    unchanged=4,
    failed=(Failure("tệp\udcff.txt", "is empty: remove it"),),
    articles=1,
    passages=12,
    embedded=5,
    elapsed_s=1.26,
    generation="g",
)


def test_in_a_pipe_each_step_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    show = progress_bars()
    for done in range(3):
        show("reading articles", done, 0)
    for done in range(5):
        show("embedding passages", done, 4)
    show("nothing to do", 0, 0)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["Reading articles ...", "Embedding passages ...", "Nothing to do ..."]


def test_events_are_rare_but_the_first_and_the_last_of_a_step_are_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show = json_lines()
    for done in range(1001):
        show("embedding passages", done, 1000)
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[0] == {
        "event": "progress",
        "step": "embedding passages",
        "done": 0,
        "total": 1000,
        "per_s": None,
        "left_s": None,
    }
    assert events[-1]["done"] == 1000
    assert len(events) < 100


def test_bars_take_steps_of_known_and_unknown_length_one_after_another(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show = ProgressBars()
    for step, total in (
        ("preparing", 2),
        ("reading articles", 0),
        ("embedding passages", 3),
        ("preparing", 2),
    ):
        for done in range(total + 1):
            show(step, done, total)
    show("writing the index", 0, 0)
    show("writing the index", 1, 1)
    assert capsys.readouterr().out == ""


def test_the_report_as_json_is_one_line_that_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(report_json(REPORT).encode("utf-8"))
    assert report["event"] == "report"
    assert report["failed"] == [{"path": "tệp?.txt", "reason": "is empty: remove it"}]
    assert (report["added"], report["elapsed_s"], report["generation"]) == (1, 1.26, "g")


def test_the_report_in_words_counts_and_names() -> None:
    first, second, third = report_text(REPORT).splitlines()
    assert first == "1 article, 12 passages (5 embedded now) in 1.3 s."
    assert second == "Added 1, changed 2, removed 3, unchanged 4, failed 1."
    assert third.endswith(": is empty: remove it")


def test_the_report_in_words_tells_which_stages_took_the_time() -> None:
    stages = {"reading": 1.04, "splitting": 0.0, "embedding": 12.3, "writing": 0.01}
    assert (
        "Time: reading 1.0 s, embedding 12.3 s." in report_text(replace(REPORT, stages_s=stages)).splitlines()
    )
    assert "Time" not in report_text(REPORT)
