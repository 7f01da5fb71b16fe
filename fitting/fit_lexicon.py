"""Writes retrieval/questions/data/lexicon.*.tsv: translation probabilities from parallel development data.

Run: .venv/bin/python -m fitting.fit_lexicon        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

Pairs: the same question in two languages (XQuAD, MLQA, asked), the same passage sentence by sentence (XQuAD), and
parallel sentences of news and of an encyclopaedia (NTREX-128, FLORES). What is for judging is left out. All sets are CC
BY-SA; what is kept are probabilities of words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from fitting.development_data import DATA as DEVELOPMENT
from fitting.development_data import ROOT, questions, rows
from retrieval.questions.translation import LANGUAGES as TRANSLATED
from retrieval.questions.translation import TARGET, Lexicon, Table, load_glossary, stems
from retrieval.text.forms import tokens
from retrieval.text.sentences import sentences

DATA = ROOT / "retrieval" / "questions" / "data"
LANGUAGES = tuple(code for code in TRANSLATED if (DEVELOPMENT / f"xquad-dev/passages.{code}.jsonl").is_file())
"""Those that there is parallel data of."""
ITERATIONS = 4
LEAST, MOST = 0.02, 10
"""Translations kept of a stem: at least so probable, at most so many."""
_NEAR = 0.06
"""Two sentences end at the same place when these shares of their texts differ by less."""
_NOTHING = ""
"""The empty source word, which explains what no word does."""

_NO_PASSAGE = ""
"""Of pairs that are from no passage of the sets that folds are made of."""

Pair = tuple[list[str], list[str]]
Probabilities = dict[str, dict[str, float]]


def fit_lexicon(language: str, wanted: Callable[[str], bool]) -> Lexicon:
    """The lexicon learned from the pairs whose passage id is `wanted`."""
    return Lexicon(language, fit_table(language, wanted), load_glossary(language))


def fit_table(language: str, wanted: Callable[[str], bool] = lambda passage: True) -> Table:
    """What is learned from the pairs whose passage id is `wanted`."""
    return _strongest(
        _model_1([pair for passage, pair in _pairs(language) if passage == _NO_PASSAGE or wanted(passage)])
    )


def _pairs(language: str) -> Iterator[tuple[str, Pair]]:
    """(passage id, (source stems, Vietnamese terms))."""
    for source, target in _translated(language):
        yield _NO_PASSAGE, (_source(language, source), _target(target))
    by_group: dict[str, dict[str, dict[str, object]]] = defaultdict(dict)
    for row in questions():
        by_group[row["group"]][row["lang"]] = row
    for versions in by_group.values():
        if language in versions and TARGET in versions:
            source, target = str(versions[language]["question"]), str(versions[TARGET]["question"])
            passages = versions[TARGET]["passage_ids"]
            assert isinstance(passages, list)
            yield passages[0], (_source(language, source), _target(target))
    there = {row["id"]: row["text"] for row in rows("xquad-dev/passages.jsonl")}
    for row in rows(f"xquad-dev/passages.{language}.jsonl"):
        ours, theirs = _sentences(there[row["id"]]), _sentences(row["text"])
        for source, target in _aligned(theirs, ours):
            yield row["id"], (_source(language, source), _target(target))


def _translated(language: str) -> Iterator[tuple[str, str]]:
    """A text and its Vietnamese twin: parallel sentences, and questions typed as people type them."""
    for row in rows("parallel/sentences.jsonl"):
        if row.get("split") != "dev" and row.get(language) and row.get(TARGET):
            yield row[language], row[TARGET]
    for name in ("ntrex", "wiki"):
        groups: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows(f"asked/{name}/questions.jsonl"):
            if row["split"] == "train" and row["form"] == "plain":
                groups[row["group"]][row["lang"]] = row["question"]
        for versions in groups.values():
            if language in versions and TARGET in versions:
                yield versions[language], versions[TARGET]


def _aligned(theirs: Sequence[str], ours: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbouring sentences grouped so that both sides have got equally far (after Gale and Church, 1993)."""
    their_end, our_end = _progress(theirs), _progress(ours)
    begun_theirs = begun_ours = 0
    for i, far in enumerate(their_end):
        j = int(np.argmin([abs(far - end) for end in our_end]))
        if abs(our_end[j] - far) < _NEAR and j >= begun_ours:
            yield " ".join(theirs[begun_theirs : i + 1]), " ".join(ours[begun_ours : j + 1])
            begun_theirs, begun_ours = i + 1, j + 1


def _progress(parts: Sequence[str]) -> list[float]:
    """The share of the whole text that ends with each part."""
    ends = np.cumsum([len(part) for part in parts])
    return [float(end / ends[-1]) for end in ends]


def _source(language: str, text: str) -> list[str]:
    return [*dict.fromkeys(stems(language, text, tokens(text))), _NOTHING]


def _target(text: str) -> list[str]:
    folded = [token.folded for token in tokens(text)]
    return list(dict.fromkeys([*folded, *(f"{a} {b}" for a, b in pairwise(folded))]))


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def _model_1(pairs: Sequence[Pair]) -> Probabilities:
    """Expectation maximisation from uniform probabilities, over all (source word, target term) links at once."""
    words, terms = _Numbers(), _Numbers()
    links = [
        (words[w], terms[t], pair)
        for pair, (source, target) in enumerate(pairs)
        for t in target
        for w in source
    ]
    word, term, pair = (np.array(column) for column in zip(*links, strict=True))
    keys, entry = np.unique(word * len(terms) + term, return_inverse=True)
    _, explained = np.unique(pair * len(terms) + term, return_inverse=True)
    owner = keys // len(terms)
    probability = np.ones(len(keys))
    for _ in range(ITERATIONS):
        share = probability[entry]
        share /= np.bincount(explained, share)[explained]
        expected = np.bincount(entry, share)
        probability = expected / np.bincount(owner, expected)[owner]
    table: Probabilities = defaultdict(dict)
    for key, p in zip(keys.tolist(), probability.tolist(), strict=True):
        table[words.name(key // len(terms))][terms.name(key % len(terms))] = p
    return table


class _Numbers(dict[str, int]):
    """Names numbered as they come."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]

    def name(self, number: int) -> str:
        if not hasattr(self, "_names"):
            self._names = list(self)
        return self._names[number]


def _strongest(table: Probabilities) -> Table:
    kept = {}
    for word in sorted(table.keys() - {_NOTHING}):
        best = sorted(table[word].items(), key=lambda entry: (-entry[1], entry[0]))[:MOST]
        kept[word] = {term: round(p, 3) for term, p in best if p >= LEAST}
    return {word: terms for word, terms in kept.items() if terms}


def write(language: str, table: Table, target: Path) -> None:
    lines = [f"# Made by fitting/fit_lexicon.py: {language} stem, then Vietnamese terms = probability"]
    for word, terms in table.items():
        lines.append("\t".join([word, *(f"{term}={p:g}" for term, p in terms.items())]))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for code in LANGUAGES:
        learned = fit_table(code)
        write(code, learned, DATA / f"lexicon.{code}.tsv")
        print(f"{code}: {len(learned)} stems")
