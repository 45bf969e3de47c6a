"""Extensions: typed keys for what a message holds beyond its own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import put, wire
from .errors import EncodeError, JsonError, shown
from .kinds import Kind
from .message import REDACTED, Message
from .protojson import Options

if TYPE_CHECKING:
    from .extendable import ExtendableMessage

_E = TypeVar("_E", bound="ExtendableMessage")
_T = TypeVar("_T")


class Extension(Generic[_E, _T]):
    """The key of a singular extension: ``message.extensions[key]`` is a ``_T``."""

    __slots__ = ("_default", "_kind", "_redacted", "extendee", "full_name", "number")

    def __init__(
        self,
        extendee: type[_E],
        number: int,
        full_name: str,
        kind: Kind[Any],
        default: Any = None,
        *,
        redacted: bool = False,
    ) -> None:
        self.extendee = extendee
        self.number = number
        self.full_name = full_name
        self._kind = kind
        self._default = kind.default if default is None else default
        self._redacted = redacted

    def __repr__(self) -> str:
        return f"<extension {self.full_name} = {self.number}>"

    def _initial(self) -> Any:
        """The value of an extension that is not set; none for a message."""
        return self._default

    def _parse(
        self, old: Any, record: tuple[int, bytes, int, int]
    ) -> tuple[Any, bytes] | None:
        """The value after one more record, and what of the record remains unknown.

        Nothing if the record holds no such value.
        """
        t, b, p, q = record
        kind = self._kind
        if t & 7 != kind.wire:
            return None
        if kind.wire == 3:
            q = wire.group(b, p, q, t)[0]
        value = kind.get(b, p, q)
        return None if value is None else (self._merged(old, value), b"")

    def _merged(self, old: Any, new: Any) -> Any:
        if isinstance(old, Message):
            old._merge(new)
            return old
        return new

    def _write(self, value: Any) -> bytes:
        kind = self._kind
        out = put.varint(self.number << 3 | kind.wire) + kind.put(value)
        if kind.wire == 3:
            out += put.varint(self.number << 3 | 4)
        return out

    def _to_json(self, value: Any, o: Options) -> str:
        return self._kind.put_json(value, o)

    def _from_json(self, value: Any, o: Options, depth: int) -> Any:
        return self._kind.get_json(value, o, depth)

    def _missing(self, value: Any) -> str:
        return value._missing() if isinstance(value, Message) else ""


class RepeatedExtension(Extension[_E, list[_T]]):
    """The key of a repeated extension: ``message.extensions[key]`` is a list."""

    __slots__ = ("_packed",)

    def __init__(
        self,
        extendee: type[_E],
        number: int,
        full_name: str,
        kind: Kind[_T],
        *,
        packed: bool = False,
        redacted: bool = False,
    ) -> None:
        super().__init__(extendee, number, full_name, kind, redacted=redacted)
        self._packed = packed

    def _initial(self) -> Any:
        return []

    def _parse(
        self, old: Any, record: tuple[int, bytes, int, int]
    ) -> tuple[Any, bytes] | None:
        t, b, p, q = record
        kind = self._kind
        if t & 7 == kind.wire:
            found = super()._parse(None, record)
            return None if found is None else (self._merged(old, [found[0]]), b"")
        if t & 7 != 2 or kind.wire == 3:
            return None
        values = []
        rest = b""
        for value, start, end in kind.unpack(b, wire.get_uint64(b, p)[1], q):
            if value is None:
                rest += put.varint(self.number << 3 | kind.wire) + b[start:end]
            else:
                values.append(value)
        return self._merged(old, values), rest

    def _merged(self, old: Any, new: Any) -> Any:
        return new if old is None else old + new

    def _write(self, value: Any) -> bytes:
        kind = self._kind
        if not self._packed:
            single = super()._write
            return b"".join([single(element) for element in put.elements(value)])
        if not value:
            return b""
        return put.varint(self.number << 3 | 2) + put.packed(value, kind.put)

    def _to_json(self, value: Any, o: Options) -> str:
        texts = [self._kind.put_json(element, o) for element in put.elements(value)]
        return f"[{','.join(texts)}]"

    def _from_json(self, value: Any, o: Options, depth: int) -> Any:
        if not isinstance(value, list):
            raise JsonError(f"expected an array, got {shown(value)}")
        found = [self._kind.get_json(element, o, depth) for element in value]
        return [element for element in found if element is not None]

    def _missing(self, value: Any) -> str:
        for index, element in enumerate(value):
            path = super()._missing(element)
            if path:
                return f"[{index}].{path}"
        return ""


class Held:
    """An extension that a message holds, with its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: Extension[Any, Any], value: Any) -> None:
        self.key = key
        self.value = value

    def shown(self) -> str:
        """The value as a representation shows it."""
        return REDACTED if self.key._redacted else repr(self.value)

    def write(self) -> bytes:
        """The extension in the binary format."""
        try:
            return self.key._write(self.value)
        except (EncodeError, TypeError, AttributeError, ValueError) as fault:
            reason = f"the extension cannot hold {shown(self.value)}"
            error = fault if isinstance(fault, EncodeError) else EncodeError(reason)
            error.within(f"[{self.key.full_name}]")
            raise error from None
