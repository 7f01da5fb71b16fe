"""Writes retrieval/questions/data/words.npy: what is a word of English or Russian, whether a collection has it or not.

Run: .venv/bin/python -m fitting.fit_words        (TRICHDAN_DEV_DATA names the data, default ../shared/data)

Sources: English passages and questions (SQuAD 2.0) and sentences in both languages (NTREX-128), CC BY-SA 4.0; the
lexicons; the whole words among the pieces of the bundled model. What is kept are hashes of stems.
"""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import regex

from fitting.development_data import DATA, ROOT, rows
from retrieval.embedding.bundled.carrier import read_carrier
from retrieval.questions.translation import LANGUAGES, load_lexicon
from retrieval.questions.words import stem_hash, word_hash, written_in

FILE = ROOT / "retrieval" / "questions" / "data" / "words.npy"
ENGLISH = "en"
_WORD = regex.compile(r"\p{L}{2,}")
_PIECE = regex.compile(r"▁(\p{L}{4,})")
"""A word's beginning is a piece too: shorter ones are rather that."""


def texts(language: str) -> Iterator[str]:
    """All there is in `language`."""
    if language == ENGLISH:
        for row in chain(rows("squad/passages.jsonl"), rows("squad/questions.jsonl")):
            yield row.get("text") or row["question"]
    if (DATA / f"xquad-dev/passages.{language}.jsonl").is_file():
        yield from (row["text"] for row in rows(f"xquad-dev/passages.{language}.jsonl"))
    for row in rows("parallel/sentences.jsonl"):
        if row["split"] == "train" and language in row:
            yield row[language]


def lexicon_stems(language: str) -> Iterator[str]:
    """Those that a lexicon translates."""
    lexicon = load_lexicon(language)
    return iter(lexicon.stems) if lexicon else iter(())


def main() -> None:
    pieces = filter(None, map(_PIECE.fullmatch, read_carrier().tokens.pieces))
    carried = {piece[1].lower() for piece in pieces}
    found: set[int] = set()
    for language in LANGUAGES:
        words = {word.lower() for text in texts(language) for word in _WORD.findall(text)}
        words |= {word for word in carried if language in written_in(word)}
        found |= {word_hash(language, word) for word in words}
        found |= {stem_hash(each) for each in lexicon_stems(language) if " " not in each}
    np.save(FILE, np.array(sorted(found), np.uint32))
    print(f"{FILE}: {len(found)} stems")


if __name__ == "__main__":
    main()
