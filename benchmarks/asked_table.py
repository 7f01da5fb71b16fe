"""The figures of benchmarks/asked.py as aligned text, with the targets that there are."""

from collections.abc import Mapping

from benchmarks.asked_figures import Figures, Group

_ABSENT = {
    "questions": "n",
    "shown": "shown",
    "sure": "sure",
    "auroc": "AUROC",
    "shown at 95 %": "shown at 95 %",
    "sure at 60 %": "sure at 60 %",
}
_BLOCKS = {
    "told by an article": {
        "questions": "n",
        **{name: name for name in ("article first", "answer first", "in reply", "bold", "refused", "unsure")},
    },
    "near misses": {f"near {name}": head for name, head in _ABSENT.items()},
    "off-corpus": {f"off {name}": head for name, head in _ABSENT.items()},
}
"""The heading of a block -> figure -> the heading of its column."""
_LANGUAGES = ("vi", "vi-nodia", "en", "ru")
_SURE_AT = dict.fromkeys(_LANGUAGES, 0.20)
TARGETS: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("ntrex", "article first"): dict(zip(_LANGUAGES, (0.95, 0.95, 0.93, 0.92), strict=True)),
    ("ntrex", "answer first"): dict(zip(_LANGUAGES, (0.85, 0.82, 0.79, 0.79), strict=True)),
    ("ntrex", "near auroc"): dict(zip(_LANGUAGES, (0.80, 0.75, 0.78, 0.75), strict=True)),
    ("ntrex", "near sure at 60 %"): _SURE_AT,
    ("wiki", "near sure at 60 %"): _SURE_AT,
}
"""The name of a collection and a figure of its plain dev questions -> language -> what it should reach."""


def table_text(collection: str, figures_of: Mapping[Group, Figures], *, with_targets: bool) -> str:
    """A block each of what articles tell, near misses and what nothing is about; a line a group, with its target."""
    blocks = []
    for title, columns in _BLOCKS.items():
        lines = [_line(title, columns, list(columns.values()))]
        for group, measured in figures_of.items():
            if measured[next(iter(columns))]:
                cells = [_cell(name, measured[name]) for name in columns]
                lines.append(_line(f"  {group.lang} {group.form}", columns, cells))
                lines += _targets(collection, group, columns) if with_targets else []
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _targets(collection: str, group: Group, columns: Mapping[str, str]) -> list[str]:
    """The line below a group's, where there is something to reach."""
    reach = {name: TARGETS[collection, name][group.lang] for name in columns if (collection, name) in TARGETS}
    if not reach or group.form != "plain":
        return []
    cells = [_cell(name, reach[name]) if name in reach else "" for name in columns]
    return [_line("    target", columns, cells)]


def _line(begin: str, columns: Mapping[str, str], cells: list[str]) -> str:
    placed = zip(cells, columns.values(), strict=True)
    return "".join([f"{begin:20}", *(f"{cell:>{max(len(head), 5) + 2}}" for cell, head in placed)]).rstrip()


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if name.endswith("questions") else f"{value:.3f}"
