"""Plain text files: bytes -> Document, with the page furniture cleaned out."""

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.address_lists import is_address_list
from retrieval.sources.cleaning.furniture_words import load_cues
from retrieval.sources.cleaning.page import clean
from retrieval.sources.formats.plain.encodings import decode
from retrieval.sources.formats.plain.wrapped import unwrap
from retrieval.sources.model import Document, Original


def read_plain_text(data: bytes, original: Original) -> Document:
    """The article in a text file; raises SourceError when it has none."""
    text = decode(data, original.charset)
    if is_address_list(text):
        raise SourceError(Reason.of(Problem.ADDRESS_LIST, name=original.name))
    return clean(unwrap(text), load_cues())
