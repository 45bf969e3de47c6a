"""Messages at the limit of nesting and one beyond, through each kind of holder: what a language reads in one format it
must read in the other, and no language may read more than the next.

A message that is inside another is a level, in JSON as on the wire; a list or a map is none. Knows no program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from extremes import field

# How many messages may be inside one another, below the outermost.
LIMIT = 100
TREE = "kitchen.two.Tree"
VALUE = "google.protobuf.Value"
ANY = "google.protobuf.Any"


@dataclass(frozen=True)
class Nested:
    """A message of a known nesting in one format."""

    label: str
    name: str
    is_json: bool
    data: bytes
    # How many levels there are below the outermost message.
    levels: int

    @property
    def is_read(self) -> bool:
        return self.levels <= LIMIT


@dataclass(frozen=True)
class Holder:
    """What puts a message into one more: its form in both formats, and how many levels it adds."""

    label: str
    levels: int
    json: Callable[[Any], Any]
    binary: Callable[[bytes], bytes]


HOLDERS = (
    Holder("field", 1, lambda inner: {"left": inner}, lambda inner: field(1, inner)),
    Holder("list", 1, lambda inner: {"children": [inner]}, lambda inner: field(2, inner)),
    Holder("map", 1, lambda inner: {"named": {"k": inner}}, lambda inner: field(3, field(1, b"k") + field(2, inner))),
    Holder("oneof", 1, lambda inner: {"chosen": inner}, lambda inner: field(4, inner)),
    Holder("group", 2, lambda inner: {"knot": {"tree": inner}}, lambda inner: b"\x33" + field(7, inner) + b"\x34"),
)


def tree(holders: tuple[Holder, ...], levels: int) -> tuple[Any, bytes]:
    """A tree with so many levels below its root, in both formats; the holders take turns from the leaf."""
    text: Any = {}
    binary = b""
    turn = 0
    while levels > 0:
        holder = holders[turn % len(holders)]
        if holder.levels > levels:
            holder = HOLDERS[0]
        text, binary = holder.json(text), holder.binary(binary)
        levels -= holder.levels
        turn += 1
    return text, binary


def messages() -> Iterator[Nested]:
    """All of them."""
    for levels in (LIMIT - 1, LIMIT, LIMIT + 1):
        for holders in (*((holder,) for holder in HOLDERS), HOLDERS):
            label = "+".join(holder.label for holder in holders)
            text, binary = tree(holders, levels)
            yield in_json(label, TREE, text, levels)
            yield Nested(label, TREE, False, binary, levels)
        yield from values(levels)
        # What these hold is in bytes, which languages leave as they are until somebody asks; JSON has no such bytes.
        text = {"@type": f"x/{TREE}", **tree(HOLDERS, levels - 1)[0]}
        yield in_json("Any", ANY, text, levels)
        yield in_json("extension", "kitchen.ext.Base", {"[kitchen.ext.x_message]": tree(HOLDERS, levels - 1)[0]}, levels)
        yield from anys(levels)


def values(levels: int) -> Iterator[Nested]:
    """Lists and objects of any JSON: each is a message, and so is the value that holds it."""
    text: Any = [] if levels % 2 else None
    binary = field(6, b"") if levels % 2 else b"\x08\x00"
    lists, structs = text, {} if levels % 2 else None
    in_lists, in_structs = binary, field(5, b"") if levels % 2 else binary
    for _ in range(levels // 2):
        lists, structs = [lists], {"k": structs}
        in_lists = field(6, field(1, in_lists))
        in_structs = field(5, field(1, field(1, b"k") + field(2, in_structs)))
    for label, text, binary in (("list of values", lists, in_lists), ("struct", structs, in_structs)):
        yield in_json(label, VALUE, text, levels)
        yield Nested(label, VALUE, False, binary, levels)


def anys(levels: int) -> Iterator[Nested]:
    """An Any in an Any and so on, whose innermost message has a form of its own in JSON."""
    for name, leaf in (
        ("Timestamp", "1970-01-01T00:00:00Z"),
        ("Duration", "0s"),
        ("FieldMask", "a"),
        ("Int32Value", 1),
        ("Value", True),
        ("Struct", {}),
        ("ListValue", []),
        ("Any", {}),
    ):
        text: Any = {"@type": f"x/google.protobuf.{name}", "value": leaf}
        for _ in range(levels - 1):
            text = {"@type": f"x/{ANY}", "value": text}
        yield in_json(f"Any of Any of {name}", ANY, text, levels)


def in_json(label: str, name: str, text: Any, levels: int) -> Nested:
    return Nested(label, name, True, json.dumps(text).encode(), levels)
