"""The figures of question sets, against values worked out by hand."""

from pathlib import Path

import pytest
from answers import make_answer, make_excerpt
from command_line import CommandLine
from fake_embedder import FakeEmbedder
from small_index import fitted, index, open_index, write_jsonl

from retrieval.article import Answer
from retrieval.errors import SourceError
from retrieval.evaluation.figures import (
    auroc,
    by_language,
    calibration_error,
    false_at,
    figures,
    reliability,
    risk_coverage,
)
from retrieval.evaluation.outcomes import Outcome, evaluate, outcome
from retrieval.evaluation.question_sets import Question, read_questions
from retrieval.retriever import Retriever

ASKED = Question(
    id="q", text="Giá vàng?", lang="vi", right=frozenset({"a"}), answers=("tăng 5%",), answerable=True
)
ABSENT = Question(id="n", text="Giá dầu?", lang="vi", right=frozenset(), answers=(), answerable=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> CommandLine:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(monkeypatch, capsys)


def answered(text: str, article_id: str = "a", confidence: float = 0.9) -> Answer:
    excerpt = make_excerpt(text, (0, len(text)), article_id=article_id)
    return make_answer(excerpt, answered=True, confidence=confidence)


def test_a_right_answer_is_counted_in_every_figure() -> None:
    found = outcome(ASKED, ["b", "a"], answered("Vàng tăng 5%."))
    assert (found.ranked, found.in_excerpt, found.in_reply, found.in_highlight) == (
        ("b", "a"),
        True,
        True,
        True,
    )
    assert found.answered and found.right


def test_the_answers_words_in_another_article_do_not_count() -> None:
    found = outcome(ASKED, ["b"], answered("Vàng tăng 5%.", article_id="b"))
    assert (found.ranked, found.in_excerpt, found.in_reply, found.right) == (("b",), False, False, False)


def test_figures_are_shares_of_what_they_can_be_measured_on() -> None:
    outcomes = [
        outcome(ASKED, ["a"], answered("Vàng tăng 5%.")),
        outcome(ASKED, ["b", "a"], answered("Vàng lặng.", article_id="b", confidence=0.6)),
        outcome(ABSENT, [], make_answer(answered=False, confidence=0.1)),
    ]
    measured = figures(outcomes)
    assert (measured["recall@1"], measured["recall@5"], measured["mrr@10"]) == (0.5, 1.0, 0.75)
    assert (measured["in excerpt"], measured["highlight"], measured["wrong answers"]) == (0.5, 1.0, 0.5)
    assert (measured["answered"], measured["false answers"], measured["auroc"]) == (1.0, 0.0, 1.0)


def test_a_figure_without_questions_is_none() -> None:
    measured = figures([outcome(ABSENT, [], make_answer(answered=False))])
    assert measured["recall@1"] is None and measured["auroc"] is None


def test_auroc_counts_ties_half() -> None:
    assert auroc([0.9, 0.5], [0.5, 0.1]) == pytest.approx((1 + 1 + 0.5 + 1) / 4)


def test_false_answers_are_counted_where_most_of_the_others_are_answered() -> None:
    inside = [i / 100 for i in range(1, 101)]
    assert false_at(inside, [0.01, 0.03, 0.5, 0.9]) == 0.5


def test_a_confidence_that_means_what_it_says_has_no_calibration_error() -> None:
    def of(confidence: float, answerable: bool) -> Outcome:
        question = ASKED if answerable else ABSENT
        return outcome(question, [], make_answer(answered=False, confidence=confidence))

    assert calibration_error([of(1.0, True), of(0.0, False)]) == 0
    assert calibration_error([of(0.95, False), of(0.95, False)]) == pytest.approx(0.95)


def test_the_risk_of_answering_is_told_for_every_share_of_questions() -> None:
    """Most confident first: right, wrong article, nothing there."""
    outcomes = [
        outcome(ABSENT, ["c"], make_answer(answered=False, confidence=0.1)),
        outcome(ASKED, ["a"], answered("x", confidence=0.9)),
        outcome(ASKED, ["b"], answered("x", article_id="b", confidence=0.5)),
    ]
    curve = [(1 / 3, 0), (2 / 3, 1 / 2), (1, 2 / 3)]
    assert risk_coverage(outcomes) == [pytest.approx(point) for point in curve]


def test_reliability_compares_confidence_with_what_is_there() -> None:
    outcomes = [
        outcome(ASKED, [], make_answer(answered=False, confidence=0.82)),
        outcome(ABSENT, [], make_answer(answered=False, confidence=0.88)),
        outcome(ABSENT, [], make_answer(answered=False, confidence=0.05)),
    ]
    assert reliability(outcomes) == [
        pytest.approx((1, 0.05, 0)),
        pytest.approx((2, 0.85, 0.5)),
    ]


def test_the_report_is_one_page_that_needs_nothing_else(run: CommandLine, tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "Giá vàng tăng 5%."}, {"id": "b", "text": "Sông Hồng có lũ."}]
    asked = {"question": "Giá vàng?", "lang": "<vi>", "passage_ids": ["a"], "answers": ["5%"]}
    passages = write_jsonl(tmp_path / "p.jsonl", *rows)
    questions = write_jsonl(tmp_path / "q.jsonl", *[asked] * 30)
    page = tmp_path / "report.html"
    assert run("eval", "--passages", passages, "--report", page, questions).code == 0
    written = page.read_text("utf-8")
    assert "recall@1" in written and "data:image/png;base64," in written
    assert "&lt;vi&gt;" in written and "<vi>" not in written
    assert "http" not in written.replace("http-equiv", "")


def test_a_report_that_cannot_be_written_is_told_before_anything_is_asked(
    run: CommandLine, tmp_path: Path
) -> None:
    questions = write_jsonl(tmp_path / "q.jsonl", {"question": "Giá vàng?"})
    result = run("eval", "--report", tmp_path / "missing" / "report.html", questions)
    assert result.code == 1 and "report.html" in result.err and "folder" in result.err


def test_languages_have_a_column_each_and_one_together() -> None:
    english = Question(id="e", text="Gold?", lang="en", right=frozenset({"a"}), answers=(), answerable=True)
    outcomes = [outcome(q, ["a"], answered("x")) for q in (ASKED, english)]
    assert list(by_language(outcomes)) == ["vi", "en", "all"]


def test_questions_are_asked_and_ranked_even_when_refused(tmp_path: Path) -> None:
    index(tmp_path / "data", {"id": "a", "text": "Giá vàng tăng 5%."}, {"id": "b", "text": "Lũ lên."})
    retriever = Retriever(open_index(tmp_path / "data"), FakeEmbedder(), fitted(threshold=1.0))
    (found,) = evaluate(retriever, [ASKED])
    assert (found.ranked[0], found.answered, found.in_excerpt) == ("a", False, True)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '"text"'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "a"}\n' + line, "utf-8")
    with pytest.raises(SourceError, match=r"set\.jsonl#2 is no question"):
        read_questions(path)


def test_the_command_prints_figures_of_given_passages(run: CommandLine, tmp_path: Path) -> None:
    """The passages' titles are not indexed, and the collection that serves is not touched."""
    rows = [
        {"id": "a", "title": "Gold", "text": "Giá vàng tăng 5%."},
        {"id": "b", "text": "Sông Hồng có lũ."},
    ]
    asked = {"question": "Giá vàng?", "lang": "vi", "passage_ids": ["a"], "answers": ["5%"]}
    passages = write_jsonl(tmp_path / "p.jsonl", *rows)
    questions = write_jsonl(tmp_path / "q.jsonl", asked)
    result = run("eval", "--json", "--passages", passages, questions)
    assert result.code == 0
    assert result.objects[0]["vi"]["recall@1"] == 1.0
    assert "recall@1" in run("eval", "--passages", passages, questions).out
    assert run("ask", "Giá vàng?").code == 1


def test_without_an_index_the_command_names_the_mend(run: CommandLine, tmp_path: Path) -> None:
    result = run("eval", write_jsonl(tmp_path / "q.jsonl", {"question": "Giá vàng?"}))
    assert result.code == 1 and "trichdan reindex" in result.err


def test_what_readers_got_is_told_beside_what_stands_first() -> None:
    """Shown for sure, as unsure, and refused though the nearest excerpt holds it; then two that nothing answers."""
    excerpt = make_excerpt("Vàng tăng 5%.", (0, 13), article_id="a")
    measured = figures(
        [
            outcome(ASKED, ["a"], make_answer(excerpt)),
            outcome(ASKED, ["a"], make_answer(excerpt, unsure=True)),
            outcome(ASKED, ["a"], make_answer(answered=False, nearest=(excerpt,))),
            outcome(ABSENT, ["a"], make_answer(excerpt)),
            outcome(ABSENT, ["a"], make_answer(excerpt, unsure=True)),
        ]
    )
    assert measured["in reply"] == 1.0
    assert measured["shown"] == pytest.approx(2 / 3)
    assert measured["unsure"] == pytest.approx(1 / 3)
    assert (measured["false answers"], measured["false and sure"]) == (1.0, 0.5)


def test_a_set_may_name_the_one_article_that_answers_as_doc(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "set.jsonl",
        {"question": "Giá vàng?", "doc": "a", "answers": ["5%"], "answerable": True},
        {"question": "Giá dầu?", "doc": "a", "answerable": False},
    )
    asked, near = read_questions(path)
    assert (asked.right, asked.answerable) == (frozenset({"a"}), True)
    assert (near.right, near.answerable) == (frozenset(), False)
