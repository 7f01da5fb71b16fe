"""The parts of a Word document: found by the relations between them, each read on its own, strict ones like others.

What is related but not there (a picture that a mail gateway took out, `Target="NULL"`) costs nothing but itself.
"""

import posixpath
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.epub.xhtml_lines import parse_xml
from retrieval.sources.formats.zip.safety import is_repaired, members_of, unpack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = "{http://purl.oclc.org/ooxml/"
_ORDINARY = {f"{_STRICT}wordprocessingml/main}}": W, f"{_STRICT}officeDocument/math}}": M}
"""Names of ISO 29500 strict, by which Word saves on demand, and those that all programs know."""
_MOST_UNPACKED = 200 * 2**20
_OFTEN = "word/document.xml"


class Lost(NamedTuple):
    """A part that cannot be read, and why."""

    part: str
    reason: str


class Package:
    """The members of a packed Word document by name; old programs write them with backslashes or capitals."""

    def __init__(self, data: bytes) -> None:
        """Raises SourceError when it is no zip file, or a bomb."""
        self._file = BytesIO(data)
        members = members_of(self._file, _MOST_UNPACKED)
        self._members = {_key(each.filename): each for each in reversed(members)}
        self.is_repaired = is_repaired(members)
        self.main = next((each for each in self.related("", "officeDocument") if each in self), _key(_OFTEN))
        self.lost: list[Lost] = []

    def __contains__(self, name: object) -> bool:
        return _key(str(name)) in self._members

    def part(self, name: str) -> etree._Element:
        """The root of a part, ready to be walked; raises SourceError when it is damaged or larger than allowed."""
        try:
            root = parse_xml(unpack(self._file, self._members[_key(name)]))
        except etree.LxmlError as error:
            raise SourceError(Reason.of(Problem.DOCX_PART_DAMAGED, name=name)) from error
        _as_ordinary(root)
        _keep_one_alternative(root)
        _keep_whole_fields(root)
        return root

    def of_kind(self, kind: str) -> etree._Element | None:
        """The part of a kind (`styles`, `footnotes`) that belongs to the text, None without one that can be read."""
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        name = next((each for each in (*self.related(self.main, kind), usual) if each in self), None)
        try:
            return None if name is None else self.part(name)
        except SourceError as error:
            self.lost.append(Lost(name or kind, str(error)))
            return None

    def related(self, part: str, kind: str) -> Iterator[str]:
        """The names of the parts that `part` (`""`: the whole) is related to in this way, whether they are there."""
        folder, name = posixpath.split(part)
        relations = _key(posixpath.join(folder, "_rels", f"{name}.rels"))
        if relations not in self._members:
            return
        try:
            root = parse_xml(unpack(self._file, self._members[relations]))
        except (etree.LxmlError, SourceError):
            return  # parts have usual names as well
        for each in root.iter("{*}Relationship"):
            target = unquote(each.get("Target") or "")
            if (each.get("Type") or "").rpartition("/")[2] == kind and each.get("TargetMode") != "External":
                yield _key(posixpath.normpath(posixpath.join(folder, target.replace("\\", "/"))))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _as_ordinary(root: etree._Element) -> None:
    if not any(space.startswith(_STRICT[1:]) for space in root.nsmap.values()):
        return
    for element in root.iter(etree.Element):
        element.tag = _ordinary(str(element.tag))
        for name, value in element.attrib.items():
            if str(name).startswith(_STRICT):
                del element.attrib[name]
                element.set(_ordinary(str(name)), value)


def _ordinary(name: str) -> str:
    space, mark, local = name.partition("}")
    return _ORDINARY.get(space + mark, space + mark) + local


def _keep_one_alternative(root: etree._Element) -> None:
    """A drawing that is written once for new programs and once for old ones is one drawing."""
    for either in list(root.iter(f"{_MC}AlternateContent")):
        choices = [each for each in either if len(each)]
        for other in choices[1:]:
            either.remove(other)


def _keep_whole_fields(root: etree._Element) -> None:
    """A field without its beginning or end, as damage leaves it, must not hide what follows."""
    kind = f"{W}fldCharType"
    begun: list[list[etree._Element]] = []
    loose: list[etree._Element] = []
    for each in root.iter(f"{W}fldChar"):
        if each.get(kind) == "begin":
            begun.append([each])
        elif not begun:
            loose.append(each)
        elif each.get(kind) == "end":
            begun.pop()
        else:
            begun[-1].append(each)
    for each in (*loose, *(each for field in begun for each in field)):
        each.attrib.pop(kind, "")
