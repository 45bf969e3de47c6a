"""The contracts of the matrix as google.protobuf sees them: an independent reading, from protoc's descriptor set.

It must not know the generated code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.internal import api_implementation

assert api_implementation.Type() == "upb"

WELL_KNOWN = "google.protobuf."
F = FieldDescriptor
# What may stand in one packed record.
PACKABLE = frozenset(range(1, 19)) - {F.TYPE_STRING, F.TYPE_BYTES, F.TYPE_MESSAGE, F.TYPE_GROUP}


class Contract:
    """The message types of a descriptor set."""

    def __init__(self, path: Path) -> None:
        self.pool = descriptor_pool.DescriptorPool()
        files = descriptor_pb2.FileDescriptorSet.FromString(path.read_bytes()).file
        for file in files:
            self.pool.AddSerializedFile(file.SerializeToString())
        self.types = [
            found
            for file in files
            # Only options are made of its messages, and no target generates them for that.
            if file.name != "google/protobuf/descriptor.proto"
            for top in self.pool.FindFileByName(file.name).message_types_by_name.values()
            for found in walk(top)
        ]
        self.endless = endless(self.types)

    def new(self, descriptor: Descriptor) -> Any:
        """An empty message."""
        return message_factory.GetMessageClass(descriptor)()

    def find(self, name: str) -> Descriptor:
        """The type of this full name."""
        return self.pool.FindMessageTypeByName(name)

    def known(self, name: str) -> Descriptor | None:
        """The type of this full name, if there is one."""
        return next((found for found in self.types if found.full_name == name), None)

    def fields(self, descriptor: Descriptor) -> list[FieldDescriptor]:
        """The fields and the known extensions of a type that can be set, by number."""
        fields = [field for field in descriptor.fields if not self.is_endless(field)]
        if descriptor.is_extendable:
            fields += self.pool.FindAllExtensions(descriptor)
        return sorted(fields, key=lambda field: field.number)

    def is_endless(self, field: FieldDescriptor) -> bool:
        """Whether a field cannot be set."""
        if is_map(field):
            return self.is_endless(entry(field)[1])
        return field.message_type is not None and field.message_type.full_name in self.endless

    def inner(self, message: Any) -> Iterator[Any]:
        """The messages in a message."""
        for field, value in message.ListFields():
            if is_map(field):
                if entry(field)[1].message_type is not None:
                    yield from value.values()
            elif field.message_type is not None:
                yield from value if field.is_repeated else [value]

    def read(self, name: str, data: bytes) -> Any:
        """The message in some bytes."""
        found = self.new(self.find(name))
        found.ParseFromString(data)
        return found


def walk(descriptor: Descriptor) -> Iterator[Descriptor]:
    """A type and those that are nested in it, without the entries of maps."""
    if not descriptor.GetOptions().map_entry:
        yield descriptor
    for inner in descriptor.nested_types:
        yield from walk(inner)


def endless(types: list[Descriptor]) -> set[str]:
    """The types that no message can be of, because they require themselves."""
    found = {descriptor.full_name for descriptor in types}
    while True:
        left = {it.full_name for it in types if any(f.message_type.full_name in found for f in required_messages(it))}
        if left == found:
            return found
        found = left


def required_messages(descriptor: Descriptor) -> list[FieldDescriptor]:
    """The required fields that hold messages."""
    return [field for field in descriptor.fields if field.is_required and field.message_type is not None]


def is_map(field: FieldDescriptor) -> bool:
    """Whether a field is a map."""
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def is_message_set(descriptor: Descriptor) -> bool:
    """Whether a message has the wire format of message sets."""
    return descriptor.GetOptions().message_set_wire_format


def entry(field: FieldDescriptor) -> tuple[FieldDescriptor, FieldDescriptor]:
    """Key and value of a map."""
    fields = field.message_type.fields_by_name
    return fields["key"], fields["value"]
