"""Answers the matrix in generated Python.

Usage: driver.py DIR, where DIR holds the generated package ``gen``. A request on standard input is its length in four
bytes (little-endian, as all lengths here), ``b`` or ``j`` for binary or JSON, the length of the message's name in two
bytes, the name, and the message. An answer is its length in four bytes and then parts: a letter, a length in four
bytes, and so many bytes. ``b`` and ``j`` are the message written in both formats, ``B`` and ``J`` say why it cannot be;
``r`` alone says why it was refused, and ``x`` that something else happened, which is always a bug.
"""

from __future__ import annotations

import struct
import sys

sys.path.insert(0, sys.argv[1])

from gen import TYPES  # noqa: E402
from gen._xlc import DecodeError, EncodeError, JsonError  # noqa: E402


def part(letter: bytes, data: bytes) -> bytes:
    return letter + struct.pack("<I", len(data)) + data


def answer(form: int, name: str, data: bytes) -> bytes:
    cls = TYPES.message(name)
    assert cls is not None, name
    try:
        message = cls.from_bytes(data) if form == ord("b") else cls.from_json(data, types=TYPES)
    except (DecodeError, JsonError) as error:
        return part(b"r", str(error).encode())
    try:
        binary = part(b"b", message.to_bytes(deterministic=True))
    except EncodeError as error:
        binary = part(b"B", str(error).encode())
    try:
        return binary + part(b"j", message.to_json(types=TYPES).encode())
    except (EncodeError, JsonError, DecodeError) as error:
        return binary + part(b"J", str(error).encode())


def main() -> None:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(4)) == 4:
        request = source.read(struct.unpack("<I", head)[0])
        end = 3 + int.from_bytes(request[1:3], "little")
        try:
            data = answer(request[0], request[3:end].decode(), request[end:])
        except Exception as error:  # a bug; the matrix says where it happened
            data = part(b"x", f"{type(error).__name__}: {error}".encode())
        sink.write(struct.pack("<I", len(data)) + data)
        sink.flush()


main()
