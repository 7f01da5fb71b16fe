"""Dates and amounts in one form whatever the language and the writing.

`ngày 2 tháng 4 năm 2025`, `02/04/2025`, `April 2, 2025` and `2 апреля 2025 года` are the same day; `4,1 tỷ`,
`4.1 billion` and `4,1 млрд` the same amount. They are read off the folded tokens, so that a question and a passage
that share no word can share a value. Day stands before month in plain numbers, as Vietnamese and Russians write.
"""

from collections.abc import Iterator, Sequence

import regex

from retrieval.text import Token, fold

_NUMERIC = regex.compile(
    r"(?:(?P<day>[0-9]{1,2})/)?(?P<month>[0-9]{1,2})/(?P<year>(?:19|20)[0-9][0-9])|(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})"
)
_YEAR = regex.compile(r"(?:19|20)[0-9][0-9]")
_NUMBER = regex.compile(r"[0-9]+(?:\.[0-9]+)?")

_MONTH_NAMES = (
    "january jan январь январе января",
    "february feb февраль феврале февраля",
    "march mar март марте марта",
    "april apr апрель апреле апреля",
    "may май мае мая",
    "june jun июнь июне июня",
    "july jul июль июле июля",
    "august aug август августе августа",
    "september sep sept сентябрь сентябре сентября",
    "october oct октябрь октябре октября",
    "november nov ноябрь ноябре ноября",
    "december dec декабрь декабре декабря",
)
_MONTHS = {fold(name): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_VIETNAMESE_MONTHS = {
    word: number for number, word in enumerate("gieng hai ba tu nam sau bay tam chin muoi".split(), 1)
}
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_MAGNITUDES = {
    fold(word): factor
    for factor, words in (
        (1e3, "nghìn ngàn thousand тыс тысяча тысячи тысяч"),
        (1e6, "triệu million millions mln млн миллион миллиона миллионов"),
        (1e9, "tỷ tỉ billion billions bn млрд миллиард миллиарда миллиардов"),
        (1e12, "trillion trillions трлн триллион триллиона триллионов"),
    )
    for word in words.split()
}


def values(tokens: Sequence[Token]) -> list[str]:
    """The dates and amounts in `tokens`, repeats kept: a day as `2025-04-02`, `--04-02` and `2025-04`, an amount as
    `=4.1e+09`.
    """
    words = [token.folded for token in tokens if token.folded not in _ORDINALS]
    return [value for i in range(len(words)) for value in (*_dates(words, i), *_amounts(words, i))]


def month_named(word: str) -> int | None:
    """The number of the month that a folded English or Russian word names."""
    return _MONTHS.get(word)


def _dates(words: Sequence[str], i: int) -> Iterator[str]:
    """The date that begins with word `i`, in all its parts."""
    if found := _NUMERIC.fullmatch(words[i]):
        yield from _date(found["year"], found["month"] or found["m"], found["day"] or found["d"])
    elif words[i] == "thang" and (month := _vietnamese_month(_at(words, i + 1))):
        day = _at(words, i - 1) if _is_day(_at(words, i - 1)) else None
        yield from _date(_year(words, i + 2, "nam"), month, day)
    elif (month := _MONTHS.get(words[i])) is not None:
        yield from _named_month(words, i, month)


def _named_month(words: Sequence[str], i: int, month: int) -> Iterator[str]:
    """`April 2, 2025`, `2 April 2025`, `the 2nd of April`, `апрель 2025`; a month alone is no date."""
    before = _at(words, i - 2) if _at(words, i - 1) == "of" else _at(words, i - 1)
    if _is_day(before):
        yield from _date(_year(words, i + 1), month, before)
    elif _is_day(_at(words, i + 1)):
        yield from _date(_year(words, i + 2), month, _at(words, i + 1))
    else:
        yield from _date(_year(words, i + 1, "of"), month, None)


def _date(year: str | None, month: str | int, day: str | None) -> Iterator[str]:
    number = int(month)
    if not 1 <= number <= 12:
        return
    if day is not None and 1 <= int(day) <= 31:
        yield f"--{number:02}-{int(day):02}"
        if year:
            yield f"{year}-{number:02}-{int(day):02}"
    if year:
        yield f"{year}-{number:02}"


def _amounts(words: Sequence[str], i: int) -> Iterator[str]:
    """The amount that begins with word `i`: a number and its magnitudes, `30 nghìn tỷ` has two."""
    if not _NUMBER.fullmatch(words[i]):
        return
    amount, position = float(words[i]), i + 1
    while factor := _MAGNITUDES.get(_at(words, position)):
        amount *= factor
        position += 1
    if position > i + 1:
        yield f"={amount:.6g}"


def _year(words: Sequence[str], i: int, filler: str | None = None) -> str | None:
    """The year at `i`, or behind one filling word."""
    word = _at(words, i + 1) if filler and _at(words, i) == filler else _at(words, i)
    return word if _YEAR.fullmatch(word) else None


def _vietnamese_month(word: str) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return _VIETNAMESE_MONTHS.get(word)


def _is_day(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 2


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""
