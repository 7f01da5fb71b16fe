"""`model export` and `model import`: the bundled model for machines that have no package of it."""

from pathlib import Path
from typing import Literal

from bot.cli.output.progress import progress_bars
from bot.exit_codes import DONE
from bot.printable import say
from config.settings import Settings
from retrieval.embedding.bundled.transfer import export_model, import_model


def carry_model(settings: Settings, way: Literal["export", "import"], file: Path) -> int:
    """Prints where it is now."""
    if way == "export":
        export_model(settings.models_dir, file, progress_bars())
        say(
            f"{file}: {file.stat().st_size / 1e6:,.0f} MB. On the other machine: trichdan model import {file.name}"
        )
    else:
        say(f"The model is in {import_model(settings.models_dir, file)}.")
    return DONE
