"""What a hostile file declares: messages, enums, extensions and services, with all that protobuf allows of them."""

from __future__ import annotations

import words
from fields import LAST, SCALARS, Fields, Writer, listed
from model import Enum, Message, visible
from scopes import Names, json_name, value_key


class Bodies(Writer):
    """Fills a file."""

    def fill(self) -> None:
        """Everything in the file."""
        self.features()
        for option in ("deprecated = true", 'java_package = "x"'):
            if self.chance(0.1):
                self.file.options.append(option)
        kind = self.random.choice(["all"] * 8 + ["enums", "services", "nothing"])
        counts = {"all": (7, 3, 1), "enums": (0, 3, 0), "services": (0, 0, 2), "nothing": (0, 0, 0)}[kind]
        for _ in range(self.random.randint(counts[1] // 2, counts[1])):
            self.enum(self.names, "")
        # A message may name those that come after it; their names are given first.
        shells = [self.shell(self.names) for _ in range(self.random.randint(counts[0] // 2, counts[0]))]
        for shell in shells:
            self.message(shell, "", 0)
        if kind == "all" and self.world.seed % 5 == 2 and self.file is self.world.files[0]:
            self.large()
        if kind == "all":
            self.extensions(self.names, "")
        for _ in range(self.random.randint(0, counts[2])):
            self.service()

    def features(self) -> None:
        """How the file's elements are unless they say it themselves."""
        file = self.file
        file.is_implicit = file.syntax == "proto3"
        file.is_closed = file.syntax == "proto2"
        if file.syntax != "2023":
            return
        file.is_implicit = self.chance(0.3)
        file.is_closed = self.chance(0.3)
        chosen = {"field_presence": "IMPLICIT" if file.is_implicit else "EXPLICIT"}
        chosen["enum_type"] = "CLOSED" if file.is_closed else "OPEN"
        for name, value in (
            ("repeated_field_encoding", "EXPANDED"),
            ("utf8_validation", "NONE"),
            ("message_encoding", "DELIMITED"),
            ("json_format", "LEGACY_BEST_EFFORT"),
        ):
            if self.chance(0.25):
                chosen[name] = value
        file.options.extend(f"features.{name} = {value}" for name, value in chosen.items())

    # Enums.

    def enum(self, names: Names, indent: str, size: int = 0) -> None:
        random, file = self.random, self.file
        name = names.give(fits=lambda it: it not in words.STATEMENTS)
        full = names.scope + "." + name if names.scope else name
        is_closed = file.is_closed if not self.chance(0.2) or file.syntax != "2023" else not file.is_closed
        allow_alias = self.chance(0.3)
        self.comment(indent)
        self.write(f"{indent}enum {name} {{\n")
        if is_closed != file.is_closed:
            self.write(f"{indent}  option features.enum_type = {'CLOSED' if is_closed else 'OPEN'};\n")
        count = size or random.choice([1, 2, 3, 5, 9])
        numbers = self.numbers(count, allow_alias, begins_with_zero=not is_closed)
        if len(set(numbers)) < len(numbers):
            self.write(f"{indent}  option allow_alias = true;\n")
        if self.chance(0.05):
            self.write(f"{indent}  option deprecated = true;\n")
        values: list[str] = []
        keys: dict[str, int] = {}
        prefix = "".join("_" + char if char.isupper() and at else char for at, char in enumerate(name)).upper()
        for number in numbers:
            values.append(self.value(names, name, prefix, number, keys))
            options = ["deprecated = true"] if self.chance(0.1) else []
            self.comment(indent + "  ", 0.15)
            self.write(f"{indent}  {values[-1]} = {number}{listed(options)};{self.trailing(indent)}")
        self.write(f"{indent}}}\n\n")
        file.enums.append(Enum(full, values, is_closed, numbers[0] == 0))

    def value(self, names: Names, enum: str, prefix: str, number: int, keys: dict[str, int]) -> str:
        """The name of a value: bare, or with that of the enum before it."""

        def fits(name: str) -> bool:
            key = value_key(enum, name)
            if name in words.STATEMENTS or keys.get(key, number) != number:
                return False
            keys[key] = number
            return True

        own = Names(names.symbols, names.scope, self.random, names.given)
        if self.chance(0.5):
            drawn = own.draw
            own.draw = lambda: f"{prefix}_{drawn().upper() if self.chance(0.5) else drawn()}"  # type: ignore[method-assign]
        if self.chance(0.1):
            own.draw = lambda: f"{prefix}_{self.random.choice(['1', '3D', '720P', '_', 'X_1'])}"  # type: ignore[method-assign]
        return own.give(fits=fits)

    def numbers(self, count: int, allow_alias: bool, *, begins_with_zero: bool) -> list[int]:
        found = [0] if begins_with_zero else [self.random.choice([0, 1, -1, 2**31 - 1, -(2**31)])]
        while len(found) < count:
            pool: list[range | list[int]] = [range(10), [2**31 - 1, -(2**31), -1, 127, 128, 65536], range(1000)]
            number = self.random.choice(self.random.choice(pool))
            if number not in found or (allow_alias and self.chance(0.5)):
                found.append(number)
        return found

    # Messages.

    def shell(self, names: Names) -> Message:
        """A message that has a name, and ranges if it may be extended."""
        name = names.give(fits=lambda it: it not in words.STATEMENTS)
        full = names.scope + "." + name if names.scope else name
        found = Message(full)
        if self.file.syntax != "proto3" and self.chance(0.35):
            found.is_set = self.file.syntax == "proto2" and self.chance(0.2)
            ranges = [[(4, LAST)] if found.is_set else [(100, 199), (1000, 1000)], [(1000, LAST)], [(5, 9)]]
            found.ranges = ranges[0] if found.is_set else self.random.choice(ranges)
        self.file.messages.append(found)
        return found

    def message(self, message: Message, indent: str, depth: int) -> None:
        """A message with all that is in it."""
        self.comment(indent)
        short = message.name.rpartition(".")[2]
        self.write(f"{indent}message {short} {{\n")
        self.inside(message, indent + "  ", depth)
        self.write(f"{indent}}}{self.trailing(indent)}\n")

    def inside(self, message: Message, indent: str, depth: int) -> None:
        """What stands between the braces of a message."""
        random = self.random
        names = Names(self.world.symbols, message.name, random)
        fields = Fields(message, names, random, self.file.syntax)
        if message.is_set:
            self.write(f"{indent}option message_set_wire_format = true;\n")
        if self.chance(0.05):
            self.write(f"{indent}option deprecated = true;\n")
        for first, last in message.ranges:
            last_text = "max" if last == LAST else str(last)
            self.write(f"{indent}extensions {first} to {last_text};\n")
        while depth < 3 and self.chance(0.25):
            self.enum(names, indent)
        shells = []
        while depth < 4 and self.chance(0.3):
            shells.append(self.shell(names))
        for shell in shells:
            self.message(shell, indent, depth + 1)
        if not message.is_set:
            for _ in range(random.choice([0, 1, 3, 6, 12])):
                self.field(fields, indent, depth)
            while self.chance(0.25):
                self.oneof(fields, indent, depth)
        if depth < 2 and self.chance(0.3):
            self.extensions(names, indent)

    def large(self) -> None:
        """A message of many fields and an enum of many values."""
        shell = Message(self.file.package + ".Wide" if self.file.package else "Wide")
        if not self.names.symbols.take(self.file.package, "Wide"):
            return
        self.file.messages.append(shell)
        self.write("message Wide {\n")
        fields = Fields(shell, Names(self.world.symbols, shell.name, self.random), self.random, self.file.syntax)
        for _ in range(230):
            self.field(fields, "  ", 0)
        self.write("}\n\n")
        self.enum(self.names, "", 320)

    # Fields.

    def field(self, fields: Fields, indent: str, depth: int) -> None:
        """A field of any kind."""
        kind = self.random.choices(
            ["single", "repeated", "map", "group"], [6, 3, 2, 1 if self.file.syntax == "proto2" else 0]
        )[0]
        self.comment(indent, 0.2)
        if kind == "map":
            self.map(fields, indent)
        elif kind == "group":
            self.group(fields, indent, depth, self.random.choice(["optional", "repeated", "required"]))
        elif kind == "repeated":
            self.repeated(fields, indent)
        else:
            self.single(fields, indent)

    def group(self, fields: Fields, indent: str, depth: int, label: str) -> None:
        """A group; its name must begin with a capital, and its field has it in lower case."""
        if depth > 3:
            return
        lower: list[str] = []

        def fits(name: str) -> bool:
            return name[0].isupper() and name.lower() != name and json_name(name.lower()) not in fields.json

        def also(name: str) -> list[str]:
            lower[:] = [name.lower()]
            return [name.lower()] if name.lower() != name else ["!"]

        name = fields.names.give(also=also, fits=fits)
        fields.json.add(json_name(lower[0]))
        number = fields.number()
        shell = Message(f"{fields.names.scope}.{name}")
        self.file.messages.append(shell)
        self.write(f"{indent}{label} group {name} = {number} {{\n".replace(f"{indent} ", indent))
        self.inside(shell, indent + "  ", depth + 2)
        self.write(f"{indent}}}\n")

    def oneof(self, fields: Fields, indent: str, depth: int) -> None:
        name = fields.names.give()
        self.comment(indent, 0.2)
        self.write(f"{indent}oneof {name} {{\n")
        for _ in range(self.random.choice([1, 1, 2, 4])):
            if self.file.syntax == "proto2" and self.chance(0.1) and depth < 3:
                self.group(fields, indent + "  ", depth, "")
                continue
            self.comment(indent + "  ", 0.1)
            arm, options = fields.name()
            type_name, enum = self.type(needs_open=self.file.is_implicit, message=0.4)
            if not (type_name.startswith(".") and enum is None) and self.file.syntax != "proto3" and self.chance(0.3):
                options.append(f"default = {self.default(type_name, enum)}")
            self.declare(indent + "  ", "", type_name, arm, fields.number(), options + self.common())
        # It must not be empty.
        arm, options = fields.name()
        self.declare(indent + "  ", "", self.random.choice(SCALARS), arm, fields.number(), options)
        self.write(f"{indent}}}\n")

    # What extends and serves.

    def extensions(self, names: Names, indent: str) -> None:
        """Extensions of whatever can be extended."""
        if self.file.syntax == "proto3":
            return
        targets = [it for file in visible(self.file) for it in file.messages if it.ranges]
        targets = [it for it in targets if not it.is_set or self.file.syntax == "proto2"]
        for _ in range(self.random.randint(0, 3)):
            target = self.random.choice(targets) if targets else None
            if target is None or not self.free(target):
                continue
            self.comment(indent, 0.2)
            self.write(f"{indent}extend .{target.name} {{\n")
            for number in self.free(target)[: self.random.randint(1, 4)]:
                self.extension(names, target, number, indent + "  ")
            self.write(f"{indent}}}\n\n")

    def free(self, target: Message) -> list[int]:
        """Some numbers that are left for extensions of a message, in no order."""
        ends = {it for first, last in target.ranges for it in (*range(first, min(last, first + 50) + 1), last)}
        found = sorted(ends - target.numbers)
        self.random.shuffle(found)
        return found

    def extension(self, names: Names, target: Message, number: int, indent: str) -> None:
        target.numbers.add(number)
        name = names.give()
        is_repeated = not target.is_set and self.chance(0.3)
        type_name, enum = self.type(needs_open=False, message=1.0 if target.is_set else 0.3)
        if target.is_set and (not type_name.startswith(".") or enum):
            type_name = ".google.protobuf.Empty"
        options = self.common()
        is_message = type_name.startswith(".") and enum is None
        if not is_repeated and not is_message and self.chance(0.4):
            options.append(f"default = {self.default(type_name, enum)}")
        label = "repeated" if is_repeated else "" if self.file.syntax == "2023" else "optional"
        self.comment(indent, 0.1)
        self.declare(indent, label, type_name, name, number, options)

    def service(self) -> None:
        messages = [it.name for file in visible(self.file) for it in file.messages] + ["google.protobuf.Empty"]
        name = self.names.give()
        scope = f"{self.file.package}.{name}" if self.file.package else name
        own = Names(self.world.symbols, scope, self.random)
        self.comment("")
        self.write(f"service {name} {{\n")
        for _ in range(self.random.randint(0, 4)):
            sides = [f"({self.random.choice(['', 'stream '])}.{self.random.choice(messages)})" for _ in range(2)]
            self.comment("  ", 0.1)
            end = self.random.choice([";", ";", " {}", " { option deprecated = true; }"])
            self.write(f"  rpc {own.give()}{sides[0]} returns {sides[1]}{end}\n")
        self.write("}\n\n")
