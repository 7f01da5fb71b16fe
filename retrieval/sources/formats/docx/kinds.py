"""Files that are called .docx and are not: what they are, and what helps."""

from collections.abc import Container

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_PACKED = {
    "xl/workbook.xml": "an Excel workbook: save its table as .csv",
    "ppt/presentation.xml": "a PowerPoint presentation: save it as .pdf",
    "content.xml": "an OpenDocument text: save it as .docx",
    "META-INF/container.xml": "an EPUB book: rename it to .epub",
}
_STARTS = {
    b"{\\rtf": "a rich text file (.rtf): save it in Word as .docx",
    b"%PDF": "a PDF: rename it to .pdf",
    b"<": "a page of text, not a Word document: rename it to .html, or save it in Word as .docx",
}


def kind_of_bytes(data: bytes) -> str | None:
    """What a file is that is no zip file, None when it cannot be told."""
    if data.startswith(_OLD_WORD):
        if _ENCRYPTED_PART in data:
            return "encrypted: save it without a password"
        return "an old binary Word file (.doc): save it as .docx"
    beginning = data.lstrip()[:8]
    return next((kind for start, kind in _STARTS.items() if beginning.startswith(start)), None)


def kind_of_package(parts: Container[str]) -> str | None:
    """What a packed file is that holds no Word document, None when it cannot be told."""
    return next((kind for part, kind in _PACKED.items() if part in parts), None)
