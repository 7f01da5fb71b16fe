"""Seconds by stage add up, whatever ends a stage."""

import pytest
from web_server import Time

from retrieval.progress import Stages


def test_a_stage_that_comes_again_adds_up_and_one_that_never_came_took_no_time() -> None:
    time = Time()
    stages = Stages(["reading", "embedding", "writing"], time.clock)
    for seconds in (1.5, 0.25):
        with stages("reading"):
            time.sleep(seconds)
        time.sleep(9)
    with stages("writing"):
        time.sleep(0.0625)
    assert list(stages.seconds().items()) == [("reading", 1.75), ("embedding", 0.0), ("writing", 0.062)]


def test_what_fails_took_its_time_all_the_same() -> None:
    time = Time()
    stages = Stages(["reading"], time.clock)
    with pytest.raises(ValueError, match="broken"), stages("reading"):
        time.sleep(2)
        raise ValueError("broken")
    assert stages.seconds() == {"reading": 2}
