"""Messages as the text format: fields in the order of their numbers, one to a line.

What is written is complete, and every reader of the format takes it back; only unknown
fields, which are written on request, are for people alone.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import put_json, wire
from .errors import ContractError, DecodeError, EncodeError, shown
from .kinds import EnumTable, Kind
from .text_scan import is_url_prefix
from .wellknown import AnyBase
from .wire import records

if TYPE_CHECKING:
    from .registry import Types
    from .text_fields import Fields

#: What has a length is taken for a message only so many messages deep.
_UNKNOWN_DEPTH = 10
#: How many messages a reader takes within one another.
_DEPTH = 100

#: Octal escapes for what cannot be seen, letters for the best-known.
_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), 127)}
_ESCAPES |= {ord(char): "\\" + char for char in "\"'\\"}
_ESCAPES |= {10: r"\n", 13: r"\r", 9: r"\t"}
_BYTES = {code: f"\\{code:03o}" for code in range(128, 256)} | _ESCAPES
#: In a string that need not be UTF-8, a byte that is not stands as such a character.
_STRINGS = {0xDC00 + code: f"\\{code:03o}" for code in range(128, 256)} | _ESCAPES
_HARMLESS = re.compile(r"[ !#-&(-\[\]-~]*").fullmatch


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise EncodeError(f"expected a str, got {shown(value)}")
    if _HARMLESS(value):
        return f'"{value}"'
    value.encode()
    return f'"{value.translate(_ESCAPES)}"'


def _raw_string(value: object) -> str:
    if not isinstance(value, str):
        raise EncodeError(f"expected a str, got {shown(value)}")
    # Characters that were bytes may be UTF-8 together.
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return f'"{value.translate(_STRINGS)}"'


def _bytes(value: object) -> str:
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise EncodeError(f"expected bytes, got {shown(value)}")
    return f'"{bytes(value).decode("latin-1").translate(_BYTES)}"'


def _floating(put: Callable[[float], str]) -> Callable[[float], str]:
    def write(value: float) -> str:
        if not isinstance(value, (int, float)) or math.isfinite(value):
            return put(value)
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"

    return write


#: The text of each scalar type's values.
SCALARS: dict[str, Callable[[Any], str]] = {
    "int32": put_json.int32,
    "int64": put_json.signed64,
    "uint32": put_json.uint32,
    "uint64": put_json.unsigned64,
    "bool": put_json.boolean,
    "float": _floating(put_json.single),
    "double": _floating(put_json.double),
    "string": _string,
    "raw string": _raw_string,
    "bytes": _bytes,
}


class Writer:
    """Writes one message."""

    __slots__ = ("_entries", "_indent", "_level", "_lines", "_types", "_unknown")

    def __init__(self, types: Types | None, indent: int | None, unknown: bool) -> None:
        self._types = types
        self._indent = indent
        self._unknown = unknown
        self._level = 0
        self._entries = 0
        self._lines: list[str] = []

    def text(self) -> str:
        """What was written."""
        if self._indent is None:
            return " ".join(self._lines)
        return "".join([line + "\n" for line in self._lines])

    def _line(self, text: str) -> None:
        indent = self._indent
        self._lines.append(" " * (indent * self._level) + text if indent else text)

    def message(self, m: Any) -> None:
        """The fields of a message."""
        fields: Fields = m._text
        if not isinstance(m, AnyBase) or not self._any(m):
            for field in fields.written(m, self._types):
                field.write(m, self)
        if self._unknown and m._unknown:
            self._numbered(m._unknown, _UNKNOWN_DEPTH)

    def value(self, name: str, kind: Kind[Any], value: Any) -> None:
        """A value with its name before it."""
        of = kind.of
        try:
            if isinstance(of, str):
                self._line(f"{name}: {SCALARS[of](value)}")
            elif isinstance(of, EnumTable):
                self._line(f"{name}: {_enum(value, of)}")
            elif isinstance(value, of):
                self.block(name, self.message, value)
            else:
                raise EncodeError(f"expected a {of.__qualname__}, got {shown(value)}")
        except EncodeError:
            raise
        except ContractError as error:
            raise EncodeError(error.reason) from None
        except (ValueError, TypeError, OverflowError, struct.error):
            raise EncodeError(f"the field cannot hold {shown(value)}") from None

    def block(self, name: str, write: Callable[..., None], *arguments: Any) -> None:
        """Something in braces."""
        self._line(name + " {")
        self._level += 1
        write(*arguments)
        self._level -= 1
        self._line("}")

    def entry(
        self, name: str, kinds: tuple[Kind[Any], Kind[Any]], entry: tuple[Any, Any]
    ) -> None:
        """An entry of a map, which counts as no message."""
        self._entries += 1
        self.block(name, self._pair, kinds, entry)
        self._entries -= 1

    def _pair(self, kinds: tuple[Kind[Any], Kind[Any]], entry: tuple[Any, Any]) -> None:
        self.value("key", kinds[0], entry[0])
        self.value("value", kinds[1], entry[1])

    def _any(self, m: AnyBase) -> bool:
        """An ``Any`` by what it holds; not if that is not known or cannot be read."""
        prefix, slash, name = m.type_url.rpartition("/")
        found = self._types.message(name) if slash and self._types else None
        if found is None or not hasattr(found, "_text") or not is_url_prefix(prefix):
            return False
        try:
            # A reader counts the messages around it.
            limit = _DEPTH - 1 - (self._level - self._entries)
            content = found.from_bytes(m.value, recursion_limit=limit)
        except DecodeError:
            return False
        self.block(f"[{m.type_url}]", self.message, content)
        return True

    def _numbered(self, b: bytes, depth: int) -> None:
        """Unknown fields by their numbers."""
        for t, _, p, q in records(b):
            name = str(t >> 3)
            kind = t & 7
            if kind == 0:
                self._line(f"{name}: {wire.get_uint64(b, p)[0]}")
            elif kind == 1:
                self._line(f"{name}: 0x{wire.fixed64(b, p)[0]:016x}")
            elif kind == 5:
                self._line(f"{name}: 0x{wire.fixed32(b, p)[0]:08x}")
            elif kind == 3:
                inner = b[p : wire.group(b, p, q, t)[0]]
                self.block(name, self._numbered, inner, depth)
            else:
                inner = b[wire.get_uint64(b, p)[1] : q]
                if depth and inner and _is_message(inner):
                    self.block(name, self._numbered, inner, depth - 1)
                else:
                    self._line(f"{name}: {_bytes(inner)}")


def _enum(value: int, table: EnumTable[Any]) -> str:
    name = table.names.get(value)
    if name is None or value.__class__ is bool:
        return put_json.int32(value)
    return name


def _is_message(b: bytes) -> bool:
    """Whether bytes are whole fields up to their end."""
    try:
        return all(t >> 32 == 0 for t, _, _, _ in records(b))
    except wire.FAULTS:
        return False
