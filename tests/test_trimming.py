"""How much of an excerpt a reply opens with."""

from dataclasses import replace

from answers import make_excerpt
from hypothesis import given
from hypothesis import strategies as st
from small_index import article

from retrieval.article import Excerpt, Span
from retrieval.excerpts.context import excerpt_at
from retrieval.excerpts.trimming import part_shown, trimmed
from retrieval.text.sentences import sentences

SENTENCE = "Hai bên đã bàn về nhiều việc khác nhau trong buổi gặp ở thủ đô hôm ấy, theo lời người dự."
ANSWER = "Kim ngạch đạt 4,1 tỷ USD."


def marked(text: str, *answers: str) -> Excerpt:
    return make_excerpt(text, *[(text.index(each), text.index(each) + len(each)) for each in answers])


def shown(excerpt: Excerpt) -> str:
    start, end = trimmed(excerpt)
    return excerpt.text[start:end]


def test_a_short_excerpt_is_shown_whole() -> None:
    assert shown(marked(f"{SENTENCE} {ANSWER}", ANSWER)) == f"{SENTENCE} {ANSWER}"


def test_whole_sentences_stand_around_the_answering_one_those_that_follow_first() -> None:
    text = " ".join(
        [*[f"{n}. {SENTENCE}" for n in range(1, 5)], ANSWER, *[f"{n}. {SENTENCE}" for n in range(5, 9)]]
    )
    found = shown(marked(text, ANSWER))
    assert ANSWER in found and len(found) <= 300 < len(text)
    assert found.startswith(ANSWER) and found.count(SENTENCE) == 2


def test_the_paragraph_of_the_answer_is_not_left_for_what_stands_around() -> None:
    """What its paragraph says comes first, and what somebody says behind it stays with it."""
    text = "\n".join([f"{SENTENCE} {SENTENCE} {SENTENCE} {ANSWER}", f"{SENTENCE} {SENTENCE}"])
    assert shown(marked(text, ANSWER)) == f"{SENTENCE} {SENTENCE} {SENTENCE} {ANSWER}"
    text = "\n".join([f"{SENTENCE} {ANSWER}", f"“{SENTENCE} {SENTENCE[:-1]}”, ông nói.", SENTENCE])
    assert shown(marked(text, ANSWER)).startswith(f"{SENTENCE} {ANSWER}\n“")


def test_a_little_more_is_not_left_out() -> None:
    text = f"Tin vắn. {SENTENCE} {SENTENCE} {ANSWER} Hết."
    assert shown(marked(text, ANSWER)) == text


def test_two_answering_sentences_are_shown_with_what_stands_between() -> None:
    other = "Năm 2021 là 7,1 tỷ USD."
    text = " ".join([SENTENCE, SENTENCE, ANSWER, SENTENCE, other, SENTENCE, SENTENCE])
    assert shown(marked(text, ANSWER, other)).startswith(f"{ANSWER} {SENTENCE} {other}")
    far = " ".join([ANSWER, *[SENTENCE] * 8, other])
    assert other not in shown(marked(far, ANSWER, other)) and ANSWER in shown(marked(far, ANSWER, other))


def test_a_sentence_is_never_cut_however_long_it_is() -> None:
    long = "Ông kể " + "rất nhiều điều, " * 60 + "rồi thôi."
    assert shown(marked(f"{SENTENCE} {SENTENCE} {long} {SENTENCE}", long)) == long


@given(st.lists(st.sampled_from([SENTENCE, ANSWER, "Ừ.", "\n"]), min_size=1, max_size=20), st.data())
def test_whole_sentences_with_the_first_marked_one_among_them(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts).replace(" \n ", "\n").strip()
    split = sentences(text)
    if not split:
        return
    marks = sorted(data.draw(st.sets(st.sampled_from(split), max_size=3)))
    start, end = trimmed(make_excerpt(text, *marks))
    assert start in {0, *(each.start for each in split)} and end in {len(text), *(each.end for each in split)}
    assert not marks or start <= marks[0].start < marks[0].end <= end


def test_the_part_that_is_shown_is_cited_as_if_it_were_all() -> None:
    text = "\n".join([SENTENCE, f"{SENTENCE} {ANSWER}", SENTENCE, SENTENCE])
    source = article(text)
    start = text.index(ANSWER)
    whole = excerpt_at(source, Span(0, len(text)), [Span(start, start + len(ANSWER))], passage_id="a#0")
    for span in (Span(start, start + len(ANSWER)), Span(start, len(text)), Span(0, len(text))):
        expected = excerpt_at(source, span, [Span(start, start + len(ANSWER))], passage_id="a#0")
        part = part_shown(replace(whole, shown=span))
        assert replace(part, shown=None) == expected
        assert part.citation.paragraph == 2
