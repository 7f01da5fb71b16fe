"""Checks the promises of the README on an installed program, from outside: commands, files and HTTP, nothing of ours
is imported.

Run: python3 .ci/audit.py PROGRAM REPOSITORY DATA      PROGRAM is an installed `trichdan`, DATA a folder of its own

Prints a line a promise; the exit code is 1 when one is broken.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

NO_ANSWER = (
    "Giá vàng hôm nay?",
    "Who won the 2024 Ballon d'Or?",
    "Как сбросить пароль от почты?",
    "asdf qwerty",
)
FIELDS = (
    "text highlights score article_id passage_id title source author date url path paragraph start end also_in shown"
).split()
ANSWER = "question kind language unaccented answered unsure confidence excerpts nearest message elapsed_ms generation"
TOKEN = "123456:audit-token-that-nobody-has-given-out"


class Audit:
    """One program, one repository's words about it, one data folder."""

    def __init__(self, program: Path, repository: Path, data: Path) -> None:
        self.program, self.repository, self.data = program, repository, data
        self.readme = (repository / "README.md").read_text("utf-8")
        self._sources = {
            path.name: plain(path.read_text("utf-8")) for path in (repository / "seeds").iterdir()
        }

    def run(self, *arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """A command, away from the repository, with no settings but these."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRICHDAN_")}
        named = {f"TRICHDAN_{name}": value for name, value in settings.items()}
        return subprocess.run(
            [str(self.program), "--data-dir", str(self.data), *arguments],
            cwd=self.data, input=stdin, capture_output=True, text=True, check=False, timeout=600, env=kept | named,
        )  # fmt: skip

    def answers(self, *questions: str) -> list[dict[str, Any]]:
        """What `ask --json -` gives for each."""
        done = self.run("ask", "--json", "-", stdin="".join(f"{question}\n" for question in questions))
        assert done.returncode == 0, done.stderr
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [each["question"] for each in found] == list(questions), "an object a line, in order"
        return found

    def asked_in_readme(self) -> list[str]:
        """The questions that the README offers to try."""
        table = self.readme.partition("| with or without marks |")[2].partition("\n\n")[0]
        return [cell.strip() for line in table.splitlines()[2:] for cell in line.strip("| ").split(" | ")]

    # What is promised.

    def commands_are_those_of_the_documents(self) -> None:
        told = set(
            re.findall(
                r"^\| `([a-z-]+)", (self.repository / "docs/commands.md").read_text("utf-8"), re.MULTILINE
            )
        )
        helped = set(re.findall(r"^    ([a-z-]+)", self.run("--help").stdout, re.MULTILINE))
        assert told == helped, f"documents and --help differ in {sorted(told ^ helped)}"

    def exit_codes_are_0_1_2_3(self) -> None:
        assert self.run("--version").returncode == 0 and self.run().returncode == 0
        assert self.run("frobnicate").returncode == 2 and self.run("ask").returncode == 2
        missing = subprocess.run(
            [str(self.program), "--data-dir", str(self.data / "none"), "ask", "Putin?"],
            capture_output=True, text=True, check=False, timeout=600, cwd=self.data,
        )  # fmt: skip
        assert missing.returncode == 1 and "trichdan reindex" in missing.stderr, missing.stderr
        assert "Traceback" not in missing.stderr and missing.stderr.count("\n") == 1

    def reindexing_reports_what_it_did(self) -> None:
        done = self.run("reindex", "--json", str(self.repository / "seeds"))
        report = json.loads(done.stdout.splitlines()[-1])
        assert done.returncode == 0 and report["event"] == "report", done.stderr
        assert report["articles"] == 5 and report["failed"] == [] and report["passages"] > 50
        again = json.loads(self.run("reindex", "--json").stdout.splitlines()[-1])
        assert (
            again["unchanged"] == 5 and again["embedded"] == 0 and again["generation"] == report["generation"]
        )

    def questions_of_the_readme_are_answered(self) -> None:
        questions = [each for each in self.asked_in_readme() if "(" not in each]
        assert len(questions) >= 14, f"the README offers only {len(questions)} questions"
        refused = [each["question"] for each in self.answers(*questions) if not each["answered"]]
        assert not refused, f"refused: {refused}"

    def excerpts_are_verbatim_and_cited(self) -> None:
        count = 0
        for answer in self.answers(*(each for each in self.asked_in_readme() if "(" not in each)):
            assert set(ANSWER.split()) <= set(answer), set(ANSWER.split()) - set(answer)
            for excerpt in (*answer["excerpts"], *answer["nearest"]):
                count += 1
                assert set(FIELDS) == set(excerpt), set(FIELDS) ^ set(excerpt)
                article = json.loads(self.run("show", "--json", excerpt["article_id"]).stdout)
                start, end = excerpt["start"], excerpt["end"]
                assert article["text"][start:end] == excerpt["text"], "not a piece of its article"
                pieces = [plain(line) for line in excerpt["text"].split("\n") if line.strip()]
                source = self._sources[Path(excerpt["path"]).name]
                assert all(piece in source for piece in pieces), "not in the source file"
                assert excerpt["paragraph"] >= 1
                assert all(0 <= a < b <= len(excerpt["text"]) for a, b in excerpt["highlights"])
        assert count > 14

    def what_no_article_says_is_not_told_for_sure(self) -> None:
        told = [
            each["question"] for each in self.answers(*NO_ANSWER) if each["answered"] and not each["unsure"]
        ]
        assert not told, f"told for sure: {told}"
        assert self.run("ask", "asdf qwerty zxcv").returncode == 3

    def blank_and_overlong_lines_cost_nothing_else(self) -> None:
        long = "a" * 20_000
        found = self.answers("", long, "Đại sứ Nga tại Việt Nam là ai?")
        assert [each["kind"] for each in found] == ["invalid", "invalid", "question"]
        assert found[2]["answered"] and not found[0]["excerpts"] and found[0]["confidence"] == 0

    def two_commands_set_it_up(self) -> None:
        shown = re.findall(r"^make ([a-z]+)", self.readme, re.MULTILINE)
        targets = re.findall(r"^([a-z]+):", (self.repository / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert shown == ["console", "test"] and set(shown) <= set(targets)

    def files_that_the_readme_names_are_there(self) -> None:
        for name in re.findall(r"\]\((?!https?:)([^)#]+)", self.readme):
            assert (self.repository / name).exists(), name

    def health_is_told_over_http(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings = {
            "LISTEN": f"127.0.0.1:{port}",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": "http://127.0.0.1:9/bot",
        }
        environment = os.environ | {f"TRICHDAN_{name}": value for name, value in settings.items()}
        bot = subprocess.Popen(
            [str(self.program), "--data-dir", str(self.data), "bot", "--alone"],
            cwd=self.data, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            statuses = {
                path: self._status(f"http://127.0.0.1:{port}{path}") for path in ("/healthz", "/readyz")
            }
            assert statuses["/healthz"] == 200 and statuses["/readyz"] in (200, 503), statuses
            assert self._status(f"http://127.0.0.1:{port}/metrics") == 200
        finally:
            bot.terminate()
            said, _ = bot.communicate(timeout=30)
        assert TOKEN not in said and "Traceback" not in said, said

    def _status(self, address: str) -> int:
        for _ in range(300):
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    return int(answer.status)
            except urllib.error.HTTPError as error:
                return error.code
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"{address} does not answer")

    def promises(self) -> Iterator[Callable[[], None]]:
        """In this order: the index is made by one of them."""
        yield self.two_commands_set_it_up
        yield self.files_that_the_readme_names_are_there
        yield self.commands_are_those_of_the_documents
        yield self.exit_codes_are_0_1_2_3
        yield self.reindexing_reports_what_it_did
        yield self.questions_of_the_readme_are_answered
        yield self.excerpts_are_verbatim_and_cited
        yield self.what_no_article_says_is_not_told_for_sure
        yield self.blank_and_overlong_lines_cost_nothing_else
        yield self.health_is_told_over_http


def plain(text: str) -> str:
    """In one normal form, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def main(program: str, repository: str, data: str) -> int:
    """The exit code."""
    Path(data).mkdir(parents=True, exist_ok=True)
    audit, broken = Audit(Path(program).absolute(), Path(repository).absolute(), Path(data).absolute()), 0
    for promise in audit.promises():
        name = promise.__name__.replace("_", " ")
        try:
            promise()
            print(f"ok      {name}", flush=True)
        except (AssertionError, KeyError, ValueError, OSError, subprocess.TimeoutExpired) as error:
            broken += 1
            print(f"BROKEN  {name}: {error or type(error).__name__}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
