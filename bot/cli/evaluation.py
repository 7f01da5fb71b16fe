"""`eval`: the figures of question sets, as a table or as JSON."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.bootstrap import Services
from bot.cli.output.evaluation_report import page
from bot.cli.output.progress import progress_bars
from bot.exit_codes import DONE
from retrieval.errors import SourceError, TrichdanError
from retrieval.evaluation.figures import by_language
from retrieval.evaluation.outcomes import evaluate
from retrieval.evaluation.question_sets import read_questions
from retrieval.index.embedded.generations import Generations
from retrieval.indexing.run import reindex
from retrieval.retriever import Retriever

Table = Mapping[str, Mapping[str, float | None]]
"""Language -> name of a figure -> its value, None where there is nothing to measure it on."""


def run_evaluation(
    services: Services, files: Sequence[Path], passages: Path | None, report: Path | None, *, as_json: bool
) -> int:
    """Prints the figures by language of all questions in `files`; writes them with diagrams to the page `report`."""
    if report is not None and not report.absolute().parent.is_dir():
        raise TrichdanError(f"The report {report} cannot be written: make its folder first, or name another.")
    questions = [question for file in files for question in read_questions(file)]
    if not questions:
        raise SourceError(f"{files[0]} holds no question: expected JSONL, a question a line.")
    with tempfile.TemporaryDirectory() as folder:
        retriever = _over(services, passages, Path(folder)) if passages else services.serving.retriever()
        outcomes = list(evaluate(retriever, questions))
    table = by_language(outcomes)
    if report is not None:
        report.write_text(page(_shown(table), outcomes), encoding="utf-8")
    print(json.dumps(_rounded(table), ensure_ascii=False) if as_json else table_text(table))
    return DONE


def _over(services: Services, passages: Path, work: Path) -> Retriever:
    """Over a temporary index in which each passage is an article without a title."""
    source = work / "passages.jsonl"
    try:
        rows = [
            json.loads(line) for line in passages.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        kept = [{"id": str(row["id"]), "text": row["text"]} for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"The passages {passages} cannot be read: expected JSONL, a line with `id` and `text` a passage."
        ) from error
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in kept), encoding="utf-8")
    cache = services.settings.data_dir / "cache"
    reindex([source], work / "data", services.embedder, cache_dir=cache, progress=progress_bars())
    generation = Generations(work / "data").open_current(services.embedder.fingerprint)
    return Retriever(generation, services.embedder)


def table_text(table: Table) -> str:
    """A row a figure, a column a language; a dash where there is nothing to measure."""
    shown = _shown(table)
    lines = ["".join([f"{'':18}", *(f"{lang:>10}" for lang in shown)])]
    for name in next(iter(shown.values())):
        lines.append("".join([f"{name:18}", *(f"{values[name]:>10}" for values in shown.values())]))
    return "\n".join(lines)


def _shown(table: Table) -> dict[str, dict[str, str]]:
    return {
        lang: {name: _cell(name, value) for name, value in values.items()} for lang, values in table.items()
    }


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if name in ("questions", "text at once", "p50 ms") else f"{value:.3f}"


def _rounded(table: Table) -> Table:
    return {
        lang: {name: None if value is None else round(value, 4) for name, value in values.items()}
        for lang, values in table.items()
    }
