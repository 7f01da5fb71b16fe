"""Why something could not be read is said in the reader's language, by its kind."""

import json
import pickle
import string

import pytest
from test_texts import messages

from bot.problems import message_of, reason_in, reason_of
from bot.texts import LANGUAGES, load_texts
from retrieval.errors import IndexDamaged, ModelError, SourceError, TrichdanError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.model import Failure

DAMAGED = Reason.of(Problem.PDF_DAMAGED, name="junk.pdf")


def fields(problem: Problem) -> set[str]:
    """What its sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(problem.value) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_worded_and_no_wording_is_without_a_kind(language: str) -> None:
    said = {name: names for name, names in messages(language).items() if name.startswith("problem-")}
    reasons = [Reason.of(each, **dict.fromkeys(fields(each), 7)) for each in Problem]
    assert set(said) == {message_of(reason) for reason in reasons}
    for reason in reasons:
        assert said[message_of(reason)] <= fields(reason.problem), reason.problem
        assert reason_of(reason, load_texts(language))


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "tệp PDF bị hỏng"), ("en", "it is a damaged PDF"), ("ru", "это повреждённый PDF")],
)
def test_a_reason_is_said_in_the_readers_language_and_in_english_by_itself(language: str, words: str) -> None:
    assert reason_of(DAMAGED, load_texts(language)).startswith(words)
    assert DAMAGED == "junk.pdf is a damaged PDF, or none at all: download or export it again"


def test_a_reason_within_a_reason_is_said_in_the_same_language() -> None:
    row = Reason.of(Problem.METADATA_ROW_LOST, number=3, why=Reason.of(Problem.METADATA_NO_PATH))
    assert (
        reason_of(row, load_texts("vi"))
        == "bỏ qua hàng 3: thiếu “path”; cần đường dẫn của tệp tính từ thư mục"
    )


def test_a_reason_of_no_known_kind_is_said_as_it_stands() -> None:
    assert reason_of("no room on the moon", load_texts("vi")) == "no room on the moon"


@pytest.mark.parametrize("error", [ModelError("It is cut off."), IndexDamaged("It is cut off.")])
def test_what_the_command_line_alone_words_is_said_roughly_in_the_readers_language(
    error: TrichdanError,
) -> None:
    assert reason_in(error, load_texts("en")) == "It is cut off."
    for language in ("vi", "ru"):
        said = reason_in(error, load_texts(language))
        assert "trichdan doctor" in said and "It is cut off." in said and not said.startswith("It")


def test_a_reason_keeps_its_kind_from_process_to_process() -> None:
    error = pickle.loads(pickle.dumps(SourceError(DAMAGED, place="x")))
    assert error.reason.problem is Problem.PDF_DAMAGED and str(error) == f"x {DAMAGED}"
    nested = Reason.of(Problem.METADATA_LOST, why=DAMAGED)
    again = Reason.from_json(json.loads(json.dumps(nested.as_json())))
    assert again == nested and again.values["why"].problem is Problem.PDF_DAMAGED


def test_what_is_quoted_in_a_reason_is_brought_into_one_line() -> None:
    failure = Failure("x", Reason.of(Problem.NO_DATE, found="a\nb\x1bc"))
    assert failure.reason.isprintable() and reason_of(failure.reason, load_texts("en")).isprintable()
    assert isinstance(failure.reason, Reason)
