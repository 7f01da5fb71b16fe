"""Articles taken apart in other processes come out in order, as they would here, and none is lost with a process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable

from retrieval.article import Article, Span
from retrieval.indexing.analysis import take_apart
from retrieval.indexing.analysis_ahead import Apart, Fresh, TakingApartAhead, TooMuch
from retrieval.indexing.spool import Spooled
from retrieval.processes.child import Limits
from retrieval.processes.workers import Workers


def ahead(workers: Workers, **options: int) -> TakingApartAhead:
    """In small batches."""
    return TakingApartAhead(workers, batch=200, **options)


def fresh(number: int) -> Fresh:
    text = f"Bài số {number} kể chuyện làng bên sông. Chợ họp mỗi sáng thứ {number % 7}."
    return Fresh(Spooled(Article(f"a{number}", text, lang="vi"), "d", "o", trusted=False), [])


def outcome(parts: Iterable[Span | Apart | TooMuch]) -> list[object]:
    """Spans as they are, reasons for what was lost, else the ids of the articles with their passages."""
    found: list[object] = []
    for part in parts:
        if isinstance(part, Span):
            found.append(part)
        elif isinstance(part, TooMuch):
            found.append(part.reason)
        else:
            ids = [each.spooled.article.id for each in part.articles]
            found += zip(ids, part.parts.passages, strict=True)
    return found


def test_in_other_processes_all_comes_out_as_here_and_in_order() -> None:
    articles: list[Span | Fresh] = [fresh(n) for n in range(20)]
    articles[7:7] = [Span(0, 3)]
    with Workers(1) as here, Workers(2) as others:
        expected = outcome(ahead(here)(articles))
        assert outcome(ahead(others, alone=0)(articles)) == expected
        assert others.running and not here.running
    assert expected[7] == Span(0, 3) and len(expected) == 21


def test_a_few_articles_start_no_process() -> None:
    with Workers(2) as workers:
        assert len(outcome(ahead(workers)([fresh(1), fresh(2)]))) == 2
        assert not workers.running


def test_nothing_is_lost_with_a_process_that_is_killed() -> None:
    articles = [fresh(n) for n in range(40)]
    with Workers(2) as workers:
        workers.submit(_die, 0)
        workers.submit(_die, 0)
        found = outcome(ahead(workers, alone=0)(articles))
    assert found == [
        (each.spooled.article.id, take_apart([each.spooled.article]).passages[0]) for each in articles
    ]


def test_a_long_article_is_taken_apart_where_it_can_be_stopped() -> None:
    long = fresh(1)
    text = long.spooled.article.text * 400
    long = long._replace(spooled=long.spooled._replace(article=Article("long", text, lang="vi")))
    with Workers(1) as workers:
        assert len(outcome(ahead(workers)([fresh(0), long]))) == 2
        assert workers.running


def test_an_article_that_is_too_much_costs_itself_alone() -> None:
    text = fresh(1).spooled.article.text * 120_000  # a second is too little for eight megabytes
    long = Fresh(Spooled(Article("long", text, lang="vi"), "d", "o", trusted=False), [])
    with Workers(1, Limits(cpu_s=1, memory=2**30)) as workers:
        found = outcome(ahead(workers, alone=0)([fresh(0), long, fresh(2)]))
    assert [each[0] if isinstance(each, tuple) else each for each in found] == [
        "a0",
        "takes more than 1 s of processor time: split it, or save it as plain text",
        "a2",
    ]


def _die(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
