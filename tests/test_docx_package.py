"""Word documents of other programs and damaged ones: what is missing costs itself, and the advice can help."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from document_files import FIRST, docx, epub, zipped
from reading_documents import from_docx, lines
from word_files import STRICT, cell, level, numbering, p, r, relation, relations_of, style, table, word

from retrieval.errors import SourceError

BODY = p("Phạm vi", number=(1, 0)) + p("Ẩn", style="An") + p(FIRST)
PARTS = {
    "styles": style("An", "<w:rPr><w:vanish/></w:rPr>"),
    "numbering": numbering(level(0, "decimal", "Điều %1.")),
}


def changed(data: bytes, **members: bytes | None) -> bytes:
    """With other members, named without their folder and ending; None takes one out."""
    with ZipFile(BytesIO(data)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    kept: dict[str, str | bytes] = {}
    for name, old in held.items():
        new = members.get(name.rpartition("/")[2].partition(".")[0], old)
        if new is not None:
            kept[name] = new
    return zipped(kept)


def test_a_strict_document_is_read_as_any_other() -> None:
    document = from_docx(word(BODY + table(cell("A") + cell("B")), None, STRICT, **PARTS))
    assert lines(document) == ["Điều 1. Phạm vi", FIRST, "A | B"]
    namespaces = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": STRICT.encode(),
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    with ZipFile(BytesIO(docx())) as packed:
        held: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    for name, data in held.items():
        for ordinary, strict in namespaces.items():
            assert isinstance(data, bytes)
            data = data.replace(ordinary, strict)  # noqa: PLW2901 - one after the other
        held[name] = data
    assert from_docx(zipped(held)) == from_docx(docx())


@pytest.mark.parametrize(
    "target", ["NULL", "../NULL", "", "media/gone.png", "file:///C:/x.png", "%00", "styles.xml#x"]
)
def test_relations_to_nowhere_cost_nothing(target: str) -> None:
    relations = relations_of(
        relation(1, "styles", "styles.xml") + relation(2, "image", target) + relation(3, "header", target)
        + relation(4, "numbering", target)
    )  # fmt: skip
    data = word(BODY, {"word/_rels/document.xml.rels": relations}, **PARTS)
    assert lines(from_docx(data)) == ["Điều 1. Phạm vi", FIRST]


@pytest.mark.parametrize("names", [("document",), (".rels",), ("[Content_Types]",), ("document", ".rels")])
def test_a_document_without_its_lists_of_parts_is_read_by_their_usual_names(names: tuple[str, ...]) -> None:
    with ZipFile(BytesIO(word(BODY, **PARTS))) as packed:
        kept: dict[str, str | bytes] = {
            name: packed.read(name)
            for name in packed.namelist()
            if not (name.endswith(".rels") and ("document" in name) == ("document" in names))
        }
    assert lines(from_docx(zipped(kept))) == ["Điều 1. Phạm vi", FIRST]


def test_names_with_backslashes_capitals_and_a_leading_slash_are_found() -> None:
    with ZipFile(BytesIO(word(BODY, **PARTS))) as packed:
        held: dict[str, str | bytes] = {
            name.replace("/", "\\").replace("word", "Word"): packed.read(name) for name in packed.namelist()
        }
    assert lines(from_docx(zipped(held))) == ["Điều 1. Phạm vi", FIRST]


def test_the_text_is_where_the_package_says() -> None:
    data = word(BODY, **PARTS)
    with ZipFile(BytesIO(data)) as packed:
        held: dict[str, str | bytes] = {
            name.replace("word/document", "word/document2"): packed.read(name) for name in packed.namelist()
        }
    held["_rels/.rels"] = relations_of(relation(1, "officeDocument", "/word/document2.xml"))
    assert FIRST in from_docx(zipped(held)).text


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes"])
def test_a_damaged_part_is_told_and_the_rest_is_read(part: str) -> None:
    data = damaged(word(BODY, footnotes="", **PARTS), f"word/{part}.xml")
    assert FIRST in from_docx(data).text
    (remark,) = from_docx(data).remarks
    assert f"word/{part}.xml cannot be read" in remark
    assert "the rest of a.docx is read" in remark
    assert from_docx(word(BODY, footnotes="", **PARTS)).remarks == ()


def damaged(data: bytes, name: str) -> bytes:
    """As a disk leaves it: the bytes of one part are others."""
    with ZipFile(BytesIO(data)) as packed:
        member = packed.getinfo(name)
    start = member.header_offset + 30 + len(name)
    return data[:start] + bytes(8) + data[start + 8 :]


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes"])
def test_a_part_that_was_written_broken_is_told(part: str) -> None:
    data = changed(word(BODY, footnotes="", **PARTS), **{part: b"<w:broken"})
    assert FIRST in from_docx(data).text
    assert [f"word/{part}.xml cannot" in remark for remark in from_docx(data).remarks] == [True]


def test_a_document_without_its_text_is_refused_with_what_helps() -> None:
    for text in (None, b"<w:document", b"\0\0\0"):
        data = changed(word(p(r("x"))), document=text)
        with pytest.raises(SourceError, match=r"a\.docx is no readable Word document.*Open and Repair"):
            from_docx(data)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (zipped({"xl/workbook.xml": "<x/>"}), r"Excel.*\.csv"),
        (zipped({"ppt/presentation.xml": "<x/>"}), r"PowerPoint.*\.pdf"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            r"OpenDocument.*\.docx",
        ),
        (epub(), r"EPUB.*\.epub"),
        (b"{\\rtf1 x}", r"\.rtf.*\.docx"),
        (b"%PDF-1.7", r"rename it to \.pdf"),
        (b"\n<html><body>x", r"rename it to \.html"),
    ],
)
def test_another_kind_of_file_under_the_name_is_called_by_its_own(data: bytes, advice: str) -> None:
    with pytest.raises(SourceError, match=advice):
        from_docx(data)


def test_tops_and_feet_of_pages_are_listed_and_not_read() -> None:
    inside = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'.format
    relations = relation(1, "header", "header1.xml") + relation(2, "footer", "footer1.xml")
    extra: dict[str, str | bytes] = {
        "word/header1.xml": inside(p("Báo cáo mật")),
        "word/footer1.xml": inside(p("12")),
        "word/_rels/document.xml.rels": relations_of(relations),
    }
    document = from_docx(word(p(FIRST), extra))
    assert lines(document) == [FIRST]
    assert [(each.text, each.reason) for each in document.dropped] == [("Báo cáo mật", "running head")]


def test_labels_and_styles_that_refer_to_themselves_are_read() -> None:
    styles = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/>')
    assert lines(from_docx(word(p(FIRST, style="A"), styles=styles))) == [FIRST]
    long = numbering(level(0, "decimal", "x" * 100_000))
    assert lines(from_docx(word(p(FIRST, number=(1, 0)), numbering=long))) == [FIRST]
    huge = numbering(level(0, "upperRoman", "%1.", start=999_999))
    assert lines(from_docx(word(p(FIRST, number=(1, 0)), numbering=huge))) == [f"999999. {FIRST}"]
