"""The protobuf wire format, read: what generated code does not do inline.

Functions take the buffer and a position and return the value and the position behind
it; they may read beyond the end of a nested message, which the caller finds by
comparing positions.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from .errors import DecodeError

#: What a reader raises on malformed input; ``DecodeError`` is made of it.
FAULTS = (DecodeError, IndexError, UnicodeDecodeError, struct.error, RecursionError)

double = struct.Struct("<d").unpack_from
float32 = struct.Struct("<f").unpack_from
fixed32 = struct.Struct("<I").unpack_from
fixed64 = struct.Struct("<Q").unpack_from
sfixed32 = struct.Struct("<i").unpack_from
sfixed64 = struct.Struct("<q").unpack_from

_MASK = 0xFFFF_FFFF_FFFF_FFFF


def tag(b: bytes, p: int) -> tuple[int, int]:
    """A tag of more than one byte."""
    value = b[p] & 127
    shift = 7
    while True:
        p += 1
        byte = b[p]
        value |= (byte & 127) << shift
        if byte < 128:
            break
        shift += 7
        if shift > 28:
            raise DecodeError("the tag is longer than 5 bytes", p)
    if value > 0xFFFF_FFFF:
        raise DecodeError("the field number is too high", p)
    return value, p + 1


def get_uint64(b: bytes, p: int) -> tuple[int, int]:
    """A varint of any length."""
    low = b[p]
    p += 1
    if low < 128:
        return low, p
    byte = b[p]
    p += 1
    if byte < 128:
        return low & 127 | byte << 7, p
    value = low & 127 | (byte & 127) << 7
    shift = 14
    while True:
        byte = b[p]
        p += 1
        if byte < 128:
            return (value | byte << shift) & _MASK, p
        value |= (byte & 127) << shift
        shift += 7
        if shift > 63:
            raise DecodeError("the varint is longer than 10 bytes", p)


def get_uint32(b: bytes, p: int) -> tuple[int, int]:
    """A uint32: the low half of the varint."""
    value, p = get_uint64(b, p)
    return value & 0xFFFF_FFFF, p


def get_int32(b: bytes, p: int) -> tuple[int, int]:
    """An int32 or an enum: the low half of the varint, signed."""
    value, p = get_uint64(b, p)
    return (value & 0xFFFF_FFFF ^ 0x8000_0000) - 0x8000_0000, p


def get_int64(b: bytes, p: int) -> tuple[int, int]:
    """An int64."""
    value, p = get_uint64(b, p)
    return value if value < 1 << 63 else value - (1 << 64), p


def unpack_varints(
    b: bytes, p: int, q: int, get: Callable[[bytes, int], tuple[int, int]]
) -> list[int]:
    """The varints between two positions."""
    values = []
    while p < q:
        value, p = get(b, p)
        values.append(value)
    if p != q:
        raise DecodeError("a packed value crosses the end of its list", q)
    return values


def unpack_fixed(b: bytes, p: int, q: int, form: str, size: int) -> tuple[int, ...]:
    """The fixed-width numbers between two positions."""
    count, rest = divmod(q - p, size)
    if rest:
        raise DecodeError("a packed value crosses the end of its list", q)
    return struct.unpack_from(f"<{count}{form}", b, p)


def unpack_floats(b: bytes, p: int, q: int, form: str, size: int) -> tuple[float, ...]:
    """As ``unpack_fixed``, of floating-point numbers."""
    return unpack_fixed(b, p, q, form, size)


def too_deep(p: int) -> DecodeError:
    """More messages are inside one another than the caller allows."""
    return DecodeError("messages are nested too deeply", p)


def truncated(p: int) -> DecodeError:
    """A length leads beyond the end."""
    return DecodeError("the length leads beyond the end of the input", p)


def kept(b: bytes, p: int, q: int, t: int) -> bytes:
    """An unknown field as it was read: its tag, which ends at ``p``, and its value."""
    size = (t.bit_length() + 6) // 7
    if b[p - 1]:
        return b[p - size : q]
    # The tag has more bytes than it needs: 0x80 and at last 0x00.
    p -= 2
    while b[p] == 0x80:
        p -= 1
    return b[p - size + 1 : q]


def skip(b: bytes, p: int, e: int, t: int, depth: int = 1 << 62) -> int:
    """The position behind the value of an unknown field with this tag."""
    if t < 8:
        raise DecodeError("field number 0 is illegal", p)
    kind = t & 7
    if kind == 3:
        return group(b, p, e, t, depth)[1]
    q = _skip(b, p, kind)
    if q > e:
        raise truncated(p)
    return q


def _skip(b: bytes, p: int, kind: int) -> int:
    if kind == 0:
        return get_uint64(b, p)[1]
    if kind == 1:
        return p + 8
    if kind == 2:
        size, p = get_uint64(b, p)
        return p + size
    if kind == 5:
        return p + 4
    if kind == 4:
        raise DecodeError("a group ends that did not begin", p)
    raise DecodeError(f"wire type {kind} does not exist", p)


def group(b: bytes, p: int, e: int, t: int, depth: int = 1 << 62) -> tuple[int, int]:
    """The positions of the end tag of the group that ``t`` began, and behind it."""
    open_groups = [t + 1]
    while p < e:
        start = p
        t, p = tag(b, p) if b[p] > 127 else (b[p], p + 1)
        if t < 8:
            raise DecodeError("field number 0 is illegal", start)
        kind = t & 7
        if kind == 3:
            open_groups.append(t + 1)
            if len(open_groups) > depth:
                raise too_deep(start)
        elif kind == 4:
            if t != open_groups.pop():
                raise DecodeError("the wrong group ends", start)
            if not open_groups:
                if p > e:
                    break
                return start, p
        else:
            p = _skip(b, p, kind)
    raise DecodeError("a group does not end", min(p, e))


def records(b: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Tag, start, start of the value and end of each field."""
    p, e = 0, len(b)
    while p < e:
        start = p
        t, p = get_uint64(b, p)
        q = skip(b, p, e, t)
        yield t, start, p, q
        p = q
