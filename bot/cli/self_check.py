"""`self-check`: the questions that every new index is asked, asked of the one in service; or an example of them."""

from pathlib import Path

from bot.bootstrap import Services
from bot.conversation.verified import answer_verified
from bot.exit_codes import DONE, ERROR, NOTHING_FOUND
from bot.printable import complain, json_line, say
from bot.texts import LANGUAGES
from retrieval.errors import SourceError
from retrieval.evaluation.self_check import is_answered, questions_in
from retrieval.retriever import Retriever
from retrieval.storage.whole_files import write_whole
from retrieval.suggestions.candidates import Candidate, candidates, newest_facts

_TRIED, _KEPT = 30, 10
"""Of each language so many are asked at most, and so many kept."""
_HOW = (
    "Set TRICHDAN_SELF_CHECK to a file of questions with answers: `trichdan self-check --write FILE` makes an "
    "example."
)


def check(services: Services, *, as_json: bool) -> int:
    """Prints what is not answered, and how much is; the exit code is that of an error where too little is."""
    asked, lost = ask(services)
    found = len(asked) - len(lost)
    if as_json:
        say(json_line({"asked": len(asked), "answered": found, "lost": lost}))
    else:
        say(
            "\n".join(
                [
                    f"{found} of {len(asked)} questions are answered.",
                    *(f"  no answer: {each}" for each in lost),
                ]
            )
        )
    return DONE if found >= (1 - services.settings.self_check_drop) * len(asked) else ERROR


def ask(services: Services) -> tuple[list[str], list[str]]:
    """The questions of the setting, and those of them that the index in service does not answer.

    Raises:
        SourceError: there is no such file, or none is set.
    """
    path = services.settings.self_check
    if path is None:
        raise SourceError(_HOW)
    questions, retriever = questions_in(path), services.serving.retriever()
    return [each.text for each in questions], [q.text for q in questions if not is_answered(q, retriever)]


def write_example(services: Services, file: Path) -> int:
    """Writes questions that are made of figures, dates and names of the newest articles and are answered now."""
    if file.exists():
        raise SourceError(f"{file} is there already: name a new file, or delete it first.")
    retriever = services.serving.retriever()
    facts = newest_facts(retriever.generation.articles)
    rows = [row for language in LANGUAGES for row in _rows(language, candidates(facts, language), retriever)]
    if not rows:
        complain(
            "No question could be made of these articles: write a file by hand, as docs/operations.md tells."
        )
        return NOTHING_FOUND
    write_whole(file, "".join(f"{json_line(row)}\n" for row in rows).encode())
    say(f"{file}: {len(rows)} questions. Add your own, and set TRICHDAN_SELF_CHECK={file}")
    return DONE


def _rows(language: str, tried: list[Candidate], retriever: Retriever) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for candidate in tried[:_TRIED]:
        answer = answer_verified(retriever, candidate.question, limit=1)
        if len(found) < _KEPT and candidate.is_answered_by(answer):
            best = answer.excerpts[0]
            marked = [best.text[start:end] for start, end in best.highlights]
            row = {"id": f"{language}-{len(found) + 1}", "question": candidate.question, "lang": language}
            found.append(
                row | {"article_ids": [best.citation.article_id], "answers": marked, "answerable": True}
            )
    return found
