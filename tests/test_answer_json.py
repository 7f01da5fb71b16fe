"""The object of `ask --json`: keys, order and values of the public contract."""

import json
from datetime import date

import pytest
from answers import make_answer, make_excerpt
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.output.answer_json import answer_json
from retrieval.article import Span

ANSWER_KEYS = [
    *["question", "kind", "language", "unaccented", "answered", "unsure", "confidence"],
    *["excerpts", "nearest", "message", "elapsed_ms", "generation"],
]
EXCERPT_KEYS = [
    *["text", "highlights", "score", "article_id", "passage_id", "title", "source", "author", "date"],
    *["url", "path", "paragraph", "start", "end", "also_in", "shown"],
]


def test_an_answer_has_the_published_keys_in_order() -> None:
    """Programs can rely on the keys, and people can find them where they were."""
    answer = json.loads(answer_json(make_answer(make_excerpt("Một câu.", (0, 8), also_in=("b",)))))
    assert list(answer) == ANSWER_KEYS
    assert answer["answered"] is True and answer["message"] is None and answer["confidence"] == 0.93
    assert answer["elapsed_ms"] == {"embedding": 7.25, "search": 3.5, "total": 10.75}
    (excerpt,) = answer["excerpts"]
    assert list(excerpt) == EXCERPT_KEYS
    assert excerpt["highlights"] == [[0, 8]] and excerpt["also_in"] == ["b"]
    assert excerpt["date"] == "2025-04-02" and excerpt["author"] is None
    assert (excerpt["start"], excerpt["end"], excerpt["paragraph"]) == (100, 108, 3)


def test_the_excerpts_that_the_reply_opens_with_tell_how_much_of_them_it_shows() -> None:
    """All are listed whole; what is null waits until it is asked for."""
    found = [
        make_excerpt("Một câu. Hai.", shown=Span(0, 8)),
        make_excerpt("Ba.", shown=Span(0, 3)),
        make_excerpt(),
    ]
    excerpts = json.loads(answer_json(make_answer(*found)))["excerpts"]
    assert [excerpt["shown"] for excerpt in excerpts] == [[0, 8], [0, 3], None]
    assert excerpts[0]["text"] == "Một câu. Hai."


def test_what_was_searched_is_told_where_it_is_not_what_was_asked() -> None:
    answer = json.loads(answer_json(make_answer(question="Lavorv?", searched="Lavrov?")))
    assert (answer["question"], answer["searched"]) == ("Lavorv?", "Lavrov?")
    assert [key for key in answer if key != "searched"] == ANSWER_KEYS


def test_dates_are_iso_or_null() -> None:
    """A date has four digits of year; an unknown one is null."""
    found = [make_excerpt(date=date(987, 1, 2)), make_excerpt(date=None)]
    dates = [excerpt["date"] for excerpt in json.loads(answer_json(make_answer(*found)))["excerpts"]]
    assert dates == ["0987-01-02", None]


def test_a_measured_total_is_kept() -> None:
    """The total is the measured one where there is one, and it stands last."""
    answer = json.loads(answer_json(make_answer(elapsed_ms={"total": 12.346, "search": 3.0})))
    assert list(answer["elapsed_ms"].items()) == [("search", 3.0), ("total", 12.35)]
    assert json.loads(answer_json(make_answer(elapsed_ms={})))["elapsed_ms"] == {"total": 0.0}


@pytest.mark.parametrize(
    ("language", "kind", "reason", "words"),
    [
        ("vi", "question", "refused", "không trả lời được"),
        ("ru", "question", "refused", "нет ответа"),
        ("en", "chitchat", "greeting", "Hello!"),
        ("fr", "chitchat", "thanks", "Any time!"),
        ("en", "invalid", "blank", "no question"),
        ("ru", "invalid", "too_long", "символов"),
    ],
)
def test_message_is_in_the_language_asked(language: str, kind: str, reason: str, words: str) -> None:
    """Refusals, chit-chat and invalid lines say in words why there are no excerpts."""
    answer = json.loads(answer_json(make_answer(language=language, kind=kind, reason=reason)))
    assert words in answer["message"]
    assert answer["answered"] is False and answer["excerpts"] == []


def test_nearest_has_the_shape_of_excerpts() -> None:
    """A refusal lists the nearest passages for programs to use."""
    (nearest,) = json.loads(answer_json(make_answer(nearest=(make_excerpt(),))))["nearest"]
    assert list(nearest) == EXCERPT_KEYS


@given(st.text(st.characters() | st.sampled_from('\ud800\udfff\x85\u2028\u2029\n\r\0"\\')))
def test_any_text_is_one_line_of_utf8_that_reads_back(text: str) -> None:
    """One object is one line for every reader, and no character is lost, not even a lone surrogate."""
    line = answer_json(make_answer(make_excerpt(text, title=text), question=text))
    assert len(line.splitlines()) == 1
    answer = json.loads(line.encode("utf-8"))
    expected = json.loads(json.dumps(text))  # two surrogates that make a pair read back as one character
    assert answer["question"] == answer["excerpts"][0]["text"] == answer["excerpts"][0]["title"] == expected


def test_letters_are_readable() -> None:
    """Vietnamese and Russian stand as letters, not as escapes."""
    assert '"question": "Giá điện? Цена?"' in answer_json(make_answer(question="Giá điện? Цена?"))
