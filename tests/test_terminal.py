"""Answers in a terminal and in a pipe."""

import io
import re
from pathlib import Path

import pytest
from answers import make_answer, make_excerpt
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.output.terminal import print_answer, print_nearest, print_waiting
from bot.printable import printable
from bot.texts import load_texts
from retrieval.article import Answer, Span

EN = load_texts("en")
ESCAPE_CODE = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")


def piped(answer: Answer, *, whole: bool = False) -> str:
    """What a pipe receives."""
    out = io.StringIO()
    print_answer(Console(file=out), answer, EN, whole=whole)
    return out.getvalue()


def shown(answer: Answer, width: int = 80) -> str:
    """What a terminal with colours and links receives."""
    out = io.StringIO()
    print_answer(Console(file=out, force_terminal=True, color_system="standard", width=width), answer, EN)
    return out.getvalue()


def test_a_pipe_gets_the_lines_of_the_article() -> None:
    """In a pipe an excerpt's paragraphs are lines, long ones too, and its citation is one more."""
    text = "Một câu rất dài. " * 30 + "\nĐoạn sau."
    assert piped(make_answer(make_excerpt(text, (0, 16)), make_excerpt("Hai.", url=None)), whole=True) == (
        f"{text}\n[1] Việt Nam - Nga: Tin cậy và chân thành · Báo Quốc tế · 2 April 2025 · paragraph 3 · "
        "https://example.org/a\n\n"
        "Hai.\n[2] Việt Nam - Nga: Tin cậy và chân thành · Báo Quốc tế · 2 April 2025 · paragraph 3 · "
        "seeds/002.txt\n"
    )


def test_a_reply_opens_with_a_part_and_tells_how_to_see_the_rest() -> None:
    text = "Mở đầu dài dòng. Câu trả lời. Hết."
    opens = make_excerpt(text, (17, 29), shown=Span(17, 29))
    answer = make_answer(opens, make_excerpt("Hai."), language="en")
    assert piped(answer).startswith("⋯\nCâu trả lời.\n⋯\n[1] ") and "Hai." not in piped(answer)
    assert piped(answer, whole=True).startswith(f"{text}\n[1] ") and "Hai.\n[2] " in piped(answer, whole=True)
    output = ESCAPE_CODE.sub("", shown(answer))
    assert "Câu trả lời." in output and "dài dòng" not in output and output.count("⋯") == 2
    assert waiting(answer) == EN("ask-waiting", count=1) + "\n"
    assert waiting(make_answer(opens)) == EN("ask-trimmed") + "\n"
    assert waiting(make_answer(make_excerpt("Hai.", shown=Span(0, 4)))) == ""


def waiting(answer: Answer) -> str:
    """What is said of what the reply does not open with."""
    out = io.StringIO()
    print_waiting(Console(file=out, width=200), answer, EN, "ask")
    return out.getvalue()


@given(st.text(st.sampled_from("[bold]:smile[/] \t\n") | st.characters(codec="utf-8")))
def test_a_pipe_gets_any_text_verbatim(text: str) -> None:
    """Markup, emoji codes, tabs and long lines pass; only control characters are replaced."""
    output = piped(make_answer(make_excerpt(text, (0, 3))))
    assert output.startswith(printable(text) + "\n[1] ")
    assert "\x1b" not in output


@pytest.mark.parametrize("text", ["[bold]fat[/bold]", ":smile: :+1:", "[link=http://x]y[/link]", "[/]"])
def test_a_terminal_shows_markup_as_text(text: str) -> None:
    """Article text is never read as rich markup, in the excerpt or in the title."""
    output = ESCAPE_CODE.sub("", shown(make_answer(make_excerpt(text, (0, 2), title=text))))
    assert output.count(text) == 2


@given(st.text(st.sampled_from("a [\x1b\x07\x9b]8;0m\n") | st.characters(codec="utf-8")))
def test_article_text_cannot_steer_the_terminal(text: str) -> None:
    """Only our own escape codes reach a terminal, whatever text, title and address hold."""
    url = f"https://a.example/{text}"
    answer = make_answer(make_excerpt(text, title=text, source=text, url=url, path=text))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ESCAPE_CODE.sub("", shown(answer)))


def test_a_terminal_wraps_highlights_and_links() -> None:
    """The sentence that matters stands out, the title links to the page, and lines keep to the width."""
    output = shown(make_answer(make_excerpt("Mở đầu. Câu trả lời. " + "Thêm nữa. " * 20, (8, 20))), width=60)
    assert "\x1b[1;32mCâu trả lời.\x1b[0m" in output
    assert ";https://example.org/a#:~:text=C%C3%A2u%20tr%E1%BA%A3%20l%E1%BB%9Di.\x1b\\" in output
    assert all(len(line) <= 60 for line in ESCAPE_CODE.sub("", output).splitlines())


def test_a_local_article_links_to_its_file(tmp_path: Path) -> None:
    """Without a web address the title opens the source file, when it is there."""
    path = tmp_path / "bài báo.txt"
    path.write_text("x", encoding="utf-8")
    assert path.as_uri() in shown(make_answer(make_excerpt(url=None, path=str(path))))
    for nowhere in ("archive.zip!member.txt", "a" * 5000, "a\0b"):
        assert "file://" not in shown(make_answer(make_excerpt(url=None, path=nowhere)))


def test_refusals_and_doubts_are_said() -> None:
    """No excerpts: the reason. A doubtful answer: the doubt before the excerpts."""
    assert piped(make_answer()) == EN("refused") + "\n"
    doubtful = piped(make_answer(make_excerpt("Một."), confidence=0.5, unsure=True))
    assert doubtful.startswith(EN("confidence-low") + "\nMột.\n")


def test_what_a_mistyped_question_was_taken_for_comes_first() -> None:
    """Above an answer and above a refusal."""
    line = EN("searched", question="Lavrov?") + "\n"
    assert piped(make_answer(make_excerpt("Một."), searched="Lavrov?")).startswith(f"{line}Một.\n")
    assert piped(make_answer(searched="Lavrov?")) == line + EN("refused") + "\n"


def test_nearest_passages_are_said_to_be_no_answer() -> None:
    """The nearest passages come under their heading, or there is nothing more to show."""
    out = io.StringIO()
    print_nearest(Console(file=out), make_answer(nearest=(make_excerpt("Gần."),)), EN)
    assert out.getvalue().startswith(EN("nearest-heading") + "\nGần.\n[1] ")
    out = io.StringIO()
    print_nearest(Console(file=out), make_answer(), EN)
    assert out.getvalue() == EN("no-more") + "\n"


def test_no_surrogate_reaches_the_output() -> None:
    """A lone surrogate, from a damaged file name for one, can be written as UTF-8."""
    piped(make_answer(make_excerpt("a\ud800", title="\udcff", path="b\udcff.txt", url=None))).encode()
