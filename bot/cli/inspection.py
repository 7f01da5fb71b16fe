"""`inspect` and `show`: what a source becomes, and what the index holds of an article."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.exit_codes import DONE, ERROR, NOTHING_FOUND
from bot.printable import complain, json_line, say
from retrieval.article import Article, Passage
from retrieval.errors import IndexUnusable, SourceError
from retrieval.index.embedded.generations import Generations
from retrieval.index.learned.outlet_lines import Repeats
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
from retrieval.sources.collection import Reading, Source, scan, without_twins
from retrieval.sources.model import Dropped, Failure, Sourced
from retrieval.sources.reading_ahead import read_all, split_within_limits


def inspect_files(
    files: Sequence[Source], reading: Reading, generations: Generations, *, as_json: bool
) -> int:
    """Prints what each file or page becomes; a bad one is named on stderr and the others go on.

    What the index in service has learned of their outlets' furniture is told as well.
    """
    code, learned = DONE, _learned(generations)
    with Workers() as workers:
        for file in files:
            try:
                for found in without_twins(read_all(scan([file], reading), workers)):
                    if isinstance(found, Failure):
                        code = _complain(f"{found.path}: {found.reason}")
                        continue
                    for remark in found.remarked:
                        _complain(f"{remark.path}: {remark.reason}")
                    if not _print_source(_without_furniture(found, learned), workers, as_json):
                        code = ERROR
            except SourceError as error:
                code = _complain(str(error))
    return code


def _learned(generations: Generations) -> Repeats:
    try:
        folder = generations.current_folder()
        return Repeats.load(folder) if folder else Repeats()
    except IndexUnusable:
        return Repeats()


def _without_furniture(found: Sourced, learned: Repeats) -> Sourced:
    if found.trusted:
        return found
    article, lines = learned.without(found.article)
    dropped = (Dropped(line, "shared by the outlet's articles") for line in lines)
    return replace(found, article=article, dropped=(*found.dropped, *dropped))


def show_article(generations: Generations, article_id: str, *, as_json: bool) -> int:
    """Prints the indexed text and metadata of one article."""
    with generations.catalogue() as articles:
        article = articles.article(article_id)
    if article is None:
        complain(f"No article has the id {article_id!r}: `trichdan ask --json` gives ids.")
        return NOTHING_FOUND
    _print_json(article_object(article)) if as_json else _print_article(article)
    return DONE


def article_object(article: Article) -> dict[str, Any]:
    """The object of `show --json`; `start` and `end` of excerpts are code points into `text`."""
    date = article.date.isoformat() if article.date else None
    names = ("title", "source", "author", "url", "path", "lang", "text")
    return {"article_id": article.id, "date": date, **{name: getattr(article, name) for name in names}}


def source_object(found: Sourced) -> dict[str, Any]:
    """The object of `inspect --json`, but for its passages."""
    dropped = [{"text": each.text, "reason": each.reason} for each in found.dropped]
    values = article_object(found.article)
    names = ("path", "title", "date", "source", "author", "url", "lang", "text")
    return {**{name: values[name] for name in names}, "dropped": dropped}


def _complain(sentence: str) -> int:
    complain(sentence)
    return ERROR


def _print_source(found: Sourced, workers: Workers, as_json: bool) -> bool:
    """False after saying that its passages are too much."""
    try:
        passages = split_within_limits(found.article, workers)
    except ChildFailed as error:
        _complain(f"{found.place}: {error}")
        return False
    if as_json:
        _print_json({**source_object(found), "passages": [_passage_object(p) for p in passages]})
        return True
    _print_article(found.article)
    print(f"\n-- lines dropped: {len(found.dropped)}")
    for dropped in found.dropped:
        say(f"  [{dropped.reason}] {dropped.text}")
    print(f"\n-- passages: {len(passages)}")
    for passage in passages:
        heading = f"  under: {passage.heading}" if passage.heading else ""
        say(f"  {passage.start}-{passage.end}{heading}")
    return True


def _passage_object(passage: Passage) -> dict[str, Any]:
    names = ("id", "start", "end", "text", "heading")
    return {name: getattr(passage, name) for name in names}


def _print_article(article: Article) -> None:
    for name, value in article_object(article).items():
        if name != "text":
            say(f"{name}: {value if value is not None else '-'}")
    say(f"\n{article.text}")


def _print_json(values: dict[str, Any]) -> None:
    print(json_line(values))
