"""The values at the edges of each type, and random ones: what a field of the matrix may hold.

Well-known types have edges of their own, because JSON can express only some of what they can hold.
"""

from __future__ import annotations

import math
import struct
from random import Random
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from contract import F

# fmt: off
INT32 = [0, 1, -1, 127, 128, 2**31 - 1, -(2**31), 16383, 16384, -129]
INT64 = [0, 1, -1, 2**53, 2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 2**31, 2**32, -(2**31) - 1]
UINT32 = [0, 1, 127, 128, 2**31, 2**32 - 1, 2**21, 2**28]
UINT64 = [0, 1, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**32, 2**35, 2**56]
DOUBLE = [
    0.0, -0.0, math.nan, math.inf, -math.inf, 5e-324, -2.2250738585072014e-308, 1.7976931348623157e308,
    # Where languages change to an exponent, and the limits of integers.
    0.1, 1e-5, 1e-6, 1e-7, 1e15, 1e16, 1e17, 1e20, 1e21, 1e22, -1.5, 2.0**53, 2.0**63, -(2.0**64), 123456789012345678.0,
    0.30000000000000004, 9007199254740993.0, 5e22, 4.35, 1e100, 100.0, 1234567.0,
]
FLOAT = [
    struct.unpack("<f", struct.pack("<f", value))[0]
    for value in (
        0.0, -0.0, math.nan, math.inf, -math.inf, 1e-45, 1.1754944e-38, 3.4028234663852886e38, 0.1, 1e-5, 1e-6, 1e-7,
        16777216.0, 16777217.0, 1e9, 1e10, 1e15, 1e16, 1e17, 1e20, 1e21, -1.5, 3.3333333, 8388608.5, 2.0**31, 2.0**63,
        33554430.0,
    )
]
TEXT = [
    "", "a", "\u00e9", "\U0001f600", "\uffff", "\ue000", "\ufffd", "\u4e2d\u6587", "\x00", "\x7f\x80\x9f",
    "\u2028\u2029", "\"quoted\" \\ / 'single'", "\b\f\n\r\t\v\x1b", "<script>&amp;</script>", "\ufeffmark", "\u0301",
    "x" * 127, "y" * 128, "null", "true", "-0", "1e3", "$ref", "@type", "z" * 3000,
    "\U0010ffff\U00010000\ud7ff", "\u00df\u03c9 \u0130\u0131",
]
BYTES = [
    b"", b"\x00", b"\xff", b"\x00\xff", b"abc", bytes(range(256)), b"\xfb\xff\xbf", b"x" * 127, b"y" * 128,
    b"\xf0\x9f\x98",
]
# Keys whose order by UTF-16 units is not that by bytes, and that look alike.
KEYS = [
    "", "\U0001f600", "\uffff", "\ue000", "b", "a", "aa", "B", "\u00e9", "e\u0301", "10", "9", "\x00", "a\x00",
    "\ud7ff", "\ufb01", "\U00010000",
]
# fmt: on

SCALARS: dict[int, list[Any]] = {
    F.TYPE_DOUBLE: DOUBLE,
    F.TYPE_FLOAT: FLOAT,
    F.TYPE_INT32: INT32,
    F.TYPE_SINT32: INT32,
    F.TYPE_SFIXED32: INT32,
    F.TYPE_INT64: INT64,
    F.TYPE_SINT64: INT64,
    F.TYPE_SFIXED64: INT64,
    F.TYPE_UINT32: UINT32,
    F.TYPE_FIXED32: UINT32,
    F.TYPE_UINT64: UINT64,
    F.TYPE_FIXED64: UINT64,
    F.TYPE_BOOL: [False, True],
    F.TYPE_STRING: TEXT,
    F.TYPE_BYTES: BYTES,
}
# Open enums keep numbers that they have no name for.
STRANGERS = [-1, 12345, 2**31 - 1, -(2**31)]

Fields = dict[str, Any]
# The whole contents of well-known types; `None` for nanos and the like is "not set".
MESSAGES: dict[str, list[Fields]] = {
    "Timestamp": [
        {},
        {"seconds": -62135596800},
        {"seconds": 253402300799, "nanos": 999999999},
        {"seconds": -1, "nanos": 1},
        {"seconds": 951782400, "nanos": 120000000},
        {"seconds": -62135596800, "nanos": 1000},
        {"nanos": 10},
        {"seconds": 4107542399, "nanos": 100000},
        {"seconds": -2203891200},
    ],
    "Duration": [
        {},
        {"seconds": 315576000000},
        {"seconds": -315576000000},
        {"seconds": 315575999999, "nanos": 999999999},
        {"seconds": -315575999999, "nanos": -999999999},
        {"nanos": -1},
        {"nanos": 500000000},
        {"seconds": -1, "nanos": -20000},
        {"seconds": 3600, "nanos": 7000},
    ],
    "FieldMask": [
        {},
        {"paths": ["a"]},
        {"paths": ["foo_bar", "foo.bar_baz", "a.b.c"]},
        {"paths": ["a.b", "x"]},
        {"paths": ["foo_bar", "foo_bar"]},
        {"paths": ["a1_b"]},
    ],
    "Value": [
        {"null_value": 0},
        {"number_value": 0.0},
        {"number_value": -0.0},
        {"number_value": 1e300},
        {"number_value": -1.5},
        {"number_value": 1e21},
        {"string_value": ""},
        {"string_value": "NaN"},
        {"string_value": '\U0001f600\x00"'},
        {"bool_value": False},
        {"bool_value": True},
    ],
}
# What they can hold on the wire and JSON cannot express.
INEXPRESSIBLE: dict[str, list[Fields]] = {
    "Timestamp": [
        {"seconds": -62135596801},
        {"seconds": 253402300800},
        {"nanos": -1},
        {"nanos": 1000000000},
        {"seconds": 2**63 - 1},
        {"seconds": -(2**63), "nanos": -(2**31)},
    ],
    "Duration": [
        {"seconds": 315576000001},
        {"seconds": -315576000001},
        {"seconds": 1, "nanos": -1},
        {"seconds": -1, "nanos": 1},
        {"nanos": 1000000000},
        {"nanos": -1000000000},
        {"seconds": -(2**63), "nanos": -(2**31)},
    ],
    "FieldMask": [
        {"paths": ["fooBar"]},
        {"paths": ["a__b"]},
        {"paths": ["a_1"]},
        {"paths": ["_"]},
        {"paths": ["a_"]},
        {"paths": [""]},
    ],
    "Value": [{}, {"number_value": math.nan}, {"number_value": math.inf}, {"number_value": -math.inf}],
}


def scalars(field: FieldDescriptor) -> list[Any]:
    """The edges of a field that holds no message."""
    if field.type == F.TYPE_ENUM:
        if field.enum_type.full_name == "google.protobuf.NullValue":
            return [0]  # In JSON it is always null.
        numbers = list(dict.fromkeys(value.number for value in field.enum_type.values))
        return numbers if field.enum_type.is_closed else numbers + STRANGERS
    return SCALARS[field.type]


def random_scalar(field: FieldDescriptor, random: Random) -> Any:
    """Some value, often an edge."""
    if random.random() < 0.4 or field.type in (F.TYPE_ENUM, F.TYPE_BOOL):
        return random.choice(scalars(field))
    if field.type == F.TYPE_DOUBLE:
        return random.choice(
            [random.uniform(-1e6, 1e6), random.lognormvariate(0, 40), float(random.getrandbits(random.randint(1, 80)))]
        )
    if field.type == F.TYPE_FLOAT:
        return struct.unpack(
            "<f", random.randbytes(3) + random.choice(b"\x3d\x40\x4b\x60\x7e\xc1").to_bytes(1, "little")
        )[0]
    if field.type == F.TYPE_STRING:
        return "".join(random.choices('abc \u00df\u03c9\u4e2d\U0001f600"\\', k=random.randint(0, 30)))
    if field.type == F.TYPE_BYTES:
        return random.randbytes(random.randint(0, 40))
    edges = scalars(field)
    return min(max(random.getrandbits(random.randint(1, 64)) * random.choice([1, -1]), min(edges)), max(edges))
