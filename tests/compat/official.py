"""Confirms verdicts with google's own runtime in both roles: it reads what was shown as a break, and it writes and reads
thousands of random values where nothing was shown. Reads a job as JSON from standard input; prints what it disagrees with.

It must not know how xlc decides: it has messages, payloads and claims.
"""

import json
import math
import random
import struct
import sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError, EncodeError

SCALARS = {
    FieldDescriptor.TYPE_INT32: 32,
    FieldDescriptor.TYPE_SINT32: 32,
    FieldDescriptor.TYPE_SFIXED32: 32,
    FieldDescriptor.TYPE_INT64: 64,
    FieldDescriptor.TYPE_SINT64: 64,
    FieldDescriptor.TYPE_SFIXED64: 64,
    FieldDescriptor.TYPE_UINT32: -32,
    FieldDescriptor.TYPE_FIXED32: -32,
    FieldDescriptor.TYPE_UINT64: -64,
    FieldDescriptor.TYPE_FIXED64: -64,
}
REFUSALS = (DecodeError, EncodeError, json_format.ParseError, UnicodeDecodeError, TypeError, ValueError)


class Version:
    """One version of a contract, in a pool of its own."""

    def __init__(self, path):
        self.pool = descriptor_pool.DescriptorPool()
        files = descriptor_pb2.FileDescriptorSet()
        with open(path, "rb") as file:
            files.ParseFromString(file.read())
        for file in files.file:
            self.pool.Add(file)
            # Extensions are known to a pool once their file is built.
            self.pool.FindFileByName(file.name)

    def message(self, name):
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))()

    def read(self, form, name, payload):
        message = self.message(name)
        if form == "json":
            json_format.Parse(payload, message, descriptor_pool=self.pool)
        else:
            message.ParseFromString(payload)
        if not message.IsInitialized():
            raise DecodeError("a required field is missing")
        return message

    def read_partial(self, form, name, payload):
        message = self.message(name)
        if form == "json":
            json_format.Parse(payload, message, descriptor_pool=self.pool)
        else:
            try:
                message.MergeFromString(payload)
            except DecodeError:
                if message.IsInitialized():
                    raise
        return message

    def write(self, form, message):
        if form == "json":
            return json_format.MessageToJson(message, descriptor_pool=self.pool)
        return message.SerializePartialToString()


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def meaning(field, value):
    """What one value means, whatever type holds it."""
    if field.message_type is not None:
        return ("message", {f.number: elements(f, value) for f, _ in value.ListFields()}, value.SerializePartialToString())
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return value


def elements(field, message):
    if is_map(field):
        key, value = field.message_type.fields_by_number[1], field.message_type.fields_by_number[2]
        entries = getattr(message, field.name).items()
        return [("message", {1: [meaning(key, k)], 2: [meaning(value, v)]}, None) for k, v in entries]
    if field.is_repeated:
        return [meaning(field, value) for value in getattr(message, field.name)]
    if field.has_presence and not message.HasField(field.name):
        return []
    value = meaning(field, getattr(message, field.name))
    return [] if not field.has_presence and is_zero(value) else [value]


def is_zero(value):
    if isinstance(value, tuple):
        return not value[1]
    return value in (0, b"") and not (isinstance(value, float) and math.copysign(1, value) < 0)


def same(one, other):
    if isinstance(one, tuple) and isinstance(other, tuple):
        numbers = one[1].keys() | other[1].keys()
        return all(alike(one[1].get(n, []), other[1].get(n, []), False) for n in numbers)
    if isinstance(one, tuple):
        return one[2] == other
    if isinstance(other, tuple):
        return other[2] == one
    return one == other and isinstance(one, (bytes, str)) == isinstance(other, (bytes, str))


def alike(one, other, unordered):
    """Whether two lists of meanings are the same; a zero that is not there counts as there."""
    if unordered:
        return len(one) == len(other) and all(any(same(a, b) for b in other) for a in one)
    if len(one) != len(other):
        return len(one) + len(other) == 1 and is_zero((one + other)[0])
    return all(same(a, b) for a, b in zip(one, other))


def scalar(field, chance):
    kind = field.type
    if kind in SCALARS:
        bits = abs(SCALARS[kind])
        value = chance.getrandbits(chance.randint(1, bits))
        if SCALARS[kind] < 0:
            return value
        value &= (1 << (bits - 1)) - 1
        return chance.choice([value, -value - 1])
    if kind == FieldDescriptor.TYPE_BOOL:
        return chance.random() < 0.5
    if kind == FieldDescriptor.TYPE_FLOAT:
        return struct.unpack("<f", struct.pack("<I", chance.getrandbits(32)))[0]
    if kind == FieldDescriptor.TYPE_DOUBLE:
        return struct.unpack("<d", struct.pack("<Q", chance.getrandbits(64)))[0]
    if kind == FieldDescriptor.TYPE_STRING:
        return "".join(chr(chance.choice([65, 48, 233, 0x4E2D, 0x1F600])) for _ in range(chance.randint(0, 6)))
    if kind == FieldDescriptor.TYPE_BYTES:
        return chance.randbytes(chance.randint(0, 6))
    known = [value.number for value in field.enum_type.values]
    return chance.choice(known if field.enum_type.is_closed else [*known, 7, -3])


def fill(message, field, chance):
    """Sets a field to something, or leaves it as it is."""
    if chance.random() < 0.1 and field.number == 1 and not field.is_required:
        return
    if is_map(field):
        key, value = field.message_type.fields_by_number[1], field.message_type.fields_by_number[2]
        for _ in range(chance.randint(0, 3)):
            if value.message_type is not None:
                held = getattr(message, field.name)[scalar(key, chance)]
                fill_all(held, chance)
            else:
                getattr(message, field.name)[scalar(key, chance)] = scalar(value, chance)
    elif field.is_repeated and field.message_type is not None:
        keys = set()
        for _ in range(chance.randint(0, 3)):
            held = getattr(message, field.name).add()
            fill_all(held, chance)
            # A map has each key once.
            first = getattr(held, held.DESCRIPTOR.fields[0].name)
            if first in keys:
                getattr(message, field.name).pop()
            keys.add(first)
    elif field.is_repeated:
        getattr(message, field.name).extend(scalar(field, chance) for _ in range(chance.randint(0, 3)))
    elif field.message_type is not None:
        getattr(message, field.name).SetInParent()
        fill_all(getattr(message, field.name), chance)
    else:
        setattr(message, field.name, scalar(field, chance))


def fill_all(message, chance):
    for field in message.DESCRIPTOR.fields:
        fill(message, field, chance)


def safe(version, cell, samples, chance):
    """Random values that must arrive; the first that does not, in words."""
    form = cell["format"]
    for _ in range(samples):
        written = version.message(cell["from"])
        field = written.DESCRIPTOR.fields_by_number[1]
        fill(written, field, chance)
        if any(isinstance(v, float) and math.isnan(v) for v in [getattr(written, field.name)] if not field.is_repeated):
            continue
        payload = version.write(form, written)
        try:
            read = version.read(form, cell["to"], payload)
        except REFUSALS as error:
            return f"{payload!r} is refused: {error}"
        other = read.DESCRIPTOR.fields_by_number[1]
        meant, seen = elements(field, written), elements(other, read)
        if not alike(meant, seen, is_map(field) or is_map(other)):
            return f"{payload!r} meant {meant} and is {seen}"
    return None


def view(message, field):
    """A field by what people call its value, so that two versions can be compared."""
    def shown(value):
        if field.enum_type is not None:
            named = field.enum_type.values_by_number.get(value)
            return named.name if named else value
        return meaning(field, value)

    if is_map(field):
        return sorted(map(repr, elements(field, message)))
    if field.is_extension:
        return meaning(field, message.Extensions[field])
    value = getattr(message, field.name)
    return [shown(item) for item in value] if field.is_repeated else shown(value)


def fields(message):
    return {**{f.name: f for f in message.DESCRIPTOR.fields}, **{f.full_name: f for f, _ in message.ListFields() if f.is_extension}}


def broken(writer, reader, claim):
    """What is wrong with a claim that a payload breaks, in words."""
    form = claim["format"]
    payload = claim["payload"] if form == "json" else bytes.fromhex(claim["payload"])
    written = writer.read_partial(form, claim["from"], payload)
    try:
        read = reader.read(form, claim["to"], payload)
    except REFUSALS:
        return None if claim["severity"] == "error" else "it is refused"
    if claim["severity"] == "error":
        return "it is not refused"
    if claim["severity"] == "presence":
        return None
    known = fields(read)
    given = {(f.full_name if f.is_extension else f.name): f for f, _ in written.ListFields()} or fields(written)
    kept = all(name in known and view(written, f) == view(read, known[name]) for name, f in given.items())
    return "nothing differs" if kept else None


def main():
    job = json.load(sys.stdin)
    wrong = []
    checked = {"broken": 0, "safe": 0}
    for pair in job["pairs"]:
        old = Version(pair["old"])
        new = old if pair["new"] == pair["old"] else Version(pair["new"])
        for claim in pair["broken"]:
            backward = claim["direction"] == "backward"
            problem = broken(old if backward else new, new if backward else old, claim)
            checked["broken"] += 1
            if problem:
                wrong.append(f"{pair['name']}: {claim}: {problem}")
        for cell in pair["safe"]:
            chance = random.Random(f"{cell}")
            problem = safe(old, cell, job["samples"], chance)
            checked["safe"] += 1
            if problem:
                wrong.append(f"{pair['name']}: {cell}: {problem}")
    json.dump({"wrong": wrong, **checked}, sys.stdout)


main()
