"""Holds what generated Dart writes in the text format against google.protobuf, and writes the same messages as that does.

Each line of the input has the name of a type, and in base64 the message in binary, a text that somebody wrote, and the text
that Dart wrote of it. Must not know how either was made.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format


def main(descriptors: str, source: str, target: str) -> None:
    """Checks all lines, and writes lines with the type, the binary and google's text."""
    files = descriptor_pb2.FileDescriptorSet.FromString(Path(descriptors).read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    message_factory.GetMessageClassesForFiles([file.name for file in files.file], pool)
    lines = []
    for line in Path(source).read_text(encoding="ascii").splitlines():
        name, data, *texts = line.split(" ")
        make = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
        wanted = make.FromString(base64.b64decode(data))
        for encoded in texts:
            text = base64.b64decode(encoded).decode()
            found = text_format.Parse(text, make(), descriptor_pool=pool)
            if found.SerializeToString(deterministic=True) != wanted.SerializeToString(deterministic=True):
                raise SystemExit(f"{name}: google.protobuf reads something else of\n{text}")
        written = text_format.MessageToString(wanted, descriptor_pool=pool).encode()
        lines.append(f"{name} {data} {base64.b64encode(written).decode()}\n")
    Path(target).write_text("".join(lines), encoding="ascii")
    print(f"compared {len(lines)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
