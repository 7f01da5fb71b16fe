"""From a file of each format to an excerpt with its citation; its damaged twin is one line in the report."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from document_files import FIRST, SECOND, THIRD, TITLE, docx, epub, pdf, zipped
from fake_embedder import FakeEmbedder
from small_index import fitted, open_index

from retrieval.article import Excerpt
from retrieval.indexing.run import Report, reindex
from retrieval.questions.query import analyse
from retrieval.retriever import Retriever

QUESTION = "Giá vé khứ hồi?"
PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} - Báo Mẫu</title>
<meta property="og:site_name" content="Báo Mẫu">
<meta property="article:published_time" content="2025-04-02T08:00+07:00">
</head><body><nav><a href="/">Trang chủ</a> <a href="/the-gioi">Thế giới</a></nav><article><h1>{TITLE}</h1>
<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article><footer>Bản quyền thuộc Báo Mẫu</footer></body></html>"""
MARKDOWN = f"---\ntitle: {TITLE}\ndate: 2025-04-02\n---\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n"
TEXT = f"{TITLE}\n\n02/04/2025 08:00\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n"
RECORD = {"title": TITLE, "date": "2025-04-02", "text": "\n".join([FIRST, SECOND, THIRD])}
CSV = f'title,date,text\n{TITLE},2025-04-02,"{FIRST}\n{SECOND}\n{THIRD}"\n'


@dataclass(frozen=True)
class Format:
    """A file of a format, what it becomes when it is spoilt, and what its citation shows of title and date."""

    name: str
    made: Callable[[], bytes]
    spoil: Callable[[bytes], bytes] = lambda data: data[: len(data) // 3]
    titled: bool = True
    dated: bool = False


FORMATS = (
    Format("a.txt", TEXT.encode, lambda data: b"\x00\x01" + data, dated=True),
    Format("a.md", MARKDOWN.encode, lambda data: b"\x00\x01" + data, dated=True),
    Format("a.html", PAGE.encode, lambda data: data[:60], dated=True),
    Format("a.pdf", lambda: pdf([[TITLE, FIRST], [SECOND, THIRD]]), titled=False),
    Format("a.docx", docx, lambda data: data[: len(data) // 20]),
    Format("a.epub", epub, dated=True),
    Format("a.jsonl", lambda: json.dumps(RECORD).encode(), dated=True),
    Format("a.csv", CSV.encode, lambda data: data.replace(b"text", b"x"), dated=True),
    Format("a.zip", lambda: zipped({"b.md": MARKDOWN}), dated=True),
)
BY_NAME = pytest.mark.parametrize("of", FORMATS, ids=lambda of: of.name)


def indexed(folder: Path, **files: bytes) -> Report:
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    return reindex([folder / "in"], folder / "data", FakeEmbedder())


def best(folder: Path) -> Excerpt:
    retriever = Retriever(open_index(folder / "data"), FakeEmbedder(), fitted(folded=1.0, threshold=0.0))
    return retriever.answer(analyse(QUESTION)).excerpts[0]


@BY_NAME
def test_a_file_of_each_format_is_cited_verbatim(of: Format, tmp_path: Path) -> None:
    report = indexed(tmp_path, **{of.name: of.made()})
    assert (report.failed, report.articles) == ((), 1)
    found = best(tmp_path)
    marked = [found.text[start:end] for start, end in found.highlights]
    assert marked == [THIRD]
    citation = found.citation
    assert citation.title == (TITLE if of.titled else None)
    assert (citation.date and citation.date.isoformat()) == ("2025-04-02" if of.dated else None)
    assert citation.page == (2 if of.name == "a.pdf" else None)
    assert citation.path and citation.path.split("/")[-1].startswith(of.name)


@BY_NAME
def test_a_damaged_twin_is_one_line_in_the_report_and_nothing_else(of: Format, tmp_path: Path) -> None:
    report = indexed(tmp_path, **{of.name: of.made(), f"twin.{of.name}": of.spoil(of.made())})
    assert report.articles == 1
    (failure,) = report.failed
    assert Path(failure.path.split("#")[0].split("!")[0]).name == f"twin.{of.name}"
    assert "\n" not in failure.reason and len(failure.reason) < 300
    assert best(tmp_path).citation.article_id.startswith(of.name)
