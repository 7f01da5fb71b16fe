"""A forwarded or pasted text gets what the collection says about it, with the real model over the seeds."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.embedding.loading import LazyEmbedder
from retrieval.follow_ups.long_text import answer_about
from retrieval.index.embedded.generations import Generations
from retrieval.questions.query import analyse, is_long, worth_asking
from retrieval.retriever import EXCERPTS, Retriever

DATA = Path(__file__).with_name("data")
UNRELATED = [json.loads(line) for line in (DATA / "unrelated_texts.jsonl").read_text("utf-8").splitlines()]
PIECES = range(0, 7000, 1400)
LONGEST = 4096


@pytest.fixture(scope="module")
def retriever(seeds_data: Path, bundled_embedder: LazyEmbedder) -> Retriever:
    """Over the seeds."""
    return Retriever(Generations(seeds_data).open_current(bundled_embedder.fingerprint), bundled_embedder)


@pytest.fixture(scope="module")
def articles(retriever: Retriever) -> list[Article]:
    """The seed articles as indexed."""
    rows = range(retriever.generation.facts.passages)
    stored = retriever.generation.passages(rows)
    return list({stored[row][1].id: stored[row][1] for row in rows}.values())


def test_a_text_pasted_from_an_article_returns_that_article_first(
    retriever: Retriever, articles: list[Article]
) -> None:
    pasted = [(a.id, a.text[i : i + 1000]) for a in articles for i in PIECES if len(a.text) > i + 500]
    assert len(pasted) > 20
    for article_id, text in pasted:
        assert is_long(analyse(text))
        answer = answer_about(retriever, analyse(text), EXCERPTS)
        assert answer.answered
        best = answer.excerpts[0]
        assert article_id in (best.citation.article_id, *best.also_in), text


@pytest.mark.parametrize("length", [LONGEST, 3 * LONGEST])
def test_the_longest_message_works_and_a_longer_text_too(
    retriever: Retriever, articles: list[Article], length: int
) -> None:
    longest = max(articles, key=lambda article: len(article.text))
    answer = answer_about(retriever, analyse(longest.text[:length]), EXCERPTS)
    assert (answer.kind, answer.language, answer.reason) == ("question", "vi", None)
    assert longest.id in {excerpt.citation.article_id for excerpt in answer.excerpts}
    assert answer.elapsed_ms["total"] > 0


def test_excerpts_are_verbatim_the_surest_first_and_none_is_shown_twice(
    retriever: Retriever, articles: list[Article]
) -> None:
    for article in articles:
        found = answer_about(retriever, analyse(article.text[:LONGEST])).excerpts
        assert all(map(retriever.is_verbatim, found))
        assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
        for i, one in enumerate(found):
            for other in found[i + 1 :]:
                same = one.citation.article_id == other.citation.article_id
                assert not (same and one.start < other.end and other.start < one.end)


@pytest.mark.parametrize("limit", [1, 2, EXCERPTS])
def test_there_are_at_most_as_many_as_wanted(
    retriever: Retriever, articles: list[Article], limit: int
) -> None:
    assert len(answer_about(retriever, analyse(articles[0].text), limit).excerpts) == limit
    assert len(answer_about(retriever, analyse(UNRELATED[0]["text"]), limit).nearest) == limit


@pytest.mark.parametrize("text", [each["text"] for each in UNRELATED], ids=[each["id"] for each in UNRELATED])
def test_a_text_about_something_else_is_refused_with_the_nearest(retriever: Retriever, text: str) -> None:
    assert is_long(analyse(text))
    answer = answer_about(retriever, analyse(text), EXCERPTS)
    assert (answer.answered, answer.excerpts, answer.reason) == (False, (), "refused")
    assert len(answer.nearest) == EXCERPTS


TOLD_ABROAD = (
    "Vietnam's top leader To Lam begins a four-nation trip next week that will take him to Kazakhstan, Azerbaijan, "
    "Russia and Belarus. Trade between Vietnam and Kazakhstan reached 800 million dollars in 2024, almost double the "
    "year before. It is the first visit of a Vietnamese party chief to Belarus in 11 years."
)
ONE_SENTENCE_OF_FOUR = (
    "Hôm nay trời đẹp quá, mình đi chợ mua 2 kg cá về nấu lẩu. Chiều đi đá bóng ở sân Mỹ Đình, thắng 3-1. À mà mới đọc "
    "thấy kim ngạch thương mại Việt Nam - Kazakhstan năm 2024 đạt 800 triệu USD. Tối nay mình chưa biết chọn phim nào."
)


@pytest.mark.parametrize("text", [TOLD_ABROAD, ONE_SENTENCE_OF_FOUR])
def test_a_text_in_other_words_or_partly_about_it_finds_the_article(retriever: Retriever, text: str) -> None:
    assert "800 triệu USD" in " ".join(
        e.text for e in answer_about(retriever, analyse(text), EXCERPTS).excerpts
    )


@pytest.mark.parametrize("text", ["", "?!", "\n\n", "Một hai ba.", "🔥🔥🔥"])
def test_a_text_that_says_nothing_is_refused_without_a_search(retriever: Retriever, text: str) -> None:
    answer = answer_about(retriever, analyse(text))
    assert (answer.answered, answer.confidence, answer.nearest) == (False, 0.0, ())


@given(
    st.text(max_size=600)
    | st.lists(st.sampled_from(["Giá vàng 2024 tăng ở Hà Nội. ", "Ok.\n"]), max_size=40).map("".join)
)
def test_few_sentences_are_asked_each_of_the_text_and_in_its_order(text: str) -> None:
    asked = [sentence.asked for sentence in worth_asking(analyse(text))]
    assert len(asked) <= 8
    assert len(set(asked)) == len(asked)


def test_the_first_sentences_and_those_that_name_the_most_are_asked() -> None:
    plain = [f"Câu số không có gì đáng chú ý {word} cả." for word in "a b c d e f g h i k".split()]
    telling = "Năm 2024, Kazakhstan nhập 150.000 tấn từ Azerbaijan."
    asked = [sentence.asked for sentence in worth_asking(analyse(" ".join([*plain, telling])))]
    assert asked[:2] == plain[:2]
    assert asked[-1] == telling


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("Kim ngạch thương mại Việt - Nga năm 2024?", False),
        ("Tôi nghe nói Nga đầu tư vào Việt Nam. Nhiều dự án lắm. " * 2 + "Tổng vốn là bao nhiêu?", False),
        ("Một câu.\nHai câu.\nBa câu.", False),
        ("Hôm nay hai nước ký thỏa thuận mới tại thủ đô. " * 4, True),
        ("từ " * 200, True),
    ],
)
def test_what_is_no_question_is_told_by_its_length_and_its_sentences(text: str, long: bool) -> None:
    assert is_long(analyse(text)) is long


@pytest.mark.parametrize(
    "name", ["seeds_questions.jsonl", "seeds_questions_2.jsonl", "xquad_questions.jsonl"]
)
def test_no_real_question_is_taken_for_a_text(name: str) -> None:
    for line in (DATA / name).read_text("utf-8").splitlines():
        assert not is_long(analyse(json.loads(line)["question"]))
