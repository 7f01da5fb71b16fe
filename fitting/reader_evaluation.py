"""How well the reader alone does on questions over articles that it was not trained on."""

from collections.abc import Sequence
from random import Random

import numpy as np
import torch

from fitting.reader_collections import Collection, Question
from fitting.reader_groups import Pair, answer_spans
from fitting.reader_tokens import Encoder, batches
from retrieval.embedding.reader.network import ReaderNetwork
from retrieval.embedding.reader.sentences import chances
from retrieval.evaluation.figures import auroc
from retrieval.text.sentences import sentences

_TOGETHER = 16
_PASSAGES = 6


def evaluate(
    network: ReaderNetwork, encoder: Encoder, collections: Sequence[Collection], sample: int | None = None
) -> None:
    """Prints, by kind of question: how often the right passage comes first of six, the AUROC of near misses, how often
    the sentence found in the right passage answers."""
    for collection in collections:
        kinds: dict[str, list[Question]] = {}
        for question in collection.questions:
            if question.split == "dev":
                kinds.setdefault(f"{question.collection} {question.form} {question.lang}", []).append(
                    question
                )
        for kind, questions in sorted(kinds.items()):
            order = Random(1)
            _tell(
                kind,
                network,
                encoder,
                collection,
                order.sample(questions, min(sample or 10**6, len(questions))),
            )


def _tell(
    kind: str, network: ReaderNetwork, encoder: Encoder, collection: Collection, questions: Sequence[Question]
) -> None:
    first, right_sentence = [], []
    there: list[float] = []
    near: list[float] = []
    for question in questions:
        own = [*question.right[:2], *question.near][:_PASSAGES]
        texts = [collection.texts[i] for i in own]
        scores, numbers = read(network, encoder, [Pair(question.text, t.title, t.text) for t in texts])
        best = int(np.argmax(scores))
        (there if question.right else near).append(scores[best])
        if question.right:
            first.append(own[best] in question.right)
            right_sentence.append(_answers(texts[0].text, question.answers, numbers[0]))
    area = auroc(there, near)
    print(
        f"  {kind}: first {np.mean(first):.3f} of {len(first)}, near misses {area or float('nan'):.3f},"
        f" sentence {np.mean(right_sentence):.3f}",
        flush=True,
    )


@torch.no_grad()
def read(network: ReaderNetwork, encoder: Encoder, pairs: Sequence[Pair]) -> tuple[list[float], list[int]]:
    """Of each pair the log-odds that it answers, and the number of the sentence."""
    lines = [encoder(pair) for pair in pairs]
    scores, numbers = [0.0] * len(pairs), [0] * len(pairs)
    for batch in batches(lines, _TOGETHER):
        states = network.encoder(input_ids=batch.ids, attention_mask=batch.mask)[0]
        found = network.heads(states.float(), batch.kinds)
        for row, number in enumerate(batch.numbers):
            scores[number] = float(found.answers[row])
            count = max(lines[number].sentences) + 1
            numbers[number] = int(chances(found.starts[row].numpy(), lines[number].sentences, count).argmax())
    return scores, numbers


def _answers(text: str, answers: Sequence[str], number: int) -> bool:
    part = sentences(text)[number]
    return any(part.start <= span.start < part.end for span in answer_spans(text, answers))
