"""ProtoJSON, written: the text of each type's values.

Every function returns the text of one value and refuses what the type cannot hold.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from json.encoder import encode_basestring

from .errors import JsonError, shown
from .put import pack_float
from .wire import float32

_LARGEST_FLOAT = 3.4028234663852886e38


def indented(text: str, indent: int) -> str:
    """JSON text over several lines."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=indent)


def quoted(text: str) -> str:
    """A text without anything to escape, as a string."""
    return f'"{text}"'


def once(written: list[str], name: str) -> str:
    """The name of a field that shares it with another one, of which one can be set."""
    if any(member.startswith(name) for member in written):
        raise JsonError("another field with the same name in JSON is set too")
    return name


def _integer(low: int, high: int) -> Callable[[int], str]:
    """What writes the integers of a range."""

    def put(value: int) -> str:
        if value.__class__ is not int and not isinstance(value, int):
            raise JsonError(f"expected an integer, got {shown(value)}")
        if not low <= value <= high:
            raise JsonError(f"{value} is not within {low} and {high}")
        return int.__repr__(value)

    return put


int32 = _integer(-0x8000_0000, 0x7FFF_FFFF)
uint32 = _integer(0, 0xFFFF_FFFF)
signed64 = _integer(-0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
unsigned64 = _integer(0, 0xFFFF_FFFF_FFFF_FFFF)


def int64(value: int) -> str:
    """An int64, sint64 or sfixed64: a string."""
    return f'"{signed64(value)}"'


def uint64(value: int) -> str:
    """A uint64 or fixed64: a string."""
    return f'"{unsigned64(value)}"'


def boolean(value: bool) -> str:
    """A bool."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    raise JsonError(f"expected True or False, got {shown(value)}")


def string(value: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise JsonError(f"expected a str, got {shown(value)}")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise JsonError("the string holds a lone surrogate") from None
    return encode_basestring(value)


def blob(value: bytes) -> str:
    """A bytes value: base64."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise JsonError(f"expected bytes, got {shown(value)}")
    return f'"{base64.b64encode(value).decode()}"'


def double(value: float) -> str:
    """A double."""
    if not isinstance(value, (int, float)):
        raise JsonError(f"expected a number, got {shown(value)}")
    try:
        value = float(value)
    except OverflowError:
        raise JsonError(f"{shown(value)} is too large for a double") from None
    return number(value) if math.isfinite(value) else _not_finite(value)


def single(value: float) -> str:
    """A float, with no more digits than tell it from its neighbours."""
    if not isinstance(value, (int, float)):
        raise JsonError(f"expected a number, got {shown(value)}")
    if not math.isfinite(value):
        return _not_finite(value)
    if -_LARGEST_FLOAT <= value <= _LARGEST_FLOAT:
        short = float(f"{value:.6g}")
        if short == value and abs(value) > 1.2e-38:
            return number(short)
    try:
        packed = pack_float(value)
    except OverflowError:
        raise JsonError(f"{shown(value)} is too large for a float") from None
    # The smallest numbers have fewer digits than six.
    for digits in (6, 7, 8) if abs(value) > 1.2e-38 else range(1, 9):
        text = f"{value:.{digits - 1}e}"
        short = float(text)
        try:
            if pack_float(short) == packed:
                return number(short)
            if not packed[0] and not packed[1] and not packed[2] & 0x7F:
                # Of a power of two those above are farther away than those below.
                mantissa, _, exponent = text.partition("e")
                last = 1 if value > 0 else -1
                whole = int(mantissa.replace(".", "")) + last
                short = float(f"{whole}e{int(exponent) - digits + 1}")
                if pack_float(short) == packed:
                    return number(short)
        except OverflowError:
            continue
    return number(float(f"{float32(packed)[0]:.9g}"))


def number(value: float) -> str:
    """A finite number as JavaScript has it, so that all languages write the same.

    Only zero keeps its sign: many readers take -0 for an integer, which has none.
    """
    text = repr(value)
    if text[-2:] == ".0":
        return text if text == "-0.0" else text[:-2]
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    sign = "-" if value < 0 else ""
    digits, point = whole + fraction, len(whole) + int(exponent)
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if 0 < point <= 21:
        return sign + digits.ljust(point, "0")
    fraction = "." + fraction if fraction else ""
    return f"{sign}{whole}{fraction}e{point - 1:+d}"


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return '"NaN"'
    return '"Infinity"' if value > 0 else '"-Infinity"'


def finite(value: float) -> str:
    """The number of a ``google.protobuf.Value``."""
    if not isinstance(value, (int, float)) or not math.isfinite(value):
        raise JsonError(f"{shown(value)} has no JSON form")
    return number(float(value))


def enum(value: int, names: Mapping[int, str]) -> str:
    """An enum: its name, or the number if it has none."""
    name = names.get(value)
    if name is None or value.__class__ is bool:
        return int32(value)
    return f'"{name}"'
