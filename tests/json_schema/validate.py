"""Validates documents by PyPI's jsonschema and prints those that it judges wrongly.

Standard input is {"schemas": {NAME: SCHEMA}, "accepted": [[NAME, DOCUMENT]], "refused": [[NAME, DOCUMENT]]}.
"""

from __future__ import annotations

import json
import sys

from jsonschema import Draft202012Validator


def main() -> None:
    task = json.load(sys.stdin)
    validators = {name: Draft202012Validator(schema) for name, schema in task["schemas"].items()}
    for schema in task["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for expected in ("accepted", "refused"):
        for name, document in task[expected]:
            if validators[name].is_valid(document) != (expected == "accepted"):
                print(f"not {expected}: {name} {json.dumps(document)}")


main()
