"""Zip names mean what whoever packed them saw: of Windows, of macOS, in UTF-8 without a flag and in old code pages."""

import struct
import unicodedata
import zlib
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from document_files import FIRST, zipped

from retrieval.sources.collection import read as read_pending
from retrieval.sources.formats.zip.names import names_of
from retrieval.sources.model import Failure, Original, Sourced
from retrieval.sources.reading import articles_of


def member(name: bytes, extra: bytes = b"", flag: int = 0) -> ZipInfo:
    info = ZipInfo("x")
    info.orig_filename = name.decode("utf_8" if flag else "cp437")
    info.extra, info.flag_bits = extra, flag
    return info


def read(data: bytes) -> tuple[list[str], list[Failure]]:
    original = Original(id="z.zip", place="z.zip", name="z.zip", open=lambda: BytesIO(data))
    found = [read_pending(each) for each in articles_of(original)]
    return (
        [each.article.id.removeprefix("z.zip!") for each in found if isinstance(each, Sourced)],
        [each for each in found if isinstance(each, Failure)],
    )


def in_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: letters composed with their shape, tones behind them."""
    written = ""
    for letter in unicodedata.normalize("NFD", text):
        shaped = unicodedata.normalize("NFC", written[-1:] + letter)
        written = written[:-1] + shaped if letter in "\u0302\u0306\u031b" else written + letter
    return written.encode("cp1258")


@pytest.mark.parametrize(
    ("names", "page"),
    [
        (["Пекарня в Берёзовке.txt", "Отчет Q1 2024.txt"], "cp866"),
        (["Пекарня.txt", "a.txt"], "cp1251"),
        (["Отчётv2.txt", "Q1План.txt"], "cp866"),
        (["ПланРабот2024.txt"], "cp1251"),
        (["Новости/Июнь.txt"], "koi8_r"),
        (["НОВОСТИ/ИЮНЬ.txt", "№ 5.txt"], "cp866"),
        (["Café.txt", "Über uns.txt"], "cp437"),
        (["Café.txt", "Über uns.txt"], "cp1252"),
        (["Ação não.txt"], "cp850"),
        (["Tin tức/Biển Đông.txt", "Báo cáo thủy lợi.txt", "plain.txt"], "utf_8"),
        (["новости.txt", "tin tức.txt"], "utf_8"),
    ],
)
def test_the_code_page_is_told_by_all_names_together(names: list[str], page: str) -> None:
    assert names_of([member(name.encode(page)) for name in names]) == names


def test_vietnamese_names_of_windows_are_read() -> None:
    names = ["Tin tức biển Đông.txt", "Báo cáo thủy lợi.txt"]
    assert names_of([member(in_1258(name)) for name in names]) == names


def test_a_name_with_a_flag_is_in_utf8_whatever_the_others_are() -> None:
    members = [member("Пекарня.txt".encode("cp866")), member("Хлеб.txt".encode(), flag=0x800)]
    assert names_of(members) == ["Пекарня.txt", "Хлеб.txt"]


def test_a_unicode_name_beside_the_other_one_counts_while_that_is_unchanged() -> None:
    plain, true = b"?????.txt", "хлеб.txt".encode()
    field = struct.pack("<HHBL", 0x7075, 5 + len(true), 1, zlib.crc32(plain)) + true
    before = struct.pack("<HH4s", 0x5455, 4, b"time")
    assert names_of([member(plain, before + field)]) == ["хлеб.txt"]
    assert names_of([member(b"renamed.txt", before + field)]) == ["renamed.txt"]


@pytest.mark.parametrize("extra", [b"\x75\x70", b"\x75\x70\xff\xff\x01", b"\x75\x70\x01\x00\x01", b"\0" * 7])
def test_a_cut_extra_field_is_passed_over(extra: bytes) -> None:
    assert names_of([member(b"a.txt", extra)]) == ["a.txt"]


def test_backslashes_part_folders_and_lead_no_more_outside_than_slashes_do() -> None:
    names = (
        "news\\june\\a.txt",
        "news\\may\\",
        "x\\..\\..\\b.txt",
        "\\c.txt",
        "D:\\d.txt",
        "ok.txt",
        "news/may/e.txt",
    )
    ids, failures = read(zipped([(_named(name), FIRST if name[-1] != "\\" else "") for name in names]))
    assert ids == ["news/june/a.txt", "news/may/e.txt", "ok.txt"]
    assert {each.path.removeprefix("z.zip!") for each in failures} == {"/c.txt", "D:/d.txt", "x/../../b.txt"}
    assert all("outside the archive" in each.reason for each in failures)


def _named(name: str) -> ZipInfo:
    info = ZipInfo("x")
    info.filename = info.orig_filename = name
    return info


def test_what_macos_windows_and_word_add_is_passed_over() -> None:
    names = ("__MACOSX/._a.txt", ".DS_Store", "a/.DS_Store", "Thumbs.db", "~$a.docx", "b\\~$c.docx", "a.txt")
    assert read(zipped([(_named(name), FIRST) for name in names])) == (["a.txt"], [])


def test_the_same_name_by_both_slashes_is_told() -> None:
    ids, (failure,) = read(zipped([(_named("a/b.txt"), FIRST), (_named("a\\b.txt"), FIRST)]))
    assert ids == ["a/b.txt"]
    assert "another file of this name" in failure.reason


def test_an_archive_of_the_large_kind_is_read() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as packed, packed.open(ZipInfo("tin/a.txt"), "w", force_zip64=True) as inside:
        inside.write(FIRST.encode())
    assert read(file.getvalue()) == (["tin/a.txt"], [])
