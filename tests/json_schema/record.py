"""A conformance testee that records what the runner asks, and answers in one of three ways.

usage: record.py MODE LOG DESCRIPTOR_SET

MODE is `real` (google.protobuf answers), `runtime_error` or `parse_error` (that is the answer to all JSON input).
Every request is a JSON line in LOG:
{"message": FULL_NAME, "json": TEXT or null, "lenient": BOOL, "output": TEXT or null}
`json` is the input if it is JSON, `lenient` says that unknown fields are to be ignored, `output` is the JSON printed.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import DecodeError

MODE, LOG, DESCRIPTOR_SET = sys.argv[1:]
PROTOBUF, JSON = 1, 2  # conformance.WireFormat
IGNORE_UNKNOWN = 3  # conformance.TestCategory.JSON_IGNORE_UNKNOWN_PARSING_TEST


def load_pool() -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    files = descriptor_pb2.FileDescriptorSet.FromString(Path(DESCRIPTOR_SET).read_bytes())
    for file in files.file:
        pool.Add(file)
    return pool


POOL = load_pool()


def message_class(name: str) -> Any:
    return message_factory.GetMessageClass(POOL.FindMessageTypeByName(name))


def answer(request: Any, response: Any) -> None:
    """Parses and prints by google.protobuf."""
    message = message_class(request.message_type)()
    lenient = request.test_category == IGNORE_UNKNOWN
    try:
        if request.WhichOneof("payload") == "json_payload":
            json_format.Parse(request.json_payload, message, lenient, POOL)
        else:
            message.ParseFromString(request.protobuf_payload)
    except (json_format.ParseError, DecodeError) as error:
        response.parse_error = str(error)
        return
    try:
        if request.requested_output_format == JSON:
            response.json_payload = json_format.MessageToJson(message, indent=None, descriptor_pool=POOL)
        else:
            response.protobuf_payload = message.SerializeToString()
    except (json_format.Error, ValueError) as error:
        response.serialize_error = str(error)


def respond(request: Any) -> Any:
    response = message_class("conformance.ConformanceResponse")()
    payload = request.WhichOneof("payload")
    if payload not in ("json_payload", "protobuf_payload") or request.requested_output_format not in (PROTOBUF, JSON):
        response.skipped = "neither JSON nor binary"
    elif MODE == "real" or payload != "json_payload":
        answer(request, response)
    else:
        setattr(response, MODE, MODE)
    return response


def read(stream: BinaryIO) -> bytes | None:
    head = stream.read(4)
    return stream.read(struct.unpack("<I", head)[0]) if head else None


def main() -> None:
    request_class = message_class("conformance.ConformanceRequest")
    with Path(LOG).open("w", encoding="utf-8") as log:
        while (body := read(sys.stdin.buffer)) is not None:
            request = request_class.FromString(body)
            response = respond(request)
            if not response.HasField("skipped"):
                is_json = request.WhichOneof("payload") == "json_payload"
                entry = {
                    "message": request.message_type,
                    "json": request.json_payload if is_json else None,
                    "lenient": request.test_category == IGNORE_UNKNOWN,
                    "output": response.json_payload if response.HasField("json_payload") else None,
                }
                log.write(json.dumps(entry) + "\n")
            data = response.SerializeToString()
            sys.stdout.buffer.write(struct.pack("<I", len(data)) + data)
            sys.stdout.buffer.flush()


main()
