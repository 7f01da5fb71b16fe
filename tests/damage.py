"""What disks, mail gateways, editors and half downloads do to files, by seeded random numbers."""

import random
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from document_files import zipped

Damage = Callable[[bytes, random.Random], bytes]
InMember = Callable[..., bytes]
"""A damage whose third argument may name the member that it befalls."""
_TAG = re.compile(rb"<[^<>]{1,300}>")
_ATTRIBUTE = re.compile(rb"""\s[\w:-]+=("[^"<>]*"|'[^'<>]*')""")
_CODES = ("utf_16", "utf_16_le", "utf_32", "cp1252", "cp1258", "cp1251", "shift_jis")


def _place(data: bytes, numbers: random.Random, longest: int = 40) -> tuple[int, int]:
    start = numbers.randrange(max(1, len(data)))
    return start, min(len(data), start + numbers.randint(1, longest))


def flip(data: bytes, numbers: random.Random) -> bytes:
    """One to five bytes are others."""
    changed = bytearray(data)
    for _ in range(numbers.randint(1, 5)):
        if changed:
            changed[numbers.randrange(len(changed))] ^= numbers.randint(1, 255)
    return bytes(changed)


def cut_off(data: bytes, numbers: random.Random) -> bytes:
    return data[: numbers.randrange(max(1, len(data)))]


def cut_out(data: bytes, numbers: random.Random) -> bytes:
    start, end = _place(data, numbers)
    return data[:start] + data[end:]


def behead(data: bytes, numbers: random.Random) -> bytes:
    return data[numbers.randint(1, 60) :]


def double(data: bytes, numbers: random.Random) -> bytes:
    start, end = _place(data, numbers, 400)
    return data[:end] + data[start:end] + data[end:]


def zero(data: bytes, numbers: random.Random) -> bytes:
    start, end = _place(data, numbers, 400)
    return data[:start] + bytes(end - start) + data[end:]


def noise(data: bytes, numbers: random.Random) -> bytes:
    start, _ = _place(data, numbers)
    return data[:start] + numbers.randbytes(numbers.randint(1, 30)) + data[start:]


def twice(data: bytes, numbers: random.Random) -> bytes:
    """The whole file behind itself, or behind something else."""
    return data + data if numbers.random() < 0.5 else b"\r\n\r\n<!-- -->" + data


def drop_tag(data: bytes, numbers: random.Random) -> bytes:
    return _without_one(data, _TAG, numbers)


def drop_attribute(data: bytes, numbers: random.Random) -> bytes:
    return _without_one(data, _ATTRIBUTE, numbers)


def other_code(data: bytes, numbers: random.Random) -> bytes:
    """As another program's encoding has it, or with some bytes of letters lost."""
    if numbers.random() < 0.5:
        return bytes(each for each in data if each < 0x80 or numbers.random() > 0.02)
    return data.decode("utf_8", "replace").encode(numbers.choice(_CODES), "replace")


def in_member(damage: Damage) -> InMember:
    """The damage within one member of a packed file, whose check sum is right."""

    def damaged(data: bytes, numbers: random.Random, name: str | None = None) -> bytes:
        held = _members(data)
        name = name or numbers.choice(sorted(held))
        return zipped({**held, name: damage(held[name], numbers)})

    return damaged


def without_member(data: bytes, numbers: random.Random, name: str | None = None) -> bytes:
    held = _members(data)
    del held[name or numbers.choice(sorted(held))]
    return zipped(held)


def wrong_sum(data: bytes, numbers: random.Random, name: str | None = None) -> bytes:
    """One member's bytes are others, which only its check sum tells."""
    held = _members(data)
    name = name or numbers.choice([name for name in sorted(held) if held[name]])
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        for each, content in held.items():
            packed.writestr(each, content, ZIP_STORED if each == name else ZIP_DEFLATED)
    written = file.getvalue()
    start = written.index(held[name])
    changed = flip(held[name], numbers)
    return written[:start] + changed + written[start + len(changed) :]


def wrong_packing(data: bytes, numbers: random.Random, name: str | None = None) -> bytes:
    """One member's packed bytes are others."""
    with ZipFile(BytesIO(data)) as packed:
        member = packed.getinfo(name) if name else numbers.choice(packed.infolist())
    start = member.header_offset + 30 + len(member.filename.encode())
    end = start + member.compress_size
    return data[:start] + flip(data[start:end], numbers) + data[end:]


BYTES: tuple[Damage, ...] = (flip, flip, cut_off, cut_out, behead, double, zero, noise, twice)
TEXT: tuple[Damage, ...] = (*BYTES, drop_tag, drop_attribute, other_code)
PACKED: tuple[Damage, ...] = (*BYTES, without_member, wrong_sum, wrong_packing, *map(in_member, TEXT))


def _without_one(data: bytes, pattern: re.Pattern[bytes], numbers: random.Random) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return cut_out(data, numbers)
    chosen = numbers.choice(found)
    return data[: chosen.start()] + data[chosen.end() :]


def _members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
