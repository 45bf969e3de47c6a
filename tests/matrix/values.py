"""When two messages, or two texts of JSON, mean the same; and where they first differ."""

from __future__ import annotations

import json
import math
import struct
from os.path import commonprefix
from typing import Any

from google.protobuf import message as protobuf_message
from google.protobuf import unknown_fields
from google.protobuf.descriptor import FieldDescriptor

from contract import Contract, F, entry, is_map


class Values:
    """Compares messages of a contract field by field, with google.protobuf for a reader."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.with_unknown = True

    def difference(self, name: str, ours: bytes, theirs: bytes, *, unknown: bool = True) -> str | None:
        """Where two encodings of a message first differ in meaning; ``None`` if nowhere."""
        if ours == theirs:
            return None
        self.with_unknown = unknown
        try:
            a, b = self.contract.read(name, ours), self.contract.read(name, theirs)
        except protobuf_message.DecodeError as error:
            return f"{name}: google.protobuf refuses it: {error}"
        if not unknown:
            a.DiscardUnknownFields()
            b.DiscardUnknownFields()
        if a.SerializePartialToString(deterministic=True) == b.SerializePartialToString(deterministic=True):
            return None
        return self.messages(a, b, name)

    def messages(self, a: Any, b: Any, path: str) -> str | None:
        if a.DESCRIPTOR.full_name == "google.protobuf.Any" and a.type_url == b.type_url and a.value != b.value:
            try:
                return self.difference(a.TypeName(), a.value, b.value, unknown=self.with_unknown)
            except KeyError:
                return f"{path}.value: {a.value.hex()} and {b.value.hex()}"
        set_in_a, set_in_b = ({field.number: (field, value) for field, value in it.ListFields()} for it in (a, b))
        for number in sorted(set_in_a.keys() | set_in_b.keys()):
            if number not in set_in_a or number not in set_in_b:
                field, value = set_in_a.get(number) or set_in_b[number]
                only = "ours" if number in set_in_a else "theirs"
                return f"{path}.{field.name}: only {only} has it: {value!r}"
            field, value = set_in_a[number]
            found = self.fields(field, value, set_in_b[number][1], f"{path}.{field.name}")
            if found:
                return found
        return self.unknown(unknown_fields.UnknownFieldSet(a), unknown_fields.UnknownFieldSet(b), path)

    def fields(self, field: FieldDescriptor, a: Any, b: Any, path: str) -> str | None:
        if is_map(field):
            _, value = entry(field)
            if set(a) != set(b):
                return f"{path}: the keys differ: {sorted(set(a) ^ set(b))!r}"
            pairs = [(f"{path}[{key!r}]", a[key], b[key]) for key in sorted(a)]
            field = value
        elif field.is_repeated:
            if len(a) != len(b):
                return f"{path}: {len(a)} elements and {len(b)}"
            pairs = [(f"{path}[{index}]", one, other) for index, (one, other) in enumerate(zip(a, b, strict=True))]
        else:
            pairs = [(path, a, b)]
        for at, one, other in pairs:
            found = self.values(field, one, other, at)
            if found:
                return found
        return None

    def values(self, field: FieldDescriptor, a: Any, b: Any, path: str) -> str | None:
        if field.message_type is not None:
            return self.messages(a, b, path)
        if field.type in (F.TYPE_DOUBLE, F.TYPE_FLOAT):
            return None if same_number(a, b) else f"{path}: {a!r} and {b!r}"
        return None if a == b else f"{path}: {a!r} and {b!r}"

    def unknown(self, a: Any, b: Any, path: str) -> str | None:
        """Unknown fields of different numbers may change places; those of one number may not."""
        one, other = (sorted(records(it), key=lambda record: record[0]) for it in (a, b))
        return None if one == other else f"{path}: the unknown fields differ: {one!r} and {other!r}"


def records(found: Any) -> list[tuple[int, int, Any]]:
    """Unknown fields as values that can be compared."""
    return [(it.field_number, it.wire_type, records(it.data) if it.wire_type == 3 else it.data) for it in found]


def same_number(a: float, b: float) -> bool:
    """Whether two numbers are the same, the sign of zero included; every NaN is the same."""
    return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))


def same_float(a: float, b: float) -> bool:
    """Whether two numbers are one as a float."""
    try:
        return struct.pack("<f", a) == struct.pack("<f", b)
    except OverflowError:
        return False


class Twice(list[Any]):
    """The members of an object in which a name stands twice."""


def parsed(text: bytes) -> Any:
    """A text of JSON as a value; numbers are what a double makes of them."""

    def members(pairs: list[tuple[str, Any]]) -> Any:
        found = dict(pairs)
        return found if len(found) == len(pairs) else Twice(sorted(pairs, key=repr))

    def refused(name: str) -> Any:
        raise ValueError(f"{name} is not JSON")

    return json.loads(text, object_pairs_hook=members, parse_int=float, parse_constant=refused)


def json_difference(a: Any, b: Any, path: str = "$") -> str | None:
    """Where two values of JSON first differ; ``None`` if nowhere."""
    if type(a) is not type(b):
        return f"{path}: {a!r} and {b!r}"
    if isinstance(a, dict):
        if a.keys() != b.keys():
            return f"{path}: the names differ: {sorted(a.keys() ^ b.keys())!r}"
        pairs = [(f"{path}.{key}", a[key], b[key]) for key in a]
    elif isinstance(a, list):
        if len(a) != len(b):
            return f"{path}: {len(a)} elements and {len(b)}"
        pairs = [(f"{path}[{index}]", one, other) for index, (one, other) in enumerate(zip(a, b, strict=True))]
    elif isinstance(a, float):
        # A float may have more digits than it takes to tell it from all others.
        return None if same_number(a, b) or same_float(a, b) else f"{path}: {a!r} and {b!r}"
    else:
        return None if a == b else f"{path}: {a!r} and {b!r}"
    for at, one, other in pairs:
        found = json_difference(one, other, at)
        if found:
            return found
    return None


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}… and {len(text) - length} more"


def both(ours: bytes | None, theirs: bytes | None, *, is_text: bool) -> str:
    """Two outputs, one below the other, from a little before the place where they part."""
    texts = [("nothing" if it is None else it.decode() if is_text else it.hex(" ")) for it in (ours, theirs)]
    same = len(commonprefix(texts))
    head = max(same - 90, 0)
    return "\n".join(f"    {'…' if head else ''}{shortened(text[head:], 400)}" for text in texts)
