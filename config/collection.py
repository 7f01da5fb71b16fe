"""Which sources a run reads, and which of the articles in service it may take out without a question."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from config.settings import Settings, source_of

Source = Path | str
"""A folder, a file, or the address of something on the web."""


class Served(Protocol):
    """What the index in service was made from, as its sources were called from `working_dir`."""

    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def working_dir(self) -> Path | None: ...


DEFAULT = Path("seeds")
"""The default collection, which comes with the program for a working directory that has no such folder."""
SHIPPED = frozenset(
    """
    690e46a09641ccac715d5e278ffa214d452e20b7dc68fbbfcf88951cb26d360a
    cba11926f4b2bbe74db2dd044f6c061c993f420a4e78923b3d71215f9059f5b3
    c603c20598549b626ad4d740df36041b4f6e2e92bdf28f654dcfd7bb18b66aba
    322cd1f323c6bb4c257726ac0d09fa32c3c8dc505dbc12d177ba168a19bf3ecd
    e1758ac4f177508534f8fce64590398b666caa86e872b39c13dd0deaf32b6b44
    """.split()
)
"""Digests of the articles that come with the product: one's own take their place without a question."""


def chosen(settings: Settings, named: Sequence[Source], served: Served) -> list[Source]:
    """Those `named`, else those of the settings where they are set, else those that the index in service was made
    from, else the ones that come with the product; without the folder of uploads."""
    if named or "sources" in settings.model_fields_set:
        return [*(named or settings.sources)]
    return remembered(settings, served) or [*settings.sources]


def remembered(settings: Settings, served: Served) -> list[Source]:
    """What the index in service was made from, as it is called from here; without the folder of uploads."""
    uploads = settings.uploads_dir.resolve()
    sources = (_from_here(source_of(source), served.working_dir) for source in served.sources)
    return [source for source in sources if not (isinstance(source, Path) and source.resolve() == uploads)]


def _from_here(source: Source, working_dir: Path | None) -> Source:
    """A path stays as it was written where that means the same."""
    if isinstance(source, str) or working_dir in (None, Path.cwd()):
        return source
    assert working_dir is not None
    there = working_dir / source
    # The default collection comes with the program: where it is not in a folder there, it is not here either.
    return source if source == DEFAULT and not there.exists() else there
