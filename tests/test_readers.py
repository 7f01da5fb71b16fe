"""Files and folders become articles with stable ids; what cannot is named, and stops nothing else."""

import codecs
import json
import os
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.inspection import source_object
from retrieval.errors import SourceError
from retrieval.sources.collection import read_sources
from retrieval.sources.formats.plain.encodings import decode
from retrieval.sources.formats.plain.plain_text import read_plain_text
from retrieval.sources.model import Failure, Original, Sourced

ORIGINAL = Original(id="a", place="a.txt", name="a.txt", open=lambda: BytesIO(b""))
PARAGRAPH = "Hai bên nhất trí mở thêm đường bay thẳng, bắt đầu từ mùa hè, với ba chuyến mỗi tuần."


def write(path: Path, content: str | bytes = PARAGRAPH) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(*sources: Path) -> tuple[list[Sourced], list[Failure]]:
    results = list(read_sources(sources))
    articles = [result for result in results if isinstance(result, Sourced)]
    return articles, [result for result in results if isinstance(result, Failure)]


def ids(*sources: Path) -> list[str]:
    return [sourced.article.id for sourced in read(*sources)[0]]


def jsonl(path: Path, *records: object) -> Path:
    return write(path, "\n".join(json.dumps(record, ensure_ascii=False) for record in records))


def test_a_folder_is_read_recursively_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.TXT"):
        write(tmp_path / name)
    assert ids(tmp_path) == ["a/b/c.TXT", "a/z.md", "b.txt"]


def test_hidden_and_foreign_files_in_a_folder_are_skipped_silently(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/x.txt", "photo.jpg", "a.txt"):
        write(tmp_path / name)
    assert read(tmp_path)[1] == []
    assert ids(tmp_path) == ["a.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    assert ids(file, tmp_path, file) == ["a.txt"]


def test_equal_paths_below_two_roots_are_told_apart_by_the_roots_names(tmp_path: Path) -> None:
    write(tmp_path / "one/a.txt")
    write(tmp_path / "two/a.txt")
    write(tmp_path / "two/b.txt")
    assert ids(tmp_path / "one", tmp_path / "two") == ["one/a.txt", "two/a.txt", "b.txt"]


def test_a_missing_source_raises_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read_sources([write(tmp_path / "a.txt"), tmp_path / "typo"])


def test_a_file_of_unknown_kind_raises_and_names_the_kinds(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\.jsonl"):
        read_sources([write(tmp_path / "a.odt")])


def test_a_folder_without_articles_is_a_failure(tmp_path: Path) -> None:
    articles, failures = read(tmp_path)
    assert articles == []
    assert [failure.path for failure in failures] == [tmp_path.as_posix()]


def test_pipes_dangling_links_and_folders_named_like_files_fail_and_do_not_hang(tmp_path: Path) -> None:
    write(tmp_path / "good.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "folder.txt").mkdir()
    articles, failures = read(tmp_path)
    assert [sourced.article.id for sourced in articles] == ["good.txt"]
    assert {Path(failure.path).name for failure in failures} == {"pipe.txt", "link.txt", "folder.txt"}


def test_a_link_back_to_its_own_folder_does_not_loop(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    assert ids(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    "content",
    [
        PARAGRAPH.encode("utf-8"),
        PARAGRAPH.encode("utf-8-sig"),
        PARAGRAPH.encode("utf-16"),
        codecs.BOM_UTF16_BE + PARAGRAPH.encode("utf-16-be"),
        unicodedata.normalize("NFD", PARAGRAPH).encode(),
        PARAGRAPH.encode("utf-16-le"),
        PARAGRAPH.encode("utf-16-be"),
        PARAGRAPH.replace(" ", "\u00a0").encode(),
        PARAGRAPH.replace(" ", " \u200b").encode() + b"\r\n",
    ],
)
def test_every_common_encoding_gives_the_same_text(content: bytes) -> None:
    assert read_plain_text(content, ORIGINAL).text == PARAGRAPH


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"abc\0def", "binary"),
        ("giá vàng".encode()[:-2] + b"\xe0 tang", "cannot be decoded as UTF-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "cannot be decoded"),
    ],
)
def test_what_is_no_text_is_a_failure_that_says_why(tmp_path: Path, content: bytes, complaint: str) -> None:
    write(tmp_path / "bad.txt", content)
    write(tmp_path / "good.txt")
    articles, failures = read(tmp_path)
    assert [sourced.article.id for sourced in articles] == ["good.txt"]
    assert complaint in failures[0].reason
    assert failures[0].path.endswith("bad.txt")


def test_a_huge_text_file_is_a_failure(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert "20 MB" in read(tmp_path)[1][0].reason


def test_the_digest_follows_the_bytes(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    before = read(file)[0][0].digest
    assert read(file)[0][0].digest == before
    write(file, PARAGRAPH + "\n")
    assert read(file)[0][0].digest != before


def test_a_jsonl_line_gives_all_its_fields(tmp_path: Path) -> None:
    record = {
        "id": "n1",
        "title": "Mở\nđường bay",
        "date": "2025-04-02T08:00:00Z",
        "source": "Tin Biển",
        "author": None,
        "url": "https://example.org/1",
        "lang": "vi",
        "text": f"{PARAGRAPH}\n\nTheo dõi chúng tôi trên",
    }
    article = read(jsonl(tmp_path / "a.jsonl", record))[0][0].article
    assert (article.id, article.title, article.date) == ("n1", "Mở đường bay", date(2025, 4, 2))
    assert (article.source, article.author, article.lang) == ("Tin Biển", None, "vi")
    assert article.text == f"{PARAGRAPH}\nTheo dõi chúng tôi trên"
    assert article.gaps == ()


def test_a_jsonl_article_is_known_by_its_id_else_its_url_else_its_line(tmp_path: Path) -> None:
    records = [{"id": "x", "url": "https://e.org/a"}, {"url": "https://e.org/b"}, {}]
    file = jsonl(tmp_path / "deep/a.jsonl", *({**record, "text": PARAGRAPH} for record in records))
    assert ids(tmp_path) == ["x", "https://e.org/b", "deep/a.jsonl#3"]
    assert read(file)[0][0].article.path == file.as_posix()


def test_a_whole_number_is_an_id_and_what_only_looks_like_one_is_refused(tmp_path: Path) -> None:
    given = [17, 0, -3, 10**30, True, 1.5, [1]]
    articles, failures = read(
        jsonl(tmp_path / "a.jsonl", *({"id": each, "text": PARAGRAPH} for each in given))
    )
    assert [sourced.article.id for sourced in articles] == ["17", "0", "-3", str(10**30)]
    assert ["`id`" in failure.reason for failure in failures] == [True] * 3


def test_bad_jsonl_lines_fail_alone_and_are_named(tmp_path: Path) -> None:
    good = json.dumps({"text": PARAGRAPH})
    bad = [
        "{",
        "[1]",
        "{}",
        '{"text": ""}',
        '{"text": 5}',
        "[" * 100_000,
    ]
    file = write(tmp_path / "a.jsonl", "\n".join([good, *bad, "", good]))
    articles, failures = read(file)
    assert [sourced.article.id for sourced in articles] == ["a.jsonl#1", "a.jsonl#9"]
    assert [failure.path for failure in failures] == [f"{file.as_posix()}#{n}" for n in range(2, 8)]


@pytest.mark.parametrize("field", ["date", "title", "source", "author", "url", "lang"])
@pytest.mark.parametrize("value", [3, ["x"], {"a": 1}])
def test_a_jsonl_field_that_is_no_string_costs_itself_alone_and_is_remarked(
    tmp_path: Path, field: str, value: object
) -> None:
    record = {"text": PARAGRAPH, "title": "T", "date": "2025-04-02", field: value}
    (sourced,), failures = read(jsonl(tmp_path / "a.jsonl", record))
    assert (sourced.article.text, failures) == (PARAGRAPH, [])
    assert getattr(sourced.article, field) == ("vi" if field == "lang" else None)
    assert f"`{field}` is a" in sourced.remarks[0]


def test_a_jsonl_date_is_read_as_people_write_it_and_a_bad_one_is_remarked(tmp_path: Path) -> None:
    records = [{"text": PARAGRAPH, "date": written} for written in ("2/4/2025", "31/02/2025", "2025-02-31")]
    articles, failures = read(jsonl(tmp_path / "a.jsonl", *records))
    assert [sourced.article.date for sourced in articles] == [date(2025, 4, 2), None, None]
    assert [len(sourced.remarks) for sourced in articles] == [0, 1, 1]
    assert failures == []


def test_undecodable_jsonl_lines_fail_alone(tmp_path: Path) -> None:
    good = json.dumps({"text": PARAGRAPH}).encode()
    articles, failures = read(
        write(tmp_path / "a.jsonl", codecs.BOM_UTF8 + good + b'\r\n{"text": "\xff"}\r\n' + good)
    )
    assert len(articles) == 2
    assert "UTF-8" in failures[0].reason


def test_the_second_article_with_an_id_is_a_failure(tmp_path: Path) -> None:
    file = jsonl(tmp_path / "a.jsonl", {"id": "x", "text": "Một."}, {"id": "x", "text": "Hai."})
    articles, failures = read(file)
    assert [sourced.article.text for sourced in articles] == ["Một."]
    assert failures[0].path == f"{file.as_posix()}#2"


def test_an_unreadable_reader_error_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in read(tmp_path)[1][0].reason


def test_inspection_shows_the_text_the_metadata_and_what_was_dropped(tmp_path: Path) -> None:
    page = f"Mở đường bay thẳng tới biển Đen\n10:20 02/04/2025\n{PARAGRAPH}\nChia sẻ\n{PARAGRAPH[:-1]} nữa."
    (found,) = read(write(tmp_path / "a.txt", page))[0]
    result = SimpleNamespace(**source_object(found))
    assert (result.title, result.date, result.lang) == ("Mở đường bay thẳng tới biển Đen", "2025-04-02", "vi")
    assert [each["reason"] for each in result.dropped] == ["title", "date", "share"]


@given(st.binary(max_size=400))
def test_any_bytes_become_text_or_a_source_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except SourceError as error:
        assert ": " in str(error)
