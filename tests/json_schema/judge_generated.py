"""Says which JSON documents generated Python reads, one line each: `y` or `n`.

usage: judge_generated.py DIRECTORY PACKAGE < LINES, each of them {"message": FULL_NAME, "text": TEXT}
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
        try:
            types.message(task["message"]).from_json(task["text"], types=types)
        except ValueError:
            print("n")
        else:
            print("y")


main(*sys.argv[1:])
