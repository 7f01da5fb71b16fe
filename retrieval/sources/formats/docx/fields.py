"""Fields of a Word document: what they show is text, what they are told is not; some make a table of contents."""

import regex

_CONTENTS = regex.compile(r"\s*(?:TOC|TOA|INDEX|RD)\b", regex.IGNORECASE)
_LONGEST = 40
"""As much of an instruction as tells its kind."""


class Fields:
    """The fields that are open at a place of the text."""

    def __init__(self) -> None:
        self._told: list[str] = []
        """What each open field is told."""
        self._showing: list[bool] = []
        self._silent = 0
        self.contents = 0
        """How many of the open ones make a table of contents, which a document shows where it was made."""

    @property
    def hide(self) -> bool:
        """Whether what stands here tells a field what to do."""
        return self._silent > 0

    def mark(self, kind: str | None) -> None:
        """A `begin`, `separate` or `end`; whoever calls sees to it that each begin has its end."""
        if kind == "begin":
            self._told.append("")
            self._showing.append(False)
            self._silent += 1
        elif kind == "separate" and self._told and not self._showing[-1]:
            self._showing[-1] = True
            self._silent -= 1
            self.contents += makes_contents(self._told[-1])
        elif kind == "end" and self._told:
            if self._showing.pop():
                self.contents -= makes_contents(self._told.pop())
            else:
                self._silent -= 1
                self._told.pop()

    def tell(self, instruction: str) -> None:
        if self._told and not self._showing[-1] and len(self._told[-1]) < _LONGEST:
            self._told[-1] += instruction[:_LONGEST]


def makes_contents(instruction: str) -> bool:
    return bool(_CONTENTS.match(instruction))
