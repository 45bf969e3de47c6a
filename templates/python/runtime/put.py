"""The protobuf wire format, written: what generated code does not do inline.

Every function returns the bytes of one value and refuses what the type cannot hold.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from .errors import EncodeError, shown

_K = TypeVar("_K")
_T = TypeVar("_T")

#: The bytes: a varint of one, or a part of a longer one.
B = [bytes((value,)) for value in range(256)]

_MASK = 0xFFFF_FFFF_FFFF_FFFF

#: Two bytes of a longer varint by their 14 bits, and its end; filled when one is written.
_PAIRS: list[bytes] = []
_ENDS: list[bytes] = []

copysign = math.copysign
pack_double = struct.Struct("<d").pack
pack_float = struct.Struct("<f").pack
pack_fixed32 = struct.Struct("<I").pack
pack_fixed64 = struct.Struct("<Q").pack
pack_sfixed32 = struct.Struct("<i").pack
pack_sfixed64 = struct.Struct("<q").pack

# A tag of one byte and a number of fixed width.
tag_double = struct.Struct("<Bd").pack
tag_float = struct.Struct("<Bf").pack
tag_fixed32 = struct.Struct("<BI").pack
tag_fixed64 = struct.Struct("<BQ").pack
tag_sfixed32 = struct.Struct("<Bi").pack
tag_sfixed64 = struct.Struct("<Bq").pack

_heads: dict[int, list[bytes]] = {}


def heads(tag: int) -> list[bytes]:
    """The tag followed by each byte that a varint, or a length, can begin with."""
    table = _heads.get(tag)
    if table is None:
        start = varint(tag)
        # A length of more than one byte is longer than what writes it.
        table = [start + byte for byte in (B[:128] if tag & 7 == 2 else B)]
        _heads[tag] = table
    return table


def varint(value: int) -> bytes:
    """A varint; the value is not negative."""
    if value < 128:
        return B[value]
    if value < 16384:
        return B[value & 127 | 128] + B[value >> 7]
    if not _ENDS:
        _PAIRS.extend([low + high for high in B[128:] for low in B[128:]])
        # At once, as another thread may look whether it is there.
        longer = [low + high for high in B[1:128] for low in B[128:]]
        _ENDS.extend([*B[:128], *longer])
    start, value = _PAIRS[value & 16383], value >> 14
    while value > 16383:
        start += _PAIRS[value & 16383]
        value >>= 14
    return start + _ENDS[value]


KEYS, VALUES = heads(10), heads(18)


def _integer(value: object, low: int, high: int) -> int:
    """The value as an integer of a range."""
    if not isinstance(value, int):
        raise EncodeError(f"expected an integer, got {shown(value)}")
    if not low <= value <= high:
        raise EncodeError(f"{value} is not within {low} and {high}")
    return value


def _writer(low: int, high: int) -> Callable[[int], bytes]:
    """What writes the integers of a range as varints."""
    top = min(high, (1 << 42) - 1)

    def put(value: int) -> bytes:
        # Most that is not written inline has three to six bytes.
        if value.__class__ is int and value > 16383 and _ENDS:
            rest = value >> 14
            if rest < 16384:
                return _PAIRS[value & 16383] + _ENDS[rest]
            if value <= top:
                return _PAIRS[value & 16383] + _PAIRS[rest & 16383] + _ENDS[rest >> 14]
        return varint(_integer(value, low, high) & _MASK)

    return put


def _zigzag(low: int, high: int) -> Callable[[int], bytes]:
    """What writes the integers of a range as varints that are short near zero."""

    def put(value: int) -> bytes:
        value = _integer(value, low, high)
        return varint(value << 1 ^ value >> 63)

    return put


#: An int32 or an enum.
int32 = _writer(-0x8000_0000, 0x7FFF_FFFF)
int64 = _writer(-0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
uint32 = _writer(0, 0xFFFF_FFFF)
uint64 = _writer(0, _MASK)
sint32 = _zigzag(-0x8000_0000, 0x7FFF_FFFF)
sint64 = _zigzag(-0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)


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
    except (OverflowError, struct.error):
        raise EncodeError(f"{shown(value)} is too large for a double") from None


def put_float(value: float) -> bytes:
    """A float."""
    if value.__class__ is not float and not isinstance(value, (int, float)):
        raise EncodeError(f"expected a number, got {shown(value)}")
    try:
        return pack_float(value)
    except (OverflowError, struct.error):
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
    out = value.encode() if value.__class__ is str else text(value)
    size = len(out)
    return B[size] + out if size < 128 else varint(size) + out


def key_string(value: str) -> bytes:
    """The key of an entry of a map, with its tag."""
    out = value.encode() if value.__class__ is str else text(value)
    size = len(out)
    return KEYS[size] + out if size < 128 else b"\x0a" + varint(size) + out


def value_string(value: str) -> bytes:
    """The value of an entry of a map, with its tag."""
    out = value.encode() if value.__class__ is str else text(value)
    size = len(out)
    return VALUES[size] + out if size < 128 else b"\x12" + varint(size) + out


def text_entry(key: bytes, value: bytes) -> bytes:
    """An entry of a map from strings to strings, with its length before it."""
    return delimited(b"\x0a" + delimited(key) + b"\x12" + delimited(value))


def put_raw_string(value: str) -> bytes:
    """As ``put_string``, of a string whose UTF-8 is not verified."""
    return delimited(raw_text(value))


def put_bytes(value: bytes) -> bytes:
    """A bytes value with its length before it."""
    return delimited(blob(value))


def delimited(value: bytes) -> bytes:
    """A value with its length before it."""
    size = len(value)
    return B[size] + value if size < 128 else varint(size) + value


def packed(values: Iterable[_T], put: Callable[[_T], bytes]) -> bytes:
    """A packed list with its length before it."""
    values = elements(values)
    try:
        return delimited(b"".join(map(put, values)))
    except EncodeError:
        pass
    # Once more, to find which one it was.
    for index, value in enumerate(values):
        try:
            put(value)
        except EncodeError as error:
            error.within(f"[{index}]")
            raise
    raise EncodeError("the list changed while it was written")


def packed_varints(values: list[_T], put: Callable[[_T], bytes]) -> bytes:
    """A packed list of integers whose varints are the same bytes if they are small."""
    if values.__class__ is list:
        try:
            out = bytes(values)  # type: ignore[arg-type]
        except (ValueError, TypeError):
            pass
        else:
            if out.isascii():
                size = len(out)
                return B[size] + out if size < 128 else varint(size) + out
    return packed(values, put)


def packed_fixed(values: list[_T], form: str, put: Callable[[_T], bytes]) -> bytes:
    """A packed list of fixed-width numbers; ``form`` is their ``struct`` letter."""
    if values.__class__ is list:
        try:
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


def by_key(values: Mapping[_K, _T]) -> list[_K]:
    """The keys of a map field in the order in which entries are written."""
    try:
        return sorted(values)  # type: ignore[type-var]
    except TypeError:
        return list(values)  # One is of a wrong type: writing it says which.
