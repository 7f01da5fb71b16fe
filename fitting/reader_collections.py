"""The collections that the reader learns from: passages, and questions with those that answer and those that are near.

`asked` were typed for a search of articles, with near misses; the others are public sets. The nearest passages of each
question are found with the vectors of the embedder, kept in data/cache/reader.
"""

import gzip
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from fitting.asked_collections import off_corpus
from fitting.development_data import DATA, ROOT, Row, document, rows
from fitting.reader_dates import holds_date, rewritten
from fitting.unmarked import without_marks
from retrieval.article import Article
from retrieval.embedding.loading import load_embedder
from retrieval.embedding.protocol import Vectors
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.reading import read_after
from retrieval.questions.query import analyse
from retrieval.text.passages import split

CACHE = ROOT / "data" / "cache" / "reader"
_NEAREST = 12
_EMBEDDED_AT_ONCE = 256
_TELLING = {"en": r"(?<!^)\b[A-Z][\w-]+(?: [A-Z][\w-]+)*|\b\d[\d.,]*\d\b", "ru": r"\b\d[\d.,]*\d\b"}
_ASKED = {"en": ("how many", "who", "which", "when", "where", "what"), "ru": ("сколько", "когда", "какой")}
_MOST_WORDS = 14
_READINGS = 2
_DAYS_SEED = 1
_IN_SMALL_LETTERS = 0.5


@dataclass(frozen=True, slots=True)
class Text:
    """A passage with its article and the article's title."""

    id: str
    doc: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question over one collection. `right` are the passages that hold an answer, none for a near miss; `near` are
    other passages; both the nearest first. The answers stand in the passages as they are."""

    text: str
    lang: str
    form: str
    collection: str
    answers: tuple[str, ...]
    right: tuple[int, ...]
    near: tuple[int, ...]
    split: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages, and the questions that name them by position."""

    texts: list[Text]
    questions: list[Question]


def load() -> list[Collection]:
    """All of them; those that development is judged on come first."""
    return [
        asked("ntrex"),
        asked("wiki"),
        asked("ntrex", "en"),
        asked("ntrex", "ru"),
        public("xquad-dev", halves=True),
        public("mlqa-vi", halves=False),
        public("squad", halves=False),
        gaps(),
        dialogues(),
        elsewhere(),
        days(),
    ]


def asked(name: str, language: str = "vi") -> Collection:
    """The questions of data/asked over `name`; `language` is that of its articles, of which ntrex has three."""
    middle = "" if language == "vi" else f".{language}"
    suffix = ".gz" if name == "wiki" else ""
    texts = article_passages(articles(f"asked/{name}/articles{middle}.jsonl{suffix}"))
    answers = "answers" if language == "vi" else f"answers_{language}"
    found = [
        {**row, "answers": row.get(answers, []), "places": [row["doc"]]}
        for row in rows(f"asked/{name}/questions.jsonl")
        if language == "vi" or row["split"] == "train"
    ]
    return _collection(name if language == "vi" else f"{name}-{language}", texts, found)


def public(name: str, *, halves: bool) -> Collection:
    """squad, mlqa-vi or xquad-dev; of `halves` the documents with an odd number are kept from training."""
    titled = name != "xquad-dev"  # their titles are English
    texts = [
        Text(row["id"], row["id"].rsplit("-", 1)[0], (row.get("title") or "") if titled else "", row["text"])
        for row in rows(f"{name}/passages.jsonl")
    ]
    found = rows(f"{name}/questions.jsonl")
    if name == "xquad-dev":
        found += rows("xquad-dev/unanswerable.jsonl")
    placed = []
    for row in found:
        if places := row["passage_ids"] or row.get("near_passage_ids", []):
            is_kept = halves and int(document(places[0])) % 2
            placed.append({**row, "places": places, "split": "dev" if is_kept else "train"})
    return _collection(name, texts, placed)


def gaps() -> Collection:
    """English and Russian sentences over the Vietnamese articles that they stand in, each with a gap where there is a
    number, or a name that is written alike."""
    texts = article_passages(row for row in articles("asked/ntrex/articles.jsonl") if row["split"] == "train")
    found: list[Row] = []
    for row in rows("parallel/sentences.jsonl"):
        if row["from"] != "ntrex" or row["split"] != "train":
            continue
        for lang, pattern in _TELLING.items():
            for number, match in enumerate(re.finditer(pattern, row[lang])):
                answer = match[0]
                if re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", row["vi"]):
                    before, after = row[lang][: match.start()].split(), row[lang][match.end() :].split()
                    asked = _ASKED[lang][(len(found) + number) % len(_ASKED[lang])]
                    room = _MOST_WORDS // 2
                    question = " ".join([*before[-room:], asked, *after[:room]])
                    found.append(
                        {"question": question, "lang": lang, "answers": [answer], "places": [row["doc"]]}
                    )
    return _collection("gaps", texts, found)


def dialogues() -> Collection:
    """Turns of conversations over the Vietnamese articles: what each means in full, and the ways in which it is read
    after the turn before, as they are searched."""
    texts = article_passages(row for row in articles("asked/ntrex/articles.jsonl") if row["split"] == "train")
    found: list[Row] = []
    for dialogue in rows("asked/dialogues/dialogues.jsonl"):
        before: Row | None = None
        for turn in dialogue["turns"] if dialogue["split"] == "train" else ():
            if turn.get("doc") and turn.get("means"):
                row = {"lang": dialogue["lang"], "answers": turn["expect"] or [], "places": [turn["doc"]]}
                asked = {turn["means"], *(_read_after(turn["q"], before) if before else ())}
                found += [{**row, "question": each} for each in sorted(asked)]
                before = turn
    return _collection("dialogues", texts, found)


def elsewhere() -> Collection:
    """Questions that no news answers, over the Vietnamese articles: others than those that the confidence is fitted or
    judged on."""
    texts = article_passages(row for row in articles("asked/ntrex/articles.jsonl") if row["split"] == "train")
    taken = {
        row["group"] for lang in ("en", "ru") for split in ("dev", "train") for row in off_corpus(lang, split)
    }
    found = [
        {"question": row["question"], "lang": row["lang"], "places": []}
        for row in rows("offcorpus/questions.jsonl")
        if row["group"] not in taken
    ]
    return _collection("elsewhere", texts, found)


def days() -> Collection:
    """Passages of the encyclopaedia with dates as newspapers write them, those beside them, and questions for the day,
    with and without marks."""
    order = Random(_DAYS_SEED)
    texts: list[Text] = []
    found: list[Row] = []
    passages = article_passages(
        row for row in articles("asked/wiki/articles.jsonl.gz") if row["split"] == "train"
    )
    for i, passage in enumerate(passages):
        if not holds_date(passage.text):
            if any(holds_date(other.text) for other in passages[max(0, i - 1) : i + 2]):
                texts.append(passage)
            continue
        told = rewritten(passage.text, order)
        texts.append(replace(passage, text=told.text))
        for question, answer in told.asked:
            row = {"answers": [answer], "places": [passage.id]}
            small = order.random() < _IN_SMALL_LETTERS
            asked = question.casefold() if small else question
            found.append({**row, "question": asked, "lang": "vi"})
            found.append({**row, "question": without_marks(question).casefold(), "lang": "vi-nodia"})
    return _collection("days", texts, found)


def _read_after(question: str, before: Row) -> set[str]:
    """What a question may mean after another one, as that was typed and as it was meant."""
    contexts = [Context.of(before[name], before["doc"]) for name in ("q", "means")]
    readings = [read_after(analyse(question), context) for context in contexts]
    return {each.asked for found in readings if found for each in found.questions[:_READINGS]}


def articles(name: str) -> list[Row]:
    """The rows of a file, packed or not."""
    if not name.endswith(".gz"):
        return rows(name)
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def article_passages(found: Iterable[Row]) -> list[Text]:
    """Passages as the index has them."""
    return [
        Text(passage.id, row["id"], row.get("title") or "", passage.text)
        for row in found
        for passage in split(Article(id=row["id"], text=row["text"], title=row.get("title")))
    ]


def _collection(name: str, texts: list[Text], placed: Sequence[Row]) -> Collection:
    """`placed` rows have question, lang, answers, and `places`, the articles or passages they are about."""
    at: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        for key in dict.fromkeys((text.doc, text.id)):
            at.setdefault(key, []).append(i)
    passages = _vectors(f"{name}-passages", [f"{t.title}\n{t.text}" for t in texts], questions=False)
    queries = _vectors(f"{name}-questions", [row["question"] for row in placed], questions=True)
    plain = [_plain(text.text) for text in texts]
    found = []
    for row, query in zip(placed, queries, strict=True):
        answers = tuple(filter(None, row.get("answers", ())))
        places = [i for where in row["places"] for i in at.get(where, [])]
        right = tuple(i for i in places if any(_plain(answer) in plain[i] for answer in answers))
        if answers and not right:
            continue
        by_distance = np.argsort(-(passages @ query), kind="stable")
        right = tuple(by_distance[np.isin(by_distance, right)].tolist())
        telling = [_plain(answer) for answer in answers if len(answer) > 3]
        nearest = by_distance[: _NEAREST + 4].tolist()
        beside = [i for i in places if i not in right][:4]
        near = (i for i in dict.fromkeys([*nearest, *beside]) if i not in right)
        found.append(
            Question(
                text=row["question"],
                lang=row["lang"],
                form=row.get("form", "plain"),
                collection=name,
                answers=answers,
                right=right,
                near=tuple(i for i in near if not any(answer in plain[i] for answer in telling)),
                split=row.get("split", "train"),
            )
        )
    return Collection(texts, found)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _vectors(name: str, texts: Sequence[str], *, questions: bool) -> Vectors:
    """Shape (texts, dimensions)."""
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"{name}-{len(texts)}.npy"
    if not path.exists():
        embedder = load_embedder("bundled", ROOT / "data" / "models")
        embed = embedder.embed_queries if questions else embedder.embed_passages
        found = []
        for start in range(0, len(texts), _EMBEDDED_AT_ONCE):
            found.append(embed(texts[start : start + _EMBEDDED_AT_ONCE]).astype(np.float16))
            print(f"{name}: {start} of {len(texts)}", flush=True)
        np.save(path, np.concatenate(found), allow_pickle=False)
    vectors: Vectors = np.load(path, allow_pickle=False).astype(np.float32)
    return vectors
