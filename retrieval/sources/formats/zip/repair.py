"""The members of a zip file whose table of contents is lost or wrong, as a half download leaves it.

Each member has a header of its own before its bytes. What is found so is as safe as ever: its check sum is compared.
"""

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

_MOST = 100 * 2**20
"""Larger files are not searched."""
_HEADER = struct.Struct("<4s5H3L2H")
_MARK, _BEHIND = b"PK\x03\x04", b"PK\x07\x08"
_ANY = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06)")
"""A header of a member, an entry of the table of contents, or the end of that."""
_SIZES = struct.Struct("<3L")
_UTF8, _SIZES_BEHIND = 0x800, 0x8
_UNKNOWN = 0xFFFFFFFF


class UnlistedMember(ZipInfo):
    """A member that the table of contents does not tell of."""


class _Sizes(NamedTuple):
    check: int
    packed: int
    unpacked: int


def find_members(file: BinaryIO) -> list[ZipInfo]:
    """The members that lie in a file from end to end, folders apart; none in a very large one."""
    file.seek(0)
    data = file.read(_MOST + 1)
    if len(data) > _MOST:
        return []
    return [each for each in _found(data) if not each.is_dir()]


def _found(data: bytes) -> Iterator[ZipInfo]:
    marks = [match.start() for match in _ANY.finditer(data)]
    end = 0
    for n, place in enumerate(marks):
        if end <= place <= len(data) - _HEADER.size and data.startswith(_MARK, place):
            following = marks[n + 1] if n + 1 < len(marks) else len(data)
            member, end = _member(data, place, following)
            if member is not None:
                yield member


def _member(data: bytes, place: int, following: int) -> tuple[ZipInfo | None, int]:
    """The member whose header is at `place`, None when it is cut or damaged; and where to go on.

    `following` is where the next header, or the table of contents, begins.
    """
    _, _, flags, method, _, _, check, packed, unpacked, name, extra = _HEADER.unpack_from(data, place)
    start = place + _HEADER.size + name + extra
    sizes: _Sizes | None = _Sizes(check, packed, unpacked)
    if flags & _SIZES_BEHIND and not packed:
        sizes = _sizes_behind(data, start, following)
    if sizes is None or method not in (ZIP_STORED, ZIP_DEFLATED) or sizes.packed == _UNKNOWN:
        return None, place + 1
    end = start + sizes.packed
    written = data[place + _HEADER.size : place + _HEADER.size + name]
    if not written or end > len(data):
        return None, place + 1
    member = UnlistedMember("x")
    member.filename = member.orig_filename = written.decode("utf_8" if flags & _UTF8 else "cp437", "replace")
    member.flag_bits, member.compress_type, member.header_offset = flags, method, place
    member.CRC, member.compress_size, member.file_size = sizes
    member.extra = data[start - extra : start]
    return member, end


def _sizes_behind(data: bytes, start: int, end: int) -> _Sizes | None:
    """Programs that pack as they go write the sizes behind the bytes, right before whatever comes next."""
    place = data.rfind(_BEHIND, max(start, end - 24), end)
    if place < 0 or place + len(_BEHIND) + _SIZES.size > len(data):
        return None
    sizes = _Sizes(*_SIZES.unpack_from(data, place + len(_BEHIND)))
    return sizes if sizes.packed == place - start else None
