"""Questions from standard input: one object a line, in order, whatever the bytes."""

import json
from pathlib import Path

import pytest
from command_line import ANSWER_KEYS, CommandLine
from small_index import index


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    """In a folder whose index holds one article."""
    index(tmp_path / "data", {"id": "gold", "text": "Giá vàng tăng."})
    monkeypatch.chdir(tmp_path)
    return CommandLine(monkeypatch, capsys)


LINES: list[tuple[bytes, str, str]] = [
    ("Giá vàng?".encode(), "Giá vàng?", "question"),
    (b"", "", "invalid"),
    (b"   ", "   ", "invalid"),
    (b"a" * 10_000, "a" * 10_000, "invalid"),
    (b"gia v\xff\xfeng", "gia v\ufffd\ufffdng", "question"),
    (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd", "chitchat"),
    (b"\x00gia\x00", "\x00gia\x00", "question"),
    ("giá\u2028vàng\x85hôm\x0b\x0cnay".encode(), "giá\u2028vàng\x85hôm\x0b\x0cnay", "question"),
    (b'"quotes" \\ {"a": 1}', '"quotes" \\ {"a": 1}', "question"),
    ("\ufeffxin chào 🙂".encode(), "\ufeffxin chào 🙂", "chitchat"),
    (b"-", "-", "chitchat"),
]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("final", [True, False])
def test_every_line_gets_its_object_in_order(trichdan: CommandLine, ending: bytes, final: bool) -> None:
    stdin = ending.join(line for line, _, _ in LINES) + (ending if final else b"")
    result = trichdan("ask", "--json", "-", stdin=stdin)
    assert (result.code, result.err) == (0, "")
    assert [(found["question"], found["kind"]) for found in result.objects] == [
        (question, kind) for _, question, kind in LINES
    ]
    assert all(list(found) == ANSWER_KEYS for found in result.objects)


def test_no_reader_sees_other_lines_than_these(trichdan: CommandLine) -> None:
    """Some readers end a line at NEL or at the Unicode separators, too."""
    stdin = b"\n".join(line for line, _, _ in LINES)
    assert len(trichdan("ask", "--json", "-", stdin=stdin).out.splitlines()) == len(LINES)


def test_the_output_is_utf8_whatever_was_asked(trichdan: CommandLine) -> None:
    out = trichdan("ask", "--json", "-", stdin=b"\xed\xa0\x80\n\xff").out
    assert len([json.loads(line) for line in out.encode("utf-8").splitlines()]) == 2


def test_no_line_gets_no_object(trichdan: CommandLine) -> None:
    result = trichdan("ask", "--json", "-")
    assert (result.code, result.out) == (0, "")


def test_a_question_with_an_odd_argument_is_answered_all_the_same(trichdan: CommandLine) -> None:
    """Bytes of an argument that are not UTF-8 arrive as lone surrogates."""
    (answer,) = trichdan("ask", "--json", "gi\udce1 v\udcffng").objects
    assert answer["kind"] == "question"


def test_without_json_every_line_is_answered_for_a_reader(trichdan: CommandLine) -> None:
    result = trichdan("ask", "-", stdin="Giá vàng?\nvàng\n".encode())
    assert result.code == 0
    assert result.out.count("Giá vàng tăng.\n[1]") == 2


def test_lines_of_a_conversation_follow_each_other_until_an_empty_one(trichdan: CommandLine) -> None:
    asked = ["Giá vàng năm 2020 là bao nhiêu?", "Còn năm 2021?", "", "Còn năm 2021?"]
    result = trichdan("ask", "--json", "--conversation", "-", stdin="\n".join(asked).encode())
    assert result.code == 0
    assert [found["question"] for found in result.objects] == [line for line in asked if line]
    assert [found.get("searched") for found in result.objects] == [
        None,
        "Giá vàng năm 2021 là bao nhiêu?",
        None,
    ]


@pytest.mark.parametrize("count", [300])
def test_many_lines_need_one_model(trichdan: CommandLine, count: int) -> None:
    result = trichdan("ask", "--json", "-", stdin="Giá vàng?\n".encode() * count)
    assert len(result.objects) == count
    assert len({found["generation"] for found in result.objects}) == 1
