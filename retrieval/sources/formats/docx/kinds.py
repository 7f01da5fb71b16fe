"""Files that are called .docx and are not: what they are, and what helps."""

from collections.abc import Container

from retrieval.problems import Problem
from retrieval.reasons import Reason

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_PACKED = {
    "xl/workbook.xml": Reason.of(Problem.IS_EXCEL),
    "ppt/presentation.xml": Reason.of(Problem.IS_POWERPOINT),
    "content.xml": Reason.of(Problem.IS_OPENDOCUMENT),
    "META-INF/container.xml": Reason.of(Problem.IS_EPUB),
}
_STARTS = {
    b"{\\rtf": Reason.of(Problem.IS_RTF),
    b"%PDF": Reason.of(Problem.IS_PDF),
    b"<": Reason.of(Problem.IS_PAGE),
}


def kind_of_bytes(data: bytes) -> str | None:
    """What a file is that is no zip file, None when it cannot be told."""
    if data.startswith(_OLD_WORD):
        if _ENCRYPTED_PART in data:
            return Reason.of(Problem.IS_ENCRYPTED)
        return Reason.of(Problem.IS_OLD_WORD)
    beginning = data.lstrip()[:8]
    return next((kind for start, kind in _STARTS.items() if beginning.startswith(start)), None)


def kind_of_package(parts: Container[str]) -> str | None:
    """What a packed file is that holds no Word document, None when it cannot be told."""
    return next((kind for part, kind in _PACKED.items() if part in parts), None)
