"""Framing of messages on Kafka: Confluent's, with the id of a schema, and Avro's single-object encoding.

``frame(7, MESSAGE_INDEXES["shop.v1.Order"], order.to_bytes())`` is a value that Confluent's deserializers read;
``unframe`` takes it apart. Nothing here talks to a schema registry.
"""

from __future__ import annotations

from typing import NamedTuple

from .errors import DecodeError
from .kafka_indexes import MESSAGE_INDEXES

__all__ = [
    "AVRO_SINGLE_OBJECT",
    "MAGIC",
    "MESSAGE_INDEXES",
    "Frame",
    "frame",
    "frame_schema",
    "single_object",
    "split_single_object",
    "unframe",
    "unframe_schema",
]

#: The first byte of a framed value.
MAGIC = b"\x00"
#: The first two bytes of Avro's single-object encoding.
AVRO_SINGLE_OBJECT = b"\xc3\x01"


class Frame(NamedTuple):
    """A value taken apart."""

    schema_id: int
    indexes: tuple[int, ...]
    payload: bytes


def frame(schema_id: int, indexes: tuple[int, ...], payload: bytes) -> bytes:
    """A Protobuf payload with its schema's id and the place of its message in the schema before it."""
    if indexes == (0,):
        # The first message of a file, which most are, takes one byte.
        return frame_schema(schema_id, b"\x00" + payload)
    head = b"".join(map(_zigzag, (len(indexes), *indexes)))
    return frame_schema(schema_id, head + payload)


def frame_schema(schema_id: int, payload: bytes) -> bytes:
    """An Avro or JSON payload with its schema's id before it: these have no indexes."""
    return MAGIC + schema_id.to_bytes(4, "big") + payload


def unframe(value: bytes) -> Frame:
    """Takes a framed Protobuf value apart.

    Raises:
        DecodeError: if it is none.
    """
    schema_id, rest = unframe_schema(value)
    count, at = _unzigzag(rest, 0)
    indexes = []
    for _ in range(count):
        index, at = _unzigzag(rest, at)
        indexes.append(index)
    return Frame(schema_id, tuple(indexes) or (0,), rest[at:])


def unframe_schema(value: bytes) -> tuple[int, bytes]:
    """Takes a framed Avro or JSON value apart: the schema's id and the payload.

    Raises:
        DecodeError: if it is none.
    """
    if len(value) < 5 or value[:1] != MAGIC:
        raise DecodeError("not framed: no magic byte 0 with a schema id after it", 0)
    return int.from_bytes(value[1:5], "big"), bytes(value[5:])


def single_object(fingerprint: int, datum: bytes) -> bytes:
    """An Avro datum with the CRC-64-AVRO fingerprint of its schema before it."""
    return (
        AVRO_SINGLE_OBJECT
        + (fingerprint & 0xFFFF_FFFF_FFFF_FFFF).to_bytes(8, "little")
        + datum
    )


def split_single_object(value: bytes) -> tuple[int, bytes]:
    """Takes a single-object encoding apart: the fingerprint of the schema, unsigned, and the datum.

    Raises:
        DecodeError: if it is none.
    """
    if len(value) < 10 or value[:2] != AVRO_SINGLE_OBJECT:
        raise DecodeError(
            "no single-object encoding: it does not begin with c3 01 and a fingerprint",
            0,
        )
    return int.from_bytes(value[2:10], "little"), bytes(value[10:])


def _zigzag(number: int) -> bytes:
    rest = (number << 1) ^ (number >> 63)
    encoded = bytearray()
    while rest > 127:
        encoded.append(rest & 127 | 128)
        rest >>= 7
    encoded.append(rest)
    return bytes(encoded)


def _unzigzag(value: bytes, at: int) -> tuple[int, int]:
    """A number that is no more than a message can have of fields, and the place after it."""
    rest = 0
    for shift in range(0, 35, 7):
        if at >= len(value):
            break
        byte = value[at]
        at += 1
        rest |= (byte & 127) << shift
        if byte < 128:
            number = (rest >> 1) ^ -(rest & 1)
            if 0 <= number < 1 << 31:
                return number, at
            break
    raise DecodeError("not framed: no message indexes after the schema id", 5 + at)
