"""How dates are written in Vietnamese, as patterns; the groups name the parts, those of the end of a range with a 2."""

import regex

from retrieval.excerpts.atom_words import any_word, month_words, scales, words_of, written
from retrieval.languages.reading import VIETNAMESE, of

_YEAR = r"(?:1[0-9]|20)[0-9]{2}(?![0-9]|[.,][0-9])"
_D, _M = "[0-3]?[0-9]", "[01]?[0-9]"
_DAY = rf"(?:[Nn]gày )?(?P<day>{_D})"
_DASH = r"(?: ?[-–] ?| (?:đến|tới) (?:ngày )?)"
_TO_YEAR = r"(?: ?[-–] ?| (?:đến|tới) (?:năm )?)"
_IN_YEAR = rf"(?:(?: năm |, ?năm |, ?|/)(?P<year>{_YEAR}))?"
_MONTH_NAMES = any_word(word[0].upper() + word[1:] for word in month_words())
_COUNTED = any_word([*scales(), *words_of("money"), *written("counted_after_date")])
_START = r"(?<![\p{L}\p{M}\p{N}.,/:-])"
_STOP = rf"(?![\p{{L}}\p{{M}}\p{{N}}/%]|[.,:–-][0-9]| %| (?i:{_COUNTED}))"
"""`tháng 5 triệu` is no May."""

_PATTERNS = (
    # 29/11 - 2/12, ngày 2-4/4, từ 8 đến 11/5/2025
    rf"{_DAY}(?:/(?P<month>{_M}))?(?:/(?P<year>{_YEAR}))?{_DASH}"
    rf"(?P<day2>{_D})/(?P<month2>{_M})(?:/(?P<year2>{_YEAR}))?",
    # 30/1/1950, 02.04.2025, 2025-04-02
    rf"{_DAY}(?P<mark>[/.-])(?P<month>{_M})(?P=mark)(?P<year>{_YEAR})",
    rf"(?:[Nn]gày )?(?P<year>{_YEAR})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])",
    # ngày 9 tháng 5 năm 2025, 9 tháng Năm, ngày 9 tháng năm
    rf"{_DAY} tháng (?P<month>{_M}|{_MONTH_NAMES}){_IN_YEAR}",
    rf"[Nn]gày (?P<day>{_D}) tháng (?P<month>{any_word(month_words())})(?! {_YEAR}){_IN_YEAR}",
    # ngày 9/5, ngày 9-5
    rf"{_DAY}(?P<mark>[/.-])(?P<month>{_M})",
    # tháng 4-6/2024
    rf"[Tt]háng (?P<month>{_M}){_DASH}(?:tháng )?(?P<month2>{_M})(?:(?:/| năm )(?P<year2>{_YEAR}))?",
    # tháng 1/2025, tháng 1 năm 2025, 1/2025
    rf"[Tt]háng (?P<month>{_M})[./-](?P<year>{_YEAR})",
    rf"[Tt]háng (?P<month>{_M}|{_MONTH_NAMES}){_IN_YEAR}",
    rf"(?P<month>{_M})/(?P<year>{_YEAR})",
    # quý I/2025, quý 3 năm 2024
    rf"[Qq]uý (?P<quarter>I{{1,3}}|IV|[1-4])(?:(?:/| năm |, )(?P<year>{_YEAR}))?",
    # năm 2023-2024, giai đoạn 2021 - 2025, từ 2019 đến 2023, năm 2023/24
    rf"(?:[Nn]ăm |[Gg]iai đoạn )?(?P<year>{_YEAR}){_TO_YEAR}(?P<year2>{_YEAR})",
    rf"[Nn]ăm (?P<year>{_YEAR})/(?P<short>[0-9]{{2}})",
    # những năm 1990, năm 1950, (1950)
    rf"(?i:{any_word(written('decades'))}) (?P<decade>{_YEAR})",
    rf"[Nn]ăm (?P<year>{_YEAR})",
    rf"(?<=\()(?P<year>{_YEAR})(?=\))",
    # thế kỷ XX
    r"[Tt]hế k[ỷỉ] (?:thứ )?(?P<century>[IVX]+|[0-9]{1,2})",
)
_FORMS = [regex.compile(_START + pattern + _STOP) for pattern in _PATTERNS]

_DAY_WORDS = [word for word in of(VIETNAMESE, "dates", "day_words") if word not in written("lunar_days")]
SAID_TO_BE_A_DAY = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:(?i:{any_word([*_DAY_WORDS, 'từ', *written('day_names')])}),?"
    r"|[Nn]gày \p{Lu}[\p{L}\p{M}]*(?: [\p{L}\p{M}]+){1,4}) \(?$"
)
"""What stands before the digits of a day: `chiều 2/4`, `hôm nay (2/4)`, `ngày Chiến thắng 9/5`."""
BEFORE_CHRIST = regex.compile(
    rf"[^.;]{{0,25}}(?<![\p{{L}}\p{{M}}]){any_word(written('before_christ'))}", regex.IGNORECASE
)
"""Behind a date, or behind the one that it is set beside: `thế kỷ 4 và thế kỷ 3 TCN`."""
LUNAR = regex.compile(any_word(written("lunar")), regex.IGNORECASE)
CLAUSE_END = regex.compile(r"[,.;)”\"]|$")


def next_date(text: str, position: int) -> "regex.Match[str] | None":
    """The first date from `position` on; of several that begin there the longest."""
    matches = [match for form in _FORMS if (match := form.search(text, position))]
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)
