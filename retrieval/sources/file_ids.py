"""Which ids the articles of files get: none depends on the order in which sources are named."""

from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.sources.files import FoundFile


def once(found: Sequence[FoundFile]) -> list[FoundFile]:
    """Each file once, below the uppermost of the roots that it was found below."""
    by_place: dict[object, FoundFile] = {}
    for each in found:
        place = (each.path.absolute(), each.problem)
        other = by_place.setdefault(place, each)
        if other.relative.count("/") < each.relative.count("/"):
            by_place[place] = each
    return list(by_place.values())


def file_ids(found: Sequence[FoundFile]) -> list[str]:
    """The relative path of each file; where several have the same, all of these get the name of their root in front,
    and names of the folders above it, until they differ.
    """
    roots = {each.root: each.root.resolve().parts[1:] for each in found}
    names = [(*roots[each.root], each.relative) for each in found]
    depths = list(_beginnings(found))
    while True:
        ids = ["/".join(parts[-1 - depth :]) for parts, depth in zip(names, depths, strict=True)]
        held = Counter(ids)
        shared = [n for n, one in enumerate(ids) if held[one] > 1 and depths[n] < len(names[n]) - 1]
        if not shared:
            return ids
        for n in shared:
            depths[n] += 1


def _beginnings(found: Sequence[FoundFile]) -> Iterator[int]:
    """How many names of folders each id begins with: none, unless names in one root differ in their spelling alone."""
    places = [(each.root, each.relative) for each in found]
    alike, seen = Counter(places), Counter[object]()
    for place in places:
        seen[place] += 1
        yield seen[place] if alike[place] > 1 else 0
