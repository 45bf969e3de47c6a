"""Says by fastavro what a reader of another schema sees of Avro data, field by field.

Every line of the input is {"datum": HEX}; the first one of each pair of schemas also has "writer", "reader" and "names",
what fields and symbols of the writer are called by the reader if not the same. Every line of the output is `same`,
`differs` or `unreadable`. A field that the reader does not have is passed over.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from fastavro import parse_schema, schemaless_reader


class Judge:
    """Compares data of one pair of schemas."""

    def __init__(self, writer: Any, reader: Any, names: dict[str, str]) -> None:
        self.types: dict[str, Any] = {}
        self._learn(writer, "")
        self.root = writer
        self.names = names
        self.writer, self.reader = parse_schema(writer), parse_schema(reader)

    def _learn(self, schema: Any, namespace: str) -> None:
        """Remembers the types with names, by their full names and by their last parts."""
        if isinstance(schema, list):
            for branch in schema:
                self._learn(branch, namespace)
        elif isinstance(schema, dict):
            namespace = schema.get("namespace", namespace)
            if "name" in schema:
                self.types[schema["name"]] = self.types[f"{namespace}.{schema['name']}"] = schema
            for field in schema.get("fields", []):
                self._learn(field["type"], namespace)
            for key in ("items", "values"):
                self._learn(schema.get(key), namespace)

    def verdict(self, datum: bytes) -> str:
        written = schemaless_reader(io.BytesIO(datum), self.writer)
        try:
            read = schemaless_reader(io.BytesIO(datum), self.writer, self.reader)
        except Exception:  # noqa: BLE001 - fastavro has no exception of its own for this.
            return "unreadable"
        return "same" if self._alike(self.root, written, read) else "differs"

    def _alike(self, schema: Any, written: Any, read: Any) -> bool:
        if isinstance(schema, list):
            (other,) = [branch for branch in schema if branch != "null"]
            return read is None if written is None else self._alike(other, written, read)
        if isinstance(schema, str) and schema in self.types:
            schema = self.types[schema]
        kind = schema["type"] if isinstance(schema, dict) else schema
        if isinstance(kind, (dict, list)):
            return self._alike(kind, written, read)
        if kind == "record":
            fields = [(field, self.names.get(field["name"], field["name"])) for field in schema["fields"]]
            return isinstance(read, dict) and all(
                self._alike(field["type"], written[field["name"]], read[name])
                for field, name in fields
                if name in read
            )
        if kind == "array":
            return len(written) == len(read) and all(
                self._alike(schema["items"], *pair) for pair in zip(written, read, strict=True)
            )
        if kind == "map":
            return written.keys() == read.keys() and all(
                self._alike(schema["values"], written[key], read[key]) for key in written
            )
        if kind == "enum":
            return bool(self.names.get(written, written) == read)
        if kind in ("string", "bytes"):
            one, other = (value.encode() if isinstance(value, str) else value for value in (written, read))
            return bool(one == other)
        return written == read or (written != written and read != read)


judge: Judge | None = None
for text in sys.stdin:
    line = json.loads(text)
    if "writer" in line:
        judge = Judge(line["writer"], line["reader"], line["names"])
    assert judge is not None
    print(judge.verdict(bytes.fromhex(line["datum"])))
