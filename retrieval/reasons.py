"""Why something could not be read: kinds of problems, each with what it is about.

What is raised and listed is the sentence in English, as the command line prints it; whoever shows it to readers of
another language words it anew by its kind.
"""

from collections.abc import Mapping
from typing import Any

from retrieval.problems import Problem


class Reason(str):
    """An English sentence that knows its kind, and what it is about: numbers, names, or another reason."""

    problem: Problem
    values: Mapping[str, Any]

    @classmethod
    def of(cls, problem: Problem, **values: Any) -> "Reason":  # noqa: ANN401 - what the kind names
        reason = cls(problem.value.format(**values))
        reason.problem, reason.values = problem, values
        return reason

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold, and `from_json` reads."""
        values = {
            name: value.as_json() if isinstance(value, Reason) else value
            for name, value in self.values.items()
        }
        return {"kind": self.problem.name, "values": values}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Reason":
        values = {
            name: cls.from_json(value) if isinstance(value, dict) else value
            for name, value in said["values"].items()
        }
        return cls.of(Problem[said["kind"]], **values)

    def in_one_line(self) -> "Reason":
        """The same with what it is about brought into one line that nothing but shows."""
        return Reason.of(self.problem, **{name: _in_one_line(value) for name, value in self.values.items()})


def in_one_line(sentence: str) -> str:
    """A sentence that may quote what was found, in one line that nothing but shows; what it knows it keeps."""
    if sentence.isprintable():
        return sentence
    return sentence.in_one_line() if isinstance(sentence, Reason) else _in_one_line(sentence)


def _in_one_line(value: Any) -> Any:  # noqa: ANN401 - of any kind
    if isinstance(value, Reason):
        return value.in_one_line()
    if not isinstance(value, str):
        return value
    return " ".join("".join(each if each.isprintable() else " " for each in value).split())
