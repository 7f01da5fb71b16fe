"""`ask`: one answer, or one for each line of standard input, by itself or as a conversation."""

import argparse
import sys
from collections.abc import Iterator
from functools import partial

from bot.cli.output.answer_json import answer_json
from bot.cli.output.terminal import print_answer, print_waiting
from bot.conversation.answering import find
from bot.conversation.verified import answer_verified, verified
from bot.exit_codes import DONE, NOTHING_FOUND, USAGE
from bot.texts import load_texts
from retrieval.article import Answer
from retrieval.follow_ups.context import Context
from retrieval.retriever import Retriever


def ask(retriever: Retriever, options: argparse.Namespace) -> int:
    """The exit code."""
    show = _print_json if options.json else partial(_print_text, whole=options.all)
    if options.question == ["-"]:
        answers = _conversations if options.conversation else _each_alone
        for answer in answers(retriever, options.limit):
            show(answer)
        return DONE
    answer = answer_verified(retriever, " ".join(options.question), options.limit)
    show(answer)
    return _exit_code(answer)


def _each_alone(retriever: Retriever, limit: int) -> Iterator[Answer]:
    for question in _lines():
        yield answer_verified(retriever, question, limit)


def _conversations(retriever: Retriever, limit: int) -> Iterator[Answer]:
    """The answers to lines that follow one another; an empty line begins anew and gets none."""
    context: Context | None = None
    for line in _lines():
        if not line.strip():
            context = None
            continue
        found = find(retriever, line, context, limit=limit)
        context = found.context
        yield verified(retriever, found.answer)


def _exit_code(answer: Answer) -> int:
    if answer.kind == "invalid":
        return USAGE
    return DONE if answer.answered or answer.kind == "chitchat" else NOTHING_FOUND


def _lines() -> Iterator[str]:
    """The lines of standard input; bytes that are not UTF-8 are replaced, never an error."""
    for line in sys.stdin.buffer if sys.stdin else ():
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _print_json(answer: Answer) -> None:
    print(answer_json(answer), flush=True)


def _print_text(answer: Answer, *, whole: bool) -> None:
    from rich.console import Console

    target = Console(stderr=not answer.excerpts and answer.kind == "invalid", highlight=False, emoji=False)
    texts = load_texts(answer.language)
    print_answer(target, answer, texts, whole=whole)
    if not whole:
        print_waiting(target, answer, texts, "ask")
