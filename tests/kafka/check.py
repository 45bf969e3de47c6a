"""Checks the generated helpers for Kafka against the vectors: check.py DIRECTORY VECTORS."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])

from generated._xlc import kafka  # noqa: E402
from generated._xlc.errors import DecodeError  # noqa: E402
from generated.radiology.study.v1 import Study  # noqa: E402


def data(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))


count = 0
for line in Path(sys.argv[2]).read_text().splitlines():
    if line.startswith("#"):
        continue
    kind, number, indexes, payload, value = line.split(" ")
    expected = tuple(int(index) for index in indexes.split(",") if index != "-")
    if kind == "frame":
        assert kafka.frame(int(number), expected, data(payload)) == data(value), line
    if kind in ("frame", "unframe"):
        assert kafka.unframe(data(value)) == (int(number), expected, data(payload)), line
    if kind == "schema":
        assert kafka.frame_schema(int(number), data(payload)) == data(value), line
        assert kafka.unframe_schema(data(value)) == (int(number), data(payload)), line
    if kind == "single":
        fingerprint = int.from_bytes(data(number), "little")
        assert kafka.single_object(fingerprint, data(payload)) == data(value), line
        assert kafka.split_single_object(data(value)) == (fingerprint, data(payload)), line
    if kind == "bad":
        try:
            kafka.unframe(data(value))
        except DecodeError:
            pass
        else:
            raise AssertionError(line)
    count += 1

study = Study(id="s-1")
value = kafka.frame(9, kafka.MESSAGE_INDEXES["radiology.study.v1.Study"], study.to_bytes())
assert Study.from_bytes(kafka.unframe(value).payload) == study
print(count)
