"""PDF, Word, EPUB and Markdown files become articles with their words, titles and dates right."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from document_files import (
    CHAPTER,
    FIRST,
    METADATA,
    SECOND,
    THIRD,
    TITLE,
    docx,
    epub,
    pdf,
    picture_pdf,
    zipped,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_encodings import VIETNAMESE, in_tcvn3, in_vni

from retrieval.errors import SourceError
from retrieval.sources.collection import read as read_pending
from retrieval.sources.collection import read_sources
from retrieval.sources.formats import pdf_pages
from retrieval.sources.formats.docx_file import read_docx
from retrieval.sources.formats.epub import read_epub
from retrieval.sources.formats.markdown import read_markdown
from retrieval.sources.formats.pdf import read_pdf
from retrieval.sources.reading import articles_of
from retrieval.sources.sourced import Document, Failure, Original, Sourced

Reader = Callable[[bytes, Original], Document]


def original(name: str, data: bytes = b"") -> Original:
    return Original(name, name, name, lambda: BytesIO(data))


def from_pdf(data: bytes) -> Document:
    return read_pdf(data, original("a.pdf"))


def from_docx(data: bytes) -> Document:
    return read_docx(data, original("a.docx"))


def from_epub(data: bytes) -> Document:
    return read_epub(data, original("a.epub"))


def from_markdown(text: str) -> Document:
    return read_markdown(text.encode(), original("a.md"))


def lines(document: Document) -> list[str]:
    return document.text.split("\n")


MARKDOWN = f"---\ntitle: {TITLE}\ndate: 2025-04-02\n---\n{FIRST}\n\n{SECOND}\n"
FILES: dict[str, bytes] = {
    "a.pdf": pdf([[TITLE, "Hà Nội, 2/4/2025", FIRST], [SECOND]], "Báo Biển số #", "- # -", {"Title": TITLE}),
    "a.docx": docx(paragraphs=("Hà Nội, 2/4/2025", FIRST, SECOND)),
    "a.epub": epub(),
    "a.md": MARKDOWN.encode(),
}
READERS: dict[str, Reader] = {
    "a.pdf": read_pdf,
    "a.docx": read_docx,
    "a.epub": read_epub,
    "a.md": read_markdown,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_every_kind_becomes_an_article(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    (sourced,) = read_sources([tmp_path / name])
    assert isinstance(sourced, Sourced)
    article = sourced.article
    assert (article.id, article.title, article.date, article.lang) == (name, TITLE, date(2025, 4, 2), "vi")
    assert FIRST in article.text.split("\n")
    assert SECOND in article.text.split("\n")
    assert TITLE not in article.text
    assert article.path == (tmp_path / name).as_posix()


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_twin_is_exactly_one_failure(name: str) -> None:
    data = FILES[name]
    twin = data[: len(data) // 3] if name != "a.md" else data.replace(b"title:", b"title: [")
    results = [read_pending(each) for each in articles_of(original(name, twin))]
    assert [type(each) for each in results] == [Failure]


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=40), st.floats(0, 0.999), st.integers(0, 60))
@settings(max_examples=250, deadline=None)
def test_damage_gives_a_document_or_one_sentence(name: str, noise: bytes, place: float, cut: int) -> None:
    data, at = FILES[name], int(place * len(FILES[name]))
    for damaged in (noise, data[:at] + noise + data[at + cut :]):
        try:
            READERS[name](damaged, original(name))
        except SourceError as error:
            assert "\n" not in str(error)


@given(st.sampled_from(["a.docx", "a.epub"]), st.integers(0, 30), st.binary(max_size=20), st.floats(0, 0.999))
@settings(max_examples=150, deadline=None)
def test_damaged_parts_give_a_document_or_one_sentence(
    name: str, part: int, noise: bytes, place: float
) -> None:
    with ZipFile(BytesIO(FILES[name])) as packed:
        parts: dict[str, str | bytes] = {each: packed.read(each) for each in packed.namelist()}
    damaged = sorted(parts)[part % len(parts)]
    data = parts[damaged]
    assert isinstance(data, bytes)
    at = int(place * len(data))
    parts[damaged] = data[:at] + noise + data[at + 2 * len(noise) + 1 :]
    try:
        READERS[name](zipped(parts), original(name))
    except SourceError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("encoded", [in_tcvn3(VIETNAMESE), in_vni(VIETNAMESE)], ids=["TCVN3", "VNI"])
def test_a_fonts_encoding_is_refused_in_every_kind(encoded: str) -> None:
    files = {
        "a.docx": docx("", (encoded,)),
        "a.pdf": pdf([[encoded]]),
        "a.epub": epub(chapters=(f"<p>{encoded}</p>",)),
        "a.md": encoded.encode("cp1252"),
    }
    for name, data in files.items():
        with pytest.raises(SourceError, match=r"TCVN3|VNI"):
            READERS[name](data, original(name))


# PDF


def test_a_pdfs_heads_feet_and_page_numbers_are_dropped() -> None:
    document = from_pdf(pdf([[FIRST], [SECOND], [THIRD]], "Báo Biển số #", "Trang #/3"))
    assert lines(document) == [FIRST, SECOND, THIRD]
    assert [dropped.reason for dropped in document.dropped] == ["running head", "page number"] * 3
    assert [dropped.text for dropped in document.dropped][:2] == ["Báo Biển số 1", "Trang 1/3"]


def test_a_pdfs_body_is_kept_where_pages_do_not_repeat() -> None:
    document = from_pdf(pdf([[FIRST, "Năm 2024"], [SECOND, THIRD], [THIRD]]))
    assert lines(document) == [FIRST, "Năm 2024", SECOND, THIRD, THIRD]
    assert document.dropped == ()
    assert document.gaps == ()


def test_the_head_of_a_short_chapter_is_known_by_the_pages_number_in_it() -> None:
    heads = ["Chương 1: Bay"] * 4 + ["Chương cuối: Vé"] + ["Phụ lục"] * 5
    bodies = [
        f"{FIRST[:-1]}, chuyến số {word}." for word in "một hai ba bốn năm sáu bảy tám chín mười".split()
    ]
    document = from_pdf(pdf([[body] for body in bodies], head=[f"{head} #" for head in heads]))
    assert lines(document) == bodies
    assert document.dropped[4].text == "Chương cuối: Vé 5"


def test_pages_tell_where_each_page_begins() -> None:
    document = from_pdf(pdf([[FIRST], [SECOND, FIRST], [THIRD]], foot="#"))
    assert [document.text[offset:].split("\n")[0] for offset in document.pages] == [FIRST, SECOND, THIRD]


def test_a_paragraph_over_a_page_break_goes_on_when_nothing_stands_between() -> None:
    cut = FIRST.index(" mang")
    document = from_pdf(pdf([[SECOND, FIRST[:cut]], [FIRST[cut + 1 :], THIRD]]))
    assert lines(document) == [SECOND, FIRST, THIRD]
    assert [document.text[offset:] for offset in document.pages] == [document.text, THIRD]
    assert document.gaps == ()


def test_a_paragraph_over_a_page_break_is_broken_at_a_running_head() -> None:
    cut = FIRST.index(" mang")
    document = from_pdf(pdf([[SECOND, FIRST[:cut]], [FIRST[cut + 1 :], THIRD]], head="Báo Biển"))
    assert lines(document) == [SECOND, FIRST[:cut], FIRST[cut + 1 :], THIRD]
    assert document.gaps == (document.text.index("mang"),)
    assert document.pages == (0, document.gaps[0])


def test_words_broken_at_line_ends_are_rejoined_and_real_hyphens_kept() -> None:
    printed = [
        "Quan hệ Việt-",
        "Nga phát triển rất tốt đẹp, theo tờ báo Inter-",
        "national và các báo về kinh tế-",
        "xã hội trong giai đoạn từ 2020-",
        "2025 vừa qua, theo well-known và well-",
        "known.",
    ]
    assert from_pdf(pdf([printed], wrapped=False)).text == (
        "Quan hệ Việt-Nga phát triển rất tốt đẹp, theo tờ báo International và các báo về kinh tế-xã hội trong giai"
        " đoạn từ 2020-2025 vừa qua, theo well-known và well-known."
    )


def test_a_short_line_ends_its_paragraph_without_a_gap_between() -> None:
    printed = [
        "Hai bên nhất trí bay ba chuyến mỗi tuần và sẽ tăng chuyến khi có thêm",
        "nhu cầu.",
        "Vé khứ hồi có giá từ mười hai triệu đồng theo bảng giá được công bố",
        "hôm qua tại Hà Nội.",
    ]
    assert lines(from_pdf(pdf([printed], wrapped=False))) == [" ".join(printed[:2]), " ".join(printed[2:])]


@pytest.mark.parametrize("title", ["Microsoft Word - bai viet.doc", "bai-viet.docx", "untitled", "a", "123"])
def test_a_pdfs_title_is_kept_only_when_it_says_something(title: str) -> None:
    document = from_pdf(pdf([[FIRST]], information={"Title": title, "Author": "Administrator"}))
    assert (document.title, document.author, document.date) == (None, None, None)


def test_a_pdf_gives_its_author_but_never_the_day_it_was_made() -> None:
    document = from_pdf(pdf([[FIRST]], information={"Title": TITLE, "Author": "Thu Trang"}))
    assert (document.title, document.author, document.date) == (TITLE, "Thu Trang", None)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (pdf([[FIRST]], password="secret"), "encrypted.*password"),
        (picture_pdf(), "no text layer.*OCR"),
        (pdf([[], []], head="Quét bởi máy"), "no text layer.*OCR"),
        (pdf([[FIRST]])[:200], "damaged"),
        (b"", "damaged"),
        (FIRST.encode(), "damaged"),
    ],
)
def test_a_pdf_without_readable_text_says_why(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_pdf(data)


def test_a_pdf_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([[FIRST], [SECOND], [THIRD]])
    with monkeypatch.context() as limits:
        limits.setattr(pdf_pages, "MAX_PAGES", 2)
        with pytest.raises(SourceError, match="3 pages: expected at most 2"):
            from_pdf(data)
    monkeypatch.setattr(pdf_pages, "MAX_BYTES", 100)
    with pytest.raises(SourceError, match="of text"):
        from_pdf(data)


# Word


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
        (docx("", ())[:1000], "not what its name says"),
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


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (zipped({"a.txt": FIRST}), "without its META-INF/container.xml"),
        (epub(extra={"META-INF/container.xml": "<container/>"}), "no package file"),
        (epub(extra={"OEBPS/book.opf": "<package"}), "damaged EPUB"),
        (epub(chapters=("<p> </p>",), metadata=""), "holds no text"),
        (FIRST.encode(), "not what its name says"),
    ],
)
def test_what_is_no_book_says_why(data: bytes, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_epub(data)


# Markdown


def test_markdown_is_reduced_to_its_words() -> None:
    document = from_markdown(
        f"# {TITLE}\n\nĐoạn **một** có `mã`\ntiếp [liên kết](https://e.org).\n\n![Bãi biển](a.png)\n\n## Giá\n\n"
        "- vé *đi*\n- vé về\n\n  ghi chú\n\n| Chặng | Giá |\n|---|---|\n| Sochi | **12** |\n\n> Trích dẫn\n\n"
        "```\nx = 1\n\ny = 2\n```\n\n<!-- ẩn -->\n\n<div>ẩn</div>\n\nMột<br>hai &amp; ba.  \nbốn\n"
    )
    assert document.title == TITLE
    assert lines(document) == [
        "Đoạn một có mã tiếp liên kết.", "Giá", "vé đi", "vé về", "ghi chú", "Chặng | Giá", "Sochi | 12",
        "Trích dẫn", "x = 1", "y = 2", "Một", "hai & ba.", "bốn",
    ]  # fmt: skip
    assert [dropped.reason for dropped in document.dropped] == ["title", "caption", "markup", "markup"]
    assert [document.text[gap:].split("\n")[0] for gap in document.gaps] == ["Giá", "Một"]


def test_front_matter_gives_the_metadata() -> None:
    document = from_markdown(
        "---\nTitle: 'Mở: đường bay'\nauthors:\n  - Thu Trang\n  - Minh An\nDATE: 2025-04-02T23:30:00+07:00\n"
        f"source: Tin Biển\ncanonical: https://e.org/1\nid: n1\nlang: vi-VN\ntags: [a, b]\n---\n\n{FIRST}\n"
    )
    assert (document.title, document.author, document.date) == (
        "Mở: đường bay",
        "Thu Trang, Minh An",
        date(2025, 4, 2),
    )
    assert (document.source, document.url, document.id) == ("Tin Biển", "https://e.org/1", "n1")
    assert (document.lang, document.text) == ("vi", FIRST)


@pytest.mark.parametrize(
    "written", ["2025-04-02", "2025-04-02 10:00:00", "ngày 2 tháng 4 năm 2025", "April 2, 2025"]
)
def test_front_matter_dates_are_read_in_every_usual_form(written: str) -> None:
    assert from_markdown(f"---\ndate: {written}\n---\n{FIRST}").date == date(2025, 4, 2)


def test_words_that_look_like_values_stay_words() -> None:
    document = from_markdown(f"---\ntitle: 1984\nauthor: no\nid: 0012\ndate:\n---\n{FIRST}")
    assert (document.title, document.author, document.id, document.date) == ("1984", "no", "0012", None)


def test_a_heading_that_repeats_the_title_is_no_text() -> None:
    document = from_markdown(f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n{FIRST}\n\n# Khác\n")
    assert lines(document) == [FIRST, "Khác"]


@pytest.mark.parametrize(
    ("front", "complaint"),
    [
        ("title: a\nauthor: [b", "line 4"),
        ("title: a: b", "line 2"),
        ("title: a\n\tauthor: b", "line 3"),
        ("date: soon", "`date`.*'soon'.*YYYY-MM-DD"),
        ("date: 2025-02-31", "`date`"),
        ("title: {a: b}", "`title`"),
    ],
)
def test_bad_front_matter_is_named(front: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        from_markdown(f"---\n{front}\n---\n{FIRST}")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert lines(from_markdown(f"---\n\n**{FIRST}**\n\n---\n\n{SECOND}")) == [FIRST, SECOND]
    assert from_markdown(f"---\nMột câu.\n---\n## {TITLE}\n\n{FIRST}").title is None


def test_a_page_under_a_markdown_name_is_cleaned_as_a_page() -> None:
    document = from_markdown(f"{TITLE}\n10:20 02/04/2025\n{FIRST}\nChia sẻ\n- {SECOND}")
    assert (document.title, document.date) == (TITLE, date(2025, 4, 2))
    assert "Chia sẻ" not in document.text
    assert FIRST in document.text
