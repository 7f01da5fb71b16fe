"""Where the article is on its page: the division into body and furniture that fits all lines best together.

Each line gets a score, positive for body. The best division is found with the Viterbi algorithm (Forney, The Viterbi
algorithm, 1973) over three states; changing state costs, so that one odd line does not break a body and one
sentence does not turn a list of teasers into one. The idea of scoring runs instead of single lines is that of
Pasternack and Roth, Extracting article text from the web with maximum subsequence segmentation, 2009.
"""

from collections.abc import Mapping
from itertools import groupby

from retrieval.sources.cleaning.lines import SHORTEST_HEADLINE, Line, speaker

BODY, FURNITURE, END = 0, 1, 2
"""END is what follows the readers' comments or the imprint: hardly ever body again."""

_STATES = (BODY, FURNITURE, END)

_CUE_SCORES = {
    "share": -0.6,
    "advert": -0.6,
    "notice": -0.8,
    "menu": -1.2,
    "caption": 0.0,
    "credit": 0.0,
    "repeated": 0.0,
    "related": -0.4,
    "comments": -1.0,
    "tags": -1.0,
    "footer": -2.5,
}
OPENS_BLOCK = ("related", "comments", "tags", "footer")
_OPENS_END = ("comments", "footer")
_ENOUGH_PARAGRAPHS = 3
"""Before so many, a word like "Comments" is a button above the article."""
_INTERRUPTIONS = ("caption", "credit", "share", "advert", "notice", "repeated")
"""What may stand between two paragraphs of one body."""
_PARAGRAPH, _DATE = 0.6, -1.5
_LONG = 140
"""Characters from which a line without a full stop is no headline."""
_IN_COMPANY, _LONELY = 1.3, 0.3
_LEADS = range(150, 350)
"""From a teaser's usual length to lengths that no teaser has."""
_HEADLINE, _LABEL, _SHORT_ENDED = -0.5, -0.25, 0.4
_RUN_FLOOR = -2.5
"""What a run of short lines weighs at most: a list or a table alone never ends a body."""

_SHORTEST_ANNOUNCEMENT = 18
_ROW_MARKS = (": ", " – ", " - ", " — ", " -- ", ";", " @ ", "\t", " | ")

_TO_FURNITURE, _TO_BLOCK = 0.9, 0.5
_TO_BODY, _PAST_END = 1.8, 4.0
_NEVER = 99.0


def divide(lines: list[Line], labels: Mapping[int, str], begins_with_body: bool) -> list[int]:
    """The state of each line: BODY, FURNITURE or END. `labels` tell lines that are furniture wherever they are."""
    totals = [0.0, -_NEVER if begins_with_body else 0.0, -_NEVER]
    choices: list[list[int]] = []
    paragraphs = 0
    for n, (line, score) in enumerate(zip(lines, _scores(lines, labels), strict=True)):
        ends = paragraphs >= _ENOUGH_PARAGRAPHS and _opens_end(line, labels.get(n))
        opens_block = (line.cue or line.cue_within) in OPENS_BLOCK and not line.one_teaser
        costs = _costs(ends, opens_block)
        best = [max(_STATES, key=lambda before: totals[before] - costs[before][state]) for state in _STATES]
        choices.append(best)
        totals = [totals[best[state]] - costs[best[state]][state] for state in _STATES]
        totals[BODY] += score
        paragraphs += line.prose and score > 0
    return _backwards(choices, totals)


def _opens_end(line: Line, label: str | None) -> bool:
    hinted = line.cue_within in _OPENS_END and line.cue is None
    return label != "repeated" and (
        hinted or (line.cue == "comments" and len(line.text) <= SHORTEST_HEADLINE)
    )


def _costs(ends: bool, opens_block: bool) -> tuple[tuple[float, ...], ...]:
    """Cost of each change of state, from row to column."""
    if ends:
        return ((_PAST_END, _NEVER, _TO_BLOCK), (_NEVER, _NEVER, 0.0), (_NEVER, _NEVER, 0.0))
    to_furniture = _TO_BLOCK if opens_block else _TO_FURNITURE
    return ((0.0, to_furniture, _NEVER), (_TO_BODY, 0.0, _NEVER), (_PAST_END, _NEVER, 0.0))


def _backwards(choices: list[list[int]], totals: list[float]) -> list[int]:
    state = max(_STATES, key=lambda last: totals[last])
    states = []
    for best in reversed(choices):
        states.append(state)
        state = best[state]
    return states[::-1]


def _scores(lines: list[Line], labels: Mapping[int, str]) -> list[float]:
    scores = [_score(line, labels.get(n)) for n, line in enumerate(lines)]
    _weigh_company(lines, labels, scores)
    for short, run in groupby(range(len(lines)), key=lambda n: scores[n] in (_HEADLINE, _LABEL)):
        members = list(run)
        if short and _is_list(lines, members):
            for n in members:
                scores[n] = 0.0
        total = sum(scores[n] for n in members)
        if short and total < _RUN_FLOOR:
            for n in members:
                scores[n] *= _RUN_FLOOR / total
    return scores


def _score(line: Line, label: str | None) -> float:
    kind = label or line.cue or line.cue_within
    if line.one_teaser:
        return 0.0
    if kind:
        return _CUE_SCORES.get(kind, -1.0)
    if line.prose:
        worth = _PARAGRAPH + min(len(line.text), 400) / 200
        return 0.3 * worth if line.truncated and len(line.text) < 260 else worth
    return _DATE if line.dated else _short(line)


def _short(line: Line) -> float:
    if len(line.text) >= _LONG:
        return 0.5
    if line.listed or speaker(line):
        return 0.0
    if line.ended and not line.truncated:
        return _SHORT_ENDED
    return _HEADLINE if len(line.text) >= SHORTEST_HEADLINE else _LABEL


def _is_list(lines: list[Line], run: list[int]) -> bool:
    """A list that the text announces, or rows that are all built alike; headlines are neither."""
    before = lines[run[0] - 1] if run[0] else None
    if before and before.text.endswith(":") and len(before.text) >= _SHORTEST_ANNOUNCEMENT and not before.cue:
        return True
    texts = [lines[n].text for n in run]
    alike = any(all(mark in text for text in texts) for mark in _ROW_MARKS) or all(
        t[0].isdigit() for t in texts
    )
    return len(run) >= 3 and alike


def _weigh_company(lines: list[Line], labels: Mapping[int, str], scores: list[float]) -> None:
    """Paragraphs stand together; a lone one between short lines is more likely a teaser's lead."""
    visible = [
        n
        for n, line in enumerate(lines)
        if (labels.get(n) or line.cue) not in _INTERRUPTIONS and not line.one_teaser
    ]
    for before, n, after in zip([None, *visible], visible, [*visible[1:], None], strict=False):
        if scores[n] > 0:
            beside = [k for k in (before, after) if k is not None]
            if any(_continues(lines[k]) and not labels.get(k) for k in beside):
                scores[n] *= _IN_COMPANY
            else:
                scores[n] *= _lonely(len(lines[n].text))


def _lonely(length: int) -> float:
    beyond = (length - _LEADS.start) / len(_LEADS)
    return _LONELY + 0.6 * min(1.0, max(0.0, beyond))


def _continues(line: Line) -> bool:
    return line.prose or (line.ended and not line.truncated and not line.text.endswith(("?", "!")))
