"""Makes messages: at the edges of each field, and random ones. The same seed always makes the same.

google.protobuf holds them, so what is written in the generated languages is compared with a source that is not ours.
"""

from __future__ import annotations

from random import Random
from typing import Any

import edges
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from contract import WELL_KNOWN, Contract, F, entry, is_map, is_message_set

ABSENT = object()


class Maker:
    """Makes messages of a contract."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract

    def turns(self, descriptor: Descriptor) -> int:
        """How many messages of :meth:`boundary` it takes until each field has been at each of its edges."""
        if descriptor.full_name.startswith(WELL_KNOWN) and descriptor.name in edges.MESSAGES:
            return len(edges.MESSAGES[descriptor.name])
        lone = [self.width(field) for field in self.contract.fields(descriptor) if not in_oneof(field)]
        arms = [sum(self.width(field) - 1 for field in self.arms(oneof)) for oneof in oneofs(descriptor)]
        return max([1, *lone, *arms])

    def arms(self, oneof: Any) -> list[FieldDescriptor]:
        """The members of a oneof that can be set."""
        return [field for field in oneof.fields if not self.contract.is_endless(field)]

    def width(self, field: FieldDescriptor) -> int:
        """How many edges a field has, absence included."""
        if is_map(field):
            return 4
        if field.message_type is not None:
            name = field.message_type.name
            known = field.message_type.full_name == WELL_KNOWN + name and name in edges.MESSAGES
            return 1 + (len(edges.MESSAGES[name]) if known else 3)
        return 4 if field.is_repeated else 1 + len(edges.scalars(field))

    def boundary(self, descriptor: Descriptor, turn: int, depth: int = 2) -> Any:
        """The message in which each field is at one of its edges; another turn, another edge."""
        message = self.contract.new(descriptor)
        if self.well_known(message, turn):
            return message
        # Too deep, there is what must be there and nothing else.
        least = depth < 0 and not descriptor.full_name.startswith(WELL_KNOWN)
        chosen = {}
        for oneof in [] if least else oneofs(descriptor):
            arms = [(field, edge) for field in self.arms(oneof) for edge in range(1, self.width(field))]
            if arms:
                field, edge = arms[turn % len(arms)]
                chosen[field.number] = edge
        for index, field in enumerate(self.contract.fields(descriptor)):
            if least and not field.is_required:
                continue
            if in_oneof(field):
                if field.number in chosen:
                    self.at_edge(message, field, chosen[field.number], depth)
                continue
            edge = (turn + index) % self.width(field)
            if edge == 0 and field.is_required:
                edge = 1 + turn % (self.width(field) - 1)
            if edge > 0:
                self.at_edge(message, field, edge, depth)
        return message

    def at_edge(self, message: Any, field: FieldDescriptor, edge: int, depth: int) -> None:
        """Sets a field to its edge of this number, which begins at 1."""
        if is_map(field):
            key, value = entry(field)
            keys = edges.KEYS if key.type == F.TYPE_STRING else edges.scalars(key)
            keys = keys[: 1 if edge == 1 else len(keys) if depth > 1 else 4]
            for index, it in enumerate(keys):
                self.put(message, field, it, value, edge + index, depth - 1)
        elif field.is_repeated and field.message_type is None:
            found = edges.scalars(field)
            target = self.target(message, field)
            target.extend(found[:1] if edge == 1 else found if edge == 2 else found[::-1] + found[:2])
        elif field.is_repeated:
            for index in range(edge):
                self.inner(self.target(message, field).add(), edge + index, depth - 1)
        elif field.message_type is not None:
            self.target(message, field).SetInParent()
            self.inner(self.target(message, field), edge - 1, depth - 1)
        else:
            self.set(message, field, edges.scalars(field)[edge - 1])

    def inner(self, message: Any, turn: int, depth: int) -> None:
        """Fills a message within another; empty ones end the recursion."""
        if (
            depth >= 0
            or message.DESCRIPTOR.full_name.startswith(WELL_KNOWN)
            or not self.may_be_empty(message.DESCRIPTOR)
        ):
            message.MergeFrom(self.boundary(message.DESCRIPTOR, turn, depth))

    def may_be_empty(self, descriptor: Descriptor) -> bool:
        """Whether a message of the type has no required field of its own."""
        return not any(field.is_required for field in descriptor.fields)

    def well_known(self, message: Any, turn: int) -> bool:
        """Fills a well-known type with one of its edges; whether it is one."""
        descriptor = message.DESCRIPTOR
        if not descriptor.full_name.startswith(WELL_KNOWN):
            return False
        if descriptor.name in edges.MESSAGES:
            found = edges.MESSAGES[descriptor.name]
            for name, value in found[turn % len(found)].items():
                self.set(message, descriptor.fields_by_name[name], value)
            return True
        if descriptor.name == "Any":
            names = ["radiology.study.v1.Patient", "google.protobuf.Duration", "kitchen.three.Empty"]
            # Other contracts have some of them or none.
            found = [found for found in map(self.contract.known, names) if found is not None]
            if found and turn % 4 > 0:
                message.Pack(self.boundary(found[(turn % 4 - 1) % len(found)], turn, 1), deterministic=True)
            return True
        return False

    def random(self, descriptor: Descriptor, random: Random, depth: int = 3) -> Any:
        """Some message."""
        message = self.contract.new(descriptor)
        self.fill(message, random, depth)
        return message

    def fill(self, message: Any, random: Random, depth: int) -> None:
        """Sets random fields, required ones always."""
        descriptor = message.DESCRIPTOR
        if descriptor.full_name.startswith(WELL_KNOWN):
            if descriptor.name == "Any" and random.random() < 0.7:
                inner = random.choice(self.contract.types)
                if depth > 0 and self.fits_any(inner):
                    message.Pack(self.random(inner, random, depth - 2), deterministic=True)
                return
            if descriptor.name == "Value" and depth > 0 and random.random() < 0.4:
                kind = random.choice(["struct_value", "list_value"])
                getattr(message, kind).SetInParent()
                self.fill(getattr(message, kind), random, depth - 1)
                return
            if self.well_known(message, random.randrange(1000)):
                return
        fields = self.contract.fields(descriptor)
        wanted = random.choice([0.1, 0.5, 0.9]) if len(fields) < 40 else random.choice([0.05, 0.2])
        for field in fields:
            if field.is_required or random.random() < wanted:
                self.random_field(message, field, random, depth)

    def fits_any(self, descriptor: Descriptor) -> bool:
        """Whether JSON has a form for an `Any` of this type."""
        return not is_message_set(descriptor) and descriptor.full_name not in self.contract.endless

    def random_field(self, message: Any, field: FieldDescriptor, random: Random, depth: int) -> None:
        """Sets a field to something."""
        if field.message_type is not None and depth <= 0 and not field.is_required:
            return
        if is_map(field):
            key, value = entry(field)
            for _ in range(random.randint(0, 5)):
                it = random.choice(edges.KEYS) if key.type == F.TYPE_STRING else edges.random_scalar(key, random)
                if value.message_type is not None:
                    self.fill(self.target(message, field)[it], random, depth - 1)
                else:
                    self.target(message, field)[it] = edges.random_scalar(value, random)
        elif field.is_repeated and field.message_type is None:
            count = random.choice([0, 1, 3, 20])
            self.target(message, field).extend(edges.random_scalar(field, random) for _ in range(count))
        elif field.is_repeated:
            for _ in range(random.randint(0, 2)):
                self.fill(self.target(message, field).add(), random, depth - 1)
        elif field.message_type is not None:
            self.target(message, field).SetInParent()
            self.fill(self.target(message, field), random, depth - 1)
        else:
            self.set(message, field, edges.random_scalar(field, random))

    def put(
        self, message: Any, field: FieldDescriptor, key: Any, value: FieldDescriptor, turn: int, depth: int
    ) -> None:
        """Sets an entry of a map."""
        if value.message_type is not None:
            self.target(message, field)[key].SetInParent()
            self.inner(self.target(message, field)[key], turn, depth)
        else:
            found = edges.scalars(value)
            self.target(message, field)[key] = found[turn % len(found)]

    def target(self, message: Any, field: FieldDescriptor) -> Any:
        """What a field holds: a message, a list or a map."""
        return message.Extensions[field] if field.is_extension else getattr(message, field.name)

    def set(self, message: Any, field: FieldDescriptor, value: Any) -> None:
        """Sets a field to a scalar or to a list of them."""
        if field.is_repeated:
            self.target(message, field).extend(value)
        elif field.is_extension:
            message.Extensions[field] = value
        else:
            setattr(message, field.name, value)


def oneofs(descriptor: Descriptor) -> list[Any]:
    """The real oneofs: those of optional fields are a way to write presence."""
    return [oneof for oneof in descriptor.oneofs if any(in_oneof(field) for field in oneof.fields)]


def in_oneof(field: FieldDescriptor) -> bool:
    """Whether a field is a member of a real oneof."""
    oneof = field.containing_oneof
    if oneof is None:
        return False
    return len(oneof.fields) > 1 or not oneof.name.startswith("_") or oneof.name != "_" + field.name
