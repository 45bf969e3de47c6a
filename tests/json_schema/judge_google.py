"""Says which JSON documents google.protobuf reads, one line each: `y` or `n`.

usage: judge_google.py DESCRIPTOR_SET < LINES, each of them {"message": FULL_NAME, "text": TEXT}
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory


def main(path: str) -> None:
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(Path(path).read_bytes()).file:
        pool.Add(file)
    for line in sys.stdin:
        task = json.loads(line)
        target = message_factory.GetMessageClass(pool.FindMessageTypeByName(task["message"]))()
        try:
            json_format.Parse(task["text"], target, descriptor_pool=pool)
        except json_format.ParseError:
            print("n")
        else:
            print("y")


main(*sys.argv[1:])
