"""The buttons under a reply: what they say, what they send, and that anything sent is understood or refused."""

import string
from typing import Any

import pytest
from answers import make_excerpt
from hypothesis import example, given
from hypothesis import strategies as st
from reply_values import ANSWER_ID, a_view, changed, views

from bot.conversation.replies.buttons import LONGEST_DATA, Press, Verb, decode, encode
from bot.conversation.replies.keyboard import keyboard
from bot.conversation.replies.reply import Kind
from bot.conversation.replies.view import Result, View
from bot.texts import LANGUAGES, load_texts

EN = load_texts("en")
ROW = 8
"""Buttons that Telegram puts in a row."""
SHARE = "https://t.me/share?{}".format

ids = st.text(string.ascii_lowercase + string.digits, min_size=12, max_size=12)
arguments: dict[Verb, st.SearchStrategy[str]] = {
    Verb.WIDEN: st.builds("{}{}".format, st.integers(1, 99), st.sampled_from("+-")),
    Verb.PAGE: st.integers(0, 99).map(str),
    Verb.ORDER: st.sampled_from(("relevance", "newest")),
    Verb.VOTE: st.sampled_from(("up", "down")),
    Verb.NEAREST: st.just(""),
    Verb.ONLY: st.just(""),
    Verb.HERE: st.just(""),
    Verb.MORE: st.just(""),
    Verb.MENU: st.sampled_from(("open", "shut")),
}


@st.composite
def presses(draw: st.DrawFn) -> Press:
    verb = draw(st.sampled_from([verb for verb in Verb if verb.under_reply]))
    return Press(verb, draw(ids), draw(arguments[verb]))


def rows(view: View) -> list[list[str]]:
    """The labels of a view's keyboard."""
    return [[button.text for button in row] for row in keyboard(view, EN)]


def result(before: bool, after: bool) -> Result:
    return Result((make_excerpt(),), before, after)


def view(*results: Result, kind: Kind = "answer", **changes: Any) -> View:
    return a_view(kind, results, **changes)


@given(presses())
def test_every_press_comes_back_from_its_data(press: Press) -> None:
    data = encode(press)
    assert decode(data) == press
    assert data.isascii() and len(data) <= LONGEST_DATA


@given(st.text() | st.from_regex(r"[12]:[a-z]:[a-z0-9]{11,13}:[a-z0-9+-]*", fullmatch=True))
@example("1:w:abcdefghijkl:2+\n")
@example("1:w:abcdefghijkl:٢+")
@example("1:p:abcdefghijkl:007")
@example("nearest")
@example("")
def test_any_data_is_understood_or_refused(data: str) -> None:
    """Data come from clients: whatever they are, nothing is raised, and what is understood is meant."""
    press = decode(data)
    assert press is None or encode(press) == data


def test_the_form_of_the_data_is_kept() -> None:
    """Buttons under old messages send it for as long as the messages stand."""
    assert encode(Press(Verb.WIDEN, ANSWER_ID, "2+")) == "1:w:abcdefghijkl:2+"
    assert decode("1:o:abcdefghijkl:newest") == Press(Verb.ORDER, ANSWER_ID, "newest")
    assert decode("1:q:abcdefghijkl:") == Press(Verb.ONLY, ANSWER_ID)
    assert encode(Press(Verb.LANGUAGE, argument="auto")) == "1:lang:auto"
    assert decode("a:remove:abcdefghijkl") == Press(Verb.REMOVE, argument="abcdefghijkl")
    assert decode("a:remove:abcdefghijkl:x") is decode("1:v:up") is None


@pytest.mark.parametrize(
    "press",
    [
        Press(Verb.WIDEN, ANSWER_ID, "0+"),
        Press(Verb.PAGE, ANSWER_ID, "-1"),
        Press(Verb.ONLY, "short"),
        Press(Verb.VOTE, ANSWER_ID),
    ],
)
def test_a_press_out_of_form_is_a_mistake_of_ours(press: Press) -> None:
    with pytest.raises(ValueError, match="cannot be the data"):
        encode(press)


def test_widening_names_the_result_and_the_side() -> None:
    assert Press(Verb.WIDEN, ANSWER_ID, "12-").widening == (12, -1)
    assert Press(Verb.WIDEN, ANSWER_ID, "2+").widening == (2, 1)


@given(views(), st.sampled_from(LANGUAGES))
def test_any_view_has_a_keyboard_that_telegram_takes(some: View, language: str) -> None:
    for row in keyboard(some, load_texts(language), SHARE):
        assert 1 <= len(row) <= ROW
        for button in row:
            if button.url:
                continue
            press = decode(button.data)
            assert press is not None and press.answer_id == ANSWER_ID
            assert button.text.strip() and len(button.data.encode()) <= LONGEST_DATA


def test_paragraphs_are_offered_where_there_are_any() -> None:
    """A single result has room for words, several are told apart by number."""
    votes = ["👍", "👎"]
    assert rows(view(result(True, True))) == [["◀ Text before", "Text after ▶"], votes]
    three = view(result(True, True), result(False, True), result(False, False))
    assert rows(three) == [["◀ 1", "1 ▶", "2 ▶"], votes]
    assert rows(view(result(False, False))) == [votes]
    later = view(result(True, True), result(False, False), first=4, page=1, pages=2)
    assert rows(later)[0] == ["◀ 4", "4 ▶", "2/2"]
    assert rows(view(result(True, True), page=1, pages=2))[0] == ["◀ Text before", "2/2", "Text after ▶"]


@given(views(), st.sampled_from(LANGUAGES), st.booleans())
def test_there_are_two_rows_at_most(some: View, language: str, alone: bool) -> None:
    assert len(keyboard(some, load_texts(language), SHARE, alone=alone)) <= 2


def test_what_waits_is_counted_and_brought_by_one_press() -> None:
    waiting = view(result(True, False), waiting=2)
    assert rows(waiting) == [["◀ Text before"], ["More (2)", "👍", "👎"]]
    (more, *_) = keyboard(waiting, EN)[1]
    assert decode(more.data) == Press(Verb.MORE, ANSWER_ID)


@pytest.mark.parametrize(
    ("page", "labels", "targets"),
    [(0, ["More ›"], ["1"]), (1, ["‹ Back", "More ›"], ["0", "2"]), (2, ["‹ Back"], ["1"])],
)
def test_pages_are_turned_and_their_number_does_nothing(
    page: int, labels: list[str], targets: list[str]
) -> None:
    (number,), row = keyboard(view(result(False, False), page=page, pages=3), EN)
    assert number.text == f"{page + 1}/3" and decode(number.data) == Press(Verb.HERE, ANSWER_ID)
    assert [button.text for button in row] == [*labels, "👍", "👎"]
    pressed = [decode(button.data) for button in row[: len(labels)]]
    assert [press.argument for press in pressed if press] == targets


def test_one_result_is_shared_at_once_and_several_from_the_further_buttons() -> None:
    """There is no room for a link to each beside the rest."""
    labels = [[button.text for button in row] for row in keyboard(view(result(False, False)), EN, SHARE)]
    assert labels == [["↗", "👍", "👎"]]
    two = view(result(False, False), result(False, False))
    labels = [[button.text for button in row] for row in keyboard(two, EN, SHARE)]
    assert labels == [["👍", "👎", "⋯"]]
    labels = [[b.text for b in row] for row in keyboard(changed(two, menu=True), EN, SHARE)]
    assert labels == [["‹", "↗ 1", "↗ 2"]]
    assert rows(two) == [["👍", "👎"]]
    crowded = view(result(False, False), waiting=2, sortable=True)
    labels = [[button.text for button in row] for row in keyboard(crowded, EN, SHARE)]
    assert labels == [["More (2)", "👍", "👎", "⋯"]]


def test_in_a_group_there_are_paragraphs_links_and_votes() -> None:
    """What one of many likes: another order, further results, the question alone, is no business of the others."""
    busy = view(result(True, True), waiting=2, sortable=True, searched="Gì?")
    labels = [[button.text for button in row] for row in keyboard(busy, EN, SHARE, alone=False)]
    assert labels == [["◀ Text before", "Text after ▶"], ["↗", "👍", "👎"]]
    two = view(result(False, True), result(False, False), waiting=1)
    labels = [[button.text for button in row] for row in keyboard(two, EN, SHARE, alone=False)]
    assert labels == [["1 ▶"], ["↗ 1", "↗ 2", "👍", "👎"]]


def test_the_further_buttons_come_and_go() -> None:
    shut = view(result(True, True), result(False, False), sortable=True, searched="Gì?")
    assert rows(shut)[1] == ["👍", "👎", "⋯"]
    assert decode(keyboard(shut, EN)[1][-1].data) == Press(Verb.MENU, ANSWER_ID, "open")
    opened = changed(shut, menu=True)
    assert rows(opened) == [["Newest first", "Only this question"], ["‹"]]
    assert decode(keyboard(opened, EN)[1][0].data) == Press(Verb.MENU, ANSWER_ID, "shut")


def test_the_order_offered_is_the_other_one() -> None:
    """And none where the results are of one date."""
    by_relevance = view(result(False, False), result(False, False), sortable=True, menu=True)
    assert rows(by_relevance)[0] == ["Newest first"]
    assert rows(changed(by_relevance, order="newest"))[0] == ["Most relevant"]
    assert rows(changed(by_relevance, sortable=False, menu=False)) == [["👍", "👎"]]


def test_a_vote_given_is_marked() -> None:
    assert rows(view(result(False, False), vote="up")) == [["👍 ✓", "👎"]]
    (row,) = keyboard(view(result(False, False), vote="down"), EN)
    assert [button.text for button in row] == ["👍", "👎 ✓"]


DISPUTED = "👎 It is in the articles"


def test_a_refusal_offers_the_nearest_passages_and_may_be_disputed_and_small_talk_offers_nothing() -> None:
    topics = (make_excerpt().citation,)
    assert rows(view(kind="refusal", topics=topics)) == [["Show the nearest passages", DISPUTED]]
    assert rows(view(kind="refusal")) == [[DISPUTED]]
    assert rows(view(kind="refusal", vote="down")) == [["👎 ✓"]]
    assert rows(view(kind="talk", reason="greeting")) == []


def test_a_refused_follow_up_can_be_searched_alone() -> None:
    assert rows(view(kind="refusal", searched="Gì?")) == [[DISPUTED], ["Only this question"]]
    both = view(kind="refusal", searched="Gì?", topics=(make_excerpt().citation,))
    assert rows(both) == [["Show the nearest passages", DISPUTED], ["Only this question"]]


def test_a_mistyped_question_is_not_searched_as_it_was_typed() -> None:
    assert rows(view(kind="refusal", searched="Lavrov?", spelled=True)) == [[DISPUTED]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_to_a_press_fits_its_note(language: str) -> None:
    """The note in answer to a pressed button holds 200 characters."""
    notes = ("button-stale", "vote-thanks", "vote-thanks-down")
    context = ("context-start", "context-end", "context-full")
    assert all(len(load_texts(language)(note)) <= 200 for note in (*notes, *context))
