"""A table of contents that was typed, or whose marks are lost: lines with a page number that come again as headings."""

import regex

from retrieval.sources.formats.assembly import Marked, one_line

_ENTRY = regex.compile(r"(.*[^\s.…·_\d])[\s.…·_]+(\d{1,4})")
_HEADS = frozenset(("mục lục", "nội dung", "contents", "table of contents", "содержание", "оглавление"))
_FEWEST = 3
_LONGEST = 300


def mark_contents(lines: list[Marked]) -> list[Marked]:
    """The lines with `contents` as the reason of such ones, and of the word above them."""
    places: dict[str, int] = {}
    keys = [one_line(line.text).casefold() if len(line.text) <= _LONGEST else "" for line in lines]
    for n, key in enumerate(keys):
        places[key] = n
    entries = [n for n, key in enumerate(keys) if lines[n].reason is None and _comes_again(key, n, places)]
    found = [n for run in _runs(entries) if len(run) >= _FEWEST and _are_pages(run, keys) for n in run]
    marked = [*lines]
    for n in found:
        marked[n] = lines[n]._replace(reason="contents")
    for n, key in enumerate(keys[:-1]):
        if key.rstrip(":") in _HEADS and marked[n].reason is None and marked[n + 1].reason == "contents":
            marked[n] = lines[n]._replace(reason="contents")
    return marked


def _comes_again(key: str, place: int, places: dict[str, int]) -> bool:
    entry = _ENTRY.fullmatch(key)
    return entry is not None and places.get(entry.group(1), -1) > place


def _are_pages(run: list[int], keys: list[str]) -> bool:
    """Whether the numbers never fall, as those of pages do and figures seldom."""
    entries = (_ENTRY.fullmatch(keys[n]) for n in run)
    pages = [int(entry.group(2)) for entry in entries if entry]
    return pages == sorted(pages)


def _runs(places: list[int]) -> list[list[int]]:
    """Places that follow each other."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
