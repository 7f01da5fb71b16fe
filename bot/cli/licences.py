"""`licences`: the packages that this program runs with, each with its version and licence."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.exit_codes import DONE
from bot.printable import json_line, say

PROGRAM = "trichdan"
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
    found: dict[str, Distribution] = {}
    waiting = [PROGRAM]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # of an extra that was not chosen
        found[name] = package
        requirements = map(Requirement, package.requires or ())
        waiting += [each.name for each in requirements if _is_meant(each)]
    return [found[name] for name in sorted(found)]


def licence_of(package: Distribution) -> str:
    """As the package tells it: an expression, else classifiers, else the beginning of what it says."""
    told = package.metadata
    if expressions := told.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [
        c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith(_CLASSIFIER)
    ]
    if classifiers := [each for each in classifiers if each != "OSI Approved"]:
        return ", ".join(classifiers)
    first = str((told.get_all("License") or [""])[0]).strip().partition("\n")[0]
    return re.sub(r"\s+", " ", first)[:_LONGEST] or _UNKNOWN


def _is_meant(requirement: Requirement) -> bool:
    """Whether it is needed here; what an extra brings is, where it is installed."""
    marker = requirement.marker
    return marker is None or marker.evaluate() or "extra" in str(marker)
