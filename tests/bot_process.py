"""The real `trichdan bot` process, started by a test against the fake Bot API."""

from __future__ import annotations

import itertools
import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Protocol, Self

from fake_bot_api import Chat, FakeBotApi, Message

REPOSITORY = Path(__file__).resolve().parent.parent
SEEDS = REPOSITORY / "seeds"
ADMIN = 9001
TRADE = "Kim ngạch thương mại Việt - Nga 11 tháng năm 2024?"
TRADE_ANSWER = "4,1 tỷ USD"
UNANSWERABLE = "Công thức nấu phở bò ngon nhất là gì?"
_ids = itertools.count(20_001)


class Server(Protocol):
    """What a bot must know of the Bot API that it is to use."""

    @property
    def base_url(self) -> str: ...

    @property
    def token(self) -> str: ...


class BotProcess:
    """A context manager; at its end the process is told to stop, and must stop well."""

    def __init__(self, api: Server, data_dir: Path, sources: Path = SEEDS, **settings: str) -> None:
        self._output = data_dir / f"bot-{next(_ids)}.log"
        self.data_dir = data_dir
        self._killed = False
        self._from = 0
        self._settings = {
            "TELEGRAM_API_URL": api.base_url,
            "TELEGRAM_TOKEN": api.token,
            "ADMIN_IDS": str(ADMIN),
            "SOURCES": str(sources),
            **settings,
        }

    def __enter__(self) -> Self:
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", "-m", "bot", "--data-dir", str(self.data_dir), "bot"],
                env=environment(**self._settings),
                cwd=REPOSITORY,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        try:
            code = self.stop()
        finally:
            self.process.kill()
        assert kind or self._killed or code == 0, self.output

    @property
    def output(self) -> str:
        """All that it has written, stdout and stderr, since a test has begun that shares it with others."""
        return self._output.read_bytes()[self._from :].decode()

    def begin_test(self) -> None:
        """What it has written so far belongs to the tests before."""
        self._from = self._output.stat().st_size

    @property
    def child(self) -> int:
        """The process that answers; `process` is its parent, which starts it again."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(children.split()[0])

    def stop(self) -> int:
        """SIGTERM, unless it has ended; returns the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.wait()

    def kill(self) -> None:
        """SIGKILL: it can neither finish nor note anything."""
        self._killed = True
        self.process.kill()
        self.process.wait()

    def wait(self) -> int:
        """The exit code; AssertionError with all that it wrote, and where it hangs, when it does not end."""
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # faulthandler writes where every thread is
            self.process.wait(5)
            raise AssertionError(f"the bot did not end:\n{self.output}") from None

    def wait_for_line(self, pattern: str, *, count: int = 1, timeout: float = 20.0) -> list[str]:
        """The first lines of the output that hold `pattern`, once there are `count` of them."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = [line for line in self.output.splitlines() if re.search(pattern, line)]
            if len(found) >= count:
                return found
            time.sleep(0.02)
        raise TimeoutError(f"no line with {pattern!r} in:\n{self.output}")


def fast_bot(api: Server, data_dir: Path, **settings: str) -> BotProcess:
    """A bot with the model of words only, which starts in a second and goes as fast as it can."""
    fast = {"MODEL": "hashed-words", "MESSAGES_PER_SECOND": "0", "QUESTIONS_PER_MINUTE": "0"}
    return BotProcess(api, data_dir, SEEDS, **fast | settings)


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with no settings of Trichdan's but the given ones."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRICHDAN_")}
    given = {f"TRICHDAN_{name}": value for name, value in settings.items()}
    return kept | {"HF_HUB_OFFLINE": "1", "LC_ALL": "C.UTF-8"} | given


def trichdan(*arguments: str | Path, data_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """One run of the command line, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "--data-dir", str(data_dir), *map(str, arguments)],
        env=environment(**settings),
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def new_chat(api: FakeBotApi, language: str | None = "vi") -> Chat:
    """A private chat with a person nobody has seen before."""
    return api.private_chat(next(_ids), language_code=language)


def quotes(message: Message) -> list[str]:
    """The excerpts in a message, as a reader sees them."""
    return message.entity_texts("blockquote") + message.entity_texts("expandable_blockquote")


def stands_in(folder: Path, text: str) -> bool:
    """Whether `text` stands word for word in a file of `folder`."""
    sources = (_normal(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt"))
    return any(_normal(text) in source for source in sources)


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
