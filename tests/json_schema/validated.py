"""Judges documents of the contract `validated` by protovalidate, and prints them with the verdicts, one JSON line each.

usage: validated.py < DESCRIPTOR_SET

Every line is {"message": FULL_NAME, "document": DOCUMENT, "loose": [DOCUMENT], "valid": BOOL}: the document that a
serializer writes, other notations of the same message, and whether the message keeps its rules. For each message of the
contract there is one that keeps all its rules, and for each of its fields that one with another value or none.
"""

from __future__ import annotations

import json
import string
import sys
from collections.abc import Iterator
from typing import Any

import protovalidate
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor import FieldDescriptor as F
from google.protobuf.message import Message
from protovalidate._gen.buf.validate import validate_pb

UUID = "01234567-89ab-cdef-0123-456789ABCDEF"
#: Messages that keep all rules.
VALID: dict[str, dict[str, Any]] = {
    "Integers": {
        "constant": 5, "between": 10, "outside": 11, "some": 1, "noneOf": 1, "bigBelow": -6, "must": 0, "notZero": 1,
    },
    "Floats": {"above": 1.5, "outside": 3, "yes": True, "answered": False},
    "Texts": {
        "constant": "a.b", "exactly": "abc", "long": "ab", "begins": "a.(", "ends": "$^", "holds": "[x]", "matches": "12k",
        "found": "b", "email": "a@b.c", "uuid": UUID, "tuuid": "0" * 32, "ipv4": "1.2.3.4", "must": "x",
        "ulid": "7" + "Z" * 25, "fqn": "a.b", "dotFqn": ".a",
    },
    "Others": {"constant": "YWI=", "exactly": "YWFhYQ==", "long": "YWFh", "uuid": "A" * 22 + "==", "high": 5,
               "noneOf": 1, "must": 2},
    "Collections": {"few": ["a"], "named": {"ab": 1}, "items": [{"name": "a"}]},
    "Item": {"name": "a"},
    "Groups": {"left": 1, "number": 1, "item": {"name": "a"}},
    "Lost": {"first": 2, "second": 4, "link": "http://a/b", "word": "a word b", "begins": "YQ=="},
}  # fmt: skip
INTEGERS = [*range(-15, 55), 98, 99, 100, 101, 999, 1000, 1001]
LIMITS = [-(2**63), -(2**31), 2**31 - 1, 2**32 - 1, 2**63 - 1, 2**64 - 1]
FLOATS = [-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.1, 0.10000001, 0.09999999, 0.5, 1.4999, 1.5, 2.0, 2.0000001, 1e30]
TEXTS = [
    "", "a", "ab", "abc", "abcd", "😀", "😀é", "x", "y", "b", "abb", "a.b", "axb", "a.(", "a.(b", "aX(", "$^", "a$^", "$^a",
    "[x]", "a[x]b", "x", ".", "12k", "12K", "12\u212ab", "12ka", "1k", "١٢k", "12k\n", UUID, UUID + "0", UUID.replace("-", ""),
    "0" * 32, "g" * 32, "a@b.c", "a@b", "a b@c", "@b", "a@", "a@-b", "ä@b.c", "a@b.c\n", "1.2.3.4", "255.255.255.255",
    "256.1.1.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "7" + "Z" * 25, "8" + "Z" * 25, "7" + "I" * 25, "7" + "z" * 25, "a.b.c",
    ".a", "..a", "a..b", "1a", "a1._b", ".a.b", "a-b", "word", "a word b", "sword", "http://a/b", "%", "é" * 4, "é" * 5,
    string.ascii_letters,
]  # fmt: skip
BYTES = [b"x" * length for length in range(20)] + [b"ab", b"abc", b"abd", b"\0" * 16]


def candidates(field: F) -> Iterator[Any]:
    """Values of a field; `None` stands for its absence."""
    yield None
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        key, value = field.message_type.fields
        keys = ["a", "ab", "abc"] if key.type == F.TYPE_STRING else [-1, 0, 1, 7]
        values = [4, 5, -9] if value.type == F.TYPE_INT32 else ["", "x"]
        yield {}
        for count in range(1, 4):
            for item in values:
                yield dict.fromkeys(keys[-count:], item)
                yield dict.fromkeys(keys[:count], item)
    elif field.is_repeated:
        yield []
        items = list(singles(field))
        for item in items[:90]:
            yield [item]
        yield [items[0], items[0]]
        yield [items[1], items[2]]
        yield [items[2], items[1], items[0]]
        yield [items[-1], items[-2], items[-1]]
    else:
        yield from singles(field)


def singles(field: F) -> Iterator[Any]:
    kind = field.type
    if field.message_type is not None:
        yield from messages(field.message_type.full_name)
    elif kind in (F.TYPE_INT32, F.TYPE_INT64, F.TYPE_UINT32, F.TYPE_UINT64):
        bits = 32 if kind in (F.TYPE_INT32, F.TYPE_UINT32) else 64
        signed = kind in (F.TYPE_INT32, F.TYPE_INT64)
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
        yield from (number for number in [*INTEGERS, *LIMITS] if low <= number <= high)
    elif kind in (F.TYPE_FLOAT, F.TYPE_DOUBLE):
        yield from FLOATS
        yield from ("NaN", "Infinity", "-Infinity")
    elif kind == F.TYPE_BOOL:
        yield from (False, True)
    elif kind == F.TYPE_STRING:
        yield from TEXTS
    elif kind == F.TYPE_BYTES:
        yield from BYTES
    elif kind == F.TYPE_ENUM:
        yield from range(-1, 11)
    else:
        raise ValueError(field.full_name)


def messages(name: str) -> Iterator[Any]:
    if name == "validated.Item":
        yield from ({}, {"name": ""}, {"name": "b"})
    elif name == "google.protobuf.Any":
        yield from ({}, {"@type": "type.googleapis.com/validated.Item", "name": "a"})
        yield {"@type": "type.googleapis.com/validated.Lost"}
    elif name == "google.protobuf.Duration":
        yield from ("0s", "1s", "2.5s", "2s", "-1s", "1.000000001s")
    elif name == "google.protobuf.Timestamp":
        yield from ("1970-01-01T00:00:00Z", "9999-01-01T00:00:00Z")
    elif name == "google.protobuf.Int32Value":
        yield from (-1, 0, 2, 3, 4)
    else:
        raise ValueError(name)


def as_json(value: Any) -> Any:
    """The same with bytes as base64."""
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    return [as_json(item) for item in value] if isinstance(value, list) else value


def variants(descriptor: Descriptor) -> Iterator[dict[str, Any]]:
    valid = VALID[descriptor.name]
    yield valid
    for field in descriptor.fields:
        for value in candidates(field):
            document = {**valid, field.json_name: as_json(value)}
            if value is None:
                del document[field.json_name]
            if field.containing_oneof is not None:
                siblings = {other.json_name for other in field.containing_oneof.fields} - {field.json_name}
                document = {name: value for name, value in document.items() if name not in siblings}
            yield document


def parse(descriptor: Descriptor, document: dict[str, Any], pool: descriptor_pool.DescriptorPool) -> Message:
    target = message_factory.GetMessageClass(descriptor)()
    return json_format.ParseDict(document, target, descriptor_pool=pool)


def compare_with_published(pool: descriptor_pool.DescriptorPool) -> None:
    """Fails if the fixture's declaration of the rules is not the published one, as far as it goes."""
    fixture = pool.FindFileByName("buf/validate/validate.proto")
    for name, message in fixture.message_types_by_name.items():
        published = {field.name: field.number for field in getattr(validate_pb, name).desc().fields}
        for field in message.fields:
            assert published[field.name] == field.number, field.full_name


def main() -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(sys.stdin.buffer.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    compare_with_published(pool)
    validator = protovalidate.Validator()
    for name, descriptor in pool.FindFileByName("validated.proto").message_types_by_name.items():
        assert not validator.collect_violations(parse(descriptor, VALID[name], pool)), name
        for document in variants(descriptor):
            message = parse(descriptor, document, pool)
            canonical = json_format.MessageToDict(message, descriptor_pool=pool)
            loose = json_format.MessageToDict(
                message, descriptor_pool=pool, preserving_proto_field_name=True, use_integers_for_enums=True
            )
            valid = not validator.collect_violations(message)
            line = {"message": descriptor.full_name, "document": canonical, "loose": [document, loose], "valid": valid}
            print(json.dumps(line))


main()
