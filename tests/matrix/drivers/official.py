"""Answers the matrix with google.protobuf, as ``driver.py`` describes.

Usage: official.py DESCRIPTOR_SET, which protoc made of the same contracts.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message, message_factory, text_format
from google.protobuf.internal import api_implementation

assert api_implementation.Type() == "upb"

POOL = descriptor_pool.DescriptorPool()
SET = descriptor_pb2.FileDescriptorSet()
SET.ParseFromString(Path(sys.argv[1]).read_bytes())
for proto in SET.file:
    POOL.Add(proto) if hasattr(POOL, "Add") else POOL.AddSerializedFile(proto.SerializeToString())

# What json_format raises; of some input it raises what Python raised below it.
NOT_JSON = (json_format.Error, ValueError, TypeError, KeyError, AttributeError, OverflowError)


def part(letter: bytes, data: bytes) -> bytes:
    return letter + struct.pack("<I", len(data)) + data


def answer(form: int, name: str, data: bytes) -> bytes:
    found: Any = message_factory.GetMessageClass(POOL.FindMessageTypeByName(name))()
    try:
        if form == ord("t"):
            text_format.Parse(data, found, descriptor_pool=POOL)
        elif form != ord("j"):
            found.ParseFromString(data)
            if not found.IsInitialized():
                return part(b"r", b"a required field is missing")
        else:
            json_format.Parse(data, found, descriptor_pool=POOL)
            if not found.IsInitialized():
                return part(b"r", b"a required field is missing")
    except (message.DecodeError, text_format.ParseError, *NOT_JSON) as error:
        return part(b"r", str(error).encode())
    try:
        binary = part(b"b", found.SerializeToString(deterministic=True))
    except (message.EncodeError, ValueError) as error:
        binary = part(b"B", str(error).encode())
    if chr(form) in "ct":
        try:
            text = text_format.MessageToString(found, as_utf8=True, descriptor_pool=POOL)
            return binary + part(b"t", text.encode())
        except (message.DecodeError, ValueError) as error:
            return binary + part(b"T", str(error).encode())
    try:
        return binary + part(b"j", json_format.MessageToJson(found, descriptor_pool=POOL, indent=None).encode())
    except (message.DecodeError, *NOT_JSON) as error:
        return binary + part(b"J", str(error).encode())


def main() -> None:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(4)) == 4:
        request = source.read(struct.unpack("<I", head)[0])
        end = 3 + int.from_bytes(request[1:3], "little")
        data = answer(request[0], request[3:end].decode(), request[end:])
        sink.write(struct.pack("<I", len(data)) + data)
        sink.flush()


main()
