"""Fields of hostile contracts but for those that hold others: numbers, names, types, defaults and options."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

import texts
from model import Enum, File, Message, visible
from scopes import Names, entry_name, json_name

if TYPE_CHECKING:
    from contracts import World

KEYS = "int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string".split()
SCALARS = [*KEYS, "double", "float", "bytes"]
KNOWN = """Any Duration Timestamp FieldMask Struct Value ListValue NullValue Empty DoubleValue FloatValue Int64Value
UInt64Value Int32Value UInt32Value BoolValue StringValue BytesValue""".split()
LAST = 536870911
EDGES = [1, 15, 16, 2047, 2048, 18999, 20000, 262143, 262144, 33554431, 33554432, LAST]
INTEGERS = {
    "32": [0, 1, -1, 2**31 - 1, -(2**31), 127, 128],
    "64": [0, 1, -1, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)],
    "u32": [0, 1, 2**31, 2**32 - 1],
    "u64": [0, 1, 2**63, 2**64 - 1, 2**53 + 1],
}


class Fields:
    """The fields of one message: their numbers, and their names in JSON."""

    def __init__(self, message: Message, names: Names, random: Random, syntax: str) -> None:
        self.message, self.names, self.random = message, names, random
        self.json: set[str] = set()
        # The names in JSON that fields would have by default, where those must not be the same either.
        self.defaults: set[str] | None = None if syntax == "proto2" else set()

    def number(self) -> int:
        """A number that is free."""
        while True:
            pools = [EDGES, range(1, 20), range(1, 3000), range(1, LAST + 1)]
            found = self.random.choice(self.random.choices(pools, [3, 6, 2, 1])[0])
            ranged = any(first <= found <= last for first, last in self.message.ranges)
            if not (19000 <= found <= 19999 or found in self.message.numbers or ranged):
                self.message.numbers.add(found)
                return found

    def name(self, also: Callable[[str], list[str]] | None = None) -> tuple[str, list[str]]:
        """A name, and the option that gives it another one in JSON if it needs it."""
        name = self.names.give(also=also, fits=lambda it: self.defaults is None or json_name(it) not in self.defaults)
        theirs = json_name(name)
        if self.defaults is not None:
            self.defaults.add(theirs)
        own = None
        if theirs in self.json or self.random.random() < 0.1:
            own = self.random.choice(texts.JSON_NAMES)
            while own in self.json:
                own += self.random.choice(texts.JSON_NAMES) or "x"
            theirs = own
        self.json.add(theirs)
        return name, [] if own is None else [f"json_name = {texts.literal(own.encode(), self.random)}"]


class Writer:
    """Writes into a file."""

    def __init__(self, world: World, file: File) -> None:
        self.world, self.file, self.random = world, file, world.random
        self.names = Names(world.symbols, file.package, self.random)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def write(self, text: str) -> None:
        self.file.body.append(text)

    def comment(self, indent: str, probability: float = 0.3) -> None:
        """A comment, maybe with one before that belongs to nothing."""
        if self.chance(probability / 4):
            self.write(texts.comment(self.random.choice(texts.COMMENTS), indent, self.random) + "\n")
        if self.chance(probability):
            self.write(texts.comment(self.random.choice(texts.COMMENTS), indent, self.random))

    def trailing(self, indent: str) -> str:
        """What ends a declaration: the line, and maybe a comment behind it."""
        if self.chance(0.08):
            text = texts.comment(self.random.choice(texts.COMMENTS), indent, self.random)
            return " " + text.lstrip(" ") + "\n"
        return "\n"

    def common(self) -> list[str]:
        """Options that any field may have."""
        found = []
        for option, probability in (("deprecated = true", 0.1), ("debug_redact = true", 0.05)):
            if self.chance(probability):
                found.append(option)
        return found

    def single(self, fields: Fields, indent: str) -> None:
        random, syntax = self.random, self.file.syntax
        labels = {"proto2": ["optional"] * 8 + ["required"], "proto3": ["", "optional"], "2023": [""]}[syntax]
        label = random.choice(labels)
        # There, presence is a oneof to protoc.
        is_oneof = syntax == "proto3" and label == "optional"
        name, options = fields.name(also=(lambda it: ["_" + it]) if is_oneof else None)
        options += self.common()
        is_implicit = self.file.is_implicit and label == ""
        is_required = label == "required"
        type_name, enum = self.type(needs_open=self.file.is_implicit, message=0.1 if is_required else 0.35)
        is_message = type_name.startswith(".") and enum is None
        if syntax == "2023" and self.chance(0.2):
            presence = random.choice(
                ["EXPLICIT", "LEGACY_REQUIRED"] + ([] if is_message or (enum and enum.is_closed) else ["IMPLICIT"])
            )
            options.append(f"features.field_presence = {presence}")
            is_implicit = presence == "IMPLICIT"
        if not is_implicit and not is_message and syntax != "proto3" and self.chance(0.4):
            options.append(f"default = {self.default(type_name, enum)}")
        if type_name in ("int64", "uint64", "fixed64") and self.chance(0.2):
            options.append(f"jstype = {random.choice(['JS_STRING', 'JS_NUMBER', 'JS_NORMAL'])}")
        self.declare(indent, label, type_name, name, fields.number(), options)

    def repeated(self, fields: Fields, indent: str) -> None:
        name, options = fields.name()
        options += self.common()
        type_name, enum = self.type(needs_open=self.file.is_implicit, message=0.35)
        packable = type_name in SCALARS and type_name not in ("string", "bytes") or enum is not None
        if packable and self.file.syntax != "2023" and self.chance(0.4):
            options.append(f"packed = {self.random.choice(['true', 'false'])}")
        elif packable and self.file.syntax == "2023" and self.chance(0.4):
            options.append(f"features.repeated_field_encoding = {self.random.choice(['PACKED', 'EXPANDED'])}")
        self.declare(indent, "repeated", type_name, name, fields.number(), options)

    def map(self, fields: Fields, indent: str) -> None:
        name, options = fields.name(also=lambda it: [entry_name(it)])
        value, _ = self.type(needs_open=self.file.is_implicit, message=0.4, needs_zero=True)
        key = self.random.choice(KEYS)
        self.declare(indent, "", f"map<{key}, {value}>", name, fields.number(), options + self.common())

    def declare(self, indent: str, label: str, type_name: str, name: str, number: int, options: list[str]) -> None:
        self.random.shuffle(options)
        start = f"{label} " if label else ""
        shown = hex(number) if self.chance(0.05) else str(number)
        self.write(f"{indent}{start}{type_name} {name} = {shown}{listed(options)};{self.trailing(indent)}")

    def type(self, *, needs_open: bool, message: float, needs_zero: bool = False) -> tuple[str, Enum | None]:
        """A type, and the enum if it is one."""
        files = visible(self.file)
        if self.chance(message):
            if self.chance(0.3):
                known = self.random.choice([it for it in KNOWN if it != "NullValue"])
                return f".google.protobuf.{known}", None
            own = [it for file in files[:1] * 3 + files for it in file.messages]
            if own:
                return "." + self.random.choice(own).name, None
        if self.chance(0.25):
            enums = [it for file in files for it in file.enums]
            enums = [
                it for it in enums if not (needs_open and it.is_closed) and not (needs_zero and not it.begins_with_zero)
            ]
            if enums:
                enum = self.random.choice(enums)
                return "." + enum.name, enum
        return self.random.choice(SCALARS), None

    def default(self, type_name: str, enum: Enum | None) -> str:
        random = self.random
        if enum is not None:
            return random.choice(enum.values)
        if type_name in ("string", "bytes"):
            data = random.choice(texts.TEXTS).encode()
            if type_name == "bytes" and self.chance(0.4):
                data = struct.pack("<I", random.getrandbits(32))
            return texts.literal(data, random)
        if type_name == "bool":
            return random.choice(["true", "false"])
        if type_name in ("double", "float"):
            return random.choice(texts.DOUBLES if type_name == "double" else texts.FLOATS)
        size = "64" if "64" in type_name else "32"
        number = random.choice(INTEGERS["u" + size if type_name.startswith(("u", "fixed")) else size])
        return hex(number) if self.chance(0.5) else str(number)


def listed(options: list[str]) -> str:
    """Options in their brackets."""
    return f" [{', '.join(options)}]" if options else ""
