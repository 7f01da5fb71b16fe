"""The body of a response, unpacked, and never more of it than is allowed."""

import zlib
from collections.abc import Iterable, Iterator

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.errors import Refused, Unreachable

_GZIP = 16 + zlib.MAX_WBITS
_STEP = 64 * 1024
_DAMAGED = Reason.of(Problem.WEB_DAMAGED)
_CUT_OFF = Reason.of(Problem.WEB_CUT_OFF)


def read_body(chunks: Iterable[bytes], packing: str, limit: int) -> bytes:
    """At most `limit` + 1 bytes, so that the caller sees when there is more.

    `packing` is the Content-Encoding header. Raises Refused when that is one that was not asked for, Unreachable
    when the bytes are not packed as it says.
    """
    body = bytearray()
    for chunk in _unpacked(_bounded(chunks, limit), packing.strip().lower()):
        body += chunk[: limit + 1 - len(body)]
        if len(body) > limit:
            break
    return bytes(body)


def unpack_gzip(data: bytes, limit: int) -> bytes:
    """At most `limit` + 1 bytes of what `data`, itself within the limit, unpacks to; raises Unreachable."""
    return read_body([data], "gzip", limit)


def too_large(limit: int) -> Refused:
    """The complaint about a body over the limit."""
    return Refused(Reason.of(Problem.WEB_TOO_LARGE, size=_size(limit)))


def _size(limit: int) -> str:
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit} bytes"


def _bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Also what is packed is bounded: empty blocks unpack to nothing, for ever."""
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > limit + _STEP:
            raise too_large(limit)
        if chunk:
            yield chunk


def _unpacked(chunks: Iterable[bytes], packing: str) -> Iterator[bytes]:
    if packing in ("", "identity"):
        yield from chunks
    elif packing in ("gzip", "x-gzip", "deflate"):
        yield from _inflated(chunks, zlib.MAX_WBITS if packing == "deflate" else _GZIP)
    elif packing == "br":
        yield from _unbrotlied(chunks)
    else:
        raise Refused(Reason.of(Problem.WEB_PACKING, packing=repr(packing[:40])))


def _inflated(chunks: Iterable[bytes], bits: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(bits)
    fresh = True
    try:
        for chunk in chunks:
            if fresh and bits == zlib.MAX_WBITS and not _has_zlib_header(chunk):
                unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave deflate's wrapping out
            fresh = False
            yield from _pieces(unpacker, chunk)
    except zlib.error as error:
        raise Unreachable(_DAMAGED) from error
    if not unpacker.eof and not fresh:
        raise Unreachable(_CUT_OFF)


def _unbrotlied(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    unpacker = brotli.Decompressor()
    fresh = True
    try:
        for chunk in chunks:
            fresh, packed = False, chunk
            while not unpacker.is_finished():
                piece = unpacker.process(packed, output_buffer_limit=_STEP)
                if not piece and unpacker.can_accept_more_data():
                    break
                packed = b""
                yield piece
    except brotli.error as error:
        raise Unreachable(_DAMAGED) from error
    if not unpacker.is_finished() and not fresh:
        raise Unreachable(_CUT_OFF)


def _has_zlib_header(data: bytes) -> bool:
    return data[0] & 15 == 8 and (len(data) < 2 or (data[0] * 256 + data[1]) % 31 == 0)


def _pieces(unpacker: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    """What a chunk unpacks to, in pieces: a few bytes may become gigabytes."""
    piece = chunk
    while piece and not unpacker.eof:
        piece = unpacker.decompress(chunk, _STEP)
        chunk = unpacker.unconsumed_tail
        yield piece
