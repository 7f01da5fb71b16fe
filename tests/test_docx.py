"""Word documents: their parts in order, and what is not of them."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from document_files import (
    FIRST,
    SECOND,
    THIRD,
    TITLE,
    docx,
    zipped,
)
from reading_documents import from_docx, lines

from retrieval.errors import SourceError


def test_a_word_document_is_read_in_its_order() -> None:
    document = from_docx(docx(author="Thu Trang"))
    assert lines(document) == [FIRST, SECOND, "Giá vé không đổi", "Chặng | Giá", "Sochi | 12 triệu", THIRD]
    assert (document.title, document.author, document.date) == (TITLE, "Thu Trang", None)
    assert [(dropped.text, dropped.reason) for dropped in document.dropped] == [(TITLE, "title")]


def test_a_word_documents_defaults_are_no_metadata() -> None:
    document = from_docx(docx(title="", author="python-docx"))
    assert (document.title, document.author) == (None, None)


def test_deleted_text_links_and_content_controls_of_a_word_document() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:p {w}><w:r><w:t>Một </w:t></w:r><w:del><w:r><w:delText>không </w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink><w:ins><w:r><w:t> mới</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t> cũ</w:t></w:r></w:moveFrom><w:r><w:tab/><w:t>xong.</w:t></w:r></w:p>"
        f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>Trong khung.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert lines(from_docx(_with_body(body))) == ["Một liên kết mới xong.", "Trong khung."]


def _with_body(body: str) -> bytes:
    with ZipFile(BytesIO(docx())) as packed:
        parts: dict[str, str | bytes] = {each: packed.read(each) for each in packed.namelist()}
    document = parts["word/document.xml"]
    assert isinstance(document, bytes)
    head = document.decode().partition("<w:body>")[0]
    parts["word/document.xml"] = f"{head}<w:body>{body}</w:body></w:document>"
    return zipped(parts)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"\.doc.*save it as \.docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (zipped({"a.txt": FIRST}), "no readable Word document"),
        (FIRST.encode(), "not what its name says"),
        (docx("", ())[:1000], "its text is missing"),
    ],
)
def test_what_is_no_word_document_says_what_to_do(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_docx(data)


def test_entities_in_a_word_document_are_not_expanded() -> None:
    with ZipFile(BytesIO(docx())) as packed:
        parts: dict[str, str | bytes] = {each: packed.read(each) for each in packed.namelist()}
    document = parts["word/document.xml"]
    assert isinstance(document, bytes)
    attack = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]><w:document'
    parts["word/document.xml"] = document.replace(b"<w:document", attack, 1).replace(
        FIRST.encode(), b"M &file; N"
    )
    assert lines(from_docx(zipped(parts)))[0] == "M"


# EPUB
