"""A testee of the protobuf conformance suite, made of generated code alone.

Usage: conformance_testee.py DIR, where DIR holds the generated package ``gen``.
"""

from __future__ import annotations

import struct
import sys

sys.path.insert(0, sys.argv[1])

from gen import TYPES  # noqa: E402
from gen._xlc import DecodeError, EncodeError, JsonError, TextError  # noqa: E402
from gen.conformance.conformance import (  # noqa: E402
    ConformanceRequest,
    ConformanceResponse,
    FailureSet,
    TestCategory,
    WireFormat,
)


def answer(request: ConformanceRequest) -> ConformanceResponse.Result:
    """What became of one test."""
    if request.message_type == "conformance.FailureSet":
        return ConformanceResponse.ProtobufPayload(FailureSet().to_bytes())
    cls = TYPES.message(request.message_type)
    if cls is None:
        return ConformanceResponse.Skipped(f"no type {request.message_type}")
    ignore = request.test_category == TestCategory.JSON_IGNORE_UNKNOWN_PARSING_TEST
    try:
        match request.payload:
            case ConformanceRequest.ProtobufPayload(data):
                message = cls.from_bytes(data)
            case ConformanceRequest.JsonPayload(text):
                message = cls.from_json(text, types=TYPES, ignore_unknown=ignore)
            case ConformanceRequest.TextPayload(text):
                message = cls.from_text(text, types=TYPES)
            case _:
                return ConformanceResponse.Skipped("only binary, JSON and text")
    except (DecodeError, JsonError, TextError) as error:
        return ConformanceResponse.ParseError(str(error))
    try:
        match request.requested_output_format:
            case WireFormat.PROTOBUF:
                return ConformanceResponse.ProtobufPayload(message.to_bytes())
            case WireFormat.JSON:
                return ConformanceResponse.JsonPayload(message.to_json(types=TYPES))
            case WireFormat.TEXT_FORMAT:
                unknown = request.print_unknown_fields
                return ConformanceResponse.TextPayload(message.to_text(types=TYPES, unknown_fields=unknown))
            case _:
                return ConformanceResponse.Skipped("only binary, JSON and text")
    except (EncodeError, JsonError, DecodeError) as error:
        return ConformanceResponse.SerializeError(str(error))


def main() -> None:
    """Answers tests until there are no more."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(4)) == 4:
        (size,) = struct.unpack("<I", head)
        request = ConformanceRequest.from_bytes(source.read(size))
        try:
            result = answer(request)
        except Exception as error:  # a bug of ours must not stop the suite
            result = ConformanceResponse.RuntimeError(f"{type(error).__name__}: {error}")
        data = ConformanceResponse(result=result).to_bytes()
        sink.write(struct.pack("<I", len(data)) + data)
        sink.flush()


main()
