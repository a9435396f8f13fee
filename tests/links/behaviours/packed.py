"""Bodies that are packed, well or badly, and bombs: little that unpacks to more than any memory holds."""

from __future__ import annotations

import gzip
import struct
import zlib
from functools import cache

from tests.links.behaviours.wire import markup

_MILLION = 2**20
_FINAL = b"\1\0\0\xff\xff"
"""A last and empty block of deflate (RFC 1951, 3.2.4)."""


def deflated(data: bytes, bits: int = zlib.MAX_WBITS) -> bytes:
    """Pack as zlib does; with negative bits without its frame, as some servers understand ``deflate``."""
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(data) + packer.flush()


def brotli(data: bytes) -> bytes:
    """Pack up to 64 KiB in brotli without making it smaller (RFC 7932, 9.2: an uncompressed meta-block)."""
    # From the lowest bit: window of 16 bits (0), not the last (0), four nibbles of length (00), length, uncompressed.
    bits = (len(data) - 1) << 4 | 1 << 20
    return bits.to_bytes(3, "little") + data + b"\3"


def zstandard(data: bytes) -> bytes:
    """Pack less than 256 bytes in Zstandard without making it smaller (RFC 8878, 3.1.1: a raw block)."""
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(data)]) + (len(data) << 3 | 1).to_bytes(3, "little") + data


@cache
def bomb(layers: int = 1) -> bytes:
    """Return some MB of gzip, less with each further layer, that unpack to 1 GiB of a page."""
    packed = _bomb()
    for _ in range(layers - 1):
        packed = gzip.compress(packed, mtime=0)
    return packed


@cache
def _bomb() -> bytes:
    start, more = markup().encode(), b"<p>more</p>     " * (_MILLION // 16)
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(more) + packer.flush(zlib.Z_FULL_FLUSH)  # behind a full flush it stands for itself
    checksum = zlib.crc32(start)
    for _ in range(1024):
        checksum = zlib.crc32(more, checksum)
    size = (len(start) + 1024 * len(more)) % 2**32
    return b"\x1f\x8b\x08\0\0\0\0\0\2\xff" + first + block * 1024 + _FINAL + struct.pack("<II", checksum, size)
