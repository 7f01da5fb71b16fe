"""Plain text files: bytes -> Document, with the page furniture cleaned out."""

from retrieval.sources.cleaning.cues import load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.sources.formats.encodings import decode
from retrieval.sources.sourced import Document, Original


def read_plain_text(data: bytes, original: Original) -> Document:
    """The article in a text file; raises SourceError when it has none."""
    return clean(decode(data, original.charset), load_cues())
