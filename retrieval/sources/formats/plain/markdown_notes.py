"""Footnotes in Markdown, `[^1]` and `[^1]: ...`, as the page shows them: `[1]` in the text, `[1] ...` below it."""

import regex

from retrieval.sources.formats.raised import reference

_MARK = regex.compile(r"\[\^([^\[\]\s^]{1,60})\]")
_NOTE = regex.compile(r" {0,3}\[\^([^\[\]\s^]{1,60})\]:[ \t]*+(.*+)")
_FENCE = regex.compile(r" {0,3}(`{3,}+|~{3,}+)")
_INDENT = regex.compile(r"(?: {2,4}|\t)(?=\S)")


def with_notes(text: str) -> str:
    """The text with its footnotes written out; marks of notes that are not there stay as they are."""
    if "[^" not in text:
        return text
    lines = text.split("\n")
    told = {match.group(1).casefold() for line in lines if (match := _NOTE.fullmatch(line))}
    numbers = _numbers(text, told)
    return "\n".join(_written(lines, numbers))


def _numbers(text: str, told: set[str]) -> dict[str, str]:
    """What the page shows for each mark: numbers as they are written, names counted in the order of their marks."""
    marks = dict.fromkeys(mark for each in _MARK.findall(text) if (mark := each.casefold()) in told)
    if all(mark.isdigit() for mark in marks):
        return {mark: mark for mark in marks}
    return {mark: str(n) for n, mark in enumerate(marks, start=1)}


def _written(lines: list[str], numbers: dict[str, str]) -> list[str]:
    found, fence, in_note = list[str](), "", False
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark.group(1).startswith(fence)):
            fence = "" if fence else mark.group(1)
        if fence or mark:
            found.append(line)
        elif note := _NOTE.fullmatch(line):
            in_note = True
            number = numbers[note.group(1).casefold()]
            found += ["", f"\\[{number}\\] {_referring(note.group(2), numbers)}"]
        else:
            in_note = in_note and (not line.strip() or _INDENT.match(line) is not None)
            found.append(_referring(_INDENT.sub("", line) if in_note else line, numbers))
    return found


def _referring(line: str, numbers: dict[str, str]) -> str:
    def written(match: "regex.Match[str]") -> str:
        number = numbers.get(match.group(1).casefold())
        before = line[match.start() - 1 : match.start()]
        shown = reference(number, before) if number else None
        return shown.replace("[", "\\[").replace("]", "\\]") if shown else match.group()

    return _MARK.sub(written, line)
