"""Exchanges random messages between google's runtime and generated code.

Usage: interop.py TREE DESCRIPTOR_SET COUNT. Every message type of the set gets its share of COUNT random messages,
from a fixed seed. google's runtime is the referee: bytes are compared after it has written them deterministically.
"""

from __future__ import annotations

import math
import random
import struct
import sys
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory, text_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.internal import api_implementation

sys.path.insert(0, sys.argv[1])

from gen import TYPES  # noqa: E402

RANDOM = random.Random(2026)
assert api_implementation.Type() == "upb"

POOL = descriptor_pool.DescriptorPool()
SET = descriptor_pb2.FileDescriptorSet()
with open(sys.argv[2], "rb") as file:
    SET.ParseFromString(file.read())
for proto in SET.file:
    POOL.Add(proto) if hasattr(POOL, "Add") else POOL.AddSerializedFile(proto.SerializeToString())

WKT = "google.protobuf."


def types_of(file: Any) -> list[Descriptor]:
    found: list[Descriptor] = []

    def walk(descriptor: Descriptor) -> None:
        if not descriptor.GetOptions().map_entry:
            found.append(descriptor)
        for inner in descriptor.nested_types:
            walk(inner)

    for descriptor in file.message_types_by_name.values():
        walk(descriptor)
    return found


FILES = [POOL.FindFileByName(proto.name) for proto in SET.file]
TYPES_OF_GOOGLE = [
    descriptor
    for file in FILES
    if not file.package.startswith("google.protobuf")
    for descriptor in types_of(file)
]
PACKABLE = [d for d in TYPES_OF_GOOGLE if not d.GetOptions().message_set_wire_format]

INTS = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
F = FieldDescriptor
KINDS = {
    F.TYPE_INT32: "int32",
    F.TYPE_SINT32: "int32",
    F.TYPE_SFIXED32: "int32",
    F.TYPE_INT64: "int64",
    F.TYPE_SINT64: "int64",
    F.TYPE_SFIXED64: "int64",
    F.TYPE_UINT32: "uint32",
    F.TYPE_FIXED32: "uint32",
    F.TYPE_UINT64: "uint64",
    F.TYPE_FIXED64: "uint64",
}
TEXTS = ["", "a", "plain", "\u00e9\u4e2d\U0001f600", "\x00\n\"\\\u2028", "x" * 127, "y" * 128, "z" * 20000]


def scalar(field: FieldDescriptor) -> Any:
    if field.type in KINDS:
        low, high = INTS[KINDS[field.type]]
        edges = [low, high, 0, 1, 63, 64, 127, 128, 16383, 16384, 2**21, 2**28]
        edges += [-1, -64, -65] if low < 0 else []
        return RANDOM.choice([RANDOM.choice(edges), RANDOM.randint(low, high), RANDOM.randint(0, 300)])
    if field.type == F.TYPE_DOUBLE:
        edges = [0.0, -0.0, 1.5, math.inf, -math.inf, math.nan, 5e-324, 1.7976931348623157e308, 1e15, 0.1]
        return RANDOM.choice([RANDOM.choice(edges), RANDOM.uniform(-1e6, 1e6), RANDOM.lognormvariate(0, 30)])
    if field.type == F.TYPE_FLOAT:
        edges = [0.0, -0.0, 1.5, math.inf, -math.inf, math.nan, 1e-45, 3.4028234663852886e38, 16777216.0, 0.1]
        value = RANDOM.choice([RANDOM.choice(edges), RANDOM.uniform(-1e6, 1e6), RANDOM.lognormvariate(0, 10)])
        return struct.unpack("<f", struct.pack("<f", value))[0]
    if field.type == F.TYPE_BOOL:
        return RANDOM.random() < 0.5
    if field.type == F.TYPE_STRING:
        return RANDOM.choice([RANDOM.choice(TEXTS), "".join(RANDOM.choices("abc \u00df\u03c9", k=RANDOM.randint(0, 40)))])
    if field.type == F.TYPE_BYTES:
        return RANDOM.randbytes(RANDOM.choice([0, 1, 3, 50, 127, 128, 300]))
    if field.type == F.TYPE_ENUM:
        numbers = [value.number for value in field.enum_type.values]
        if not field.enum_type.is_closed and RANDOM.random() < 0.2:
            return RANDOM.choice([-1, 12345, 2**31 - 1, -(2**31)])
        return RANDOM.choice(numbers)
    raise AssertionError(field.type)


def fill_well_known(message: Any, name: str, depth: int) -> bool:
    """Fills a well-known type with what JSON can express; whether it is one."""
    if name == "Timestamp":
        message.seconds = RANDOM.choice([-62135596800, 253402300799, 0, RANDOM.randint(-(10**10), 10**10)])
        message.nanos = RANDOM.choice([0, 1, 999999999, 120000000, 123456000])
    elif name == "Duration":
        sign = RANDOM.choice([-1, 1])
        message.seconds = sign * RANDOM.choice([0, 1, 315576000000 - 1, RANDOM.randint(0, 10**9)])
        message.nanos = sign * RANDOM.choice([0, 1, 999999999, 120000000])
    elif name == "FieldMask":
        message.paths.extend(RANDOM.sample(["a", "foo_bar", "foo.bar_baz", "a.b.c"], RANDOM.randint(0, 4)))
    elif name == "Value":
        kind = RANDOM.randint(0, 5 if depth > 0 else 3)
        if kind == 0:
            message.null_value = 0
        elif kind == 1:
            message.number_value = RANDOM.choice([0.0, -1.5, 1e300, 12345678.0])
        elif kind == 2:
            message.string_value = RANDOM.choice(TEXTS)
        elif kind == 3:
            message.bool_value = RANDOM.random() < 0.5
        elif kind == 4:
            message.struct_value.SetInParent()
            fill(message.struct_value, depth - 1)
        else:
            message.list_value.SetInParent()
            fill(message.list_value, depth - 1)
    elif name == "Any":
        if RANDOM.random() < 0.8:
            inner = random_message(RANDOM.choice(PACKABLE), max(depth - 2, 0))
            message.Pack(inner, deterministic=True)
    else:
        return False
    return True


def fill(message: Any, depth: int) -> None:
    """Sets random fields, required ones always."""
    descriptor = message.DESCRIPTOR
    if descriptor.full_name.startswith(WKT) and fill_well_known(message, descriptor.name, depth):
        return
    wanted = RANDOM.choice([0.1, 0.5, 0.9]) if len(descriptor.fields) < 40 else RANDOM.choice([0.05, 0.3])
    fields = list(descriptor.fields)
    if descriptor.is_extendable:
        fields += POOL.FindAllExtensions(descriptor)
    for field in fields:
        if field.is_required or RANDOM.random() < wanted:
            fill_field(message, field, depth)


def fill_field(message: Any, field: FieldDescriptor, depth: int) -> None:
    required = field.is_required
    if field.message_type is not None and depth <= 0 and not required:
        return
    if field.is_extension:
        target: Any = message.Extensions[field]
    elif field.is_repeated or field.message_type is not None:
        target = getattr(message, field.name)
    else:
        target = None
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        key, value = (field.message_type.fields_by_name[name] for name in ("key", "value"))
        for _ in range(RANDOM.randint(0, 4)):
            if value.message_type is not None:
                fill(target[scalar(key)], depth - 1)
            else:
                target[scalar(key)] = scalar(value)
    elif field.is_repeated:
        for _ in range(RANDOM.choice([0, 1, 3, 20] if field.message_type is None else [0, 1, 2])):
            if field.message_type is not None:
                fill(target.add(), depth - 1)
            else:
                target.append(scalar(field))
    elif field.message_type is not None:
        target.SetInParent()
        fill(target, depth - 1)
    elif field.is_extension:
        message.Extensions[field] = scalar(field)
    else:
        setattr(message, field.name, scalar(field))


def random_message(descriptor: Descriptor, depth: int = 3) -> Any:
    message = message_factory.GetMessageClass(descriptor)()
    fill(message, depth)
    return message


def canonical(message: Any) -> bytes:
    return message.SerializeToString(deterministic=True)


def check(what: str, name: str, found: bytes, wanted: bytes, context: object) -> None:
    if found != wanted:
        sys.exit(f"{what} of {name} differs:\nfound  {found!r}\nwanted {wanted!r}\n{context}")


def exchange_text(ours: Any, mine: Any, message: Any) -> None:
    """One message there and back in the text format."""
    name, wanted = message.DESCRIPTOR.full_name, canonical(message)
    for indent in (2, None):
        text = mine.to_text(types=TYPES, indent=indent)
        read = text_format.Parse(text, type(message)(), descriptor_pool=POOL)
        check("text written by us", name, canonical(read), wanted, text)
        back = ours.from_text(text, types=TYPES)
        check("text read again", name, back.to_bytes(deterministic=True), mine.to_bytes(deterministic=True), text)
        theirs = text_format.MessageToString(message, descriptor_pool=POOL, as_one_line=indent is None)
        back = ours.from_text(theirs, types=TYPES)
        check("text read by us", name, canonical(type(message).FromString(back.to_bytes())), wanted, theirs)


def exchange(descriptor: Descriptor) -> bool:
    """One message there and back; whether JSON could be compared too."""
    name = descriptor.full_name
    ours = TYPES.message(name)
    assert ours is not None, name
    theirs = message_factory.GetMessageClass(descriptor)
    message = random_message(descriptor)
    data, wanted = message.SerializeToString(), canonical(message)
    mine = ours.from_bytes(data)
    written = mine.to_bytes()
    check("binary", name, canonical(theirs.FromString(written)), wanted, mine)
    assert len(written) == len(data), (name, written, data)
    check("deterministic output", name, mine.to_bytes(deterministic=True), mine.copy().to_bytes(deterministic=True), "")
    assert ours.from_bytes(written) == mine or "nan" in repr(mine), name
    twice = ours.from_bytes(data)
    twice.merge_from(mine)
    reference = theirs.FromString(data)
    reference.MergeFromString(data)
    check("merging", name, canonical(theirs.FromString(twice.to_bytes())), canonical(reference), mine)

    if hasattr(ours, "to_text"):
        exchange_text(ours, mine, message)

    # JSON, as far as the referee itself can bring it back (equal names in JSON lose fields, for one).
    try:
        text = json_format.MessageToJson(message, descriptor_pool=POOL)
        back = canonical(json_format.Parse(text, theirs(), descriptor_pool=POOL))
    except (json_format.Error, TypeError, ValueError, KeyError):
        return False
    if back != wanted:
        return False
    read = ours.from_json(text, types=TYPES)
    check("JSON read by us", name, canonical(theirs.FromString(read.to_bytes(deterministic=True))), wanted, text)
    text = mine.to_json(types=TYPES)
    parsed = json_format.Parse(text, theirs(), descriptor_pool=POOL)
    check("JSON written by us", name, canonical(parsed), wanted, text)
    return True


def main() -> None:
    count = int(sys.argv[3])
    share = max(count // len(TYPES_OF_GOOGLE), 3)
    total = compared = 0
    for descriptor in TYPES_OF_GOOGLE:
        for _ in range(share):
            compared += exchange(descriptor)
            total += 1
    if total < count // 2 or compared < total * 95 // 100:
        sys.exit(f"only {compared} of {total} messages were compared in JSON")
    print(f"{total} messages exchanged, {compared} of them in JSON too")


main()
