"""Parses Avro schemas by fastavro.

Reads JSON lines {"name": TEXT, "schema": SCHEMA} and prints for each {"canonical": TEXT, "fingerprint": HEX}, which has
the lowest byte first. Ends with an error at the first schema that is none.
"""

from __future__ import annotations

import json
import sys

from fastavro.schema import fingerprint, parse_schema, to_parsing_canonical_form

for line in sys.stdin:
    item = json.loads(line)
    try:
        schema = parse_schema(item["schema"], _force=True)
    except Exception as error:
        sys.exit(f"{item['name']}: {error}")
    canonical = to_parsing_canonical_form(schema)
    print(json.dumps({"canonical": canonical, "fingerprint": fingerprint(canonical, "CRC-64-AVRO")}))
