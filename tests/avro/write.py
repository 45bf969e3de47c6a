"""Writes messages as Avro data by fastavro, as the table of the book says, and prints them.

usage: write.py DESCRIPTOR_SET OPTIONS

OPTIONS are those of the target as a JSON object. Every line of the input is {"message": FULL_NAME, "wire": HEX}; the
first one of each message also has its "schema". Every line of the output is the data in hexadecimal digits; it was read
again by fastavro and was the same.
"""

from __future__ import annotations

import io
import json
import math
import struct
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import FieldDescriptor as F
from google.protobuf.message import Message

SCALARS = ["Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes"]
WRAPPERS = {f"google.protobuf.{scalar}Value" for scalar in SCALARS}
JSON = {f"google.protobuf.{kind}" for kind in ("Struct", "Value", "ListValue")}
UNITS = {"micros": 10**6, "millis": 10**3, "nanos": 10**9}


class Mapper:
    def __init__(self, options: dict[str, Any]) -> None:
        self.optional: set[str] = set()
        self.uint64 = options.get("uint64", "decimal")
        self.timestamp = options.get("timestamp", "micros")
        self.enums = options.get("enums", "enum")
        self.union = options.get("oneofs") == "union"
        self.text_keys = options.get("maps") == "text"
        self.nullable = options.get("presence") == "nullable"

    def learn(self, message: descriptor_pb2.DescriptorProto, scope: str) -> None:
        """Notes which fields are `optional` of proto3: their oneofs are not written by anyone."""
        name = f"{scope}.{message.name}".lstrip(".")
        self.optional |= {f"{name}.{field.name}" for field in message.field if field.proto3_optional}
        for nested in message.nested_type:
            self.learn(nested, name)

    def message(self, message: Message) -> Any:
        name = message.DESCRIPTOR.full_name
        if name == "google.protobuf.Timestamp" and self.timestamp != "record":
            units = UNITS[self.timestamp]
            return message.seconds * units + message.nanos * units // 10**9
        if name in WRAPPERS:
            return self.value(message.DESCRIPTOR.fields_by_name["value"], message.value)
        if name in JSON:
            return json_format.MessageToJson(message, indent=None, ensure_ascii=False)
        if name == "google.protobuf.FieldMask":
            return list(message.paths)
        record: dict[str, Any] = {}
        for field in message.DESCRIPTOR.fields:
            oneof = field.containing_oneof
            if self.union and oneof is not None and field.full_name not in self.optional:
                record.setdefault(oneof.name, None)
                if message.HasField(field.name):
                    scope = message.DESCRIPTOR.full_name
                    if not message.DESCRIPTOR.file.package:
                        scope = f"none.{scope}"
                    value = {"value": self.value(field, getattr(message, field.name))}
                    record[oneof.name] = (f"{scope}.{oneof.name}.{self.legal(field.name)}", value)
            else:
                record[field.name] = self.field(message, field)
        return record

    @staticmethod
    def legal(name: str) -> str:
        primitive = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}
        return f"{name}_" if name in primitive else name

    def field(self, message: Message, field: F) -> Any:
        value = getattr(message, field.name)
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            return self.map(field, value)
        if field.is_repeated:
            return [self.value(field, item) for item in value]
        if field.has_presence:
            return self.value(field, value) if message.HasField(field.name) else None
        if self.nullable and not value and not (isinstance(value, float) and math.copysign(1, value) < 0):
            return None
        return self.value(field, value)

    def map(self, field: F, entries: Any) -> Any:
        key, value = (field.message_type.fields_by_name[name] for name in ("key", "value"))
        order = sorted(entries, key=lambda k: k.encode() if isinstance(k, str) else k)
        pairs = [(k, self.value(value, entries[k])) for k in order]
        if key.type == F.TYPE_STRING:
            return dict(pairs)
        if self.text_keys:
            return {str(k).lower(): v for k, v in pairs}
        return [{"key": self.value(key, k), "value": v} for k, v in pairs]

    def value(self, field: F, value: Any) -> Any:
        if field.message_type is not None:
            return self.message(value)
        if field.enum_type is not None:
            # The first name of a number: google's table holds the last one.
            first = next((item.name for item in field.enum_type.values if item.number == value), None)
            if self.enums == "int":
                return value
            if self.enums == "string":
                return first or str(value)
            return first or next(i.name for i in field.enum_type.values if i.number == field.enum_type.values[0].number)
        if field.type in (F.TYPE_UINT64, F.TYPE_FIXED64):
            forms = {
                "decimal": lambda: Decimal(value),
                "long": lambda: value - 2**64 if value >= 2**63 else value,
                "fixed": lambda: value.to_bytes(8, "big"),
                "string": lambda: str(value),
            }
            return forms[self.uint64]()
        return value


def difference(one: Any, other: Any) -> str:
    """How what was read differs from what was written; empty if it does not. A tuple of a union reads as its value."""
    if isinstance(one, tuple):
        one = one[1]
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return next((found for key in one if (found := difference(one[key], other[key]))), "")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return next((found for pair in zip(one, other, strict=True) if (found := difference(*pair))), "")
    # A float is what 32 bits hold of Python's number.
    bits = ("<d", "<f")
    if isinstance(one, float) and any(struct.pack(width, one) == struct.pack(width, other) for width in bits):
        return ""
    return "" if one == other else f"{one!r} was read as {other!r}"


def plain(schema: Any) -> Any:
    """The schema without the logical types of time: Python's own end at the year 9999 and begin at 1."""
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if isinstance(schema, dict):
        without = {key: plain(value) for key, value in schema.items() if key != "default"}
        if str(schema.get("logicalType", "")).startswith("timestamp"):
            del without["logicalType"]
        return without
    return schema


def main(path: str, options: str) -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(Path(path).read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    mapper = Mapper(json.loads(options))
    for file in files.file:
        for declared in file.message_type:
            mapper.learn(declared, file.package)
    schemas: dict[str, Any] = {}
    for text in sys.stdin:
        line = json.loads(text)
        name = line["message"]
        if "schema" in line:
            schemas[name] = parse_schema(plain(line["schema"]))
        cls = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
        message = cls.FromString(bytes.fromhex(line["wire"]))
        value = mapper.message(message)
        out = io.BytesIO()
        schemaless_writer(out, schemas[name], value)
        read = schemaless_reader(io.BytesIO(out.getvalue()), schemas[name], None)
        if found := difference(value, read):
            sys.exit(f"{name}: {found}")
        print(out.getvalue().hex())


main(*sys.argv[1:])
