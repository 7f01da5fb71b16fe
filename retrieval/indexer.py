"""Sources -> a new generation. What is unchanged is not embedded again; nothing half-written is ever served."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.article import Article, Passage
from retrieval.embedding.cache import EmbeddingCache
from retrieval.embedding.progress import Progress, silent
from retrieval.embedding.protocol import Embedder, Vectors
from retrieval.errors import IndexLocked, IndexUnusable, SourceError
from retrieval.index.dense import DenseIndex
from retrieval.index.generation import Generations
from retrieval.index.lexical import LexicalBuilder
from retrieval.index.manifest import Manifest, checksums, describe
from retrieval.index.marks import MarksBuilder
from retrieval.index.sentence_vectors import SentenceVectors
from retrieval.index.store import StoreWriter
from retrieval.passages import split
from retrieval.sources.collection import read_sources
from retrieval.sources.sourced import Failure
from retrieval.text import Token, sentences, tokens

_BATCH = 512
"""Passages whose sentences are embedded in one go; what is embedded is kept, however the run ends."""


@dataclass(frozen=True)
class Report:
    """What a reindex did: counts of articles, `passages` in the index, `embedded` in this run."""

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[Failure, ...]
    articles: int
    passages: int
    embedded: int
    elapsed_s: float
    generation: str


@dataclass
class _Reading:
    """What was read so far; the texts to embed stand in row order, for each its sentences."""

    texts: list[str] = field(default_factory=list)
    sentences: list[list[str]] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Before:
    """What the serving generation holds: its manifest, and the digest of each article's source."""

    manifest: Manifest
    digests: dict[str, str]

    def is_like(self, folder: Path, embedder: Embedder, sources: Sequence[Path]) -> bool:
        """Whether what was read into `folder` is, byte for byte, what this generation was made from."""
        return (
            checksums(folder).items() <= self.manifest.files.items()
            and self.manifest.model == embedder.fingerprint
            and self.manifest.sources == [str(source) for source in sources]
        )


def context_of(article: Article, passage: Passage) -> str:
    """Title and sub-heading: they inform the match without being part of the excerpt."""
    return ". ".join(part for part in (article.title, passage.heading) if part)


def embedding_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: its context, a line break, its text."""
    return "\n".join(part for part in (context_of(article, passage), passage.text) if part)


def passage_tokens(article: Article, passage: Passage) -> list[Token]:
    """What the lexical index holds for a passage: the tokens of its context and of its text."""
    return [*tokens(context_of(article, passage)), *tokens(passage.text)]


def reindex(
    sources: Sequence[Path],
    data_dir: Path,
    embedder: Embedder,
    *,
    full: bool = False,
    progress: Progress = silent,
    cache_dir: Path | None = None,
) -> Report:
    """Makes the collection exactly what `sources` hold, and current for every process that serves `data_dir`.

    With `full`, passages are embedded anew though their vectors are known; they are kept in `cache_dir`, by default
    in that of `data_dir`. When nothing changed, the serving
    generation stays. Until the new generation is complete and checked, the old one serves.

    Raises:
        SourceError: a source is missing, or none holds an article; the serving index is untouched.
        IndexLocked: another process is indexing.
    """
    started = time.monotonic()
    with _locked(data_dir):
        generations = Generations(data_dir)
        folder = generations.new_folder()
        try:
            reading = _read(sources, folder, progress)
            before = _serving(generations)
            if not full and before is not None and before.is_like(folder, embedder, sources):
                manifest, embedded = before.manifest, 0
            else:
                cache = EmbeddingCache((cache_dir or data_dir / "cache") / "embeddings.sqlite")
                manifest, embedded = _write(
                    folder, reading, cache, embedder, sources, full=full, progress=progress
                )
                generations.publish(folder, manifest)
        finally:
            generations.drop_unfinished()
    elapsed = round(time.monotonic() - started, 3)
    return Report(
        **_compare(before.digests if before else {}, reading.digests),
        failed=tuple(reading.failed),
        articles=manifest.articles,
        passages=manifest.passages,
        embedded=embedded,
        elapsed_s=elapsed,
        generation=manifest.id,
    )


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """One indexing process at a time; the operating system frees the lock of a process that died."""
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data_dir / "reindex.lock", timeout=0):
            yield
    except Timeout as error:
        raise IndexLocked(
            f"Another process is indexing {data_dir}: wait until it is done, then reindex again."
        ) from error


def _read(sources: Sequence[Path], folder: Path, progress: Progress) -> _Reading:
    reading = _Reading()
    lexical, marks = LexicalBuilder(), MarksBuilder()
    with StoreWriter(folder) as store:
        for found in read_sources(sources):
            if isinstance(found, Failure):
                reading.failed.append(found)
                continue
            passages = split(found.article)
            if not passages:
                reading.failed.append(Failure(found.place, "holds no text to cite"))
                continue
            try:
                store.add(found.article, found.digest, passages)
            except UnicodeEncodeError:
                reading.failed.append(Failure(found.place, "its name is not UTF-8: rename it"))
                continue
            reading.digests[found.article.id] = found.digest
            if found.article.lang == "vi":
                marks.add(f"{found.article.title or ''}\n{found.article.text}")
            for passage in passages:
                lexical.add(passage_tokens(found.article, passage))
                reading.texts.append(embedding_text(found.article, passage))
                reading.sentences.append([passage.text[a:b] for a, b in sentences(passage.text)])
            progress("reading articles", len(reading.digests), 0)
    if not reading.texts:
        raise SourceError(_nothing_found(sources, reading.failed))
    lexical.finish().save(folder)
    marks.finish().save(folder)
    return reading


def _nothing_found(sources: Sequence[Path], failed: Sequence[Failure]) -> str:
    named = ", ".join(str(source) for source in sources) or "(none given)"
    first = f" {failed[0].path}: {failed[0].reason}" if failed else ""
    why = f"{first} (and {len(failed) - 1} more)" if len(failed) > 1 else first
    return f"No article was found in {named}; name a folder or file that holds one.{why}"


def _write(
    folder: Path,
    reading: _Reading,
    cache: EmbeddingCache,
    embedder: Embedder,
    sources: Sequence[Path],
    *,
    full: bool,
    progress: Progress,
) -> tuple[Manifest, int]:
    result = cache.embed_passages(embedder, reading.texts, progress, fresh=full)
    DenseIndex.build(result.vectors).save(folder)
    counts = [len(each) for each in reading.sentences]
    vectors = _sentence_vectors(reading.sentences, cache, embedder, fresh=full, progress=progress)
    SentenceVectors.write(folder, counts, vectors, embedder.dimensions)
    progress("writing the index", 0, 1)
    manifest = describe(
        folder,
        articles=len(reading.digests),
        passages=len(reading.texts),
        dimensions=embedder.dimensions,
        model=embedder.fingerprint,
        sources=[str(source) for source in sources],
    )
    progress("writing the index", 1, 1)
    return manifest, result.computed


def _sentence_vectors(
    passages: Sequence[Sequence[str]],
    cache: EmbeddingCache,
    embedder: Embedder,
    *,
    fresh: bool,
    progress: Progress,
) -> Iterator[Vectors]:
    """The vectors of all sentences in order, batch by batch."""
    for start in range(0, len(passages), _BATCH):
        texts = [text for sentences in passages[start : start + _BATCH] for text in sentences]
        yield cache.embed_passages(embedder, texts, fresh=fresh).vectors
        progress("embedding sentences", min(start + _BATCH, len(passages)), len(passages))


def _serving(generations: Generations) -> "_Before | None":
    """The serving generation, None where there is none or it is unusable and so must be made anew."""
    try:
        generation = generations.open_current(None)
    except IndexUnusable:
        return None
    try:
        return _Before(generation.manifest, generation.store.digests())
    finally:
        generation.store.close()


def _compare(before: dict[str, str], now: dict[str, str]) -> dict[str, int]:
    kept = before.keys() & now.keys()
    changed = sum(before[key] != now[key] for key in kept)
    return {
        "added": len(now.keys() - before.keys()),
        "changed": changed,
        "removed": len(before.keys() - now.keys()),
        "unchanged": len(kept) - changed,
    }
