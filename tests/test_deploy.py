"""Files for containers and systemd name what there is. No image is built here."""

import re
from pathlib import Path

import yaml

from config.settings import Settings

REPOSITORY = Path(__file__).resolve().parent.parent
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text("utf-8")
COMPOSE = (REPOSITORY / "compose.yaml").read_text("utf-8")


def test_every_setting_that_they_name_exists() -> None:
    named = set(re.findall(r"TRICHDAN_([A-Z_]+)", DOCKERFILE + COMPOSE))
    assert named and {name.lower() for name in named} <= set(Settings.model_fields)


def test_what_the_image_copies_is_there_and_not_kept_from_it() -> None:
    copied = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if re.match(r"COPY (?!--)", line)]
    kept = (REPOSITORY / ".dockerignore").read_text("utf-8").splitlines()
    for name in (name for line in copied for name in line):
        assert (REPOSITORY / name).exists() and f"!{name}" in kept, name


def test_the_image_does_not_run_as_root_and_tells_its_health() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"(?m)^USER [1-9][0-9]*$", last)
    assert "HEALTHCHECK" in last and "/healthz" in last


def test_the_compose_file_gives_the_bot_a_state_and_a_folder_that_last() -> None:
    services = yaml.safe_load(COMPOSE)["services"]
    assert services["bot"]["volumes"] == ["data:/data"]
    assert services["proxy"]["profiles"] == ["webhook"]
    mounted = services["proxy"]["volumes"][0].partition(":")[0]
    assert (REPOSITORY / mounted).is_file()


def test_the_proxy_passes_on_what_is_for_the_world_alone() -> None:
    caddy = (REPOSITORY / "deploy" / "Caddyfile").read_text("utf-8")
    (paths,) = re.findall(r"@public path (.*)", caddy)
    assert set(paths.split()) == {"/telegram", "/default/*", "/article.css"}
