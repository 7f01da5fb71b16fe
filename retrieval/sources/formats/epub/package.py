"""The members of an EPUB and what its package file says: the chapters in their order, as far as they are there."""

import posixpath
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote
from zipfile import ZipInfo

import regex
from lxml import etree

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.epub.xhtml_lines import parse_xml
from retrieval.sources.formats.zip.safety import is_repaired, members_of, problem_of, unpack

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_LICENCES = ("META-INF/license.lcpl", "META-INF/sinf.xml")
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_CHAPTERS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_ENDINGS = (".xhtml", ".html", ".htm", ".xht")
_DRM = Reason.of(Problem.EPUB_LOCKED)
_DIGITS = regex.compile(r"(\d+)")


class Chapter(NamedTuple):
    """A chapter by its name in the archive; `lost` tells why it cannot be read."""

    name: str
    is_contents: bool = False
    lost: str | None = None


class Book:
    """An EPUB as a whole. `root` is its package file, an empty one where that is damaged or missing."""

    def __init__(self, data: bytes) -> None:
        """Raises SourceError when it is no zip file, a bomb, protected, or no book at all."""
        self._file = BytesIO(data)
        members = members_of(self._file)
        self._members: dict[str, ZipInfo] = {_key(each.filename): each for each in reversed(members)}
        self.is_repaired = is_repaired(members)
        self.name, self.damage = self._package_name(), ""
        self.root = self._package()
        if not self.damage and not any(self._spine()):
            self.damage = "it names none"
        self._require_open()

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises SourceError when it is missing or damaged."""
        if (member := self._members.get(_key(name))) is None:
            raise SourceError(Reason.of(Problem.EPUB_NOT_INSIDE))
        return unpack(self._file, member)

    def chapters(self) -> Iterator[Chapter]:
        """The chapters in their reading order, each once; where that is not told, in the order of their names."""
        seen: set[str] = set()
        contents = set(self._contents())
        for name, lost in (*self._spine(), *((each, None) for each in self._by_name() if self.damage)):
            if _key(name) in seen:
                continue
            seen.add(_key(name))
            yield Chapter(name, _key(name) in contents, lost or self._missing(name))

    def sheets(self) -> Iterator[str]:
        """The style sheets that can be read."""
        for item in self.root.iter("{*}item"):
            if item.get("media-type") == "text/css":
                try:
                    yield self.read(self._path(item)).decode("utf_8", "replace")
                except SourceError:
                    continue

    def _missing(self, name: str) -> str | None:
        member = self._members.get(_key(name))
        return Reason.of(Problem.EPUB_NOT_INSIDE) if member is None else problem_of(member)

    def _package_name(self) -> str:
        try:
            roots = list(parse_xml(self.read(_CONTAINER)).iter("{*}rootfile"))
        except (SourceError, etree.LxmlError):
            roots = []
        named = [name.replace("\\", "/") for root in roots if (name := root.get("full-path"))]
        found = sorted((name for name in self._members if name.endswith(".opf")), key=len)
        package = next((name for name in (*named, *found) if _key(name) in self._members), None)
        if package is None and _key(_CONTAINER) not in self._members:
            raise SourceError(Reason.of(Problem.EPUB_NO_CONTAINER, part=_CONTAINER))
        if package is None and not self._by_name():
            raise SourceError(Reason.of(Problem.EPUB_NO_PACKAGE))
        return package or "*.opf"

    def _package(self) -> etree._Element:
        try:
            return parse_xml(self.read(self.name))
        except SourceError as error:
            self.damage = str(error).partition(":")[0]
        except etree.LxmlError:
            self.damage = "no XML"
        return etree.Element("package")

    def _require_open(self) -> None:
        if any(_key(each) in self._members for each in _LICENCES):
            raise SourceError(_DRM)
        try:
            said = parse_xml(self.read(_ENCRYPTION))
        except (SourceError, etree.LxmlError):
            return  # without it, or damaged: what is locked then shows as a damaged chapter
        chapters = {_key(name) for name, _ in self._spine()} | set(map(_key, self._by_name()))
        for each in said.iter("{*}EncryptedData"):
            methods = {method.get("Algorithm") for method in each.iter("{*}EncryptionMethod")}
            places = [unquote(place.get("URI") or "") for place in each.iter("{*}CipherReference")]
            if not methods <= set(_FONT_OBFUSCATION) and (
                not places or any(_key(place) in chapters for place in places)
            ):
                raise SourceError(_DRM)

    def _spine(self) -> Iterator[tuple[str, str | None]]:
        items = {item.get("id"): item for item in self.root.iter("{*}item")}
        for reference in self.root.iter("{*}itemref"):
            item = items.get(reference.get("idref"))
            if item is None:
                yield str(reference.get("idref")), "in the reading order, but not in the list of files"
            elif _is_chapter(item):
                yield self._path(item), None

    def _contents(self) -> Iterator[str]:
        """The pages that the package calls a table of contents."""
        for each in self.root.iter("{*}item", "{*}reference"):
            if "nav" in (each.get("properties") or "").split() or (each.get("type") or "").lower() == "toc":
                yield _key(self._path(each))

    def _path(self, item: etree._Element) -> str:
        href = unquote((item.get("href") or "").partition("#")[0]).replace("\\", "/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.name), href))

    def _by_name(self) -> list[str]:
        names = [member.filename for key, member in self._members.items() if key.endswith(_ENDINGS)]
        return sorted(
            names,
            key=lambda name: [
                (len(part), part) if part.isdigit() else (0, part) for part in _DIGITS.split(name)
            ],
        )


def _is_chapter(item: etree._Element) -> bool:
    return item.get("media-type") in _CHAPTERS or (item.get("href") or "").lower().endswith(_ENDINGS)


def _key(name: str) -> str:
    """A name as reading systems compare it: some programs change its letters' case or composition."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).lstrip("/").casefold()
