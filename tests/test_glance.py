"""The line above the first quote: atoms as the article has them, and in brackets the same as the reader writes it."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from answers import make_answer, make_excerpt
from hypothesis import given
from hypothesis import strategies as st
from reply_values import a_view
from rich.console import Console

from bot.cli.output.terminal import print_answer
from bot.conversation.answering import Findings
from bot.conversation.replies.glance import glance_line, reader_form, told_at_a_glance
from bot.conversation.replies.view import Result, View
from bot.telegram_html.cards import cards
from bot.telegram_html.messages import render
from bot.texts import Texts, load_texts
from retrieval.article import Answer, Span
from retrieval.excerpts.atoms import atoms_in

EN, RU, VI = load_texts("en"), load_texts("ru"), load_texts("vi")
TODAY = date(2025, 6, 1)
SENTENCE = "Kim ngạch năm 2024 đạt 800 triệu USD, tăng 27,4%."
LINE = "năm 2024 (2024) · 800 triệu USD (800 million USD) · 27,4% (27.4%)"
QUESTION = "How much was the trade in 2024?"

_SCALES = {"": 1, " nghìn": 10**3, " triệu": 10**6, " tỷ": 10**9, " nghìn tỷ": 10**12}
_MAGNITUDES = {
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "млн": 10**6,
    "млрд": 10**9,
    "трлн": 10**12,
}


def worth(form: str, group: str, decimal: str) -> Decimal:
    """What a reader of that language takes an amount of money for."""
    digits, _, magnitude = form.removesuffix(" USD").replace(group, "").replace(decimal, ".").partition(" ")
    return Decimal(digits) * _MAGNITUDES.get(magnitude, 1)


@given(st.decimals(Decimal("0.01"), Decimal("999999"), places=2), st.sampled_from(sorted(_SCALES)))
def test_an_amount_keeps_its_value_in_the_readers_form(number: Decimal, scale: str) -> None:
    """Written as Vietnamese write it, read back from the bracket in English and in Russian."""
    shown = f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))
    text = f"Tổng vốn là {shown}{scale} USD."
    (atom,) = atoms_in(text, Span(0, len(text)))
    assert atom.within(text) == f"{shown}{scale} USD"
    value = number * _SCALES[scale]
    assert worth(reader_form(atom, EN) or "", ",", ".") == value
    assert worth((reader_form(atom, RU) or "").replace("\xa0", "_"), "_", ",") == value


@given(
    st.lists(st.sampled_from([*SENTENCE.split(), "9/5", "<b>&", "10-12%", "Putin"]), max_size=30).map(
        " ".join
    )
)
def test_what_stands_outside_the_brackets_stands_in_the_excerpt(text: str) -> None:
    for texts in (EN, RU):
        line = glance_line(make_excerpt(f"Theo báo {text}", (0, len(text) + 9)), "Putin?", texts)
        position = 0
        for shown in line.split(" · ") if line else ():
            position = f"Theo báo {text}".index(re.sub(r" \(.*\)$", "", shown), position)


def answered(**changes: object) -> Answer:
    fields = {"question": QUESTION, "language": "en"} | changes
    return make_answer(make_excerpt(SENTENCE, (0, len(SENTENCE))), **fields)


@pytest.mark.parametrize(
    "changes",
    [{"language": "vi"}, {"language": "und"}, {"unsure": True}],
    ids=["Vietnamese", "unknown", "unsure"],
)
def test_only_a_sure_answer_to_readers_without_vietnamese_is_told(changes: dict[str, object]) -> None:
    assert told_at_a_glance(answered()) == QUESTION
    assert told_at_a_glance(answered(**changes)) is None


def test_a_form_that_says_no_more_is_left_out() -> None:
    excerpt = make_excerpt("Tăng 99% trong 80 km.", (0, 21))
    assert glance_line(excerpt, "How much?", EN) == "99% · 80 km"


def test_a_reader_of_vietnamese_needs_no_line() -> None:
    assert glance_line(make_excerpt(SENTENCE, (0, len(SENTENCE))), QUESTION, VI) is None


def view(**changes: object) -> View:
    first, second = (make_excerpt(SENTENCE, (0, len(SENTENCE))) for _ in "12")
    return a_view("answer", (Result((first,)), Result((second,))), glance=QUESTION, **changes)


def messages(shown: View, texts: Texts = EN) -> str:
    return "\n".join(render(shown, texts, TODAY))


def test_telegram_has_the_line_right_above_the_first_quote_alone() -> None:
    html = messages(view())
    assert html.startswith(f"{LINE}\n<blockquote")
    assert html.count("800 million") == 1
    assert messages(view(searched="Kim ngạch?")).splitlines()[1] == LINE
    assert "800 млн USD" in messages(view(), RU)


@pytest.mark.parametrize("changes", [{"glance": None}, {"order": "newest"}, {"first": 2}])
def test_telegram_has_no_line_where_the_best_answer_is_not_first(changes: dict[str, object]) -> None:
    assert "million" not in messages(
        view(**changes) if "glance" not in changes else a_view("answer", view().results)
    )


def test_only_the_card_of_the_best_answer_has_the_line() -> None:
    first, second = cards(view(), EN, TODAY)
    assert first and second
    assert LINE in first.html
    assert "million" not in second.html


def test_a_reply_that_is_kept_remembers_that_it_is_told() -> None:
    reply = Findings(answered()).reply()
    assert reply.glance == QUESTION
    assert type(reply).from_options(reply.options()) == reply
    assert Findings(answered(), about_text=True).reply().glance is None


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_and_a_pipe_have_the_line_above_the_first_excerpt(terminal: bool) -> None:
    def printed(answer: Answer) -> str:
        out = io.StringIO()
        print_answer(Console(file=out, force_terminal=terminal, color_system=None, width=99), answer, EN)
        return out.getvalue()

    assert printed(answered()).startswith(f"{LINE}\n")
    assert "million" not in printed(answered(language="vi"))
    assert not printed(answered(by_date=True)).startswith(LINE)
