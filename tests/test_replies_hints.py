"""The line below a reply whose sources are old or disagree."""

from datetime import date
from typing import Any

import pytest
from answers import make_excerpt

from bot.conversation.replies.hints import hint
from bot.texts import load_texts
from retrieval.article import Excerpt

EN = load_texts("en")
TODAY = date(2025, 6, 1)
OLDER, NEWER = date(2024, 3, 12), date(2025, 1, 5)


def said(text: str, when: date | None, **changes: Any) -> Excerpt:
    """An excerpt whose every word is highlighted."""
    return make_excerpt(text, (0, len(text)), date=when, **changes)


def test_different_figures_of_different_dates_name_the_newest() -> None:
    sources = [said("Đạt 3,6 tỷ USD.", OLDER), said("Đạt 4,1 tỷ USD.", NEWER)]
    assert hint(sources, 1, EN, TODAY) == (
        "These sources have different dates, so figures may have changed. No. 2 is the newest: 5 January 2025."
    )
    assert "No. 5 is the newest" in (hint(sources, 4, EN, TODAY) or "")


def test_an_undated_source_is_not_called_older() -> None:
    sources = [said("Đạt 3,6 tỷ USD.", OLDER), said("Đạt 4,1 tỷ USD.", NEWER), said("Khác.", None)]
    assert "Of those with a date, no. 2" in (hint(sources, 1, EN, TODAY) or "")


def test_counts_without_a_magnitude_count_where_the_words_are_the_same() -> None:
    """A toll that rose: the same sentence with another number."""
    sources = [
        said("Lũ làm 12 người chết ở xã Trà Leng.", NEWER),
        said("Lũ làm 3 người chết ở xã Trà Leng.", OLDER),
    ]
    assert "No. 1 is the newest" in (hint(sources, 1, EN, TODAY) or "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("Đạt 3,6 tỷ USD.", NEWER), said("Đạt 4,1 tỷ USD.", NEWER)),
        (said("Đạt 4,1 tỷ USD.", OLDER), said("Giá trị 4.1 billion dollars.", NEWER)),
        (said("Đạt 3,6 tỷ USD.", OLDER), said("Hai bên hài lòng.", NEWER)),
        (said("Ngày 2/4/2024.", OLDER), said("Ngày 3/5/2025.", NEWER)),
        (make_excerpt("Đạt 3,6 tỷ USD.", date=OLDER), make_excerpt("Đạt 4,1 tỷ USD.", date=NEWER)),
        (said("Đạt 3,6 tỷ USD.", None), said("Đạt 4,1 tỷ USD.", NEWER)),
    ],
    ids=[
        "one date",
        "the same amount",
        "one figure",
        "dates are no figures",
        "not highlighted",
        "one undated",
    ],
)
def test_sources_that_do_not_disagree_need_no_hint(one: Excerpt, other: Excerpt) -> None:
    assert hint([one, other], 1, EN, TODAY) is None


@pytest.mark.parametrize(
    ("today", "hinted"), [(date(2026, 1, 5), False), (date(2026, 1, 6), False), (date(2026, 1, 7), True)]
)
def test_sources_older_than_a_year_are_said_to_be_old(today: date, hinted: bool) -> None:
    """A leap year more or less does not matter."""
    line = hint([said("Một.", OLDER), said("Hai.", NEWER)], 1, EN, today)
    assert line == (
        "The newest of these is from 5 January 2025. Things may have changed since." if hinted else None
    )


def test_a_single_old_source_is_called_this() -> None:
    assert hint([said("Một.", OLDER)], 1, EN, date(2030, 1, 1)) == (
        "This is from 12 March 2024. Things may have changed since."
    )


def test_where_a_source_may_be_newer_nothing_is_called_old() -> None:
    assert hint([said("Một.", OLDER), said("Hai.", None)], 1, EN, date(2030, 1, 1)) is None
    assert hint([said("Hai.", None)], 1, EN, date(2030, 1, 1)) is None
    assert hint([], 1, EN, TODAY) is None


def test_there_is_one_hint_at_most() -> None:
    """Where figures differ, that is said, however old the sources are."""
    sources = [said("Đạt 3,6 tỷ USD.", OLDER), said("Đạt 4,1 tỷ USD.", NEWER)]
    line = hint(sources, 1, EN, date(2030, 1, 1)) or ""
    assert line.startswith("These sources have different dates") and "since" not in line
