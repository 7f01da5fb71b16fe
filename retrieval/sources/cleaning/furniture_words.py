"""The words by which pages name their furniture, read from one TOML file a language in `data/`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import regex

Pattern = regex.Pattern[str]
Table = Mapping[str, Mapping[str, list[str]]]

LONGEST_LINE = 200
"""A `lines` cue is never tried on a longer line, captions apart: that is prose."""
LONGEST_CAPTION = 450

_BEFORE = regex.compile(r"^[^\p{L}\p{N}(>»©®\[]+")
_BEHIND = regex.compile(r"(?r)[^\p{L}\p{N})\]+]+$")
"""Searched from the line's end on: from its beginning, each mark of a long row would be tried anew."""
_COUNT = regex.compile(r"(?<=\p{L})\s*[(\[]\d[\d.,]*[)\]]$")
_DATA = files("retrieval.sources.cleaning").joinpath("data")


@dataclass(frozen=True)
class Cues:
    """Compiled cues; the empty one, `Cues()`, leaves cleaning to structure alone.

    `lines` and `within` map a reason to a pattern; `credit` finds a credit at a line's end;
    `outlets` are names in lower case, `common_outlets` those that are also sections of other sites.
    """

    lines: Mapping[str, Pattern] = field(default_factory=dict)
    within: Mapping[str, Pattern] = field(default_factory=dict)
    above: Pattern | None = None
    credit: Pattern | None = None
    outlets: frozenset[str] = frozenset()
    common_outlets: frozenset[str] = frozenset()
    outlet_kinds: tuple[str, ...] = ()

    def reason(self, line: str) -> str | None:
        """The kind of furniture that the whole line names, or None; bylines and source lines are not furniture."""
        key = line_key(line)
        for reason, pattern in self.lines.items():
            limit = LONGEST_CAPTION if reason == "caption" else LONGEST_LINE
            if reason not in ("author", "source") and len(key) <= limit and pattern.fullmatch(key):
                return reason
        return None

    def named_by(self, line: str, section: str) -> bool:
        """Whether the line reads like one of the `lines` of a section."""
        pattern = self.lines.get(section)
        return pattern is not None and len(line) <= LONGEST_LINE and bool(pattern.fullmatch(line_key(line)))

    def follows_headline(self, line: str) -> bool:
        """Whether the line is the link below another article's headline, as `Read more`."""
        return self.above is not None and self.above.fullmatch(line_key(line)) is not None

    def reason_within(self, line: str) -> str | None:
        """The kind of furniture whose words stand somewhere in the line, or None."""
        folded = line.casefold()
        return next((reason for reason, pattern in self.within.items() if pattern.search(folded)), None)

    def ends_with_credit(self, line: str) -> bool:
        """Whether the line ends like a caption: `... (Ảnh: TTXVN)`, `... Photo: Jane Doe`."""
        return self.credit is not None and self.credit.search(line) is not None


def line_key(line: str) -> str:
    """The line in lower case, without icons and marks at its ends and without a count."""
    return _COUNT.sub("", _BEHIND.sub("", _BEFORE.sub("", line.casefold())))


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The cues that come with the package, all languages together."""
    return compile_cues(_tables())


def words_of_all(section: str, kind: str) -> list[str]:
    """What the languages list under a kind of a section."""
    return [entry for table in _tables() for entry in table.get(section, {}).get(kind, [])]


@lru_cache(maxsize=1)
def _tables() -> list[Table]:
    names = sorted(file.name for file in _DATA.iterdir() if file.name.endswith(".toml"))
    return [tomllib.loads(_DATA.joinpath(name).read_text("utf-8")) for name in names]


def compile_cues(tables: Iterable[Table]) -> Cues:
    """Cues out of the parsed TOML tables of any number of languages."""
    merged: dict[tuple[str, str], list[str]] = {}
    for table in tables:
        for reason, lists in table.items():
            for kind, entries in lists.items():
                merged.setdefault((reason, kind), []).extend(entries)
    return Cues(
        lines={reason: _whole(entries) for (reason, kind), entries in merged.items() if kind == "lines"},
        within={reason: _inside(entries) for (reason, kind), entries in merged.items() if kind == "within"},
        above=_whole(merged[("related", "above")]) if ("related", "above") in merged else None,
        credit=_credit(merged.get(("caption", "endings"), [])),
        outlets=frozenset(map(str.casefold, merged.get(("source", "names"), []))),
        common_outlets=frozenset(map(str.casefold, merged.get(("source", "common_names"), []))),
        outlet_kinds=tuple(merged.get(("source", "prefixes"), [])),
    )


def _whole(entries: list[str]) -> Pattern:
    """One entry, or several plain ones in a row: `Facebook Twitter`, `Home | News | Sport`."""
    plain = "|".join(
        sorted((_wildcards(entry) for entry in entries if "*" not in entry), key=len, reverse=True)
    )
    wild = [_wildcards(entry) for entry in entries if "*" in entry]
    # Atomic, or a long row of words would be tried in exponentially many divisions.
    row = rf"(?>{plain})(?:[\s|/·•,›»>–-]++(?>{plain}))*+" if plain else "(?!)"
    return regex.compile("|".join([row, *wild]))


def _wildcards(entry: str) -> str:
    return regex.escape(entry, literal_spaces=True).replace(r"\*", ".*").replace(r"\#", r"\d[\d.,]*\s?k?")


def _inside(entries: list[str]) -> Pattern:
    return regex.compile("|".join(regex.escape(entry) for entry in entries))


def _credit(words: list[str]) -> Pattern | None:
    """A credit opens with one of the words behind a stop, a dash or a bracket, and goes on with a short name."""
    if not words:
        return None
    opening = "|".join(sorted(map(regex.escape, words), key=len, reverse=True))
    before = r"[.,;!?”\"')…|/–—-]\s*|[(\[]\s*"
    name = r"(?:[^:.!?]|\.(?=\S)|(?<=\b\p{Lu})\.){2,70}"
    return regex.compile(
        rf"(?:{before})(?:{opening})(?:\s*[:/]\s*|(?<=\bby)\s){name}[.)\]]*$", regex.IGNORECASE
    )
