"""/stats in words: how much was asked, how well it was answered, and by which articles. Short enough for a caption."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.conversation.replies.wording import one_line
from bot.state.statistics import Statistics
from bot.telegram_html.markup import escape
from bot.texts import Texts

_LONGEST_TITLE: Final = 80


@dataclass(frozen=True, slots=True)
class RankingRow:
    """`part` of the greatest possible one, between 0 and 1, and what is written to its left and to its right."""

    part: float
    label: str
    shown: str


def stats_text(
    statistics: Statistics, titles: Mapping[str, str], texts: Texts, gaps: int | None = None
) -> str:
    """The message in HTML, one line where there is nothing to tell. `titles`: article id -> title, where it has one;
    `gaps`: how many different things got no answer, where that is known."""
    if not statistics.keep_days:
        return escape(texts("stats-off"))
    if not statistics.questions:
        return escape(texts("stats-none", days=_days(statistics.period)))
    heading = texts("stats-heading", days=_days(statistics.period))
    parts = [_part(heading, _counts(statistics, gaps, texts))]
    languages = (f"• {row.label}: {row.shown}" for row in language_rows(statistics, texts))
    parts.append(_part(texts("stats-languages"), languages))
    if statistics.cited:
        parts.append(_part(texts("stats-cited"), _cited(statistics, titles, texts)))
    return "\n\n".join(parts)


def language_rows(statistics: Statistics, texts: Texts) -> Iterator[RankingRow]:
    """How the questions were written, the most frequent first."""
    total = sum(statistics.writings.values())
    for writing, count in statistics.writings.items():
        shown = texts("stats-part", count=count, share=percent(count / total, texts))
        yield RankingRow(count / total, texts(f"stats-{writing}"), shown)


def percent(share: float, texts: Texts) -> str:
    """A share between 0 and 1 as the reader writes it, in whole percents."""
    from babel.numbers import format_percent

    return str(format_percent(share, locale=texts.language))


def _part(heading: str, lines: Iterator[str]) -> str:
    return "\n".join([f"<b>{escape(heading)}</b>", *map(escape, lines)])


def _counts(statistics: Statistics, gaps: int | None, texts: Texts) -> Iterator[str]:
    share = percent(statistics.answered / statistics.questions, texts)
    yield texts("stats-questions", count=statistics.questions, answered=statistics.answered, share=share)
    if gaps:
        yield texts("digest-gaps", count=statistics.questions - statistics.answered, things=gaps)
    if statistics.people:
        yield texts("stats-people", count=statistics.people)
    if statistics.p50_ms is not None and statistics.p95_ms is not None:
        half, most = (_duration(ms, texts) for ms in (statistics.p50_ms, statistics.p95_ms))
        yield texts("stats-times", half=half, most=most, share=percent(0.95, texts))
    if statistics.up or statistics.down:
        yield texts("digest-votes", up=statistics.up, down=statistics.down)


def _cited(statistics: Statistics, titles: Mapping[str, str], texts: Texts) -> Iterator[str]:
    for rank, cited in enumerate(statistics.cited, 1):
        title = one_line(titles.get(cited.article_id, ""), _LONGEST_TITLE)
        name = title or one_line(cited.article_id, _LONGEST_TITLE)
        yield f"{rank}. {name} · {texts('stats-cited-times', count=cited.times)}"


def _duration(ms: float, texts: Texts) -> str:
    if ms < 999.5:
        return texts("stats-ms", value=max(1, round(ms)))
    return texts("stats-seconds", value=round(ms / 1000, 1))


def _days(period: timedelta) -> int:
    return max(1, round(period / timedelta(days=1)))
