"""Damaged twins of a good file of every format: each costs at most itself, and says so in one sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Chaos
from damage import (
    BYTES,
    PACKED,
    TEXT,
    Damage,
    cut_out,
    double,
    flip,
    in_member,
    noise,
    without_member,
    wrong_packing,
    wrong_sum,
    zero,
)
from document_files import FIRST, SECOND, THIRD, TITLE, docx, epub, pdf, zipped
from fake_embedder import FakeEmbedder
from small_index import open_index
from word_files import cell, field, level, numbering, p, r, style, table, word

from retrieval.errors import SourceError
from retrieval.indexing.run import reindex
from retrieval.sources.collection import read_sources
from retrieval.sources.model import Failure, Sourced
from retrieval.sources.web.feeds import feed_links
from retrieval.sources.web.sitemaps import sitemap_links

ROWS = 12
_DATA = '{"@type":"NewsArticle","datePublished":"2025-04-02","author":{"name":"Thu"}}'
_HTML = (
    f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE}</title>'
    f'<script type="application/ld+json">{_DATA}</script></head><body><nav><a href="/">Trang chủ</a></nav>'
    f'<article><h1>{TITLE}</h1><time datetime="2025-04-02">2/4/2025</time><p>{FIRST}</p><p>{SECOND}</p>'
    f"<table><tr><td>Sochi</td><td>12</td></tr></table><p>{THIRD}</p></article></body></html>"
)
_MARKDOWN = (
    f"---\ntitle: {TITLE}\ndate: 2025-04-02\n---\n# A\n\n{FIRST}\n\n"
    f"| a | b |\n|---|---|\n| 1 | 2 |\n\n- {SECOND}\n"
)
_WORD = word(
    p(TITLE, style="Title") + p(field("TOC", r("Giá vé 2"))) + p("Giá vé", number=(1, 0))
    + p(FIRST, '<w:r><w:footnoteReference w:id="1"/></w:r>', r("4", '<w:vertAlign w:val="superscript"/>'))
    + table(cell("Chặng") + cell("Giá"), cell("Sochi", table(cell("Đêm") + cell("8"))) + cell("12")) + p(SECOND),
    styles=style("Title"), numbering=numbering(level(0, "decimal", "Điều %1.")),
    footnotes=f'<w:footnote w:id="1">{p(THIRD)}</w:footnote>',
)  # fmt: skip


def _row(number: int) -> str:
    return f"Hàng {number}: {FIRST}"


_JSONL = "".join(json.dumps({"id": f"r{n}", "text": _row(n)}, ensure_ascii=False) + "\n" for n in range(ROWS))


def _table(mark: str) -> str:
    return f"id{mark}title{mark}text\n" + "".join(f'r{n}{mark}T{n}{mark}"{_row(n)}"\n' for n in range(ROWS))


GOOD: dict[str, tuple[bytes, tuple[Damage, ...]]] = {
    "txt": (f"{TITLE}\n\n{FIRST}\n{SECOND}\n{THIRD}\n".encode(), TEXT),
    "md": (_MARKDOWN.encode(), TEXT),
    "html": (_HTML.encode(), TEXT),
    "pdf": (pdf([[TITLE, FIRST], [SECOND, THIRD]], head="Báo Biển", foot="#"), BYTES),
    "docx": (_WORD, PACKED),
    "plain.docx": (docx(), PACKED),
    "epub": (epub(), PACKED),
    "jsonl": (_JSONL.encode(), TEXT),
    "csv": (_table(",").encode(), TEXT),
    "tsv": (_table("\t").encode(), TEXT),
    "zip": (zipped({"a.txt": FIRST, "b/c.md": SECOND, "d.jsonl": _JSONL, "e.docx": docx()}), PACKED),
}  # fmt: skip
IN_A_ROW: tuple[Damage, ...] = (flip, cut_out, double, noise)
MEMBERS = {f"tin/{n}.txt": _row(n) for n in range(ROWS)}
LISTINGS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><link>/</link>'
    b"<item><title>a</title><link>/a</link></item><item><link>https://a.example/b?x=1&amp;y=2</link></item>"
    b"</channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/>'
    b'<entry><link rel="alternate" href="/a"/></entry></feed>',
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc>https://a.example/a</loc><lastmod>2025-04-02</lastmod></url></urlset>",
)
HEALTHY = {"0.txt": FIRST, "healthy.md": SECOND, "zz.txt": THIRD}


def results_of(path: Path, found: list[Sourced | Failure]) -> list[Sourced | Failure]:
    places = [(each.place if isinstance(each, Sourced) else each.path, each) for each in found]
    return [each for place, each in places if place.startswith(path.as_posix())]


def require_sentence(failure: Failure) -> None:
    """One sentence that a person can read: no traceback, no lines, nothing that a terminal obeys."""
    assert failure.path
    assert failure.reason.strip()
    assert len(failure.reason) < 500, failure
    assert failure.reason.isprintable(), failure
    assert failure.path.isprintable(), failure


def with_healthy(folder: Path) -> Path:
    for name, text in HEALTHY.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def texts_of(found: list[Sourced | Failure]) -> dict[str, str]:
    return {each.place: each.article.text for each in found if isinstance(each, Sourced)}


def require_healthy(folder: Path, found: list[Sourced | Failure]) -> None:
    whole = texts_of(found)
    assert {name: whole.get((folder / name).as_posix()) for name in HEALTHY} == HEALTHY


@pytest.mark.parametrize("ending", GOOD)
def test_damaged_twins_cost_at_most_themselves(ending: str, chaos: Chaos, tmp_path: Path) -> None:
    good, damages = GOOD[ending]
    numbers = chaos.random(f"twins of {ending}")
    twins = [with_healthy(tmp_path) / f"{n:03}.{ending}" for n in range(chaos.rounds(6, 200))]
    for twin in twins:
        twin.write_bytes(numbers.choice(damages)(good, numbers))
    found = list(read_sources([tmp_path]))
    require_healthy(tmp_path, found)
    for twin in twins:
        assert results_of(twin, found), twin.name
    for each in found:
        for failure in [each] if isinstance(each, Failure) else each.remarked:
            require_sentence(failure)


@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv"])
def test_damage_in_one_row_costs_that_row(ending: str, chaos: Chaos, tmp_path: Path) -> None:
    good, _ = GOOD[ending]
    numbers = chaos.random(f"rows of {ending}")
    path = tmp_path / f"a.{ending}"
    for _ in range(chaos.rounds(6, 200)):
        bad = numbers.randrange(ROWS)
        cell = _row(bad).encode()
        within = cell[6:-6]
        damages = (*IN_A_ROW, zero) if ending == "jsonl" else IN_A_ROW  # zeros make a table a program's file
        changed = numbers.choice(damages)(within, numbers).replace(b"\n", b" ").replace(b"\r", b" ")
        path.write_bytes(good.replace(cell, cell[:6] + changed + cell[-6:]))
        found = list(read_sources([path]))
        whole = {each.article.id: each.article.text for each in found if isinstance(each, Sourced)}
        others = {f"r{n}": _row(n) for n in range(ROWS) if n != bad}
        assert whole | others == whole, (bad, changed)
        for each in found:
            for failure in [each] if isinstance(each, Failure) else each.remarked:
                require_sentence(failure)


def test_damage_in_one_member_costs_that_member(chaos: Chaos, tmp_path: Path) -> None:
    numbers = chaos.random("members")
    path = tmp_path / "a.zip"
    for _ in range(chaos.rounds(6, 200)):
        bad = numbers.choice(sorted(MEMBERS))
        damage = numbers.choice((wrong_sum, wrong_packing, without_member, *map(in_member, BYTES)))
        path.write_bytes(damage(zipped(MEMBERS), numbers, bad))
        found = list(read_sources([path]))
        whole = texts_of(found)
        others = {f"{path.as_posix()}!{name}": text for name, text in MEMBERS.items() if name != bad}
        assert whole | others == whole, bad
        for each in found:
            for failure in [each] if isinstance(each, Failure) else each.remarked:
                require_sentence(failure)


def test_damage_in_one_chapter_costs_that_chapter(chaos: Chaos, tmp_path: Path) -> None:
    numbers = chaos.random("chapters")
    good = epub(chapters=[f"<h1>{n}</h1><p>{_row(n)}</p>" for n in range(ROWS)])
    path = tmp_path / "a.epub"
    for _ in range(chaos.rounds(6, 200)):
        bad = numbers.randrange(ROWS)
        name = f"OEBPS/c{ROWS - bad}.xhtml"
        damage = numbers.choice((wrong_sum, wrong_packing, without_member, *map(in_member, TEXT)))
        path.write_bytes(damage(good, numbers, name))
        found = list(read_sources([path]))
        lines = "\n".join(texts_of(found).values()).split("\n")
        assert {_row(n) for n in range(ROWS) if n != bad} <= set(lines), (bad, found)
        for each in found:
            for failure in [each] if isinstance(each, Failure) else each.remarked:
                require_sentence(failure)


@pytest.mark.parametrize("name", ["metadata.csv", "metadata.json"])
def test_damaged_metadata_costs_what_it_says(name: str, chaos: Chaos, tmp_path: Path) -> None:
    rows = [{"path": each, "title": f"T {each}", "date": "2025-04-02"} for each in HEALTHY]
    table = "path,title,date\n" + "".join(f"{row['path']},{row['title']},{row['date']}\n" for row in rows)
    good = (table if name.endswith("csv") else json.dumps(rows, indent=1)).encode()
    numbers = chaos.random(name)
    with_healthy(tmp_path)
    for _ in range(chaos.rounds(6, 200)):
        (tmp_path / name).write_bytes(numbers.choice(TEXT)(good, numbers))
        found = list(read_sources([tmp_path]))
        require_healthy(tmp_path, found)
        for each in found:
            for failure in [each] if isinstance(each, Failure) else each.remarked:
                require_sentence(failure)


@pytest.mark.parametrize("links_of", [feed_links, sitemap_links])
def test_damaged_listings_give_links_or_one_sentence(
    links_of: Callable[[bytes, str], object], chaos: Chaos
) -> None:
    numbers = chaos.random(links_of.__name__)
    for good in LISTINGS:
        for _ in range(chaos.rounds(6, 200)):
            try:
                links_of(numbers.choice(TEXT)(good, numbers), "https://a.example/feed.xml")
            except SourceError as error:
                require_sentence(Failure("https://a.example/feed.xml", str(error)))


def test_a_collection_with_damaged_files_of_all_kinds_is_indexed(chaos: Chaos, tmp_path: Path) -> None:
    numbers = chaos.random("collection")
    folder = tmp_path / "articles"
    folder.mkdir()
    with_healthy(folder)
    for ending, (good, damages) in GOOD.items():
        for n in range(chaos.rounds(1, 20)):
            (folder / f"bad{n}.{ending}").write_bytes(numbers.choice(damages)(good, numbers))
    report = reindex([folder], tmp_path / "data", FakeEmbedder())
    for failure in report.failed:
        require_sentence(failure)
    generation = open_index(tmp_path / "data")
    articles = {name: generation.store.article(name) for name in HEALTHY}
    assert {name: article and article.text for name, article in articles.items()} == HEALTHY
