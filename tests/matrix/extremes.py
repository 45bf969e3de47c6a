"""Messages that no field by field making arrives at: nesting at the limit, an Any of every kind, sizes that change the
length of a length, what JSON cannot express, and what no reader may accept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import edges
from make import Maker

from contract import WELL_KNOWN, Contract


def messages(contract: Contract, maker: Maker) -> Iterator[tuple[str, bytes]]:
    """Names of types and bytes."""
    yield from (*numbers(), *nested(), *sizes(), *keys(), *sets(), *broken())
    for message in [*inexpressible(contract), *anys(contract, maker)]:
        yield message.DESCRIPTOR.full_name, message.SerializeToString(deterministic=True)


def field(number: int, data: bytes) -> bytes:
    """A field with a length before it."""
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def numbers() -> Iterator[tuple[str, bytes]]:
    """Every power of two, where the next number is nearer on one side than on the other, and its neighbours."""
    for number, form, low, high in ((1, "d", -1074, 1024), (2, "f", -149, 128)):
        values = [2.0**power for power in range(low, high)]
        packed = [struct.pack(f"<{form}", value) for value in values]
        near = [
            (int.from_bytes(it, "little") + step).to_bytes(len(it), "little") for it in packed for step in (-1, 0, 1)
        ]
        yield "kitchen.three.Lists", field(number, b"".join(near))
    halves = [float(f"{digits}e{power}") for digits in (1, 3, 5, 7, 9, 11, 123, 999) for power in range(-30, 40)]
    yield "kitchen.three.Lists", field(1, struct.pack(f"<{len(halves)}d", *halves))
    yield "kitchen.three.Lists", field(2, struct.pack(f"<{len(halves)}f", *(it % 3e38 for it in halves)))


def nested() -> Iterator[tuple[str, bytes]]:
    """Messages, groups, entries of maps and lists within one another, up to the limit of 100 and beyond."""
    for depth in (50, 97, 98, 99, 100, 101, 150):
        for wrap in (
            lambda inner: field(1, inner),
            lambda inner: field(2, inner),
            lambda inner: b"\x33" + field(7, inner) + b"\x34",
            lambda inner: field(3, field(1, b"k") + field(2, inner)),
            lambda inner: field(4, inner),
        ):
            data = b""
            for _ in range(depth):
                data = wrap(data)
            yield "kitchen.two.Tree", data
        groups = b"\x9b\x06" * depth + b"\x9c\x06" * depth
        yield "kitchen.two.Tree", groups
        value = b"\x08\x00"
        for _ in range(depth):
            # A list in a value in a list.
            value = field(6, field(1, value))
        yield "google.protobuf.Value", value
        value = b"\x08\x00"
        for _ in range(depth):
            value = field(5, field(1, field(1, b"k") + field(2, value)))
        yield "google.protobuf.Value", value


def sizes() -> Iterator[tuple[str, bytes]]:
    """Messages around the sizes where a length takes one byte more, within one another."""
    for size in (120, 127, 128, 129, 16000, 16383, 16384, 16385, 2**21 - 2, 2**21 + 2):
        inner = field(14, b"x" * size)
        yield "kitchen.three.Scalars", inner
        if size < 20000:
            yield "kitchen.two.OneofOnly", field(18, inner)
            yield "kitchen.three.Maps", field(17, field(1, b"k" * size) + field(2, inner))
            yield "kitchen.three.Lists", field(1, b"\x00" * (size // 8 * 8))


def keys() -> Iterator[tuple[str, bytes]]:
    """Maps with keys of every order that a language might have, and keys twice."""
    texts = [key.encode() for key in (*edges.KEYS, *(f"k{number}" for number in range(300)))]
    yield "kitchen.three.Maps", b"".join(field(12, field(1, key) + field(2, b"v")) for key in texts)
    yield "kitchen.three.Maps", b"".join(field(12, field(2, key) + field(1, key)) for key in texts[::-1] + texts)
    numbers = [0, 1, -1, 2**31 - 1, -(2**31), 10, 9, -10, 255, 256, 65536]
    for number in (1, 2):
        entries = [varint(it & 2**64 - 1) for it in numbers]
        yield "kitchen.three.Maps", b"".join(field(number, b"\x08" + it + b"\x10" + it) for it in entries)
    entries = [it.to_bytes(8, "little") for it in (0, 1, 2**63, 2**64 - 1, 2**63 - 1, 256)]
    for number in (8, 10):
        yield "kitchen.three.Maps", b"".join(field(number, b"\x09" + it + b"\x11" + it) for it in entries)


def sets() -> Iterator[tuple[str, bytes]]:
    """Items of message sets: turned around, with too much and with too little, and as fields of their own number."""
    number, message, other = b"\x10\xb9\x60", field(3, field(1, b"t")), field(3, field(1, b"u"))
    second = b"\x0b\x10" + varint(4135300) + field(3, b"\x08\x05") + b"\x0c"
    # fmt: off
    items = [
        number + message, message + number, number + message + other, other + message + number,
        number + message + b"\x10" + varint(4135300), number + b"\x28\x01" + message, number + message + number,
        number, message, b"", b"\x10\x00" + message, number + field(3, b""),
    ]
    # fmt: on
    # Not two of one type: generated code leaves them apart until somebody asks, all but Dart, which reads them at once.
    for one in (*(b"\x0b" + item + b"\x0c" for item in items), field(12345, field(1, b"v"))):
        yield "kitchen.ext.Set", one
        yield "kitchen.ext.Set", second + one
        yield "kitchen.ext.Container", field(1, one) + field(1, second)
    # Items that nobody knows, between those that somebody does.
    strangers = [b"\x0b\x10" + varint(it) + field(3, b"\x08\x07") + b"\x0c" for it in (5, 20000, 2**29 - 1)]
    for items in ([*strangers, second], [second, *strangers[::-1]], [strangers[1], strangers[1], second]):
        yield "kitchen.ext.Set", b"".join(items)
        yield "kitchen.ext.Container", field(1, b"".join(items[:2])) + field(1, b"".join(items[2:]))


def broken() -> Iterator[tuple[str, bytes]]:
    """What must be refused."""
    # fmt: off
    for data in (
        b"\xff", b"\x08", b"\x08" + b"\xff" * 10 + b"\x01", b"\x0a\x05abcd", b"\x00\x00", b"\x07", b"\x0b", b"\x0c",
        b"\x0b\x14",
        field(14, b"\xff"), field(14, b"\xed\xa0\x80"), field(14, b"\xc0\x80"), field(14, b"\xf4\x90\x80\x80"),
        b"\xf8\xff\xff\xff\x7f\x00", b"\x09\x00\x00\x00", b"\x72\xff\xff\xff\xff\x0f", b"\x72" + b"\xff" * 9 + b"\x7f",
    ):
        # fmt: on
        yield "kitchen.three.Scalars", data
    yield "kitchen.three.Maps", field(12, field(1, b"\xff"))
    yield "kitchen.three.Maps", field(12, field(2, b"\x80"))
    yield "kitchen.three.Lists", field(14, b"\xfe")
    yield "kitchen.three.Lists", field(1, b"\x00" * 7)
    yield "kitchen.three.Lists", field(3, b"\x80")
    yield "kitchen.two.Groups", b""
    yield "kitchen.two.Groups", b"\x0b\x0c"
    yield "kitchen.two.RequiredInside", field(1, b"")
    yield "kitchen.two.RequiredInside", field(2, b"\x08\x01") + field(2, b"")
    yield "kitchen.two.RequiredInside", field(3, field(2, b""))
    yield "kitchen.two.RequiredInside", field(4, b"")


def inexpressible(contract: Contract) -> Iterator[Any]:
    """Well-known types that the wire can hold and JSON cannot; alone, and in a message."""
    for name, contents in edges.INEXPRESSIBLE.items():
        for content in contents:
            message = contract.new(contract.find(WELL_KNOWN + name))
            for key, value in content.items():
                if isinstance(value, list):
                    getattr(message, key).extend(value)
                else:
                    setattr(message, key, value)
            yield message
            outer = contract.new(contract.find("kitchen.wkt.Repeated"))
            place = {"FieldMask": outer.field_mask, "Timestamp": outer.timestamp, "Duration": outer.duration}
            place.get(name, outer.value).add().CopyFrom(message)
            yield outer


def anys(contract: Contract, maker: Maker) -> Iterator[Any]:
    """An Any of every type, of another Any, and of what cannot be known."""
    for descriptor in contract.types:
        if descriptor.full_name.startswith(("kitchen.names", "words.")) or not maker.fits_any(descriptor):
            continue
        message = contract.new(contract.find("kitchen.wkt.Singular"))
        message.any.Pack(maker.boundary(descriptor, 1, 1), deterministic=True)
        yield message
        outer = contract.new(contract.find("google.protobuf.Any"))
        outer.Pack(message.any, "example.com/a/b", deterministic=True)
        yield outer
    # fmt: off
    for url, value in (
        ("", b""), ("", b"\x08\x01"), ("type.googleapis.com/", b""), ("google.protobuf.Duration", b"\x08\x01"),
        ("/google.protobuf.Duration", b"\x08\x01"), ("x/no.such.Type", b""), ("x/google.protobuf.Duration", b"\x08"),
        ("x/kitchen.two.RequiredInside.Inner", b""), ("x/google.protobuf.Duration", b"\x10\xff\xff\xff\xff\x0f"),
        ("x/kitchen.three.Scalars", b"\x08"), ("x/kitchen.three.Scalars", b"\xa0\x06\x01"),
        ("x/google.protobuf.Value", b""),
    ):
        # fmt: on
        message = contract.new(contract.find("google.protobuf.Any"))
        message.type_url, message.value = url, value
        yield message
