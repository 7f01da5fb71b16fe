"""`inspect`, `articles` and `show`: what a source becomes, and what the index holds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation.replies.wording import named, one_line
from bot.exit_codes import DONE, ERROR, NOTHING_FOUND
from bot.printable import complain, json_line, say
from bot.texts import load_texts
from retrieval.article import Article, Passage
from retrieval.errors import IndexUnusable, SourceError
from retrieval.index.catalogue import Listed
from retrieval.index.embedded.generations import Generations
from retrieval.index.learned.outlet_lines import Repeats
from retrieval.processes.child import ChildFailed
from retrieval.processes.workers import Workers
from retrieval.sources.collection import Reading, Source, scan, without_twins
from retrieval.sources.model import Dropped, Failure, Sourced
from retrieval.sources.reading_ahead import read_all, split_within_limits

_LISTED_AT_ONCE = 1000
_LONGEST_NAME = 120
_LONGEST_ID = 300


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
        complain(f"No article has the id {article_id!r}: `trichdan articles` lists the ids.")
        return NOTHING_FOUND
    _print_json(article_object(article)) if as_json else _print_article(article)
    return DONE


def list_articles(generations: Generations, *, as_json: bool) -> int:
    """Prints a line for each article: its date, its id, what it is called and where it is from."""
    with generations.catalogue() as articles:
        for first in range(0, articles.articles, _LISTED_AT_ONCE):
            for listed in articles.listed(first, _LISTED_AT_ONCE):
                _print_json(listed_object(listed)) if as_json else say(_line(listed))
        if articles.articles:
            return DONE
    complain("There are no articles yet: `trichdan reindex SOURCE` adds some.")
    return NOTHING_FOUND


def listed_object(listed: Listed) -> dict[str, Any]:
    """An object of `articles --json`."""
    date = listed.date.isoformat() if listed.date else None
    return {"article_id": listed.id, "title": listed.title, "date": date, "source": listed.source}


def _line(listed: Listed) -> str:
    texts = load_texts("en")
    date = f"{listed.date.isoformat() if listed.date else '-':10}"
    called = [one_line(named(listed.title, listed.opening, texts), _LONGEST_NAME), listed.source]
    return f"{date}  {one_line(listed.id, _LONGEST_ID)}  {' · '.join(filter(None, called))}"


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
