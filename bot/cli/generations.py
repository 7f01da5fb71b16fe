"""`generations` and `rollback`: the indexes that a data folder keeps, and the way back to an earlier one."""

from bot.exit_codes import DONE, NOTHING_FOUND
from bot.printable import complain, json_line, say
from bot.processes.doubted import Doubted
from retrieval.errors import IndexUnusable
from retrieval.index.embedded.generations import Generations
from retrieval.index.embedded.manifest import read_manifest
from retrieval.indexing.run import locked


def list_generations(generations: Generations, *, as_json: bool) -> int:
    """Prints a line for each, the one in service first, then the newest; what cannot be read is said to be so."""
    current = generations.current()
    names = [*filter(None, [current]), *generations.others()]
    for name in names:
        row = _row(generations, name)
        row = {"generation": name, "current": name == current, **row}
        say(json_line(row) if as_json else _line(row))
    if names:
        return DONE
    complain("Nothing is indexed yet: `trichdan reindex` makes the first index.")
    return NOTHING_FOUND


def roll_back(generations: Generations, to: str | None) -> int:
    """Takes an earlier index into service: `to`, else the one before. A running bot follows within seconds."""
    with locked(generations.data_dir):
        found = generations.roll_back(to)
        Doubted(generations.data_dir).note(None)
    facts = found.facts
    say(
        f"{facts.id} is in service: {facts.articles:,} articles, made {facts.created}. "
        "The next reindex makes a newer one."
    )
    return DONE


def _row(generations: Generations, name: str) -> dict[str, object]:
    try:
        folder = generations.folder(name)
        manifest = read_manifest(folder)
        size = sum(path.stat().st_size for path in folder.iterdir())
    except (IndexUnusable, OSError) as error:
        return {"error": str(error)}
    told = {key: getattr(manifest, key) for key in ("created", "articles", "passages", "model")}
    return {**told, "bytes": size}


def _line(row: dict[str, object]) -> str:
    mark = "*" if row["current"] else " "
    if "error" in row:
        return f"{mark} {row['generation']}  {row['error']}"
    size = f"{int(str(row['bytes'])) / 1e6:,.0f} MB"
    held = f"{row['articles']:,} articles  {row['passages']:,} passages  {size}"
    return f"{mark} {row['generation']}  {row['created']}  {held}"
