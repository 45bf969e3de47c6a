"""Tells what google.protobuf makes of payloads.

usage: verdict.py DESCRIPTOR_SET < LINES

Every line is `FULL_NAME HEX`. For each a JSON line is printed: the message written again with maps in order, as
hexadecimal digits, or null if it does not parse.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError


def main(descriptor_set: str) -> None:
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(Path(descriptor_set).read_bytes()).file:
        pool.Add(file)
    for line in sys.stdin:
        name, _, payload = line.rstrip("\n").partition(" ")
        message = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))()
        try:
            message.ParseFromString(bytes.fromhex(payload))
        except DecodeError:
            print("null")
        else:
            print(json.dumps(message.SerializePartialToString(deterministic=True).hex()))


main(*sys.argv[1:])
