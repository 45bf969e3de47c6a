"""Reads messages from the wire by generated Python and prints them as ProtoJSON.

usage: print_generated.py DIRECTORY PACKAGE < LINES

Standard input has lines {"message": FULL_NAME, "wire": HEX}, the output {"message": FULL_NAME, "document": TEXT}. The
generated PACKAGE lies in DIRECTORY. protobuf's own descriptor messages are left out: nothing is generated for them.
"""

from __future__ import annotations

import importlib
import json
import sys


def main(directory: str, package: str) -> None:
    sys.path.insert(0, directory)
    types = importlib.import_module(package).TYPES
    for line in sys.stdin:
        task = json.loads(line)
        message_class = types.message(task["message"])
        if message_class is None and task["message"].startswith("google.protobuf."):
            continue
        message = message_class.from_bytes(bytes.fromhex(task["wire"]))
        print(json.dumps({"message": task["message"], "document": message.to_json(types=types)}))


main(*sys.argv[1:])
