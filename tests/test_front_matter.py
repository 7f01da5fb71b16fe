"""Front matter in YAML, TOML and JSON; what is damaged in it costs itself alone."""

from datetime import date

import pytest
from document_files import FIRST
from reading_documents import from_markdown

TOML = '+++\ntitle = "Tiêm phòng dại"\ndate = {}\ntags = ["y tế"]\n[extra]\nauthor = "Hà Thu"\n+++\n\n'


@pytest.mark.parametrize(
    "written",
    ["2025-05-11", "2025-05-11T08:00:00+07:00", "2025-05-11 08:00:00", '"11/5/2025"', '"2025-05-11"'],
)
def test_toml_between_plus_signs_is_metadata(written: str) -> None:
    document = from_markdown(TOML.format(written) + FIRST)
    assert (document.title, document.date, document.author) == ("Tiêm phòng dại", date(2025, 5, 11), "Hà Thu")
    assert document.text == FIRST


@pytest.mark.parametrize(
    "front",
    [
        '{\n "title": "Tiêm phòng dại",\n "date": "2025-05-11", "author": {"name": "Hà Thu"}\n}\n',
        ';;;\n{"title": "Tiêm phòng dại", "date": "2025-05-11", "author": "Hà Thu"}\n;;;\n',
        ';;;\n"title": "Tiêm phòng dại", "date": "2025-05-11", "authors": ["Hà Thu"]\n;;;\n',
        "\n---\n# của tòa soạn\ntitle: Tiêm phòng dại\ndate: 2025-05-11\nauthors:\n  - name: Hà Thu\n---\n",
        "---\ntitle: >\n  Tiêm phòng\n  dại\npublishDate: 2025-05-11\nauthor: Hà Thu\n...\n",
    ],
)
def test_front_matter_is_read_in_every_usual_writing(front: str) -> None:
    document = from_markdown(f"{front}\n{FIRST}")
    assert (document.title, document.date, document.author) == ("Tiêm phòng dại", date(2025, 5, 11), "Hà Thu")
    assert document.text == FIRST


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("---\ntitle: Chè\nauthor: [b\ndate: 2025-05-11\n---\n", "not valid YAML"),
        ("---\ntitle: Chè\n\tauthor: b\ndate: 2025-05-11\n---\n", "line 3"),
        ("+++\ntitle = 'Chè'\ntags = [\ndate = 2025-05-11\n+++\n", "not valid TOML"),
        ("---\ntitle: Chè\ndate: 2025-05-11\nauthor: {a: b}\n---\n", "expected words in one line"),
    ],
)
def test_what_is_damaged_is_told_and_costs_itself_alone(front: str, told: str) -> None:
    document = from_markdown(front + FIRST)
    assert (document.title, document.date, document.text) == ("Chè", date(2025, 5, 11), FIRST)
    assert any(told in dropped.reason for dropped in document.dropped)


@pytest.mark.parametrize("written", ["soon", "2025-02-31", "{a: b}"])
def test_a_date_that_is_none_is_told_and_the_rest_is_read(written: str) -> None:
    document = from_markdown(f"---\ntitle: Chè\ndate: {written}\n---\n{FIRST}")
    assert (document.title, document.date, document.text) == ("Chè", None, FIRST)
    assert [dropped.reason for dropped in document.dropped] == ["front matter: expected a date as YYYY-MM-DD"]


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_fields_whose_closing_line_is_missing_end_where_the_text_begins(fence: str) -> None:
    field = "title: Chè" if fence == "---" else 'title = "Chè"'
    document = from_markdown(f"{fence}\n{field}\n\n{FIRST}")
    assert (document.title, document.text) == ("Chè", FIRST)


@pytest.mark.parametrize("opening", ["+++\nKhông phải.\n+++\n\n", "{không phải}\n\n", ";;; chào\n\n"])
def test_what_is_no_front_matter_does_not_stop_the_reading(opening: str) -> None:
    assert FIRST in from_markdown(f"{opening}**{FIRST}**").text
