"""The wording: complete in three languages, the same ids and variables in each."""

import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest
from fluent.syntax import FluentParser, ast, visitor

from bot.on_telegram.commands import ADMIN_MENU, MENU
from bot.texts import LANGUAGES, choose_language, load_texts

STAGES = ("reading", "embedding", "sentences", "writing")


class Variables(visitor.Visitor):
    """Collects the names of the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
    """Message id -> names of its variables; a line that Fluent cannot read fails the test."""
    locales = files("bot").joinpath("locales")
    names = (f"{language}.ftl", f"{language}.admin.ftl", f"{language}.problems.ftl")
    sources = [locales.joinpath(name).read_text(encoding="utf-8") for name in names]
    found: dict[str, set[str]] = {}
    for entry in (entry for source in sources for entry in FluentParser().parse(source).body):
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_messages_and_variables(language: str) -> None:
    """A translation neither lacks a message nor forgets a variable."""
    assert messages(language) == messages("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21, 1234])
def test_every_message_renders(language: str, number: int) -> None:
    """Every message has words for every number, and nothing of Fluent's syntax shows."""
    texts = load_texts(language)
    for message_id, names in messages(language).items():
        for stage in STAGES if "stage" in names else ("",):
            values: dict[str, str | int] = dict.fromkeys(names, number)
            text = texts(message_id, **(values | {"stage": stage} if stage else values))
            assert text.strip() == text and text
            assert not set("{}\u2068\u2069") & set(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_telegram_fit_its_limits(language: str) -> None:
    """Menu descriptions hold 3 to 256 characters, the bot's own 512 and 120, the answer to a pressed button 200."""
    texts = load_texts(language)
    menu = {name: texts(name) for name in messages(language) if name.startswith("command-")}
    assert set(menu) == {f"command-{name}" for name in (*MENU, *ADMIN_MENU)}
    assert all(3 <= len(text) <= 256 for text in menu.values())
    assert len(texts("description")) <= 512 and len(texts("description-short")) <= 120
    pressed = (
        "button-expired",
        "no-more",
        "language-set",
        "language-automatic",
        "access-denied",
        "admin-only",
        "admin-private",
    )
    assert all(len(texts(name)) <= 200 for name in pressed)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *[("vi", "vi"), ("vi-VN", "vi"), ("en-US", "en"), ("RU", "ru"), ("uk", "ru"), ("be", "ru")],
        *[("kk_KZ", "ru"), ("fr", "en"), ("zh-hans", "en"), ("", "en"), (None, "en"), ("und", "en")],
    ],
)
def test_choose_language(code: str | None, language: str) -> None:
    """Whatever Telegram says, the reader gets one of the three languages."""
    assert choose_language(code) == load_texts(code).language == language


@pytest.mark.parametrize(
    ("language", "count", "phrase"),
    [
        *[("en", 1, "also in 1 more article"), ("en", 2, "also in 2 more articles")],
        *[("ru", 1, "ещё в 1 статье"), ("ru", 5, "ещё в 5 статьях"), ("ru", 21, "ещё в 21 статье")],
        ("vi", 2, "còn có trong 2 bài khác"),
    ],
)
def test_plurals(language: str, count: int, phrase: str) -> None:
    """Counted nouns take the form that the number asks for."""
    assert load_texts(language)("also-in", count=count) == phrase


@pytest.mark.parametrize(
    ("language", "written", "unknown"),
    [
        ("vi", "02/04/2025", "không rõ ngày"),
        ("en", "2 April 2025", "date unknown"),
        ("ru", "2 апреля 2025 г.", "дата неизвестна"),
    ],
)
def test_dates(language: str, written: str, unknown: str) -> None:
    """Dates read as the reader writes them, and a missing one is said to be missing."""
    texts = load_texts(language)
    assert texts.date(date(2025, 4, 2)) == written
    assert texts.date(None) == unknown


def test_a_mistake_is_not_shown_to_readers() -> None:
    """An unknown id or a missing variable is an error of ours, never a half-filled sentence."""
    with pytest.raises(LookupError):
        load_texts("en")("no-such-message")
    with pytest.raises(ValueError, match="paragraph"):
        load_texts("en")("paragraph")


def test_variables_keep_their_characters() -> None:
    """What is put into a message comes out unchanged, whatever it looks like."""
    words = 'a { $b } <b> [x] "“» \u200b'
    assert load_texts("en")("opening-whole", words=words) == f"“{words}”"


def test_import_is_cheap() -> None:
    """Help and argument errors need neither Fluent, Babel nor Rich."""
    modules = "bot.texts, bot.telegram_html.messages, bot.cli.output.answer_json, bot.cli.output.terminal"
    check = f"import sys, {modules}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert not {"fluent", "babel", "rich"} & set(run.stdout.split())
