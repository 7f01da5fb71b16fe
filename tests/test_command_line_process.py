"""The real process with the real model: what only a process can get wrong."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from command_line import ANSWER_KEYS, EXCERPT_KEYS
from small_index import write_jsonl

REPOSITORY = Path(__file__).resolve().parent.parent
C_LOCALE = {"LC_ALL": "C"}
HEAVY = ("torch", "faiss", "openvino", "sentence_transformers", "telegram", "transformers")
ARTICLES = (
    {
        "id": "trade",
        "text": "Kim ngạch thương mại hai nước đạt 4,1 tỷ USD. Con số này tăng mạnh.",
        "lang": "vi",
    },
    {
        "id": "long",
        "text": "\n".join(f"Đoạn {i} của một bài viết rất dài về cầu đường." for i in range(5000)),
    },
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Path:
    """A folder with a source and an index of it, made by the real process."""
    folder = tmp_path_factory.mktemp("nhà")
    write_jsonl(folder / "in.jsonl", ARTICLES[0])
    (folder / "data").mkdir()
    (folder / "data/models").symlink_to(models_dir)
    assert trichdan(folder, "reindex", "in.jsonl").returncode == 0
    return folder


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("TRICHDAN_")} | dict(changes)


def trichdan(
    home: Path, *arguments: str | bytes, stdin: bytes = b"", variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command,
        cwd=home,
        env=environment(variables or {}),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )


def python(home: Path, code: str) -> str:
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=home, env=environment({}), capture_output=True, check=True, timeout=120, text=True
    )
    return done.stdout.strip().splitlines()[-1]


def test_a_question_is_answered_under_the_c_locale(home: Path) -> None:
    done = trichdan(home, "ask", "--json", "Kim ngạch thương mại hai nước?", variables=C_LOCALE)
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout.decode("utf-8"))
    assert list(answer) == ANSWER_KEYS
    assert answer["question"] == "Kim ngạch thương mại hai nước?"
    assert list(answer["excerpts"][0]) == EXCERPT_KEYS
    assert "4,1 tỷ USD" in answer["excerpts"][0]["text"]


def test_questions_from_a_pipe_are_answered_in_order_under_the_c_locale(home: Path) -> None:
    stdin = "Kim ngạch thương mại?\r\n\nxin chào\n".encode() + b"v\xe0ng\xff hom nay\n\x00" + b"a" * 10_000
    done = trichdan(home, "ask", "--json", "-", stdin=stdin, variables=C_LOCALE)
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [answer["kind"] for answer in answers] == [
        "question",
        "invalid",
        "chitchat",
        "question",
        "invalid",
    ]


def test_the_answer_is_printed_as_utf8_under_the_c_locale(home: Path) -> None:
    done = trichdan(home, "ask", "Kim ngạch thương mại hai nước?", variables=C_LOCALE)
    assert done.returncode == 0
    assert "Kim ngạch thương mại hai nước đạt 4,1 tỷ USD." in done.stdout.decode("utf-8")


def test_an_argument_that_is_not_utf8_is_a_question_like_others(home: Path) -> None:
    done = trichdan(home, "ask", "--json", b"thu\xff ng\xfe")
    assert done.returncode in (0, 3)
    assert json.loads(done.stdout.decode("utf-8"))["kind"] == "question"


@pytest.mark.parametrize("arguments", [["show", "long"], ["show", "--json", "long"], ["ask", "--json", "-"]])
def test_a_reader_that_leaves_early_causes_no_traceback(
    home: Path, tmp_path: Path, arguments: list[str]
) -> None:
    write_jsonl(tmp_path / "in.jsonl", *ARTICLES)
    if arguments[0] == "show":
        from fake_embedder import FakeEmbedder

        from retrieval.indexing.run import reindex

        reindex([tmp_path / "in.jsonl"], tmp_path / "data", FakeEmbedder())
        home = tmp_path
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=home,
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stdin and process.stderr
        process.stdout.close()
        process.stdin.write(b"cau\n" * 100)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_an_interrupt_ends_quietly(home: Path) -> None:
    # Where the tests run in the background, SIGINT is ignored, and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", "-"],
        cwd=home,
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stdin and process.stderr
        process.stdin.write(b"xin chao\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == 130


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["--version"], ["ask", "--help"], ["ask", "--limit", "0", "x"]]
)
def test_help_and_usage_load_nothing_heavy(home: Path, arguments: list[str]) -> None:
    code = (
        "import sys; from bot.__main__ import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert python(home, code) == "[]"


@pytest.mark.parametrize("arguments", [["reindex", "in.jsonl"], ["show", "trade"], ["inspect", "in.jsonl"]])
def test_what_needs_no_model_loads_none(home: Path, arguments: list[str]) -> None:
    code = (
        f"import sys; from bot.__main__ import main\nassert main({arguments!r}) == 0\n"
        "print([n for n in ('torch', 'openvino', 'sentence_transformers', 'telegram') if n in sys.modules])"
    )
    assert python(home, code) == "[]"


def test_the_packages_are_ours_from_any_working_directory(tmp_path: Path) -> None:
    """Their names are common: another `config` must not be found instead."""
    code = "import bot, config, retrieval; print(*(m.__path__[0] for m in (bot, config, retrieval)), sep='|')"
    found = [Path(path) for path in python(tmp_path, code).split("|")]
    assert found == [REPOSITORY / name for name in ("bot", "config", "retrieval")]


def test_the_installed_command_is_the_same_program(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("trichdan")
    done = subprocess.run([script, "--help"], cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stdout == trichdan(tmp_path, "--help").stdout.decode()
    for command in ("console", "ask", "reindex", "inspect", "articles", "show", "bot", "doctor"):
        assert f"    {command} " in done.stdout


def test_debug_shows_the_traceback_that_is_otherwise_hidden(tmp_path: Path) -> None:
    plain = trichdan(tmp_path, "show", "x")
    assert (plain.returncode, b"Traceback" in plain.stderr) == (1, False)
    for arguments in (["--debug", "show", "x"], ["show", "--debug", "x"]):
        assert b"Traceback" in trichdan(tmp_path, *arguments).stderr


def test_the_token_is_never_printed(home: Path) -> None:
    token = "123456:AA-never-to-be-printed"
    for arguments, extra in (
        (["doctor"], {"TRICHDAN_TELEGRAM_API_URL": "http://127.0.0.1:9/bot"}),
        (["--debug", "ask", "x"], {"TRICHDAN_ADMIN_IDS": "x"}),
        (["--debug", "show", "x", "--data-dir", "gone"], {}),
    ):
        done = trichdan(home, *arguments, variables={"TRICHDAN_TELEGRAM_TOKEN": token, **extra})
        assert done.returncode == 1
        assert b"never-to-be-printed" not in done.stdout + done.stderr
