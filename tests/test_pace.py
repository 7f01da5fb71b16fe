"""How fast, and how long still: measured by hand-set clocks."""

import pytest

from bot.cli.output.progress import ProgressLines
from bot.processes.pace import Pace, Standing, duration


class Clock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left_come_from_the_steps_own_time() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace("embedding", 10, 100) == Standing(step="embedding", done=10, total=100)
    clock.now += 4
    assert pace("embedding", 30, 100) == Standing(
        step="embedding", done=30, total=100, per_s=5.0, left_s=14.0
    )
    clock.now += 4
    assert pace("reading", 0, 0) == Standing(step="reading", done=0, total=0)
    clock.now += 2
    assert pace("reading", 50, 0) == Standing(step="reading", done=50, total=0, per_s=25.0)


def test_a_rate_of_the_first_moment_is_no_rate() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace("embedding", 0, 100)
    clock.now += 0.01
    assert pace("embedding", 50, 100).per_s is None


def test_where_it_stands_is_said_as_far_as_it_is_known() -> None:
    assert str(Standing(step="s", done=7, total=0)) == "7"
    assert str(Standing(step="s", done=7, total=0, per_s=25.0)) == "7, 25/s"
    assert (
        str(Standing(step="s", done=512, total=4000, per_s=4.26, left_s=818.0))
        == "512 of 4000, 4.3/s, 14 min left"
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (40, "40 s"), (180, "3 min"), (7800, "2 h 10 min"), (5399, "1 h 30 min")],
)
def test_durations_are_rough(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_in_a_pipe_long_steps_say_now_and_then_how_far_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    show = ProgressLines(clock)
    for done in range(0, 101, 5):
        show("embedding passages", done, 100)
        clock.now += 2
    assert capsys.readouterr().err.splitlines() == [
        "Embedding passages ...",
        "Embedding passages: 25 of 100, 2.5/s, 30 s left",
        "Embedding passages: 50 of 100, 2.5/s, 20 s left",
        "Embedding passages: 75 of 100, 2.5/s, 10 s left",
    ]
