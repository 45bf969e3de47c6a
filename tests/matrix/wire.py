"""Writes messages in other ways than a serializer does, with the same or at least a settled meaning.

Fields out of order and in pieces, packed and not, written twice, with numbers in more bytes than they need; entries of
maps turned around; fields and enum numbers that nobody knows. Must not know how generated code reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from contract import PACKABLE, Contract, F, is_map, is_message_set

VARINT, FIXED64, LENGTH, START, END, FIXED32 = range(6)
# Not on the wire: a record whose value is all its bytes.
WRITTEN = -1
WIDTH = {
    **dict.fromkeys((F.TYPE_DOUBLE, F.TYPE_FIXED64, F.TYPE_SFIXED64), FIXED64),
    **dict.fromkeys((F.TYPE_FLOAT, F.TYPE_FIXED32, F.TYPE_SFIXED32), FIXED32),
    **dict.fromkeys((F.TYPE_STRING, F.TYPE_BYTES, F.TYPE_MESSAGE), LENGTH),
    F.TYPE_GROUP: START,
}
# Numbers of closed enums that have no name. They are kept in one language with the bytes they had, in another with the
# bytes they need, so they have those.
STRANGERS = [b"\xd1\xdf\x04", b"\xb3" + b"\xff" * 8 + b"\x01"]
# Varints of which only the low 32 bits count.
NARROW = {F.TYPE_INT32, F.TYPE_UINT32, F.TYPE_SINT32, F.TYPE_ENUM}


class Record(NamedTuple):
    """A field on the wire: a number, or bytes, or the records of a group."""

    number: int
    wire_type: int
    value: Any


class Writer:
    """Encodes records, now and then with numbers in more bytes than they need."""

    def __init__(self, random: Random, padding: float) -> None:
        self.random = random
        self.padding = padding

    def varint(self, value: int, room: int) -> bytes:
        out = bytearray()
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        out.append(value)
        if self.random.random() < self.padding:
            more = self.random.randint(0, room - len(out))
            if more > 0:
                out[-1] |= 128
                out += b"\x80" * (more - 1) + b"\x00"
        return bytes(out)

    def records(self, records: list[Record]) -> bytes:
        return b"".join(self.record(record) for record in records)

    def record(self, record: Record) -> bytes:
        number, wire_type, value = record
        if wire_type == WRITTEN:
            return value
        tag = self.varint(number << 3 | wire_type, 5)
        if wire_type == VARINT:
            return tag + self.varint(value, 10)
        if wire_type == LENGTH:
            return tag + self.varint(len(value), 5) + value
        if wire_type == START:
            return tag + self.records(value) + self.varint(number << 3 | END, 5)
        return tag + value


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """A varint, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def decode(data: bytes) -> list[Record]:
    """The records of valid bytes."""
    records, end = decode_until(data, 0, 0)
    assert end == len(data)
    return records


def decode_until(data: bytes, at: int, group: int) -> tuple[list[Record], int]:
    records: list[Record] = []
    while at < len(data):
        tag, at = read_varint(data, at)
        number, wire_type = tag >> 3, tag & 7
        if wire_type == END:
            assert number == group
            break
        value: Any
        if wire_type == VARINT:
            value, at = read_varint(data, at)
        elif wire_type == LENGTH:
            size, at = read_varint(data, at)
            value, at = data[at : at + size], at + size
        elif wire_type == START:
            value, at = decode_until(data, at, number)
        else:
            size = 8 if wire_type == FIXED64 else 4
            value, at = data[at : at + size], at + size
        records.append(Record(number, wire_type, value))
    return records, at


class Canonical:
    """Puts what google.protobuf has written into the order that generated code has: fields and extensions by number,
    entries of maps by key, unknown fields last; within extensions and `Any` too, which generated code leaves alone.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.writer = Writer(Random(0), 0)

    def message(self, descriptor: Descriptor, data: bytes) -> bytes:
        """The bytes of a message in order."""
        return self.writer.records(self.records(descriptor, decode(data)))

    def records(self, descriptor: Descriptor, records: list[Record]) -> list[Record]:
        if is_message_set(descriptor):
            return sorted((self.item(descriptor, record) for record in records), key=lambda it: it.value[0].value)
        fields = {field.number: field for field in self.contract.fields(descriptor)}
        known = [self.record(fields[it.number], it) for it in records if fits(fields, it)]
        known.sort(key=lambda it: (it.number, self.key(fields[it.number], it)))
        if descriptor.full_name == "google.protobuf.Any":
            known = self.any(known)
        return known + [it for it in records if not fits(fields, it)]

    def record(self, field: FieldDescriptor, record: Record) -> Record:
        number, wire_type, value = record
        if field.message_type is None or wire_type not in (LENGTH, START):
            return record
        if wire_type == LENGTH:
            return Record(number, wire_type, self.message(field.message_type, value))
        return Record(number, wire_type, self.records(field.message_type, value))

    def key(self, field: FieldDescriptor, record: Record) -> Any:
        """What entries of a map are sorted by; nothing in other fields."""
        if not is_map(field):
            return 0
        found = self.contract.new(field.message_type)
        found.ParseFromString(record.value)
        return found.key.encode() if isinstance(found.key, str) else found.key

    def item(self, descriptor: Descriptor, record: Record) -> Record:
        """An item of a message set: its type, then its message."""
        parts = {it.number: it for it in record.value}
        field = self.contract.pool.FindExtensionByNumber(descriptor, parts[2].value)
        return Record(record.number, record.wire_type, [parts[2], self.record(field, parts[3])])

    def any(self, records: list[Record]) -> list[Record]:
        parts = {it.number: it for it in records}
        if len(parts) < 2:
            return records
        descriptor = self.contract.find(parts[1].value.decode().rpartition("/")[2])
        return [parts[1], Record(2, LENGTH, self.message(descriptor, parts[2].value))]


def fits(fields: dict[int, FieldDescriptor], record: Record) -> bool:
    """Whether a record is one of a known field."""
    field = fields.get(record.number)
    if field is None:
        return False
    is_packed = record.wire_type == LENGTH and field.is_repeated and field.type in PACKABLE
    return is_packed or record.wire_type == WIDTH.get(field.type, VARINT)


def is_closed(field: FieldDescriptor) -> bool:
    """Whether a field holds a closed enum."""
    return field.enum_type is not None and field.enum_type.is_closed


class Rewriter:
    """Writes messages anew."""

    def __init__(self, contract: Contract, random: Random) -> None:
        self.contract = contract
        self.random = random
        self.writer = Writer(random, random.choice([0, 0, 0.1, 0.5]))
        self.plain = Writer(random, 0)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def message(self, descriptor: Descriptor, data: bytes) -> bytes:
        """The bytes of a message, written anew."""
        if is_message_set(descriptor):
            return data
        return self.writer.records(self.rewrite(descriptor, decode(data)))

    def rewrite(self, descriptor: Descriptor, records: list[Record]) -> list[Record]:
        if descriptor.full_name == "google.protobuf.Any":
            return records
        fields = {field.number: field for field in self.contract.fields(descriptor)}
        out: list[Record] = []
        for record in records:
            field = fields.get(record.number)
            if field is not None and self.stays(field):
                out.append(Record(record.number, WRITTEN, self.plain.record(record)))
            else:
                out += [record] if field is None else self.field(field, record)
        if self.maybe(0.4):
            out = self.shuffled(out, fields)
        if self.maybe(0.4) and not descriptor.GetOptions().map_entry:
            out = self.with_strangers(descriptor, out, fields)
        return out

    def stays(self, field: FieldDescriptor) -> bool:
        """Whether generated code may keep a field as it was read until somebody asks for it."""
        return field.is_extension or (field.message_type is not None and is_message_set(field.message_type))

    def field(self, field: FieldDescriptor, record: Record) -> Iterator[Record]:
        """A record of a known field, in one or more pieces."""
        number, wire_type, value = record
        if field.message_type is not None:
            yield from self.inner(field, record)
        elif field.is_repeated and field.type in PACKABLE:
            yield from self.packed(field, record)
        else:
            if not field.is_repeated and not is_closed(field) and self.maybe(0.1):
                yield self.other(field)
            if wire_type == VARINT and self.maybe(0.1):
                value = self.widened(field, value)
            yield Record(number, wire_type, value)
            in_map = field.containing_type.GetOptions().map_entry
            if is_closed(field) and not field.is_repeated and not in_map and self.maybe(0.2):
                # The number goes to the unknown fields and the field keeps what it had.
                yield Record(number, WRITTEN, self.plain.varint(number << 3, 5) + self.random.choice(STRANGERS))

    def inner(self, field: FieldDescriptor, record: Record) -> Iterator[Record]:
        """A message in one or two pieces, or an entry of a map, perhaps turned around and perhaps after another."""
        number, wire_type, value = record
        records = decode(value) if wire_type == LENGTH else value
        parts = [self.rewrite(field.message_type, records)]
        if is_map(field):
            if self.maybe(0.2):
                parts[0].reverse()
            if self.maybe(0.1):
                # The same key again, with nothing for a value: the last one counts.
                key = [it for it in parts[0] if it.number == 1]
                parts.insert(0, key)
        elif not field.is_repeated and self.maybe(0.3):
            cut = self.random.randint(0, len(parts[0]))
            parts = [parts[0][:cut], parts[0][cut:]]
        for part in parts:
            yield Record(number, wire_type, self.writer.records(part) if wire_type == LENGTH else part)

    def packed(self, field: FieldDescriptor, record: Record) -> Iterator[Record]:
        """Numbers in any mixture of packed and lone records."""
        number, wire_type, value = record
        values: list[Any] = [value]
        own = WIDTH.get(field.type, VARINT)
        if wire_type == LENGTH:
            values = []
            at = 0
            while at < len(value):
                if own == VARINT:
                    one, at = read_varint(value, at)
                else:
                    size = 8 if own == FIXED64 else 4
                    one, at = value[at : at + size], at + size
                values.append(one)
        while values:
            count = self.random.choice([1, 2, len(values)])
            now, values = values[:count], values[count:]
            if self.maybe(0.3):
                yield from (Record(number, own, one) for one in now)
            else:
                pieces = [self.writer.varint(one, 10) if own == VARINT else one for one in now]
                yield Record(number, LENGTH, b"".join(pieces))
        if self.maybe(0.1):
            yield Record(number, LENGTH, b"")

    def other(self, field: FieldDescriptor) -> Record:
        """A record of the same field with another value, to stand before the one that counts."""
        own = WIDTH.get(field.type, VARINT)
        values = {VARINT: 1, FIXED64: b"\x01" * 8, FIXED32: b"\x01" * 4, LENGTH: b"other"}
        return Record(field.number, own, values[own])

    def widened(self, field: FieldDescriptor, value: int) -> int:
        """A varint with bits that do not count."""
        if field.type == F.TYPE_BOOL:
            return value and self.random.choice([2, 128, 2**32, 2**63])
        if field.type in NARROW:
            return value & 0xFFFFFFFF | self.random.getrandbits(32) << 32
        return value

    def shuffled(self, records: list[Record], fields: dict[int, FieldDescriptor]) -> list[Record]:
        """In another order of the fields, each with its own records, and each oneof, in the order they had."""

        def place(record: Record) -> object:
            field = fields.get(record.number)
            if field is None:
                return None
            oneof = field.containing_oneof
            return field.number if oneof is None else oneof.name

        queues: dict[object, list[Record]] = {}
        for record in records:
            queues.setdefault(place(record), []).append(record)
        order = [place(record) for record in records]
        self.random.shuffle(order)
        for queue in queues.values():
            queue.reverse()
        return [queues[it].pop() for it in order]

    def with_strangers(
        self, descriptor: Descriptor, records: list[Record], fields: dict[int, FieldDescriptor]
    ) -> list[Record]:
        """With fields that the contract does not have, or not with that wire type."""
        out = list(records)
        for _ in range(self.random.randint(1, 4)):
            ranges = [edge for low, high in descriptor.extension_ranges for edge in (low, high - 1)]
            number = self.random.choice([1, 5, 15, 16, 99, 2047, 19500, 2**29 - 1, *fields, *ranges])
            known = fields.get(number)
            if known is not None and known.is_extension:
                continue
            wire_type = self.random.choice([VARINT, FIXED64, LENGTH, START, FIXED32])
            if known is not None and wire_type in (WIDTH.get(known.type, VARINT), LENGTH):
                continue
            values = {
                VARINT: self.random.choice([0, 300, 2**64 - 1]),
                FIXED64: self.random.randbytes(8),
                LENGTH: self.random.choice([b"", b"\x08\x01", b"\xff\xfe", "\u00e9".encode()]),
                START: [Record(1, VARINT, 5), Record(7, START, [Record(2, LENGTH, b"x")])],
                FIXED32: self.random.randbytes(4),
            }
            out.insert(self.random.randint(0, len(out)), Record(number, wire_type, values[wire_type]))
        return out
