"""Reads Avro data of one schema as data of another by fastavro.

Every line of the input is {"datum": HEX}; the first one of each pair of schemas also has "writer" and "reader". Every
line of the output is the datum as the reader's schema has it, in hexadecimal digits, or `unreadable: ` and why.
"""

from __future__ import annotations

import io
import json
import sys

from fastavro import parse_schema, schemaless_reader, schemaless_writer

writer = reader = None
for text in sys.stdin:
    line = json.loads(text)
    if "writer" in line:
        writer, reader = parse_schema(line["writer"]), parse_schema(line["reader"])
    try:
        value = schemaless_reader(io.BytesIO(bytes.fromhex(line["datum"])), writer, reader)
    except Exception as error:
        print(f"unreadable: {type(error).__name__}")
        continue
    out = io.BytesIO()
    schemaless_writer(out, reader, value)
    print(out.getvalue().hex())
