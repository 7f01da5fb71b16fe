"""EPUB books: their chapters in order, what they state, and what is not of them."""

from datetime import date

import pytest
from document_files import (
    CHAPTER,
    FIRST,
    METADATA,
    SECOND,
    THIRD,
    TITLE,
    epub,
    zipped,
)
from reading_documents import from_epub, lines

from retrieval.errors import SourceError


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    document = from_epub(epub())
    assert lines(document) == [FIRST, "Giá vé", "Lịch bay", "Sochi | 12", SECOND, THIRD]
    assert (document.title, document.author, document.source) == (TITLE, "Thu Trang", "Nhà xuất bản Biển")
    assert (document.date, document.lang, document.id) == (date(2025, 4, 2), "vi", None)
    assert "alert" not in document.text
    assert "Mục lục" not in document.text


@pytest.mark.parametrize("written", ["2025", "2025-04", "0101-01-01T00:00:00+00:00", "sắp tới"])
def test_a_book_with_half_a_date_has_none(written: str) -> None:
    assert from_epub(epub(METADATA.replace("2025-04-02", written))).date is None


def test_a_book_that_states_nothing_has_no_metadata() -> None:
    document = from_epub(epub(metadata=""))
    assert (document.title, document.author, document.source, document.date) == (None, None, None, None)
    assert lines(document)[:2] == [TITLE, FIRST]


ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)


def test_a_copy_protected_book_is_refused_but_not_for_its_fonts() -> None:
    fonts = ENCRYPTION.format("http://www.idpf.org/2008/embedding")
    assert FIRST in from_epub(epub(extra={"META-INF/encryption.xml": fonts})).text
    locked = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(SourceError, match="DRM"):
        from_epub(epub(extra={"META-INF/encryption.xml": locked}))


def test_named_characters_are_read_where_only_the_public_dtd_would_explain_them() -> None:
    dtd = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    body = "<body><p>Giá&nbsp;vé &amp; lịch&hellip;</p></body>"
    chapter = f"{dtd}<html xmlns='http://www.w3.org/1999/xhtml'>{body}</html>"
    data = epub(metadata="", chapters=(CHAPTER,), extra={"OEBPS/c1.xhtml": chapter})
    assert lines(from_epub(data)) == ["Giá vé & lịch…"]


def test_a_chapter_with_broken_marks_is_read_as_html() -> None:
    assert lines(from_epub(epub(metadata="", chapters=(f"<p>{FIRST}<br>{SECOND}",)))) == [FIRST, SECOND]


def test_entities_in_a_book_are_not_expanded() -> None:
    secret = (
        '<!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    )
    chapter = f"{secret}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>M &file; &b; N</p></body></html>"
    data = epub(metadata="", chapters=(CHAPTER,), extra={"OEBPS/c1.xhtml": chapter})
    assert lines(from_epub(data)) == ["M N"]


def test_a_chapter_is_read_as_its_page_shows_it() -> None:
    chapter = (
        "<p>4,2 × 10<sup>4</sup> kWh giúp 310<a href='#n1'><sup>1</sup></a> hộ.</p><p style='display:none'>ẩn</p>"
        "<table><tr><td rowspan='2'>Xã</td><td><p>12</p></td></tr><tr><td>14</td></tr></table>"
        "<ol start='3'><li>Cấp phép</li></ol><aside id='n1'><p>Theo danh sách.</p></aside>"
    )
    told = ["4,2 × 10⁴ kWh giúp 310 [1] hộ.", "Xã | 12", "Xã | 14", "3. Cấp phép", "Theo danh sách."]
    assert lines(from_epub(epub(metadata="", chapters=(chapter,)))) == told


def test_the_language_of_a_book_is_believed_where_its_text_is_in_it() -> None:
    assert from_epub(epub(METADATA.replace("vi-VN", "en"))).lang is None


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (zipped({"a.txt": FIRST}), "without its META-INF/container.xml"),
        (zipped({"META-INF/container.xml": "<container/>"}), "no package file"),
        (epub(chapters=("<p> </p>",), metadata=""), "holds no text"),
        (FIRST.encode(), "not what its name says"),
    ],
)
def test_what_is_no_book_says_why(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_epub(data)


# Markdown
