"""The answer at a glance in one line, above the quote: `800 triệu USD (800 million USD) · năm 2024 (2024)`.

Each atom is cut out of the excerpt as it stands there. What is in brackets is the number, unit or date before it as the
reader writes it, by a table: nothing is worded freely, and nothing added.
"""

from datetime import date as Date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bot.printable import harmless
from bot.texts import Texts
from retrieval.article import Answer, Excerpt
from retrieval.excerpts.atom_amounts import Amount
from retrieval.excerpts.atom_dates import Dated, Day
from retrieval.excerpts.atom_words import table
from retrieval.excerpts.atoms import Atom, at_a_glance
from retrieval.languages.reading import VIETNAMESE
from retrieval.questions.query import analyse

_MAGNITUDES: Final = (("trillion", 12), ("billion", 9), ("million", 6))
_UNKNOWN: Final = "und"
_ANY_YEAR: Final = 2000
_query = lru_cache(maxsize=256)(analyse)
"""A reply is rendered several times: to see what fits on a page."""


def told_at_a_glance(answer: Answer) -> str | None:
    """The question, where its `answer` is told at a glance; else None.

    It is where the answer is sure, and was asked for in another language than that of the articles. Of figures that are
    to be compared none is told before the others.
    """
    sure = answer.answered and not answer.unsure and not answer.by_date
    return answer.question if sure and answer.language not in (VIETNAMESE, _UNKNOWN) else None


def glance_line(excerpt: Excerpt, question: str | None, texts: Texts) -> str | None:
    """What `excerpt` has for `question` in one line; None where there is nothing to tell, or no need to."""
    if question is None or texts.language == VIETNAMESE:
        return None
    return " · ".join(_shown(atom, excerpt, texts) for atom in at_a_glance(excerpt, _query(question))) or None


def _shown(atom: Atom, excerpt: Excerpt, texts: Texts) -> str:
    written = harmless(atom.within(excerpt.text))
    converted = reader_form(atom, texts)
    if converted is None or "".join(converted.split()) == "".join(written.split()):
        return written
    return texts("atom", written=written, converted=converted)


def reader_form(atom: Atom, texts: Texts) -> str | None:
    """The amount or date as the reader writes it; None for a name."""
    if isinstance(atom.value, Amount):
        return _amount(atom.value, texts)
    return _dated(atom.value, texts) if atom.value else None


def _amount(amount: Amount, texts: Texts) -> str:
    number, is_whole = _number(amount, texts)
    count = float(amount.high) if amount.high % 1 else int(amount.high)
    if amount.unit is None:
        said = number
    elif amount.unit in table("money").values():
        said = texts("atom-money", number=number, currency=amount.unit)
    elif amount.unit in table("measures").values():
        said = texts("atom-measure", number=number, unit=amount.unit)
    else:
        # What is counted in millions is counted in many, whatever the digit before the word.
        said = texts("atom-count", number=number, unit=amount.unit, count=count if is_whole else 0)
    if amount.per:
        said = texts("atom-rate", amount=said, period=amount.per)
    return f"{amount.about} {said}" if amount.about else said


def _number(amount: Amount, texts: Texts) -> tuple[str, bool]:
    """The number, of both ends of a range; and whether in digits alone, without a word such as million."""
    magnitude, power = next(
        ((name, power) for name, power in _MAGNITUDES if amount.low >= Decimal(10) ** power), ("none", 0)
    )
    ends = dict.fromkeys((amount.low, amount.high))
    digits = "–".join(_digits(end.scaleb(-power), texts) for end in ends)
    return texts("atom-number", digits=digits, magnitude=magnitude), power == 0


def _digits(number: Decimal, texts: Texts) -> str:
    from babel.numbers import format_decimal

    decimals = len(f"{number.normalize():f}".partition(".")[2])
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return format_decimal(number, pattern, locale=texts.language)


def _dated(dated: Dated, texts: Texts) -> str:
    first, last = dated.first, dated.last
    if first == last:
        return _day(first, texts)
    if first.year != last.year:
        return texts("dates", first=_day(first, texts), last=_day(last, texts))
    if first.month == last.month:
        return texts("dates", first=str(first.day), last=_day(last, texts))
    without_year = Day(month=first.month, day=first.day)
    return texts("dates", first=_day(without_year, texts), last=_day(last, texts))


def _day(day: Day, texts: Texts) -> str:
    if day.month is None:
        return _years(day, texts)
    date = Date(day.year or _ANY_YEAR, day.month, day.day or 1)
    if day.day is None:
        return texts.date(date, "date-pattern-month" if day.year else "date-pattern-month-alone")
    return texts.date(date, "date-pattern" if day.year else "date-pattern-day")


def _years(day: Day, texts: Texts) -> str:
    """A year, or what is longer or a quarter of one."""
    if day.century is not None:
        return texts("atom-century", number=day.century)
    if day.decade is not None:
        return texts("atom-decade", year=str(day.decade))
    if day.quarter is None:
        return str(day.year)
    if day.year is None:
        return texts("atom-quarter", quarter=day.quarter)
    return texts("atom-quarter-of", quarter=day.quarter, year=str(day.year))
