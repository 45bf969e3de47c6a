"""The protobuf wire format: what generated code does not do inline.

Writers return the bytes of one value and refuse what the type cannot hold. Readers take
the buffer and a position and return the value and the position behind it; they may read
beyond the end of a nested message, which the caller finds by comparing positions.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from .errors import DecodeError, EncodeError

_K = TypeVar("_K")
_T = TypeVar("_T")

#: What a reader raises on malformed input; ``DecodeError`` is made of it.
FAULTS = (DecodeError, IndexError, UnicodeDecodeError, struct.error, RecursionError)

#: The one-byte varints.
B = [bytes((value,)) for value in range(128)]

_MASK = 0xFFFF_FFFF_FFFF_FFFF

copysign = math.copysign
pack_double = struct.Struct("<d").pack
pack_float = struct.Struct("<f").pack
pack_fixed32 = struct.Struct("<I").pack
pack_fixed64 = struct.Struct("<Q").pack
pack_sfixed32 = struct.Struct("<i").pack
pack_sfixed64 = struct.Struct("<q").pack
double = struct.Struct("<d").unpack_from
float32 = struct.Struct("<f").unpack_from
fixed32 = struct.Struct("<I").unpack_from
fixed64 = struct.Struct("<Q").unpack_from
sfixed32 = struct.Struct("<i").unpack_from
sfixed64 = struct.Struct("<q").unpack_from

_heads: dict[int, list[bytes]] = {}


def heads(tag: int) -> list[bytes]:
    """The tag followed by each one-byte varint: the head of a short value."""
    table = _heads.get(tag)
    if table is None:
        start = varint(tag)
        table = _heads[tag] = [start + byte for byte in B]
    return table


def varint(value: int) -> bytes:
    """A varint; the value is not negative."""
    if value < 128:
        return B[value]
    if value < 16384:
        return bytes((value & 127 | 128, value >> 7))
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _integer(value: object, low: int, high: int) -> int:
    """The value as an integer of a range."""
    if not isinstance(value, int):
        raise EncodeError(f"expected an integer, got {shown(value)}")
    if not low <= value <= high:
        raise EncodeError(f"{value} is not within {low} and {high}")
    return value


def shown(value: object) -> str:
    """A value as an error message quotes it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def int32(value: int) -> bytes:
    """An int32 or an enum."""
    return varint(_integer(value, -0x8000_0000, 0x7FFF_FFFF) & _MASK)


def int64(value: int) -> bytes:
    """An int64."""
    low, high = -0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF
    return varint(_integer(value, low, high) & _MASK)


def uint32(value: int) -> bytes:
    """A uint32."""
    return varint(_integer(value, 0, 0xFFFF_FFFF))


def uint64(value: int) -> bytes:
    """A uint64."""
    return varint(_integer(value, 0, _MASK))


def sint32(value: int) -> bytes:
    """A sint32, zig-zag."""
    value = _integer(value, -0x8000_0000, 0x7FFF_FFFF)
    return varint(value << 1 if value >= 0 else ~(value << 1))


def sint64(value: int) -> bytes:
    """A sint64, zig-zag."""
    value = _integer(value, -0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
    return varint(value << 1 if value >= 0 else ~(value << 1))


def put_fixed32(value: int) -> bytes:
    """A fixed32."""
    return _integer(value, 0, 0xFFFF_FFFF).to_bytes(4, "little")


def put_fixed64(value: int) -> bytes:
    """A fixed64."""
    return _integer(value, 0, _MASK).to_bytes(8, "little")


def put_sfixed32(value: int) -> bytes:
    """An sfixed32."""
    value = _integer(value, -0x8000_0000, 0x7FFF_FFFF)
    return value.to_bytes(4, "little", signed=True)


def put_sfixed64(value: int) -> bytes:
    """An sfixed64."""
    value = _integer(value, -0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
    return value.to_bytes(8, "little", signed=True)


def put_double(value: float) -> bytes:
    """A double."""
    if value.__class__ is not float and not isinstance(value, (int, float)):
        raise EncodeError(f"expected a number, got {shown(value)}")
    try:
        return pack_double(value)
    except OverflowError:
        raise EncodeError(f"{shown(value)} is too large for a double") from None


def put_float(value: float) -> bytes:
    """A float."""
    if value.__class__ is not float and not isinstance(value, (int, float)):
        raise EncodeError(f"expected a number, got {shown(value)}")
    try:
        return pack_float(value)
    except OverflowError:
        raise EncodeError(f"{shown(value)} is too large for a float") from None


def put_bool(value: bool) -> bytes:
    """A bool."""
    if value is True or value is False:
        return B[value]
    raise EncodeError(f"expected True or False, got {shown(value)}")


def text(value: str) -> bytes:
    """A string without its length."""
    if not isinstance(value, str):
        raise EncodeError(f"expected a str, got {shown(value)}")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise EncodeError("the string holds a lone surrogate") from None


def raw_text(value: str) -> bytes:
    """A string whose UTF-8 is not verified; escaped bytes are written as they were."""
    if not isinstance(value, str):
        raise EncodeError(f"expected a str, got {shown(value)}")
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise EncodeError("the string holds a lone surrogate") from None


def blob(value: bytes) -> bytes:
    """A bytes value without its length."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise EncodeError(f"expected bytes, got {shown(value)}")


def put_string(value: str) -> bytes:
    """A string with its length before it."""
    return delimited(text(value))


def put_raw_string(value: str) -> bytes:
    """As ``put_string``, of a string whose UTF-8 is not verified."""
    return delimited(raw_text(value))


def put_bytes(value: bytes) -> bytes:
    """A bytes value with its length before it."""
    return delimited(blob(value))


def delimited(value: bytes) -> bytes:
    """A value with its length before it."""
    return varint(len(value)) + value


def packed(values: Iterable[_T], put: Callable[[_T], bytes]) -> bytes:
    """A packed list with its length before it."""
    out = []
    for index, value in enumerate(elements(values)):
        try:
            out.append(put(value))
        except EncodeError as error:
            error.within(f"[{index}]")
            raise
    return delimited(b"".join(out))


def packed_varints(values: list[_T], put: Callable[[_T], bytes]) -> bytes:
    """A packed list of integers whose varints are the same bytes if they are small."""
    try:
        out = bytes(values)  # type: ignore[arg-type]
        if out.isascii() and values.__class__ is list:
            return delimited(out)
    except (ValueError, TypeError):
        pass
    return packed(values, put)


def packed_fixed(values: list[_T], form: str, put: Callable[[_T], bytes]) -> bytes:
    """A packed list of fixed-width numbers; ``form`` is their ``struct`` letter."""
    try:
        if values.__class__ is list:
            return delimited(struct.pack(f"<{len(values)}{form}", *values))
    except (struct.error, OverflowError):
        pass
    return packed(values, put)


def elements(values: Iterable[_T]) -> Iterable[_T]:
    """The elements of a repeated field, which may hold anything."""
    if isinstance(values, (list, tuple)):
        return values
    raise EncodeError(f"expected a list, got {shown(values)}")


def mapping(values: Mapping[_K, _T]) -> Mapping[_K, _T]:
    """The entries of a map field, which may hold anything."""
    if isinstance(values, Mapping):
        return values
    raise EncodeError(f"expected a dict, got {shown(values)}")


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


def skip(b: bytes, p: int, e: int, t: int) -> int:
    """The position behind the value of an unknown field with this tag."""
    if t < 8:
        raise DecodeError("field number 0 is illegal", p)
    kind = t & 7
    if kind == 3:
        return group(b, p, e, t)[1]
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


def group(b: bytes, p: int, e: int, t: int) -> tuple[int, int]:
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
