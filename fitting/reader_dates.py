"""Dates as newspapers write them: "28/9", "(2-4/4)", "từ ngày 5 đến 12/5". Encyclopaedias spell them out, so passages
of one are rewritten, and asked for the day.
"""

import re
from dataclasses import dataclass
from random import Random

from retrieval.text.sentences import sentences

_SPELT = re.compile(
    r"\(?\b(?P<into>vào )?(?:từ )?(?:ngày )?"
    r"(?P<day>[0-3]?\d) tháng (?P<month>1?\d)(?:,? (?:năm )?(?P<year>[12]\d{3}))?\b\)?",
    re.IGNORECASE,
)
_ONE_DAY = (
    "ngày {day}/{month}{year}",
    "{part} {day}/{month}{year}",
    "ngày {day}-{month}{year}",
    "({day}/{month}{year})",
)
_SOME_DAYS = (
    "từ ngày {day} đến {last}/{month}{year}",
    "từ {day}-{last}/{month}{year}",
    "({day}-{last}/{month}{year})",
    "từ ngày {day}/{month} đến {last}/{month}{year}",
    "từ ngày {day}/{month} - {last}/{month}{year}",
    "trong các ngày {day}-{last}/{month}{year}",
)
_NOT_ASKED = re.compile(r"[(),:;\"“”]")
_PARTS = ("sáng", "trưa", "chiều", "tối")
_ASKED_ONE = ("ngày nào", "hôm nào", "ngày mấy", "khi nào", "bao giờ", "vào ngày tháng nào", "ngày bao nhiêu")
_ASKED_SOME = (
    "từ ngày nào đến ngày nào",
    "từ hôm nào tới hôm nào",
    "những ngày nào",
    "từ ngày mấy đến ngày mấy",
    "ngày nào",
)
_SHARE_OF_SOME = 0.4
_SHARE_WITH_YEAR = 0.6
_LAST_DAY = 28
_LEAST_WORDS = 5
_WORDS_BEFORE, _WORDS_AFTER = 8, 5


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A passage with its dates as newspapers write them; and what asks for one of them: question, answer."""

    text: str
    asked: tuple[tuple[str, str], ...]


def rewritten(text: str, order: Random) -> Rewritten:
    """`text` with every spelt date rewritten; the choice is that of `order`."""
    pieces: list[str] = []
    asked: list[tuple[str, str]] = []
    for start, end in sentences(text):
        sentence, found = text[start:end], list(_SPELT.finditer(text[start:end]))
        written, questions = _sentence(sentence, found, order)
        pieces.append(written)
        asked += questions[:1]
    return Rewritten(" ".join(pieces), tuple(asked))


def _sentence(sentence: str, found: list[re.Match[str]], order: Random) -> tuple[str, list[tuple[str, str]]]:
    written, questions, done = "", [], 0
    for match in found:
        date, is_some = _as_in_press(match, order)
        before, after = sentence[: match.start()].split(), sentence[match.end() :].split()
        before = before[-_WORDS_BEFORE:]
        kept = (
            after[: _WORDS_AFTER + _LEAST_WORDS - min(len(before), _LEAST_WORDS)]
            if len(before) < _LEAST_WORDS or order.random() < 0.5
            else []
        )
        if len(before) + len(kept) > _LEAST_WORDS:
            asking = order.choice(_ASKED_SOME if is_some else _ASKED_ONE)
            question = _NOT_ASKED.sub(" ", " ".join([*before, asking, *kept]))
            questions.append(
                (" ".join(question.split()).strip(" .,-"), date.removeprefix("vào ").strip("()"))
            )
        written += sentence[done : match.start()] + date
        done = match.end()
    return written + sentence[done:], questions


def _as_in_press(match: re.Match[str], order: Random) -> tuple[str, bool]:
    """The date anew, and whether it became several days."""
    day = int(match["day"])
    last = min(day + order.randint(1, 9), _LAST_DAY)
    year = match["year"] if match["year"] and order.random() < _SHARE_WITH_YEAR else ""
    is_some = last > day and order.random() < _SHARE_OF_SOME
    style = order.choice(_SOME_DAYS if is_some else _ONE_DAY)
    into = "vào " if match["into"] and not is_some and not style.startswith("(") else ""
    written = into + style.format(
        day=day, last=last, month=int(match["month"]), year="{year}", part=order.choice(_PARTS)
    )
    mark = "-" if f"-{int(match['month'])}{{year}}" in written and "/" not in written else "/"
    return written.replace("{year}", f"{mark}{year}" if year else ""), is_some


def holds_date(text: str) -> bool:
    """Whether a date is spelt out in it."""
    return bool(_SPELT.search(text))
