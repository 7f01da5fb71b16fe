"""Books with something missing or hidden: a lost chapter costs itself, and what readers do not see is not read."""

from pathlib import Path

import pytest
from document_files import CHAPTER, CONTAINER, FIRST, SECOND, THIRD, TITLE, epub, zipped
from reading_documents import from_epub, lines

from retrieval.errors import SourceError
from retrieval.sources.collection import read_sources
from retrieval.sources.model import Failure, Sourced

PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">'
    "<metadata><dc:title>Chuyện làng</dc:title></metadata><manifest>{}</manifest><spine>{}</spine></package>"
)


def book(
    chapters: dict[str, str | bytes | None], more: dict[str, str | bytes] | None = None, items: str = ""
) -> bytes:
    """A book of these pages by name, None for one that is listed and not there."""
    listed = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    pages = {f"OEBPS/{name}": page for name, page in chapters.items() if page is not None}
    package = PACKAGE.format(items + listed, spine)
    held: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package}
    return zipped({**held, **pages, **(more or {})})


def page(body: str, head: str = "") -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'


def p(text: str) -> str:
    return page(f"<p>{text}</p>")


@pytest.mark.parametrize("bad", [None, b"", b"\0\1\2\3" * 50, b"   "])
def test_a_chapter_that_is_lost_costs_itself_and_is_listed(bad: bytes | None, tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(book({"1.xhtml": p(FIRST), "2.xhtml": bad, "3.xhtml": p(SECOND)}))
    (found,) = read_sources([tmp_path])
    assert isinstance(found, Sourced)
    assert found.article.text == f"{FIRST}\n{SECOND}"
    (remark,) = found.remarked
    assert remark.path == f"{tmp_path.as_posix()}/a.epub"
    assert "the chapter OEBPS/2.xhtml is left out" in remark.reason


def test_a_chapter_with_a_changed_letter_is_found_out_by_its_check_sum() -> None:
    import io
    from zipfile import ZIP_STORED, ZipFile

    with ZipFile(io.BytesIO(book({"1.xhtml": p(FIRST), "2.xhtml": p(SECOND)}))) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    stored = io.BytesIO()
    with ZipFile(stored, "w", ZIP_STORED) as packed:
        for name, data in held.items():
            packed.writestr(name, data)
    damaged = stored.getvalue().replace("ba chuyến".encode(), "ba chuyếm".encode())
    assert lines(from_epub(damaged)) == [FIRST]
    (remark,) = from_epub(damaged).remarks
    assert "OEBPS/2.xhtml is left out (damaged in its archive, the check sum is wrong)" in remark


def test_a_book_of_lost_chapters_alone_is_one_failure(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(book({"1.xhtml": None, "2.xhtml": None}))
    (failure,) = read_sources([tmp_path])
    assert isinstance(failure, Failure)
    assert "none of its 2 chapters" in failure.reason


def test_a_chapter_that_the_list_of_files_lacks_is_told() -> None:
    data = zipped(
        {
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": PACKAGE.format(
                '<item id="a" href="1.xhtml" media-type="application/xhtml+xml"/>',
                '<itemref idref="a"/><itemref idref="b"/>',
            ),
            "OEBPS/1.xhtml": p(FIRST),
        }
    )  # fmt: skip
    assert lines(from_epub(data)) == [FIRST]
    assert ["chapter b is left out" in remark for remark in from_epub(data).remarks] == [True]


@pytest.mark.parametrize(
    "more",
    [
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": "<contain"},
        {"META-INF/container.xml": CONTAINER.replace("OEBPS/book.opf", "content.opf")},
        {"META-INF/container.xml": CONTAINER.replace("OEBPS/book.opf", "OEBPS\\book.opf")},
        {"META-INF/container.xml": CONTAINER.replace("OEBPS/book.opf", "oebps/Book.opf")},
        {"META-INF/encryption.xml": "<encryp"},
    ],
)
def test_a_book_whose_package_file_can_be_found_is_read(more: dict[str, str | bytes]) -> None:
    assert from_epub(book({"1.xhtml": p(FIRST)}, more)).title == "Chuyện làng"


@pytest.mark.parametrize("package", ["<package", "", "<package/>x", "<package/>"])
def test_without_a_list_of_chapters_they_are_read_by_their_names(package: str) -> None:
    pages: dict[str, str | bytes | None] = {
        "ch10.xhtml": p(THIRD),
        "ch2.xhtml": p(SECOND),
        "ch1.xhtml": p(FIRST),
    }
    data = book(pages, {"OEBPS/book.opf": package})
    assert lines(from_epub(data)) == [FIRST, SECOND, THIRD]
    (remark,) = from_epub(data).remarks
    assert "OEBPS/book.opf, cannot be read" in remark


@pytest.mark.parametrize(
    "written", ["Chương%201.xhtml", "Chu\u031bo\u031bng 1.xhtml", "CHƯƠNG 1.XHTML", "Chương 1.xhtml#x"]
)
def test_names_are_compared_as_reading_systems_do(written: str) -> None:
    data = book({written: None}, {"OEBPS/Chương 1.xhtml": p(FIRST)})
    assert lines(from_epub(data)) == [FIRST]


LINKS = "".join(f'<p><a href="{n}.xhtml">Chương {n}. Mùa nước nổi</a></p>' for n in range(1, 5))


@pytest.mark.parametrize(
    ("contents", "items"),
    [
        (page(f"<h1>Mục lục</h1>{LINKS}"), ""),
        (page("<p>Mục lục</p><p>Chương 1</p>"), '<item id="g" href="toc.xhtml" properties="nav"/>'),
        (page("<p>Mục lục</p><p>Chương 1</p>"), '<reference type="toc" href="toc.xhtml#x"/>'),
    ],
)  # fmt: skip
def test_a_table_of_contents_is_listed_and_not_read(contents: str, items: str) -> None:
    document = from_epub(book({"toc.xhtml": contents, "1.xhtml": p(FIRST)}, items=items))
    assert lines(document) == [FIRST]
    assert {each.reason for each in document.dropped} == {"contents"}


SHEET = '<item id="s" href="s.css" media-type="text/css"/>'


@pytest.mark.parametrize(
    "hidden",
    [
        '<p hidden="hidden">ẩn</p>',
        '<p style="display: none">ẩn</p>',
        '<p style="visibility:hidden;">ẩn</p>',
        '<p class="a hide">ẩn</p>',
        '<p id="x">ẩn</p>',
        '<div class="box"><p>ẩn</p></div>',
    ],
)
def test_text_that_the_book_hides_is_listed_and_not_read(hidden: str) -> None:
    sheet = (
        "/* p {display:none} */ .hide, #x{display:none} div.box { color:red; display:none } .b{display:block}"
    )
    sheet += " @media amzn-kf8 { p { display: none } } p::first-letter {display:none}"
    chapter = page(f"<p>{FIRST}</p>{hidden}<p>{SECOND}</p>")
    document = from_epub(book({"1.xhtml": chapter}, {"OEBPS/s.css": sheet}, SHEET))
    assert lines(document) == [FIRST, SECOND]
    assert [(each.text, each.reason) for each in document.dropped] == [("ẩn", "hidden")]


def test_notes_are_read_though_they_are_hidden_until_they_are_asked_for() -> None:
    note = '<aside epub:type="footnote" class="hide" hidden="hidden"><p>Theo số liệu năm 2024.</p></aside>'
    chapter = page(f"<p>{FIRST}</p>{note}").replace(
        "<html", '<html xmlns:epub="http://www.idpf.org/2007/ops"'
    )
    document = from_epub(book({"1.xhtml": chapter}, {"OEBPS/s.css": ".hide{display:none}"}, SHEET))
    assert lines(document) == [FIRST, "Theo số liệu năm 2024."]


LOCK = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
    '<enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>'
)


def test_copy_protection_of_chapters_is_named_and_that_of_fonts_and_pictures_is_fine() -> None:
    pictures: dict[str, str | bytes] = {"META-INF/encryption.xml": LOCK.format("OEBPS/f.otf")}
    assert lines(from_epub(book({"1.xhtml": p(FIRST)}, pictures))) == [FIRST]
    locks: list[dict[str, str | bytes]] = [
        {"META-INF/encryption.xml": LOCK.format("OEBPS/1.xhtml")}, {"META-INF/license.lcpl": "{}"},
    ]  # fmt: skip
    for more in locks:
        with pytest.raises(SourceError, match="DRM"):
            from_epub(book({"1.xhtml": p(FIRST)}, more))


def test_a_chapter_listed_many_times_is_read_once() -> None:
    data = book({"1.xhtml": p(FIRST)}).replace(b"x", b"x")
    spine = '<itemref idref="i0"/>' * 1000
    item = '<item id="i0" href="1.xhtml" media-type="application/xhtml+xml"/>'
    data = book({"1.xhtml": p(FIRST)}, {"OEBPS/book.opf": PACKAGE.format(item, spine)})
    assert lines(from_epub(data)) == [FIRST]


def test_the_helper_for_whole_books_makes_one() -> None:
    data = epub(chapters=(CHAPTER,))
    assert from_epub(data).remarks == ()
    assert from_epub(data).title == TITLE


def test_many_lost_chapters_are_told_in_a_few_sentences() -> None:
    pages: dict[str, str | bytes | None] = {f"{n}.xhtml": None for n in range(1000)}
    remarks = from_epub(book({**pages, "a.xhtml": p(FIRST)})).remarks
    assert len(remarks) == 6
    assert "995 more chapters" in remarks[-1]
