"""Letters, notices and decrees: the date beside their place, their subject, and lines that are no title."""

from collections.abc import Iterable, Sequence
from datetime import date as Date

import regex

from retrieval.sources.cleaning.dates import find_dates, publication_date
from retrieval.text.forms import fold

_CELL_MARK = " | "
_LONGEST, _LONGEST_PLACE, _MOST_WORDS = 200, 100, 18
_PARTS_OF_PLACES = frozenset(
    fold(word)
    for word in "xa huyen tinh thanh pho thi tran quan phuong tp thon ap ban khu xom va dao ngay city of the district"
    " province village г гор город пос поселок с село д дер деревня ст пгт обл область район край".split()
)
_BEFORE_DATE = regex.compile(r"(?:[,\s]+|^)(?:ngày|ngay|mồng|mùng|dated|on|от)?\s*$", regex.IGNORECASE)
_BEHIND_DATE = regex.compile(r"\s*(?:г\.?|года|y\.)?[\s.,;—–-]*", regex.IGNORECASE)
_DATELINE = regex.compile(
    r"\s*(?:г\.|года)?\s*(?:[/(]\s*(?:\p{Lu}[\p{L}\d+./ ]{1,30})\s*[/)])?\s*[,.:]?\s*(?:--|[—–-])\s",
    regex.IGNORECASE,
)
_KINDS = (
    "thong bao|thong cao bao chi|thong cao|cong van|cong dien|cong lenh|quyet dinh|to trinh|bao cao|ke hoach|giay moi|"
    "thu moi|thu ngo|don de nghi|don|nghi quyet|nghi dinh|thong tu|chi thi|huong dan|bien ban|giay gioi thieu|"
    "notice|public notice|announcement|press release|memorandum|memo|letter|circular|decision|decree|order|report|"
    "приказ|распоряжение|уведомление|объявление|извещение|письмо|постановление|решение|протокол|справка|отчет|"
    "докладная записка|служебная записка|пресс-релиз|указ|закон"
)
_NUMBER = r"(?:so|no|number|nr|n|№|#)\.?\s*:?\s*\d[\p{L}\d/.-]{0,40}"
_KIND = regex.compile(
    rf"(?:{_KINDS})?\s*(?:{_NUMBER}|\d{{1,5}}(?=/))?\s*(?:/[\p{{L}}\d/.-]{{1,30}})?\s*[.:]?"
)
_NUMBERED = regex.compile(rf"(?<!\w){_NUMBER}")
_SUBJECT = regex.compile(r"(?:v/v|ve viec|vv|trich yeu|subject|re|тема)\b\s*:?\s*\S", regex.IGNORECASE)
_LABEL = regex.compile(r"^(?:subject|title|re|тема|заголовок|tiêu đề|trích yếu)\s*:\s*", regex.IGNORECASE)
_ABOUT = regex.compile(r"(?:ve|о|об|про)\s+\p{L}", regex.IGNORECASE)
"""What subjects begin with below the name of a kind."""
_NEAR = 3


def is_kind_line(text: str) -> bool:
    """Whether a line only says of what kind a document is, or its number: `THÔNG BÁO`, `Thông báo số 15`, `№ 45`."""
    written = text.strip(" \t*#_-–—|.:")
    if not written or len(written) > _LONGEST_PLACE:
        return False
    return _KIND.fullmatch(_without_date(fold(written)).strip(" ,-–—")) is not None


def is_subject(lines: Sequence[str], n: int) -> bool:
    """Whether a line says what a letter is about: `V/v ...`, `Về việc ...`, or `Về ...` below the name of its kind."""
    folded = fold(lines[n].strip(" (*-–"))
    if _SUBJECT.match(folded):
        return True
    return _ABOUT.match(folded) is not None and any(map(is_kind_line, lines[max(0, n - _NEAR) : n]))


def subject_of(lines: Iterable[str]) -> str | None:
    """The first subject among the lines of a head, as it is written."""
    head = list(lines)
    return next(
        (without_label(line.strip(" ()")) for n, line in enumerate(head) if is_subject(head, n)), None
    )


def place_date(line: str, month_first: bool = False) -> Date | None:
    """The date that a line, or a cell of it, gives behind a place and nothing else: `Hà Nội, ngày 2 tháng 4`."""
    if len(line) > _LONGEST:
        return None
    for cell in line.split(_CELL_MARK):
        for found in find_dates(cell, month_first):
            if _BEHIND_DATE.fullmatch(cell, found.end) and _is_place(cell[: found.start]):
                return found.date
    return None


def without_label(title: str) -> str:
    """A title as it is meant: `Subject: Mở đường bay` names it."""
    return _LABEL.sub("", title) or title


def letter_date(lines: Sequence[str], month_first: bool = False) -> Date | None:
    """The date of the date lines among the lines of a head, else the first that stands behind a place."""
    placed = (place_date(line, month_first) for line in lines)
    return publication_date(lines, month_first) or next(filter(None, placed), None)


def names_number(line: str) -> bool:
    """Whether a line tells a document's number."""
    return _NUMBERED.search(fold(line)) is not None


def dateline_date(paragraph: str, month_first: bool = False) -> Date | None:
    """The date that a paragraph opens with, behind a place and before a dash: `TP.HCM, 15/3/2026 — ...`."""
    opening = paragraph[:_LONGEST]
    found = next(iter(find_dates(opening, month_first)), None)
    if found and _DATELINE.match(opening, found.end) and _is_place(opening[: found.start], agency=True):
        return found.date
    return None


def _is_place(before: str, *, agency: bool = False) -> bool:
    """Whether what stands before a date is a place, as far as capitals tell, and not the beginning of a sentence."""
    if len(before) > _LONGEST_PLACE:
        return False
    before = regex.sub(r"\([^()]{2,30}\)", " ", before) if agency else before
    end = _BEFORE_DATE.search(before)
    place = before[: end.start()] if end else before
    words = [word for word in regex.split(r"[\s,.()]+", place) if word]
    named = [word for word in words if fold(word) not in _PARTS_OF_PLACES]
    return len(words) <= _MOST_WORDS and len(named) > 0 and all(word[0].isupper() for word in named)


def _without_date(text: str) -> str:
    dates = find_dates(text)
    if not dates:
        return text
    before = regex.sub(r"(?:ngay|dated|of|от)?\s*$", "", text[: dates[0].start])
    return before + regex.sub(r"^\s*(?:г\.?|года)?", "", text[dates[-1].end :])
