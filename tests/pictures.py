"""The pictures of README and docs, made from real replies over the seeds: `make pictures`.

Chromium draws chats; the console's picture is drawn by rich. `made_from.json` keeps a digest of what each chat shows,
so that a test can tell when a picture is older than that.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from preview import REPOSITORY
from preview_page import Shown, chat, document
from reply_values import ANSWER_ID

from bot.bootstrap import Services, build
from bot.cli.console_session import ConsoleSession
from bot.conversation.answering import find, first_shown
from bot.texts import load_texts
from config.settings import load_settings

if TYPE_CHECKING:
    from retrieval.retriever import Retriever

PICTURES: Final = REPOSITORY / "docs" / "pictures"
MADE_FROM: Final = PICTURES / "made_from.json"
CONSOLE: Final = REPOSITORY / "docs" / "console.svg"
JUDGED: Final = Path(__file__).with_name("data") / "conversations_judged.jsonl"
CHATS: Final[Mapping[str, Sequence[tuple[str, Sequence[str]]]]] = {
    "answer": [("vi", ["Nga da vien tro cho Viet Nam bao nhieu lieu vac xin?"])],
    "follow-up": [("ru", ["Какой товарооборот у Вьетнама с Казахстаном?", "А с Азербайджаном?"])],
    "refusal": [("en", ["What is the trade turnover between Vietnam and Japan?"])],
}
TYPED: Final = (
    "kim ngach thuong mai viet nga nam 2024?",
    "con nam 2021?",
    "Giá vàng hôm nay bao nhiêu?",
)
_WIDTH, _HEIGHT = 360, 12_000
_COLUMNS = 100
"""Of the console."""


def pages(retriever: Retriever) -> dict[str, str]:
    """What each picture of chats shows, as HTML, by the picture's name."""
    every = {**CHATS, **_judged()}
    return {
        name: document(chat(_replies(retriever, language, turns)) for language, turns in chats)
        for name, chats in every.items()
    }


def _judged() -> dict[str, list[tuple[str, list[str]]]]:
    """The conversations of docs/conversation.md, by who had them."""
    if not JUDGED.exists():
        return {}
    rows = map(json.loads, JUDGED.read_text("utf-8").splitlines())
    return {
        f"conversations-{who}": [(row["lang"], [turn["q"] for turn in row["turns"]]) for row in those]
        for who, those in groupby(rows, key=lambda row: row["who"])
    }


def _replies(retriever: Retriever, language: str, turns: Iterable[str]) -> Iterator[Shown]:
    context = None
    for turn in turns:
        found = find(retriever, turn, context)
        context = found.context
        yield Shown("", language, turn, first_shown(found, ANSWER_ID, retriever)[1])


def digests(shown: Mapping[str, str]) -> dict[str, str]:
    """What is kept of each page to tell whether its picture is older."""
    return {name: sha256(html.encode()).hexdigest()[:16] for name, html in shown.items()}


def console_picture(services: Services) -> str:
    """The console with the questions TYPED, as SVG."""
    from rich.console import Console
    from rich.text import Text

    texts = load_texts("vi")
    console = Console(
        record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False, emoji=False
    )
    session = ConsoleSession(services, console, texts)
    for question in TYPED:
        console.print(Text(f"{texts('console-prompt')}> ", "bold cyan") + Text(question, "default"))
        session.handle(question)
    return console.export_svg(title="trichdan console", unique_id="console")


def draw(html: str, path: Path) -> None:
    """`html` as Chromium shows it, as a picture without the empty part below."""
    from PIL import Image, ImageChops

    columns = html.count("<main>")
    with tempfile.TemporaryDirectory() as folder:
        page, whole = Path(folder) / "page.html", Path(folder) / "whole.png"
        page.write_text(html, "utf-8")
        subprocess.run(
            [
                *(
                    "chromium",
                    "--headless",
                    "--no-sandbox",
                    "--hide-scrollbars",
                    "--force-device-scale-factor=1.5",
                ),
                *(f"--screenshot={whole}", f"--window-size={_WIDTH * columns},{_HEIGHT}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )
        with Image.open(whole) as picture:
            wall = Image.new("RGB", picture.size, picture.convert("RGB").getpixel((0, picture.height - 1)))
            box = ImageChops.difference(picture.convert("RGB"), wall).getbbox() or (0, 0, *picture.size)
            cut = picture.convert("RGB").crop((0, 0, picture.width, min(box[3] + 12, picture.height)))
            cut.quantize(96).save(path, optimize=True)


def main() -> None:
    """Indexes the seeds in a folder of its own and draws all."""
    if not shutil.which("chromium"):
        sys.exit("There is no `chromium` to draw with: install Debian's package of that name.")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "models").symlink_to(REPOSITORY / "data" / "models", target_is_directory=True)
        os.chdir(REPOSITORY)  # the console names paths as they were given
        services = build(load_settings(data_dir=Path(folder)))
        services.reindex([Path("seeds")])
        shown = pages(services.serving.retriever())
        for name, html in shown.items():
            draw(html, PICTURES / f"{name}.png")
        MADE_FROM.write_text(json.dumps(digests(shown), indent=1) + "\n", "utf-8")
        CONSOLE.write_text(console_picture(services), "utf-8")


if __name__ == "__main__":
    main()
