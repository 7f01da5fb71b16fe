"""Articles that tell the same story in nearly the same words: wire copies, re-publications.

MinHash signatures of word triples (Broder, On the resemblance and containment of documents, 1997), candidates by
banding (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4), checked by whole signatures.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexDamaged

FILES = ("stories.signatures.npy",)
_BANDS, _ROWS = 16, 4
"""Half of the pairs that share half of their triples become candidates, nearly all that share seven tenths."""
_ALIKE = 0.6
"""Articles that share this part of their triples, as estimated, tell the same story."""
_TRIPLE = 3
_SEED = 1

Signature = NDArray[np.uint32]
Signatures = NDArray[np.uint32]


class Signer:
    """Signatures of texts, shape (64,) each."""

    def __init__(self) -> None:
        from rensa import RMinHash

        self._new = RMinHash

    def sign(self, words: Sequence[str]) -> Signature:
        """Of an article's words in order, folded."""
        triples = {" ".join(words[i : i + _TRIPLE]) for i in range(max(1, len(words) - _TRIPLE + 1))}
        signer = self._new(num_perm=_BANDS * _ROWS, seed=_SEED)
        signer.update(list(triples))
        return np.array(signer.digest(), np.uint32)


def same_stories(signatures: Signatures) -> Iterator[tuple[int, int]]:
    """Numbers of articles that share their story with others, each with that of the first that tells it.

    `signatures` of shape (articles, 64).
    """
    leaders = np.arange(len(signatures))
    for first, other in _candidates(signatures):
        one, two = _leader(leaders, first), _leader(leaders, other)
        if one != two and np.mean(signatures[first] == signatures[other]) >= _ALIKE:
            leaders[max(one, two)] = min(one, two)
    found = np.array([_leader(leaders, number) for number in range(len(leaders))], np.int64)
    shared = np.bincount(found, minlength=len(found))[found] > 1 if len(found) else np.zeros(0, bool)
    for number in np.flatnonzero(shared):
        yield int(number), int(found[number])


def _leader(leaders: NDArray[np.int64], number: int) -> int:
    while leaders[number] != number:
        leaders[number] = leaders[leaders[number]]
        number = int(leaders[number])
    return number


def _candidates(signatures: Signatures) -> Iterator[tuple[int, int]]:
    """Pairs of neighbours among the articles that are alike in a band."""
    for band in range(_BANDS):
        part = np.ascontiguousarray(signatures[:, band * _ROWS : (band + 1) * _ROWS])
        keys = part.view(np.dtype((np.void, part.dtype.itemsize * _ROWS))).ravel()
        order = np.argsort(keys, kind="stable")
        alike = keys[order[1:]] == keys[order[:-1]]
        for i in np.flatnonzero(alike):
            yield int(order[i]), int(order[i + 1])


def save(folder: Path, signatures: Iterable[Signature]) -> Signatures:
    """Writes the signatures of all articles in order; gives them back, shape (articles, 64)."""
    rows = list(signatures)
    stacked = np.stack(rows) if rows else np.zeros((0, _BANDS * _ROWS), np.uint32)
    np.save(folder / FILES[0], stacked, allow_pickle=False)
    return stacked


def load(folder: Path, articles: int) -> Signatures:
    """Memory-mapped; raises IndexDamaged when the file cannot be read or belongs to another index."""
    try:
        signatures: Signatures = np.load(folder / FILES[0], mmap_mode="r", allow_pickle=False)
        if signatures.shape != (articles, _BANDS * _ROWS):
            raise ValueError("signatures of another index")
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamaged(
            f"The signatures in {folder} cannot be read: run `trichdan reindex` to make a new index."
        ) from error
    return signatures
