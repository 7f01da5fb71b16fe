"""PDF, Word, EPUB and Markdown files become articles with their words, titles and dates right."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from document_files import (
    FIRST,
    SECOND,
    TITLE,
    docx,
    epub,
    pdf,
    zipped,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_documents import original
from test_encodings import VIETNAMESE, in_tcvn3, in_vni

from retrieval.errors import SourceError
from retrieval.sources.collection import read as read_pending
from retrieval.sources.collection import read_sources
from retrieval.sources.formats.docx.reader import read_docx
from retrieval.sources.formats.epub.reader import read_epub
from retrieval.sources.formats.pdf.reader import read_pdf
from retrieval.sources.formats.plain.markdown import read_markdown
from retrieval.sources.model import Document, Failure, Original, Sourced
from retrieval.sources.reading import articles_of

Reader = Callable[[bytes, Original], Document]


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
    twin = data[: len(data) // 20] if name != "a.md" else b"\x00\x01" + data
    results = [read_pending(each) for each in articles_of(original(name, twin))]
    assert [type(each) for each in results] == [Failure]


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=40), st.floats(0, 0.999), st.integers(0, 60))
@settings(max_examples=250)
def test_damage_gives_a_document_or_one_sentence(name: str, noise: bytes, place: float, cut: int) -> None:
    data, at = FILES[name], int(place * len(FILES[name]))
    for damaged in (noise, data[:at] + noise + data[at + cut :]):
        try:
            READERS[name](damaged, original(name))
        except SourceError as error:
            assert "\n" not in str(error)


@given(st.sampled_from(["a.docx", "a.epub"]), st.integers(0, 30), st.binary(max_size=20), st.floats(0, 0.999))
@settings(max_examples=150)
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
