"""Prints random messages of a descriptor set as ProtoJSON by google.protobuf, one JSON line each.

usage: print_documents.py SEED PER_FIELD PER_MESSAGE [--proto-names] [--all-fields] [--enum-numbers] < DESCRIPTOR_SET

Every line is {"message": FULL_NAME, "document": TEXT, "wire": HEX}; "wire" is the message in the binary format. For
every message of the set there are PER_FIELD documents for each field and extension, with that field alone set (and what
is required), and PER_MESSAGE documents with any fields.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import Descriptor, EnumDescriptor
from google.protobuf.descriptor import FieldDescriptor as F
from google.protobuf.message import Message

MAX_DEPTH = 3
NANOS = [0, 1, 1_000, 1_000_000, 500_000_000, 123_456_789, 999_999_999]
FLOATS = [0.0, -0.0, 0.1, -1.5, 1e-45, 3.4028234663852886e38, -3.4028234663852886e38]
DOUBLES = [0.0, -0.0, 0.1, -1.5, 5e-324, 1.7976931348623157e308, -1.7976931348623157e308, 1e21, 123456789012345680.0]
SPECIAL = [float("nan"), float("inf"), float("-inf")]
STRINGS = ["", "a", "Ä", "日本", "😀", "\n", '"\\/', "\u0000", "\u2028", " null ", "-0"]
UNSIGNED = {F.TYPE_UINT32, F.TYPE_FIXED32, F.TYPE_UINT64, F.TYPE_FIXED64}
BITS = dict.fromkeys([F.TYPE_INT32, F.TYPE_SINT32, F.TYPE_SFIXED32, F.TYPE_UINT32, F.TYPE_FIXED32], 32)
BITS |= dict.fromkeys([F.TYPE_INT64, F.TYPE_SINT64, F.TYPE_SFIXED64, F.TYPE_UINT64, F.TYPE_FIXED64], 64)
FIRST_SECOND, LAST_SECOND = -62_135_596_800, 253_402_300_799
LONGEST_SECONDS = 315_576_000_000
PATHS = ["a", "foo_bar", "a.b", "foo.bar_baz.c", "f1"]
# Messages whose content cannot be any: a value that ProtoJSON has no text for is an error of the serializer.
SPECIFIC = {"Timestamp", "Duration", "FieldMask", "Value", "Any"}


class Writer:
    """Fills messages of one descriptor pool."""

    def __init__(self, files: descriptor_pb2.FileDescriptorSet, seed: int) -> None:
        self.random = random.Random(seed)
        self.pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            self.pool.Add(file)
        self.messages: list[Descriptor] = []
        for file in files.file:
            for name in sorted(self.pool.FindFileByName(file.name).message_types_by_name):
                self._collect(self.pool.FindFileByName(file.name).message_types_by_name[name])
        # A message that requires itself can never be complete, so no document of it is valid.
        self.endless: set[str] = {message.full_name for message in self.messages}
        while ended := {message.full_name for message in self.messages if self._ends(message)}:
            self.endless -= ended
        self.messages = [message for message in self.messages if message.full_name not in self.endless]
        # What an Any may hold: not the messages that describe contracts, which few programs have.
        self.contents = [
            message
            for message in self.messages
            if message.file.package != "google.protobuf" or message.name in SPECIFIC
        ]

    def _ends(self, message: Descriptor) -> bool:
        """Whether it is newly known that a message can be complete."""
        required = [field.message_type for field in message.fields if field.is_required and field.message_type]
        return message.full_name in self.endless and all(inner.full_name not in self.endless for inner in required)

    def _collect(self, message: Descriptor) -> None:
        if not message.GetOptions().map_entry:
            self.messages.append(message)
        for nested in message.nested_types:
            self._collect(nested)

    def fields(self, message: Descriptor) -> list[F]:
        fields = [*message.fields, *self.pool.FindAllExtensions(message)]
        return [field for field in fields if not (field.message_type and field.message_type.full_name in self.endless)]

    def empty(self, message: Descriptor) -> Message:
        """A message with nothing but what is required."""
        return self.fill(message_factory.GetMessageClass(message)(), [], 0)

    def any(self, message: Descriptor, depth: int) -> Message:
        """A message with some of its fields set."""
        share = self.random.choice([0.1, 0.5, 1.0]) if depth < MAX_DEPTH else 0.0
        fields = [field for field in self.fields(message) if self.random.random() < share]
        return self.fill(message_factory.GetMessageClass(message)(), fields, depth)

    def fill(self, target: Message, fields: list[F], depth: int) -> Message:
        descriptor = target.DESCRIPTOR
        if descriptor.file.package == "google.protobuf" and descriptor.name in SPECIFIC:
            getattr(self, f"_{descriptor.name.lower()}")(target, depth)
            return target
        required = [field for field in descriptor.fields if field.is_required]
        for field in {field.full_name: field for field in [*required, *fields]}.values():
            self.set(target, field, depth)
        return target

    def set(self, target: Message, field: F, depth: int) -> None:
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            self._set_map(getattr(target, field.name), field, depth)
            return
        if field.is_repeated:
            values = target.Extensions[field] if field.is_extension else getattr(target, field.name)
            for _ in range(self.random.choice([0, 1, 1, 3])):
                if field.message_type is not None:
                    values.append(self.any(field.message_type, depth + 1))
                else:
                    values.append(self.scalar(field))
        elif field.message_type is not None:
            value = target.Extensions[field] if field.is_extension else getattr(target, field.name)
            value.SetInParent()
            value.CopyFrom(self.any(field.message_type, depth + 1))
        elif field.is_extension:
            target.Extensions[field] = self.scalar(field)
        else:
            setattr(target, field.name, self.scalar(field))

    def _set_map(self, entries: Any, field: F, depth: int) -> None:
        key, value = field.message_type.fields_by_name["key"], field.message_type.fields_by_name["value"]
        for _ in range(self.random.choice([0, 1, 2])):
            if value.message_type is not None:
                entries[self.scalar(key)].CopyFrom(self.any(value.message_type, depth + 1))
            else:
                entries[self.scalar(key)] = self.scalar(value)

    def scalar(self, field: F) -> Any:
        kind = field.type
        if kind in BITS:
            return self._integer(BITS[kind], signed=kind not in UNSIGNED)
        if kind == F.TYPE_ENUM:
            return self._enum(field.enum_type)
        choices: dict[int, list[Any]] = {
            F.TYPE_FLOAT: [*FLOATS, *SPECIAL, self.random.uniform(-1e6, 1e6)],
            F.TYPE_DOUBLE: [*DOUBLES, *SPECIAL, self.random.uniform(-1e300, 1e300)],
            F.TYPE_BOOL: [False, True],
            F.TYPE_STRING: STRINGS,
            F.TYPE_BYTES: [self.random.randbytes(length) for length in (0, 1, 2, 3, 4, 17)],
        }
        return self.random.choice(choices[kind])

    def _integer(self, bits: int, *, signed: bool) -> int:
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1)) if signed else (0, 2**bits)
        near = self.random.randrange(max(low, -999), 999)
        return self.random.choice([0, 1, low, high - 1, near, self.random.randrange(low, high)])

    def _enum(self, enum: EnumDescriptor) -> int:
        known: int = self.random.choice([value.number for value in enum.values])
        if enum.full_name == "google.protobuf.NullValue":
            return known  # No other number has a JSON form.
        unknown = self.random.randrange(-(2**31), 2**31)
        return known if enum.is_closed else self.random.choice([known, known, unknown])

    def _timestamp(self, target: Message, _: int) -> None:
        anywhere = self.random.randrange(FIRST_SECOND, LAST_SECOND + 1)
        target.seconds = self.random.choice([0, -1, FIRST_SECOND, LAST_SECOND, anywhere])
        target.nanos = self.random.choice(NANOS)

    def _duration(self, target: Message, _: int) -> None:
        sign = self.random.choice([1, -1])
        seconds = self.random.choice([0, 1, LONGEST_SECONDS - 1, LONGEST_SECONDS, self.random.randrange(10**6)])
        target.seconds = sign * seconds
        target.nanos = 0 if seconds == LONGEST_SECONDS else sign * self.random.choice(NANOS)

    def _fieldmask(self, target: Message, _: int) -> None:
        target.paths.extend(self.random.choices(PATHS, k=self.random.randrange(4)))

    def _value(self, target: Message, depth: int) -> None:
        kinds = ["null_value", "bool_value", "number_value", "string_value", "struct_value", "list_value"]
        kind = self.random.choice(kinds if depth < MAX_DEPTH else kinds[:4])
        if kind == "number_value":
            target.number_value = self.random.choice(DOUBLES)
        elif kind == "null_value":
            target.null_value = 0
        else:
            self.set(target, target.DESCRIPTOR.fields_by_name[kind], depth)

    def _any(self, target: Message, depth: int) -> None:
        if self.random.choice([True, False, False, False]):
            return
        content = self.any(self.random.choice(self.contents), depth + 1)
        if content.DESCRIPTOR.full_name == "google.protobuf.Any" and not content.type_url:
            return
        target.type_url = f"type.googleapis.com/{content.DESCRIPTOR.full_name}"
        target.value = content.SerializePartialToString()


def main(seed: str, per_field: str, per_message: str, *flags: str) -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(sys.stdin.buffer.read())
    writer = Writer(files, int(seed))

    def show(message: Message) -> None:
        text = json_format.MessageToJson(
            message,
            indent=None,
            descriptor_pool=writer.pool,
            preserving_proto_field_name="--proto-names" in flags,
            always_print_fields_with_no_presence="--all-fields" in flags,
            use_integers_for_enums="--enum-numbers" in flags,
        )
        wire = message.SerializePartialToString().hex()
        print(json.dumps({"message": message.DESCRIPTOR.full_name, "document": text, "wire": wire}))

    for message in writer.messages:
        show(writer.empty(message))
        for field in writer.fields(message):
            for _ in range(int(per_field)):
                show(writer.fill(message_factory.GetMessageClass(message)(), [field], 1))
        for _ in range(int(per_message)):
            show(writer.any(message, 0))


main(*sys.argv[1:])
