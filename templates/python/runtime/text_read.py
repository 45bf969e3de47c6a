"""Messages from the text format, in all forms that its specification names.

A singular field may be there once, and one member of a oneof. Names that the contract
has reserved are passed over, as files may be older than the contract; others are not.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .errors import ContractError, TextError, shown
from .extendable import ExtendableMessage
from .extension import Extension
from .kinds import EnumTable, Kind
from .message import Message
from .message_set import MessageSet
from .put import pack_float
from .text_fields import ExtensionField, Field
from .text_scan import FLOAT, INTEGER, NAME, STRING, Scanner, integer
from .wellknown import AnyBase
from .wire import float32

if TYPE_CHECKING:
    from .registry import Types

_RANGES = {
    "int32": (-0x8000_0000, 0x7FFF_FFFF),
    "int64": (-0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF),
    "uint32": (0, 0xFFFF_FFFF),
    "uint64": (0, 0xFFFF_FFFF_FFFF_FFFF),
}
_BOOLEANS = {
    "true": True, "True": True, "t": True, "false": False, "False": False, "f": False,
}  # fmt: skip
_NOT_FINITE = {"inf": math.inf, "infinity": math.inf, "nan": math.nan}
_CLOSING = {"{": "}", "<": ">"}


class Reader:
    """Reads one text."""

    __slots__ = ("scanner", "types")

    def __init__(self, text: str, types: Types | None) -> None:
        self.scanner = Scanner(text)
        self.types = types

    def fields(self, m: Any, end: str, depth: int) -> None:
        """Reads fields into a message, up to a bracket or the end of the text."""
        scanner = self.scanner
        seen: set[int] = set()
        while scanner.kind != end:
            start = scanner.start
            if scanner.kind == NAME:
                name = scanner.text
                scanner.advance()
                place = m._text.names.get(name)
            elif scanner.kind == "[":
                name = scanner.bracketed()
                if "/" in name:
                    self._any(m, name, seen, start, depth)
                    self.separator()
                    continue
                place = self._extension(m, name)
                name = f"[{name}]"
            else:
                raise scanner.unexpected("the name of a field")
            if place is not None:
                self._field(m, place, seen, start, depth)
            elif name in m._text.reserved:
                self._skip_values(depth)
            else:
                raise scanner.error(f"the message has no field {shown(name)}", start)
            self.separator()
        scanner.advance()

    def separator(self) -> None:
        if not self.scanner.takes(","):
            self.scanner.takes(";")

    def _field(
        self, m: Any, place: Field, seen: set[int], start: int, depth: int
    ) -> None:
        scanner = self.scanner
        try:
            if not scanner.takes(":") and not place.has_braces:
                raise scanner.unexpected("`:`")
            if not place.many and place.number in seen:
                raise scanner.error("the field is there twice", start)
            seen.add(place.number)
            if not place.many or scanner.kind != "[":
                place.read(m, self, depth)
                return
            self._list(lambda: place.read(m, self, depth))
        except TextError as error:
            error.within(place.name)
            raise

    def _list(self, read: Callable[[], None]) -> None:
        """Reads values in square brackets."""
        scanner = self.scanner
        scanner.advance()
        if scanner.takes("]"):
            return
        read()
        while not scanner.takes("]"):
            if not scanner.takes(","):
                raise scanner.unexpected("`,` or `]`")
            read()

    def value(self, kind: Kind[Any], depth: int) -> Any:
        """Reads a value of a type."""
        of = kind.of
        if isinstance(of, str):
            return self._scalar(of)
        if isinstance(of, EnumTable):
            return self._enum(of, kind.is_closed)
        m = of()
        self.fields(m, *self.open(depth))
        return m

    def open(self, depth: int) -> tuple[str, int]:
        """Passes over the bracket before a message; what ends it, and the depth left."""
        closing = _CLOSING.get(self.scanner.kind)
        if closing is None:
            raise self.scanner.unexpected("`{`")
        if depth < 1:
            raise self.scanner.error("messages are nested too deeply")
        self.scanner.advance()
        return closing, depth - 1

    def _extension(self, m: Any, name: str) -> Field | None:
        types = self.types
        if types is None or not isinstance(m, ExtendableMessage):
            return None
        key = types.extension(name)
        if key is None and isinstance(m, MessageSet):
            # Items are called by their type as well.
            members = vars(types.message(name) or Message).values()
            keys = [it for it in members if isinstance(it, Extension)]
            key = next((it for it in keys if it.extendee is type(m)), None)
        if key is None or key.extendee is not type(m):
            return None
        return ExtensionField(key)

    def _any(self, m: Any, url: str, seen: set[int], start: int, depth: int) -> None:
        scanner = self.scanner
        holder = m
        if not isinstance(m, AnyBase):
            raise scanner.error("only an `Any` holds a message by its type", start)
        if seen:
            raise scanner.error("the `Any` holds something else already", start)
        seen.update((1, 2))
        found = self.types.message(url.rpartition("/")[2]) if self.types else None
        if found is None or not hasattr(found, "_text"):
            raise scanner.error(f"the type {url!r} is not among `types`", start)
        scanner.takes(":")
        content = found()
        try:
            self.fields(content, *self.open(depth))
            missing = content._missing()
            if missing:
                raise scanner.error(f"the required field `{missing}` is not set", start)
            holder.value = content.to_bytes(deterministic=True)
        except TextError as error:
            error.within(f"[{url}]")
            raise
        except ContractError as fault:
            raise scanner.error(str(fault), start) from None
        holder.type_url = url

    def _scalar(self, of: str) -> Any:
        if of in _RANGES:
            return self._integer(of)
        scanner = self.scanner
        if of == "bool":
            return self._boolean()
        if of in ("float", "double"):
            return self._float(of)
        start = scanner.start
        data = scanner.strings()
        if of == "bytes":
            return data
        try:
            errors = "strict" if of == "string" else "surrogateescape"
            return data.decode("utf-8", errors)
        except UnicodeDecodeError:
            raise scanner.error("the string is not valid UTF-8", start) from None

    def _integer(self, of: str) -> int:
        scanner = self.scanner
        low, high = _RANGES[of]
        start = scanner.start
        # Unsigned ones have no sign, not even before zero.
        negative = low < 0 and scanner.takes("-")
        if scanner.kind != INTEGER:
            raise scanner.unexpected(f"a number of type {of}")
        number = integer(scanner.text)
        if number is not None and negative:
            number = -number
        if number is None or not low <= number <= high:
            sign = "-" if negative else ""
            text = shown(sign + scanner.text)
            raise scanner.error(f"{text} is not within {low} and {high}", start)
        scanner.advance()
        return number

    def _boolean(self) -> bool:
        scanner = self.scanner
        value: int | None = None
        if scanner.kind == NAME:
            value = _BOOLEANS.get(scanner.text)
        elif scanner.kind == INTEGER:
            value = integer(scanner.text)
        if value not in (0, 1):
            raise scanner.unexpected("true or false")
        scanner.advance()
        return bool(value)

    def _float(self, of: str) -> float:
        scanner = self.scanner
        negative = scanner.takes("-")
        text = scanner.text
        if scanner.kind == NAME and text.lower() in _NOT_FINITE:
            number = _NOT_FINITE[text.lower()]
        elif scanner.kind == FLOAT or (
            scanner.kind == INTEGER and (text == "0" or text[0] != "0")
        ):
            number = float(text)
        else:
            # Octal and hexadecimal numbers are integers alone.
            raise scanner.unexpected(f"a number of type {of}")
        scanner.advance()
        if of == "float" and math.isfinite(number):
            try:
                number = float32(pack_float(number))[0]
            except (OverflowError, struct.error):
                number = math.inf
        return -number if negative and not math.isnan(number) else number

    def _enum(self, table: EnumTable[Any], is_closed: bool) -> Any:
        scanner = self.scanner
        if scanner.kind == NAME:
            number = table.numbers.get(scanner.text)
            if number is None:
                raise scanner.error(f"the enum has no value {shown(scanner.text)}")
            scanner.advance()
            return table.values[number]
        if scanner.kind not in (INTEGER, "-"):
            raise scanner.unexpected("the name of an enum's value")
        start = scanner.start
        number = self._integer("int32")
        if is_closed and number not in table.values:
            raise scanner.error(f"the enum has no value {number}", start)
        return table.values.get(number, number)

    def _skip_values(self, depth: int) -> None:
        """Passes over what a reserved name is given."""
        scanner = self.scanner
        has_colon = scanner.takes(":")
        if scanner.kind == "[":
            self._list(lambda: self._skip(has_colon, depth))
        else:
            self._skip(has_colon, depth)

    def _skip(self, has_colon: bool, depth: int) -> None:
        scanner = self.scanner
        if scanner.kind in _CLOSING:
            end, depth = self.open(depth)
            while scanner.kind != end:
                if scanner.kind == "[":
                    scanner.bracketed()
                elif scanner.kind == NAME:
                    scanner.advance()
                else:
                    raise scanner.unexpected("the name of a field")
                self._skip_values(depth)
                self.separator()
            scanner.advance()
        elif not has_colon:
            raise scanner.unexpected("`:` or `{`")
        elif scanner.kind == STRING:
            scanner.strings()
        else:
            scanner.takes("-")
            if scanner.kind not in (NAME, INTEGER, FLOAT):
                raise scanner.unexpected("a value")
            scanner.advance()
