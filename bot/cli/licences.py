"""`licences`: the packages that this program runs with, each with its version and licence."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.exit_codes import DONE
from bot.printable import json_line, say

PROGRAM = "trichdan"
_EXTRAS = ("postgres",)
"""Those that whoever runs it may choose; `dev` is for its tests."""
_UNKNOWN = "unknown"
_CLASSIFIER = "License :: "
_LONGEST = 60


def list_licences(*, as_json: bool) -> int:
    """Prints a line for each installed package that is needed, by name."""
    for package in needed():
        row = {"package": package.name, "version": package.version, "licence": licence_of(package)}
        say(json_line(row) if as_json else f"{row['package']} {row['version']}: {row['licence']}")
    return DONE


def needed() -> list[Distribution]:
    """The program itself and every package it needs, directly or not, as far as they are installed; by name."""
    found: dict[tuple[str, str], Distribution] = {}
    waiting = [(PROGRAM, extra) for extra in ("", *_EXTRAS)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # of an extra that was not chosen
        found[name, extra] = package
        for each in map(Requirement, package.requires or ()):
            if each.marker is None or each.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(each.name), chosen) for chosen in ("", *each.extras)]
    packages = {name: package for (name, _), package in found.items()}
    return [packages[name] for name in sorted(packages)]


def licence_of(package: Distribution) -> str:
    """As the package tells it: an expression, else classifiers, else the first line of its licence."""
    told = package.metadata
    if expressions := told.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [
        c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith(_CLASSIFIER)
    ]
    if classifiers := [each for each in classifiers if each != "OSI Approved"]:
        return ", ".join(classifiers)
    said = str((told.get_all("License") or [""])[0]) or _file_of(package)
    return re.sub(r"\s+", " ", said.strip().partition("\n")[0])[:_LONGEST] or _UNKNOWN


def _file_of(package: Distribution) -> str:
    """The text of its licence, where it comes with one."""
    for path in package.files or ():
        if path.name.upper().startswith(("LICENSE", "LICENCE")):
            return path.read_text(encoding="utf-8")
    return ""
