"""Zip archives: their articles are read in memory; what would harm or flood the reader is refused in one sentence."""

import os
import stat
import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

import pytest
from document_files import CONTAINER, FIRST, SECOND, docx, epub, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import SourceError
from retrieval.sources.collection import read as read_pending
from retrieval.sources.collection import read_sources
from retrieval.sources.formats.docx.reader import read_docx
from retrieval.sources.formats.epub.reader import read_epub
from retrieval.sources.formats.zip import safety as zip_safety
from retrieval.sources.formats.zip.archives import read_zip
from retrieval.sources.model import Failure, Original, Sourced
from retrieval.sources.reading import articles_of


def original(data: bytes, name: str = "z.zip") -> Original:
    return Original(id=name, place=name, name=name, open=lambda: BytesIO(data))


def read(data: bytes) -> list[Sourced | Failure]:
    return [read_pending(each) for each in articles_of(original(data))]


def ids(results: list[Sourced | Failure]) -> list[str]:
    return [each.article.id for each in results if isinstance(each, Sourced)]


def failures(results: list[Sourced | Failure]) -> list[Failure]:
    return [each for each in results if isinstance(each, Failure)]


def only_failure(data: bytes) -> str:
    """What is said of the one member that cannot be had, beside a good one."""
    results = read(data)
    assert ids(results) == ["z.zip!good.txt"]
    (failure,) = failures(results)
    return failure.reason


def test_members_of_every_kind_become_articles_in_order(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "b/news.csv": f'title,text\nA,"{FIRST}"\nB,"{SECOND}"\n',
        "a/paper.docx": docx(),
        "book.epub": epub(),
        "z.jsonl": '{"text": "x", "id": "own"}',
        "note.txt": FIRST,
    }
    file = tmp_path / "all.zip"
    file.write_bytes(zipped(members))
    found = list(read_sources([tmp_path]))
    assert all(isinstance(each, Sourced) for each in found)
    articles = [each.article for each in found if isinstance(each, Sourced)]
    assert [article.id for article in articles] == [
        "all.zip!a/paper.docx", "all.zip!b/news.csv#1", "all.zip!b/news.csv#2", "all.zip!book.epub",
        "all.zip!note.txt", "own",
    ]  # fmt: skip
    assert isinstance(found[0], Sourced)
    assert found[0].place == f"{file.as_posix()}!a/paper.docx"
    assert {article.path for article in articles} == {file.as_posix()}


def test_hidden_and_foreign_members_are_skipped_silently() -> None:
    members = dict.fromkeys(
        (".h.txt", ".git/x.txt", "__MACOSX/a.txt", "a/__MACOSX/._b.txt", "p.jpg", "a.txt"), FIRST
    )
    results = read(zipped({**members, "folder/": ""}))
    assert failures(results) == []
    assert ids(results) == ["z.zip!a.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/a.txt",
        "../a.txt",
        "a/../../b.txt",
        "C:/a.txt",
        "c:a.txt",
        "..\\a.txt",
        "a\\..\\..\\b.txt",
        "C:\\a.txt",
        "\\\\host\\a.txt",
        "a\nb.txt",
    ],
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert "its name" in only_failure(zipped([("good.txt", FIRST), (ZipInfo(name), FIRST)]))


def test_links_and_devices_are_refused() -> None:
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR):
        member = ZipInfo("link.txt")
        member.create_system, member.external_attr = 3, (kind | 0o777) << 16
        assert "not a file" in only_failure(zipped([("good.txt", FIRST), (member, "/etc/passwd")]))


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped([("bad.txt", FIRST), ("good.txt", FIRST)]))
    _set_flag(data, b"bad.txt", 0x1)
    assert "encrypted" in only_failure(bytes(data))


def _set_flag(data: bytearray, name: bytes, flag: int) -> None:
    directory = data.index(b"PK\x01\x02")
    assert data[directory + 46 :].startswith(name)
    data[directory + 8] |= flag


@pytest.mark.parametrize("name", ["in.zip", "in.7z", "in.tar.gz", "in.RAR"])
def test_an_archive_inside_is_refused_and_not_opened(name: str) -> None:
    inside = zipped({"deep.txt": FIRST})
    assert "inside an archive" in only_failure(zipped({"good.txt": FIRST, name: inside}))


def test_a_member_that_is_too_large_is_refused() -> None:
    noise = os.urandom(200_000)
    big = noise + b"x" * (21 * 2**20) + noise
    assert "20 MB" in only_failure(zipped([("big.txt", big), ("good.txt", FIRST)]))


def test_a_name_that_stands_twice_is_refused_the_second_time() -> None:
    results = read(zipped([("a.txt", FIRST), ("a.txt", SECOND)]))
    assert [each.article.text for each in results if isinstance(each, Sourced)] == [FIRST]
    assert "another file of this name" in failures(results)[0].reason


def test_an_uncommon_packing_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("good.txt", FIRST)
        packed.writestr("odd.txt", FIRST, ZIP_BZIP2)
    assert "deflate" in only_failure(file.getvalue())


def bomb(names: list[str], size: int = 4 * 2**20) -> bytes:
    return zipped(dict.fromkeys(names, b"0" * size))


def test_a_bomb_is_refused_as_a_whole() -> None:
    (failure,) = read(bomb(["a.txt", "b.txt"]))
    assert isinstance(failure, Failure)
    assert "zip bomb" in failure.reason
    for reader, name in ((read_docx, "a.docx"), (read_epub, "a.epub")):
        with pytest.raises(SourceError, match="zip bomb"):
            reader(bomb(["word/document.xml", "mimetype"]), original(b"", name))


def test_a_total_over_the_limit_is_refused() -> None:
    with pytest.raises(SourceError, match="zip bomb"):
        zip_safety.members_of(BytesIO(zipped({"a.txt": os.urandom(2000)})), most=1000)


def test_members_that_overlap_are_counted_as_often_as_they_are_named() -> None:
    """A table of contents that names one packed kernel a thousand times unpacks to a thousand times its size."""
    data = zipped({"a.txt": b"0" * 2**20})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    count = 300
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    (failure,) = read(data[:start] + entry * count + end)
    assert isinstance(failure, Failure)
    assert "zip bomb" in failure.reason


def test_too_many_members_are_refused() -> None:
    data = zipped({"a": b""})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    count = 100_001
    directory = entry * count
    zip64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start)
    place = start + len(directory)
    end = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    (failure,) = read(data[:start] + directory + zip64 + end)
    assert isinstance(failure, Failure)
    assert "100,001 files" in failure.reason


def test_a_header_that_understates_the_size_is_found_out_before_all_is_unpacked() -> None:
    flood = b"0" * (30 * 2**20)
    data = bytearray(zipped({"a.txt": flood}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 16 : directory + 28] = struct.pack("<3L", zlib.crc32(b"0"), len(_deflated(flood)), 1)
    (failure,) = read(bytes(data))
    assert isinstance(failure, Failure)
    assert "header denies" in failure.reason


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def test_a_damaged_member_fails_alone() -> None:
    data = bytearray(zipped([("bad.txt", FIRST * 3), ("good.txt", SECOND)]))
    data[45] ^= 0xFF
    assert "damaged" in only_failure(bytes(data))


def test_a_member_with_a_changed_letter_is_found_out_by_its_check_sum() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("bad.txt", FIRST)
        packed.writestr("good.txt", SECOND)
    assert "check sum" in only_failure(file.getvalue().replace(b"Sochi", b"Sochy"))


def test_old_programs_names_in_utf8_are_read_as_such() -> None:
    data = zipped({"tin/biển.txt": FIRST})
    assert b"bi\xe1\xbb\x83n" in data
    unflagged = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = unflagged.index(mark) + place
        unflagged[start : start + 2] = b"\0\0"
    assert ids(read(bytes(unflagged))) == ids(read(data)) == ["z.zip!tin/biển.txt"]


def test_nothing_is_written_and_members_are_opened_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened: list[BytesIO] = []
    data = zipped({"a.txt": FIRST, "b.txt": SECOND})

    def open_it() -> BytesIO:
        opened.append(BytesIO(data))
        return opened[-1]

    members = list(read_zip(Original(id="z", place="z.zip", name="z.zip", open=open_it)))
    assert len(opened) == 1
    assert [member.read().decode() for member in members if isinstance(member, Original)] == [FIRST, SECOND]
    assert all(file.closed for file in opened)
    assert list(tmp_path.iterdir()) == []


def test_what_the_owner_says_of_an_archive_holds_for_its_articles_apart_from_their_names() -> None:
    data = zipped({"a.txt": FIRST})
    known = {"source": "Tin Biển", "id": "x", "url": "https://e.org/z.zip", "title": "Z"}
    archive = Original(
        id="z.zip",
        place="z.zip",
        name="z.zip",
        open=lambda: BytesIO(data),
        url="https://e.org/z.zip",
        known=known,
    )
    (sourced,) = (read_pending(each) for each in articles_of(archive))
    assert isinstance(sourced, Sourced)
    assert (sourced.article.id, sourced.article.source, sourced.article.title) == (
        "z.zip!a.txt",
        "Tin Biển",
        None,
    )


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not a zip", zipped({"a.txt": FIRST})[:90], zipped({"a.jpg": b"x"})]
)
def test_what_is_no_archive_of_articles_is_one_failure(data: bytes) -> None:
    (failure,) = read(data)
    assert isinstance(failure, Failure)


VALID = zipped({"a.txt": FIRST, "b.csv": f"text\n{SECOND}\n", "META-INF/container.xml": CONTAINER})


@given(st.binary(max_size=60), st.integers(0, len(VALID)), st.integers(0, 60))
@settings(max_examples=300)
def test_damage_gives_failures_and_nothing_else(noise: bytes, place: int, cut: int) -> None:
    for data in (noise, VALID[:place] + noise + VALID[place + cut :]):
        for each in read(data):
            assert isinstance(each, Sourced) or "\n" not in each.reason


def test_a_member_whose_stream_ends_before_its_bytes_do_is_refused_and_does_not_hold_up() -> None:
    """Damage may end a deflate stream early; what is left of it must not be tried for ever."""
    early = _deflated(b"x" * 70_000)
    data = bytearray(zipped({"a.txt": os.urandom(200_000), "good.txt": FIRST}))
    start = data.index(b"a.txt") + len("a.txt")
    data[start : start + len(early)] = early
    assert "damaged" in only_failure(bytes(data))
