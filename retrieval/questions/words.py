"""What is a word of English or Russian, whether the collection has it or not: it is no slip of another.

`data/words.npy` holds hashes of stems, written by fitting/fit_words.py.
"""

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import regex
from numpy.typing import NDArray

from retrieval.languages.reading import of_each
from retrieval.questions.translation import LANGUAGES, stem
from retrieval.text.forms import respelled

_SHORTEST = 4
"""Letters of a stem that tells its word."""
_SCRIPTS: dict[str, str] = of_each("detection", "script")


@lru_cache(maxsize=1 << 14)
def is_word(written: str) -> bool:
    """Whether `written` is a form of a known word, in small or capital letters."""
    lower, known = respelled(written).lower(), _known()
    for language in written_in(lower):
        key = np.uint32(word_hash(language, lower))
        at = int(np.searchsorted(known, key))
        if at < len(known) and known[at] == key:
            return True
    return False


def written_in(word: str) -> list[str]:
    """The languages whose script `word` begins in."""
    return _with_letter(word[:1])


@lru_cache(maxsize=1 << 10)
def _with_letter(letter: str) -> list[str]:
    return [code for code in LANGUAGES if regex.match(rf"\p{{{_SCRIPTS.get(code, 'Latin')}}}", letter)]


def word_hash(language: str, word: str) -> int:
    """32 bits that stand for the forms of a word in small letters, or for one whose stem is too short to tell."""
    found = stem(language, word)
    return stem_hash(found if len(found) >= _SHORTEST else word)


def stem_hash(stem: str) -> int:
    """32 bits that stand for a stem."""
    return int.from_bytes(hashlib.blake2b(stem.encode("utf-8", "replace"), digest_size=4).digest())


@cache
def _known() -> NDArray[np.uint32]:
    path = files("retrieval.questions") / "data" / "words.npy"
    found: NDArray[np.uint32] = np.load(BytesIO(path.read_bytes()), allow_pickle=False)
    return found
