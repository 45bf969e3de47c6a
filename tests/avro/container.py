"""Reads an object container file in hexadecimal digits by fastavro, and prints one with the same values by fastavro.

usage: container.py CODEC
"""

from __future__ import annotations

import io
import sys

from fastavro import reader, writer

records = reader(io.BytesIO(bytes.fromhex(sys.stdin.read())))
if records.codec != sys.argv[1]:
    sys.exit(f"the codec is {records.codec}")
out = io.BytesIO()
writer(out, records.writer_schema, records, codec=sys.argv[1])
print(out.getvalue().hex())
