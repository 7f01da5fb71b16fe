"""Word documents, books and archives of many or deeply nested parts are read in time that grows with their size.

Each case took minutes, or would, where work is done again for every part.
"""

import os
import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from document_files import zipped
from reading_documents import from_docx, from_epub, lines
from test_epub_damaged import book, page
from word_files import cell, field, level, numbering, p, r, style, table, word

from retrieval.sources.formats.zip.repair import find_members

_MANY = 10_000
_MEDIA: dict[str, str | bytes] = {"word/media/a.bin": os.urandom(60_000)}
"""What cannot be packed: without it, so many parts that are alike would pass for a bomb."""
_BEGIN, _END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
_SHOW = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


@pytest.mark.parametrize(
    ("body", "parts", "count", "last"),
    [
        (p(*[r("a ")] * _MANY), {}, 1, None),
        (p() * _MANY + p("x"), {}, 1, "x"),
        (
            p("x", number=(1, 0)) * _MANY,
            {"numbering": numbering(level(0, "decimal", "%1."))},
            _MANY,
            f"{_MANY}. x",
        ),
        (p(*[field("REF", r("x"))] * _MANY), {}, 1, "x" * _MANY),
        (p(*[_BEGIN] * _MANY, "x"), {}, 1, "x"),
        (p(*[_BEGIN + _SHOW] * _MANY, "x", *[_END] * _MANY), {}, 1, "x"),
        (p("x", mark="<w:vanish/>") * _MANY + p("y"), {}, 1, "x" * _MANY + "y"),
        (table(*[cell("a") + cell("b")] * _MANY), {}, _MANY, "a | b"),
        (table(cell("a") * _MANY), {}, 1, None),
        ("<w:tbl><w:tr><w:tc>" * 60 + p("x") + "</w:tc></w:tr></w:tbl>" * 60, {}, 1, "x"),
        ("".join(p(f"a {n} ..... {n}") for n in range(_MANY)), {}, _MANY, f"a {_MANY - 1} ..... {_MANY - 1}"),
        (
            p("x", style=f"s{_MANY - 1}"),
            {"styles": "".join(style(f"s{n}", f'<w:basedOn w:val="s{n - 1}"/>') for n in range(_MANY))},
            1,
            "x",
        ),
    ],
    ids="runs empty numbers fields loose nested hidden rows cells tables contents styles".split(),
)
def test_word_documents_of_many_parts_are_read(
    body: str, parts: dict[str, str], count: int, last: str | None
) -> None:
    found = lines(from_docx(word(body, _MEDIA, **parts)))
    assert len(found) == count
    assert last is None or found[-1] == last


def test_many_notes_are_read_each_behind_its_paragraph() -> None:
    body = "".join(p("x", f'<w:r><w:footnoteReference w:id="{n}"/></w:r>') for n in range(_MANY))
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"n{n}")}</w:footnote>' for n in range(_MANY))
    assert lines(from_docx(word(body, _MEDIA, footnotes=notes)))[-2:] == ["x", f"n{_MANY - 1}"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: from_epub(book({"1.xhtml": page(f"<p>{'<b>a </b>' * _MANY}</p><p>x</p>")})),
        lambda: from_epub(book({"1.xhtml": page("<p hidden=''>h</p>" * _MANY + "<p>x</p>")})),
        lambda: from_epub(book({"1.xhtml": page("<div>" * 200 + "x" + "</div>" * 200)})),
        lambda: from_epub(book({**{f"{n}.xhtml": None for n in range(_MANY)}, "a.xhtml": page("<p>x</p>")})),
        lambda: from_epub(
            book(
                {"1.xhtml": page("<p>x</p>")},
                {"OEBPS/s.css": "{" * _MANY + "}" * _MANY + "/*" * _MANY + "a{" + "display " * _MANY},
                '<item id="s" href="s.css" media-type="text/css"/>',
            )
        ),
    ],
    ids="inline hidden nested missing styles".split(),
)
def test_books_of_many_parts_are_read(make: Callable[[], object]) -> None:
    document = make()
    assert str(getattr(document, "text", "")).endswith("x")


def test_a_file_of_nothing_but_headers_of_members_is_searched_once() -> None:
    header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 8, 8, 0, 0, 0, 0, 0, 0, 0)
    assert find_members(BytesIO(header * _MANY)) == []
    whole = zipped({f"{n}.txt": "x" for n in range(1000)})
    assert len(find_members(BytesIO(whole[: whole.index(b"PK\x01\x02")]))) == 1000
