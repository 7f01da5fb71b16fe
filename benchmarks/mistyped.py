"""What is mended of mistyped names, and what is taken for mistyped though it is right.

Run: .venv/bin/python -m benchmarks.mistyped        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

Collections: the news and the encyclopaedia of `asked/`, without a model. Questions: those of the training split as they
are, those of MKQA, which are about something else, and the former with one slip in a name that the collection has.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from gzip import decompress
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import thread_time

from fitting.development_data import DATA, Row, rows
from retrieval.embedding.hashed import HashedWords
from retrieval.index.embedded.generations import Generations
from retrieval.index.protocol import Pinned
from retrieval.index.terms import Term
from retrieval.indexing.run import reindex
from retrieval.languages.reading import of
from retrieval.questions.query import Query, analyse
from retrieval.ranking.spelling import as_spelled_here
from retrieval.text.forms import Token
from retrieval.text.language import is_syllable
from retrieval.text.sounds import nominatives, romanised

SETS = {"ntrex": "articles.jsonl", "wiki": "articles.jsonl.gz"}
_SHORTEST = 5
_ELSEWHERE = "offcorpus/questions.jsonl"


def main() -> None:
    for name, articles in SETS.items():
        with TemporaryDirectory() as folder:
            index = _indexed(DATA / "asked" / name / articles, Path(folder))
            asked = [row for row in rows(f"asked/{name}/questions.jsonl") if row["split"] == "train"]
            _unchanged(f"{name}, as they are", asked, index)
            _unchanged(f"{name}, about something else", rows(_ELSEWHERE), index)
            _mended(f"{name}, with a slip", asked, index)


def _indexed(articles: Path, folder: Path) -> Pinned:
    text = articles.read_bytes()
    source = folder / "articles.jsonl"
    source.write_bytes(decompress(text) if articles.suffix == ".gz" else text)
    reindex([source], folder / "data", HashedWords())
    return Generations(folder / "data").open_current(HashedWords.fingerprint)


def _unchanged(title: str, asked: Iterable[Row], index: Pinned) -> None:
    told: dict[str, list[str | None]] = defaultdict(list)
    spent = []
    for row in asked:
        query = analyse(row["question"])
        started = thread_time()
        told[row["lang"]].append(as_spelled_here(query, index).searched)
        spent.append((thread_time() - started) * 1000)
    for language, found in told.items():
        changed = sum(each is not None for each in found)
        print(f"{title:32} {language:9} {len(found):5} questions, changed {changed / len(found):.4f}")
    hundredths = quantiles(spent, n=100)
    print(
        f"{title:32} ms a question: p50 {hundredths[49]:.2f}, p90 {hundredths[89]:.2f}, p99 {hundredths[98]:.2f}"
    )


def _mended(title: str, asked: Iterable[Row], index: Pinned) -> None:
    drawn, outcomes = Random(7), defaultdict[str, Counter[str]](Counter)
    for row in asked:
        query = analyse(row["question"])
        names = list(_names(query, index))
        if not names:
            continue
        name = drawn.choice(names)
        written = query.text[name.start : name.end]
        slip = _slip(written, drawn)
        if slip == written:
            continue
        typed = analyse(query.text[: name.start] + slip + query.text[name.end :])
        found = as_spelled_here(typed, index)
        outcome = "mended" if found.text == query.text else "left" if found.searched is None else "wrong"
        outcomes[row["lang"]][outcome] += 1
    for language, counts in outcomes.items():
        shares = ", ".join(
            f"{what} {counts[what] / counts.total():.3f}" for what in ("mended", "left", "wrong")
        )
        print(f"{title:32} {language:9} {counts.total():5} questions, {shares}")


def _names(query: Query, index: Pinned) -> Iterator[Token]:
    """Capitalised words inside a question that are no syllables, and that the collection holds."""
    for word in query.tokens[1:]:
        plain = word.folded.isalpha() and word.end - word.start == len(word.folded) >= _SHORTEST
        if plain and query.is_capitalised(word) and not is_syllable(word.folded):
            forms = [word.folded, *(romanised(each.name) for each in nominatives(word.folded))]
            if any(index.frequencies({Term("folded", form) for form in forms}).values()):
                yield word


def _slip(word: str, drawn: Random) -> str:
    """`word` with one slip behind its first letter: swapped, left out, doubled, or a key beside in place of or with."""
    i = drawn.randrange(1, len(word) - 1)
    before, letter, after = word[:i], word[i], word[i + 1 :]
    row = next(
        (row for code in ("en", "ru") for row in of(code, "keyboard", "rows") if letter in row), letter
    )
    beside = row[max(row.index(letter) - 1, 0)]
    return drawn.choice(
        [
            before + after[0] + letter + after[1:],
            before + after,
            before + letter + letter + after,
            before + beside + after,
            before + beside + letter + after,
        ]
    )


if __name__ == "__main__":
    main()
