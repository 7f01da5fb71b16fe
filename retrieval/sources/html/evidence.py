"""What speaks for and against a block of a page being part of the article, as numbers by name.

The numbers are mostly 0 or 1, else shares. data/weights.json tells how much each one counts.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from retrieval.sources.cleaning.dates import is_date_line
from retrieval.sources.cleaning.furniture_words import Cues
from retrieval.sources.html.blocks.blocks import Block

Evidence = Mapping[str, float]

_ENDED = regex.compile(r"""[.!?…。！？][“"”’»)\]\s]*$""")
_SENTENCES_INSIDE = regex.compile(r"[\p{Ll}\d”\"»)][.!?…]\s+[\p{Lu}“\"«]|[。！？].")
_HOLDERS = frozenset(("body", "article", "main"))
_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 li td tr blockquote pre section".split())
_PROSE, _SHORT, _PIECE, _LONGEST_HINT = 60, 25, 30, 400
_NEAR = (-3, -2, -1, 1, 2, 3)
_REACH = 4
_LEVELS = 3
"""How many elements around a block are compared with the rest of the page."""


@dataclass(frozen=True, kw_only=True)
class Witnesses:
    """Texts that say what the article is: two extractions by trafilatura, the page's JSON-LD, its descriptions."""

    first: str
    second: str
    body: str = ""
    summary: str = ""
    titles: Collection[str] = ()


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """The text without any white space and the marks between the cells of a table, raised digits as plain ones."""
    return "".join(text.split()).translate(_PLAIN)


_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789", "|\u200b\u00ad")


def weigh(blocks: Sequence[Block], witnesses: Witnesses, cues: Cues) -> dict[int, Evidence]:
    """The evidence by position of the block, for those worth weighing: told by a witness, near such, or paragraphs."""
    keys = [squeeze(block.text) for block in blocks]
    said = _agreements(keys, witnesses)
    told = [n for n, each in enumerate(said) if max(each["most"], each["summary"], each.get("body", 0)) > 0.5]
    near = {place for n in told for place in range(n - _REACH, n + _REACH + 1)}
    chosen = [n for n, block in enumerate(blocks) if n in near or _is_paragraph(block)]
    found = _evidence(
        [blocks[n] for n in chosen],
        [keys[n] for n in chosen],
        [said[n] for n in chosen],
        witnesses.titles,
        cues,
    )
    return dict(zip(chosen, found, strict=True))


def _is_paragraph(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.linked < 0.5


def _evidence(
    blocks: Sequence[Block],
    keys: Sequence[str],
    said: Sequence[Evidence],
    titles: Collection[str],
    cues: Cues,
) -> list[Evidence]:
    own = [_own(block, key, cues) for block, key in zip(blocks, keys, strict=True)]
    around = _around(blocks, keys, own, said)
    repeated = _repeats(keys, titles)
    return [{**a, **b, **c, **d} for a, b, c, d in zip(own, said, around, repeated, strict=True)]


def _agreements(keys: Sequence[str], witnesses: Witnesses) -> list[dict[str, float]]:
    first, second = _Said(witnesses.first), _Said(witnesses.second)
    body, summary = _Said(witnesses.body), _Said(witnesses.summary)
    found = []
    for key in keys:
        one, other = first.share(key), second.share(key)
        votes = {"first": one, "second": other, "most": max(one, other), "both": min(one, other)}
        votes |= {"vote": (one + other) / 2, "summary": summary.share(key)}
        if body.text:
            votes |= {"has body": 1.0, "body": (told := body.share(key)), "body and vote": told * one}
        found.append(votes)
    return found


class _Said:
    """A witness's text, to be asked for blocks."""

    def __init__(self, text: str) -> None:
        self.text = squeeze(text)
        self._lines = {squeeze(line).lstrip("-") for line in text.split("\n")} if text else set()

    def share(self, key: str) -> float:
        """How much of a block the witness tells, 0 to 1; a short one must be a line of its own there."""
        if not self.text or len(key) < _SHORT:
            return float(key in self._lines)
        if key in self.text:
            return 1.0
        pieces = [key[n : n + _PIECE] for n in range(0, len(key), _PIECE)]
        return sum(piece in self.text for piece in pieces) / len(pieces)


def _own(block: Block, key: str, cues: Cues) -> dict[str, float]:
    """What the block tells by itself."""
    text, length = block.text, len(key) or 1
    hinting = length < _LONGEST_HINT
    ended = _ENDED.search(text[-20:]) is not None
    prose = len(text) >= _PROSE and (ended or _SENTENCES_INSIDE.search(text) is not None)
    found = {
        "length": min(math.log1p(length) / 6, 1.2),
        "short": length < _SHORT,
        "prose": prose,
        "ended": ended,
        "small letter": text[0].islower(),
        "digits": sum(map(str.isdigit, key)) / length,
        "capitals": sum(map(str.isupper, key)) / length,
        "linked": block.linked,
        "all linked": block.linked > 0.8,
        "unlinked prose": prose * (1 - block.linked),
        "cue": hinting and cues.reason(text) is not None,
        "cue within": hinting and cues.reason_within(text) is not None,
        "credit": hinting and cues.ends_with_credit(text),
        "dated": hinting and any(map(str.isdigit, key)) and is_date_line(text),
        "colon": text.endswith(":"),
        "dots": text.endswith(("...", "…")),
        "question": text.endswith("?"),
        f"tag {block.tag if block.tag in _TAGS else 'other'}": 1,
    }
    return {name: float(value) for name, value in (*found.items(), *_places(block))}


def _places(block: Block) -> Iterator[tuple[str, float]]:
    """Only regions inside the article's own container speak against a block: a whole page may be a `.teaser`."""
    holders = [n for n, region in enumerate(block.regions) if region in _HOLDERS]
    inside = block.regions[holders[-1] + 1 :] if holders else block.regions
    yield from ((f"in {region}", 1.0) for region in inside)
    yield from ((f"has {block.regions[n]}", 1.0) for n in holders)
    if block.regions:
        yield f"at {block.regions[-1]}", 1.0


def _around(
    blocks: Sequence[Block],
    keys: Sequence[str],
    own: Sequence[Evidence],
    said: Sequence[Evidence],
) -> list[dict[str, float]]:
    """What the neighbours of a block and the elements around it tell."""
    votes, prose = [each["vote"] for each in said], [each["prose"] for each in own]
    shares = _Shares(blocks, keys, own, votes)
    found = []
    for n, block in enumerate(blocks):
        near = [(k, n + k) for k in _NEAR if 0 <= n + k < len(blocks)]
        values = {f"vote {k:+}": votes[place] for k, place in near}
        values |= {f"prose {k:+}": prose[place] for k, place in near}
        values |= {"prose and vote": prose[n] * said[n]["first"], **dict(shares.of(block))}
        values |= {"short and vote": own[n]["short"] * votes[n]}
        values |= {"heading and vote": (block.tag[0] == "h") * votes[n]}
        found.append(values)
    return found


class _Shares:
    """How much of the page's prose and of its voted text each element holds."""

    def __init__(
        self, blocks: Sequence[Block], keys: Sequence[str], own: Sequence[Evidence], votes: Sequence[float]
    ) -> None:
        self._all, self._prose = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
        self._voted = defaultdict[tuple[int, int], float](float)
        whole = (-1, 0)
        for block, key, each, vote in zip(blocks, keys, own, votes, strict=True):
            for place in (whole, *enumerate(block.parents[:_LEVELS])):
                self._all[place] += len(key)
                self._voted[place] += len(key) * vote
                self._prose[place] += len(key) * (each["prose"] > 0 and block.linked < 0.5)
        self._votes, self._page = self._voted[whole] + 1, self._prose[whole] + 1

    def of(self, block: Block) -> Iterator[tuple[str, float]]:
        for level, number in enumerate(block.parents[:_LEVELS]):
            place = (level, number)
            yield f"voted {level}", self._voted[place] / (self._all[place] + 1)
            yield f"prose share {level}", self._prose[place] / self._page
            yield f"vote share {level}", self._voted[place] / self._votes


def _repeats(keys: Sequence[str], titles: Collection[str]) -> list[dict[str, float]]:
    """Whether a block is the title, or stands more than once in the page."""
    counts, seen, found = Counter(keys), set[str](), []
    known = {squeeze(title).lower() for title in titles}
    joined = " ".join(known)
    for key in keys:
        low = key.lower()
        titled = low in known or (len(low) > 20 and low in joined)
        found.append(
            {"title": float(titled), "repeated": float(counts[key] > 1), "again": float(key in seen)}
        )
        seen.add(key)
    return found
