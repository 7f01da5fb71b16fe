"""Opening packed files without being flooded: limits are checked before unpacking, and again on what comes out."""

import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from retrieval.errors import SourceError
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.formats.zip.repair import UnlistedMember, find_members
from retrieval.sources.model import MAX_BYTES

MAX_UNPACKED = 2 * 2**30
_MEMBERS, _RATIO = 100_000, 200
_SMALL = 2**20
"""What unpacks to less is no bomb, however well it is packed."""
_ENCRYPTED = 0x1
_HEADER = struct.Struct("<4s22xHH")
_HEADER_MARK = b"PK\x03\x04"
_PIECE = 2**16


def members_of(file: BinaryIO, most: int = MAX_UNPACKED) -> list[ZipInfo]:
    """The members of a zip file, folders apart, which may unpack to `most` bytes together.

    Where the table of contents is damaged, they are those that can be found without it (`is_repaired`).

    Raises:
        SourceError: no zip file, damaged beyond that, or a bomb.
    """
    members = _listed(file)
    if len(members) > _MEMBERS:
        raise SourceError(Reason.of(Problem.ZIP_FILES, count=len(members), most=_MEMBERS))
    size, unpacked = file.seek(0, 2), sum(member.file_size for member in members)
    if unpacked > most or unpacked > max(_SMALL, _RATIO * size):
        raise SourceError(Reason.of(Problem.ZIP_BOMB, size=size, unpacked=unpacked, most=most, ratio=_RATIO))
    return members


def is_repaired(members: Iterable[ZipInfo]) -> bool:
    """Whether the table of contents is damaged, so that there may have been more members."""
    return any(isinstance(member, UnlistedMember) for member in members)


def _listed(file: BinaryIO) -> list[ZipInfo]:
    try:
        with ZipFile(file) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
    except Exception as error:  # a damaged table of contents fails in many ways: struct, codecs, seeking
        found = find_members(file)
        if not found:
            raise SourceError(Reason.of(Problem.ZIP_DAMAGED)) from error
        return found
    if all(_begins(file, member) for member in members):
        return members
    elsewhere = {member.filename: member for member in find_members(file)}
    return [member if _begins(file, member) else elsewhere.get(member.filename, member) for member in members]


def _begins(file: BinaryIO, member: ZipInfo) -> bool:
    """Whether the member is where the table of contents says."""
    if member.header_offset < 0:
        return False
    file.seek(member.header_offset)
    return file.read(len(_HEADER_MARK)) == _HEADER_MARK


def problem_of(member: ZipInfo) -> str | None:
    """Why a member is not to be unpacked, None when nothing speaks against it."""
    if member.flag_bits & _ENCRYPTED:
        return Reason.of(Problem.MEMBER_ENCRYPTED)
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return Reason.of(Problem.MEMBER_LINK)
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return Reason.of(Problem.MEMBER_METHOD)
    if member.file_size > MAX_BYTES:
        return Reason.of(Problem.MEMBER_TOO_LARGE, limit=MAX_BYTES // 2**20)
    return None


def unpack(file: BinaryIO, member: ZipInfo) -> bytes:
    """The bytes of one member, never more than MAX_BYTES, whatever its header says; raises SourceError."""
    if problem := problem_of(member):
        raise SourceError(problem)
    data = bytearray()
    try:
        for piece in _pieces(file, member):
            data += piece
            if len(data) > MAX_BYTES:
                raise SourceError(Reason.of(Problem.MEMBER_GROWS, limit=MAX_BYTES // 2**20))
    except (zlib.error, struct.error, ValueError, OverflowError) as error:
        raise SourceError(Reason.of(Problem.MEMBER_DAMAGED)) from error
    if len(data) != member.file_size or zlib.crc32(data) != member.CRC:
        raise SourceError(Reason.of(Problem.MEMBER_SUM))
    return bytes(data)


def _pieces(file: BinaryIO, member: ZipInfo) -> Iterator[bytes]:
    # Not by ZipFile.open: that reads the whole table of contents again for every member of a large archive.
    if not _begins(file, member):
        raise ValueError
    file.seek(member.header_offset)
    _, name, extra = _HEADER.unpack(file.read(_HEADER.size))
    file.seek(name + extra, 1)
    left = member.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and (packed := file.read(min(_PIECE, left))):
        left -= len(packed)
        if member.compress_type == ZIP_STORED:
            yield packed
        while member.compress_type == ZIP_DEFLATED and packed and not inflate.eof:
            yield inflate.decompress(packed, _PIECE)
            packed = inflate.unconsumed_tail
    yield inflate.flush()
