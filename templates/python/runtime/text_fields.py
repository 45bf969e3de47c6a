"""The fields of a message as the text format sees them: their names, their order, and
where their values are in a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import copysign
from typing import TYPE_CHECKING, Any

from .errors import EncodeError, TextError
from .extendable import ExtendableMessage
from .extension import Extension, Held, RepeatedExtension
from .kinds import EnumTable, Kind
from .message import Arm
from .wire import records

if TYPE_CHECKING:
    from .registry import Types
    from .text_read import Reader
    from .text_write import Writer


class Field:
    """A field: how it is called, and what of it there is in a message."""

    __slots__ = ("also", "attribute", "has_braces", "kind", "name", "number")

    #: Whether the field takes more than one value.
    many = False

    def __init__(
        self, number: int, name: str, kind: Kind[Any], *, also: str = ""
    ) -> None:
        self.number = number
        self.name = name
        self.kind = kind
        #: Another name that a reader knows: a group is called by its type.
        self.also = also
        #: The attribute with the value; the class that has the field sets it.
        self.attribute = ""
        #: Whether its values are messages, which need no colon.
        self.has_braces = not isinstance(kind.of, (str, EnumTable))

    def is_set(self, value: Any) -> bool:
        """Whether a value of the attribute is to be written."""
        return value is not None

    def write(self, m: Any, writer: Writer) -> None:
        """Writes what a message has of the field."""
        value = getattr(m, self.attribute)
        if self.is_set(value):
            self.write_value(writer, value)

    def write_value(self, writer: Writer, value: Any) -> None:
        """Writes one value of the field."""
        try:
            writer.value(self.name, self.kind, value)
        except EncodeError as error:
            error.within(self.name)
            raise

    def read(self, m: Any, reader: Reader, depth: int) -> None:
        """Reads one value into a message."""
        setattr(m, self.attribute, reader.value(self.kind, depth))


class Implicit(Field):
    """A field without presence: its default is not written."""

    __slots__ = ()

    def is_set(self, value: Any) -> bool:
        # Negative zero is not the default.
        if value.__class__ is float and value == 0:
            return copysign(1, value) < 0
        return bool(value != self.kind.default)


class Many(Field):
    """A repeated field."""

    __slots__ = ()

    many = True

    def write(self, m: Any, writer: Writer) -> None:
        for index, value in enumerate(getattr(m, self.attribute)):
            try:
                writer.value(self.name, self.kind, value)
            except EncodeError as error:
                error.within(f"{self.name}[{index}]")
                raise

    def read(self, m: Any, reader: Reader, depth: int) -> None:
        values = getattr(m, self.attribute)
        try:
            values.append(reader.value(self.kind, depth))
        except TextError as error:
            error.within(f"[{len(values)}]")
            raise


class Map(Field):
    """A map: each entry is written as a message."""

    __slots__ = ("key",)

    many = True

    def __init__(
        self, number: int, name: str, key: Kind[Any], value: Kind[Any]
    ) -> None:
        super().__init__(number, name, value)
        self.key = key
        self.has_braces = True

    def write(self, m: Any, writer: Writer) -> None:
        entries = getattr(m, self.attribute)
        kinds = (self.key, self.kind)
        for key in sorted(entries):
            try:
                writer.entry(self.name, kinds, (key, entries[key]))
            except EncodeError as error:
                error.within(f"{self.name}[{key!r}]")
                raise

    def read(self, m: Any, reader: Reader, depth: int) -> None:
        scanner = reader.scanner
        found: dict[str, Any] = {}
        # The entry is no level of its own.
        end, _ = reader.open(max(depth, 1))
        kinds = {"key": self.key, "value": self.kind}
        while scanner.kind != end:
            name = scanner.text
            kind = kinds.get(name) if scanner.kind == "name" else None
            if kind is None:
                raise scanner.unexpected("`key` or `value`")
            if name in found:
                raise scanner.error(f"the field {name!r} is there twice")
            scanner.advance()
            has_braces = name == "value" and not isinstance(kind.of, (str, EnumTable))
            if not scanner.takes(":") and not has_braces:
                raise scanner.unexpected("`:`")
            found[name] = reader.value(kind, depth)
            reader.separator()
        scanner.advance()
        # What is missing is the default.
        value = found["value"] if "value" in found else initial(self.kind)
        getattr(m, self.attribute)[found.get("key", self.key.default)] = value


class Member(Field):
    """A member of a oneof: an arm is in the attribute if it is set."""

    __slots__ = ("arm", "oneof")

    def __init__(
        self,
        number: int,
        name: str,
        kind: Kind[Any],
        oneof: str,
        arm: type[Arm],
        *,
        also: str = "",
    ) -> None:
        super().__init__(number, name, kind, also=also)
        self.oneof = oneof
        self.arm = arm

    def write(self, m: Any, writer: Writer) -> None:
        held = getattr(m, self.oneof)
        if isinstance(held, self.arm):
            self.write_value(writer, held.value)

    def read(self, m: Any, reader: Reader, depth: int) -> None:
        if getattr(m, self.oneof) is not None:
            raise reader.scanner.error("another member of the same oneof is there too")
        arm: Any = object.__new__(self.arm)
        arm.value = reader.value(self.kind, depth)
        setattr(m, self.oneof, arm)


class ExtensionField(Field):
    """An extension."""

    __slots__ = ("_extension", "many")

    def __init__(self, key: Extension[Any, Any]) -> None:
        super().__init__(key.number, f"[{key.full_name}]", key._kind)
        self._extension = key
        self.many = isinstance(key, RepeatedExtension)

    def write(self, m: Any, writer: Writer) -> None:
        held = m._extensions[self.number]
        for value in held.value if self.many else [held.value]:
            self.write_value(writer, value)

    def read(self, m: Any, reader: Reader, depth: int) -> None:
        value = reader.value(self.kind, depth)
        held = m._extensions.setdefault(self.number, Held(self._extension, None))
        held.value = [*(held.value or []), value] if self.many else value


def initial(kind: Kind[Any]) -> Any:
    """The value of a map's entry that has none."""
    of = kind.of
    return kind.default if isinstance(of, (str, EnumTable)) else of()


class Fields:
    """The fields of a message by name and by number."""

    __slots__ = ("_by_number", "names", "reserved")

    def __init__(
        self,
        members: dict[int, str],
        fields: tuple[Field, ...],
        reserved: tuple[str, ...],
    ) -> None:
        self._by_number = fields
        self.reserved = frozenset(reserved)
        self.names = {field.also: field for field in fields if field.also}
        for field in fields:
            field.attribute = members[field.number]
            self.names[field.name] = field

    def written(self, m: Any, types: Types | None) -> Iterator[Field]:
        """The fields in the order in which they are written, with known extensions."""
        if not isinstance(m, ExtendableMessage):
            return iter(self._by_number)
        if types is not None and m._unknown:
            for number in {t >> 3 for t, _, _, _ in records(m._unknown)}:
                key = types.extension_number(m._full_name, number)
                if key is not None:
                    m._held(key)
        fields = [ExtensionField(held.key) for held in m._extensions.values()]
        return iter(sorted([*self._by_number, *fields], key=lambda it: it.number))
