"""Answers the matrix in generated Python.

Usage: driver.py DIR, where DIR holds the generated package ``gen``. A request on standard input is its length in four
bytes (little-endian, as all lengths here), a letter, the length of the message's name in two bytes, the name, and the
message. ``b`` is for a binary message, ``j`` for JSON and ``t`` for the text format; ``c`` is binary, with text wanted.
An answer is its length in four bytes and then parts: a letter, a length in four bytes, and so many bytes. ``b`` and
``j``, or ``t`` if text came or is wanted, are the message written in both formats, capital letters say why it cannot be;
``r`` alone says why it was refused, and ``x`` that something else happened, which is always a bug.
"""

from __future__ import annotations

import struct
import sys

sys.path.insert(0, sys.argv[1])

from gen import TYPES  # noqa: E402
from gen._xlc import DecodeError, EncodeError, JsonError, TextError  # noqa: E402


def part(letter: bytes, data: bytes) -> bytes:
    return letter + struct.pack("<I", len(data)) + data


def answer(form: int, name: str, data: bytes) -> bytes:
    cls = TYPES.message(name)
    assert cls is not None, name
    try:
        if form == ord("t"):
            message = cls.from_text(data, types=TYPES)
        else:
            message = cls.from_json(data, types=TYPES) if form == ord("j") else cls.from_bytes(data)
    except (DecodeError, JsonError, TextError) as error:
        return part(b"r", str(error).encode())
    try:
        binary = part(b"b", message.to_bytes(deterministic=True))
    except EncodeError as error:
        binary = part(b"B", str(error).encode())
    if chr(form) in "ct":
        try:
            return binary + part(b"t", message.to_text(types=TYPES).encode())
        except EncodeError as error:
            return binary + part(b"T", str(error).encode())
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
