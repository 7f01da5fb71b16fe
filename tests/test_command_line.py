"""The commands of the contract: exit codes, and what is said where."""

from importlib.metadata import version
from pathlib import Path

import pytest
from command_line import ANSWER_KEYS, EXCERPT_KEYS, CommandLine
from small_index import index, write_jsonl, write_text

GOLD = {
    "id": "gold",
    "title": "Thị trường",
    "text": "Mở đầu.\nGiá vàng tăng. Nhà nhà vui.",
    "date": "2025-04-02",
    "url": "https://e.org/1",
}
RICE = {"id": "rice", "text": "Giá gạo giảm."}


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `data` serves two articles."""
    folder = tmp_path_factory.mktemp("indexed")
    index(folder / "data", GOLD, RICE)
    return folder


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], indexed: Path
) -> CommandLine:
    """In a folder with an index."""
    monkeypatch.chdir(indexed)
    return CommandLine(monkeypatch, capsys)


def test_an_answer_is_printed_with_its_citation(trichdan: CommandLine) -> None:
    result = trichdan("ask", "Giá", "vàng?")
    assert result.code == 0
    assert "Giá vàng tăng. Nhà nhà vui." in result.out
    assert "Thị trường" in result.out
    assert result.err == ""


def test_a_long_excerpt_is_shortened_and_all_prints_the_whole_of_it(
    trichdan: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON has it whole, with the span that is printed."""
    rest = " ".join(f"Câu chuyện dài dòng khác nữa, phần {n}." for n in range(1, 16))
    index(tmp_path / "data", {"id": "gold", "text": f"Giá vàng tăng. {rest}"})
    monkeypatch.chdir(tmp_path)
    short = trichdan("ask", "Giá vàng?").out
    assert short.startswith("Giá vàng tăng. ") and "\n⋯\n[1] " in short and "phần 15." not in short
    assert "--all" in short.splitlines()[-1]
    whole = trichdan("ask", "--all", "Giá vàng?").out
    assert rest in whole and "⋯" not in whole and "--all" not in whole
    (answer,) = trichdan("ask", "--json", "Giá vàng?").objects
    (best,) = answer["excerpts"]
    start, end = best["shown"]
    assert rest in best["text"] and short.startswith(best["text"][start:end] + "\n")


@pytest.mark.parametrize(
    ("question", "code"), [("Bóng đá đêm qua?", 3), ("xin chào", 0), (" ", 2), ("x" * 10_000, 2)]
)
def test_the_exit_code_tells_what_came_of_a_question(trichdan: CommandLine, question: str, code: int) -> None:
    result = trichdan("ask", question)
    assert result.code == code
    assert (result.err if code == 2 else result.out).strip()
    assert trichdan("ask", "--json", question).code == code


def test_the_json_of_an_answer_has_the_published_keys_in_order(trichdan: CommandLine) -> None:
    (answer,) = trichdan("ask", "--json", "Giá vàng?").objects
    assert list(answer) == ANSWER_KEYS
    assert (answer["question"], answer["kind"], answer["language"]) == ("Giá vàng?", "question", "vi")
    assert (answer["unaccented"], answer["answered"], answer["nearest"]) == (False, True, [])
    assert 0 < answer["confidence"] <= 1
    assert answer["elapsed_ms"]["total"] >= 0
    assert isinstance(answer["generation"], str)
    best = answer["excerpts"][0]
    assert list(best) == EXCERPT_KEYS
    assert (best["article_id"], best["title"], best["date"], best["url"]) == (
        "gold",
        "Thị trường",
        "2025-04-02",
        "https://e.org/1",
    )
    (start, end), *_ = best["highlights"]
    assert (best["text"][start:end], best["paragraph"]) == ("Giá vàng tăng.", 2)
    assert (best["source"], best["author"], best["also_in"]) == (None, None, [])


def test_a_refusal_as_json_has_the_nearest_and_a_message(trichdan: CommandLine) -> None:
    (answer,) = trichdan("ask", "--json", "Bóng đá đêm qua?").objects
    assert (answer["answered"], answer["excerpts"]) == (False, [])
    assert len(answer["nearest"]) == 2
    assert list(answer["nearest"][0]) == EXCERPT_KEYS
    assert answer["message"]


def test_small_talk_and_invalid_lines_have_empty_lists_and_no_confidence(trichdan: CommandLine) -> None:
    lines = trichdan("ask", "--json", "-", stdin="xin chào\n\n".encode()).objects
    assert [line["kind"] for line in lines] == ["chitchat", "invalid"]
    for line in lines:
        assert (line["answered"], line["excerpts"], line["nearest"], line["confidence"]) == (False, [], [], 0)
        assert line["message"]


def test_the_limit_is_that_of_the_excerpts(trichdan: CommandLine) -> None:
    for limit, count in ((1, 1), (2, 2), (10**30, 2)):
        (answer,) = trichdan("ask", "--json", "--limit", str(limit), "Giá vàng, giá gạo?").objects
        assert len(answer["excerpts"]) == count


def test_show_gives_the_text_that_excerpts_point_into(trichdan: CommandLine) -> None:
    (answer,) = trichdan("ask", "--json", "Giá vàng?").objects
    best = answer["excerpts"][0]
    (shown,) = trichdan("show", "--json", best["article_id"]).objects
    assert shown["text"][best["start"] : best["end"]] == best["text"]
    assert (shown["article_id"], shown["title"], shown["date"]) == ("gold", "Thị trường", "2025-04-02")
    assert str(GOLD["text"]) in trichdan("show", "gold").out


def test_an_article_that_is_not_there_is_nothing_found(trichdan: CommandLine) -> None:
    result = trichdan("show", "tệp lạ")
    assert (result.code, result.out) == (3, "")
    assert "tệp lạ" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["sing"],
        ["ask"],
        ["ask", "--limit", "0", "x"],
        ["ask", "--limit", "-1", "x"],
        ["ask", "--limit", "two", "x"],
        ["ask", "--limit", "9" * 5000, "x"],
        ["ask", "--wrong", "x"],
        ["inspect"],
        ["show"],
        ["show", "a", "b"],
        ["--data-dir"],
        ["--data-dir", "", "show", "gold"],
        ["reindex", " "],
        ["inspect", ""],
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help(trichdan: CommandLine, arguments: list[str]) -> None:
    result = trichdan(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "--help" in result.err


def test_without_a_command_the_help_is_printed(trichdan: CommandLine) -> None:
    result = trichdan()
    assert (result.code, result.err) == (0, "")
    assert result.out == trichdan("--help").out and "articles" in result.out


def test_the_version_is_printed(trichdan: CommandLine) -> None:
    result = trichdan("--version")
    assert (result.code, result.out) == (0, f"trichdan {version('trichdan')}\n")


def test_articles_are_listed_the_newest_first(trichdan: CommandLine, tmp_path: Path) -> None:
    rows = [
        {"id": "old", "text": "Năm cũ.", "title": "Bài cũ", "date": "2019-01-02", "source": "Báo A"},
        {"id": "new", "text": "Năm mới.", "title": "Bài mới", "date": "2025-01-02"},
        {"id": "none", "text": "Không có ngày, không có tên."},
    ]
    source = write_jsonl(tmp_path / "a.jsonl", *rows)
    data = ("--data-dir", tmp_path / "data")
    assert trichdan(*data, "reindex", source).code == 0
    listed = trichdan(*data, "articles")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.splitlines() == [
        "2025-01-02  new  Bài mới",
        "2019-01-02  old  Bài cũ · Báo A",
        "-           none  “Không có ngày, không có tên.”",
    ]
    objects = trichdan(*data, "articles", "--json").objects
    assert [each["article_id"] for each in objects] == ["new", "old", "none"]
    assert objects[1] == {"article_id": "old", "title": "Bài cũ", "date": "2019-01-02", "source": "Báo A"}
    assert all(trichdan(*data, "show", each["article_id"]).code == 0 for each in objects)


@pytest.mark.parametrize("command", [["ask", "x"], ["ask", "--json", "-"], ["show", "x"], ["articles"]])
def test_without_an_index_the_mend_is_named(
    trichdan: CommandLine, tmp_path: Path, command: list[str]
) -> None:
    for arguments in (["--data-dir", str(tmp_path), *command], [*command, "--data-dir", str(tmp_path)]):
        result = trichdan(*arguments)
        assert (result.code, result.out) == (1, "")
        assert "trichdan reindex" in result.err
        assert result.err.count("\n") == 1


def test_the_data_directory_counts_before_and_after_the_command(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch, indexed: Path, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRICHDAN_DATA_DIR", "nowhere")
    assert trichdan("--data-dir", indexed / "data", "show", "gold").code == 0
    assert trichdan("show", "--data-dir", indexed / "data", "gold").code == 0
    assert trichdan("--data-dir", "nowhere", "show", "--data-dir", indexed / "data", "gold").code == 0
    assert trichdan("show", "gold").code == 1


def test_a_wrong_setting_is_one_sentence_that_names_the_variable(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICHDAN_ADMIN_IDS", "nobody")
    result = trichdan("ask", "x")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("TRICHDAN_ADMIN_IDS is 'nobody' but should be")
    assert result.err.count("\n") == 1


def test_inspect_tells_what_a_file_becomes_and_goes_on_after_a_bad_one(
    trichdan: CommandLine, tmp_path: Path
) -> None:
    good = write_jsonl(tmp_path / "a.jsonl", GOLD)
    bad = write_text(tmp_path / "b.txt", "")
    result = trichdan("inspect", "--json", bad, tmp_path / "gone.txt", good)
    assert result.code == 1
    assert "b.txt" in result.err and "gone.txt" in result.err
    (found,) = result.objects
    assert list(found) == "path title date source author url lang text dropped passages".split()
    assert (found["title"], found["date"], found["text"]) == (GOLD["title"], "2025-04-02", GOLD["text"])
    (passage,) = found["passages"]
    assert found["text"][passage["start"] : passage["end"]] == passage["text"]
    assert "-- passages: 1" in trichdan("inspect", good).out
    assert trichdan("inspect", good).code == 0
