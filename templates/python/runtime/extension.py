"""Extensions: typed keys for what a message holds beyond its own fields.

An extension stays in the unknown fields of a message until it is asked for, so reading
needs no table of extensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import protojson, put, wire
from .errors import DecodeError, EncodeError, JsonError, shown
from .kinds import Kind
from .message import REDACTED, Message, _copied
from .protojson import Options

if TYPE_CHECKING:
    from typing_extensions import Self

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


class ExtendableMessage(Message):
    """A message that extensions can add fields to."""

    __slots__ = ("_extensions",)

    _extensions: dict[int, Held]

    @property
    def extensions(self) -> Extensions[Self]:
        """The extensions that are set."""
        return Extensions(self)

    def _held(self, key: Extension[Any, Any]) -> Held | None:
        """The extension, taken out of the unknown fields if it is still there."""
        held = self._extensions.get(key.number)
        if held is not None:
            return held
        if not self._unknown:
            return None
        self._take(key, None)
        return self._extensions.get(key.number)

    def _take(self, key: Extension[Any, Any], value: Any) -> None:
        """Moves an extension out of the unknown fields, merging it into ``value``."""
        rest = []
        b = self._unknown
        try:
            for t, start, p, q in records(b):
                new = None
                if t >> 3 == key.number:
                    new = key._parse(value, (t, b, p, q))
                if new is None:
                    rest.append(b[start:q])
                else:
                    value, unknown = new
                    rest.append(unknown)
        except wire.FAULTS as fault:
            reason = fault.reason if isinstance(fault, DecodeError) else str(fault)
            error = DecodeError(reason)
            error.within(f"[{key.full_name}]")
            error.within(self._full_name)
            raise error from None
        if value is not None:
            self._unknown = b"".join(rest)
            self._extensions[key.number] = Held(key, value)

    def _write_extensions(self, first: int, last: int) -> bytes:
        """The extensions of a range of numbers in the binary format."""
        found = [
            (number, held.write())
            for number, held in self._extensions.items()
            if first <= number <= last
        ]
        b = self._unknown
        if b:
            found += [
                (t >> 3, b[start:q])
                for t, start, _, q in records(b)
                if first <= t >> 3 <= last
            ]
        found.sort(key=_number)
        return b"".join([data for _, data in found])

    def _write_held(self) -> bytes:
        """The extensions that were taken out of the unknown fields."""
        numbers = sorted(self._extensions)
        return b"".join([self._extensions[number].write() for number in numbers])

    def _write_unknown(self, *ranges: int) -> bytes:
        """The unknown fields outside of ranges, given by first and last number."""
        b = self._unknown
        rest = []
        for t, start, _, q in records(b):
            if not any(
                first <= t >> 3 <= last
                for first, last in zip(ranges[::2], ranges[1::2], strict=True)
            ):
                rest.append(b[start:q])
        return b"".join(rest)

    def _merge_extensions(self, other: Self) -> None:
        for held in other._extensions.values():
            mine = self._held(held.key)
            if mine is None:
                self._extensions[held.key.number] = held
            else:
                mine.value = mine.key._merged(mine.value, held.value)
        self._unknown += other._unknown
        if other._unknown:
            for held in list(self._extensions.values()):
                self._take(held.key, held.value)

    def _missing_extension(self) -> str:
        for held in self._extensions.values():
            path = held.key._missing(held.value)
            if path:
                return f"[{held.key.full_name}].{path}"
        return ""

    def _missing(self) -> str:
        return self._missing_extension()

    def _put_extensions(self, w: list[str], o: Options) -> None:
        """Adds the members of the extensions that are known to the JSON form."""
        if o.types is not None and self._unknown:
            for number in {t >> 3 for t, _, _, _ in records(self._unknown)}:
                key = o.types.extension_number(self._full_name, number)
                if key is not None:
                    self._held(key)
        for number in sorted(self._extensions):
            held = self._extensions[number]
            w.append(f'"[{held.key.full_name}]":{held.key._to_json(held.value, o)}')

    def _get_extension(self, name: str, value: Any, o: Options, depth: int) -> bool:
        """Reads an extension from its JSON form; whether it is known."""
        key = None if o.types is None else o.types.extension(name[1:-1])
        if key is None or key.extendee is not type(self):
            return False
        if value is not None:
            found = key._from_json(value, o, depth)
            if found is not None:
                self._extensions[key.number] = Held(key, found)
        return True

    def copy(self) -> Self:
        """A deep copy."""
        new = super().copy()
        new._extensions = {
            number: Held(held.key, _copied(held.value))
            for number, held in self._extensions.items()
        }
        return new

    def clear(self) -> None:
        """Takes back all fields, extensions and unknown ones included."""
        super().clear()
        self._extensions = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExtendableMessage) or type(other) is not type(self):
            return NotImplemented
        for held in [*self._extensions.values(), *other._extensions.values()]:
            mine, theirs = self._held(held.key), other._held(held.key)
            if mine is None or theirs is None or mine.value != theirs.value:
                return False
        return super().__eq__(other)

    def _same_unknown(self, other: Message) -> bool:
        # Extensions that nobody has asked for are among them.
        mine, theirs = self._unknown, other._unknown
        return mine == theirs or _by_number(mine) == _by_number(theirs)

    __hash__ = None

    def __repr__(self) -> str:
        text = super().__repr__()
        if not self._extensions:
            return text
        between = "" if text.endswith("()") else ", "
        return f"{text[:-1]}{between}extensions={self.extensions!r})"

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        state = {name: getattr(self, name) for name in self.__match_args__}
        state["_unknown"] = self._write_held() + self._unknown
        state["_extensions"] = {}
        return None, state


class Extensions(Generic[_E]):
    """The extensions of a message, by their keys.

    An extension that is not set reads as its default; a message has none, which is a
    ``KeyError``. The list of a repeated extension is the message's own.
    """

    __slots__ = ("_message",)

    def __init__(self, message: _E) -> None:
        self._message = message

    def __getitem__(self, key: Extension[_E, _T]) -> _T:
        held = self._message._held(self._checked(key))
        if held is None:
            initial: _T = key._initial()
            if initial is None:
                raise KeyError(key.full_name)
            if not isinstance(initial, list):
                return initial
            held = self._message._extensions[key.number] = Held(key, initial)
        value: _T = held.value
        return value

    def get(self, key: Extension[_E, _T]) -> _T | None:
        """The extension, or ``None`` if it is not set."""
        held = self._message._held(self._checked(key))
        return None if held is None else held.value

    def __setitem__(self, key: Extension[_E, _T], value: _T) -> None:
        del self[key]
        self._message._extensions[key.number] = Held(key, value)

    def __delitem__(self, key: Extension[_E, _T]) -> None:
        if self._message._held(self._checked(key)) is not None:
            del self._message._extensions[key.number]

    def __contains__(self, key: Extension[_E, Any]) -> bool:
        held = self._message._held(self._checked(key))
        return held is not None and held.value != []

    def __iter__(self) -> Iterator[Extension[_E, Any]]:
        """The extensions that were read or set through here."""
        return iter([held.key for held in self._message._extensions.values()])

    def __repr__(self) -> str:
        values = self._message._extensions.values()
        parts = [f"{held.key.full_name}: {held.shown()}" for held in values]
        return f"{{{', '.join(parts)}}}"

    def _checked(self, key: Extension[_E, _T]) -> Extension[_E, _T]:
        if not isinstance(self._message, key.extendee):
            extendee = key.extendee._full_name
            raise TypeError(f"{key.full_name} extends {extendee}, not this message")
        return key


def _by_number(b: bytes) -> list[tuple[int, bytes]]:
    """Fields by their numbers; those of one number stay in the order they had."""
    found = [(t >> 3, b[start:q]) for t, start, _, q in records(b)]
    found.sort(key=_number)
    return found


def _number(found: tuple[int, bytes]) -> int:
    return found[0]


def records(b: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Tag, start, start of the value and end of each field."""
    p, e = 0, len(b)
    while p < e:
        start = p
        t, p = wire.get_uint64(b, p)
        q = wire.skip(b, p, e, t)
        yield t, start, p, q
        p = q


class MessageSet(ExtendableMessage):
    """A message of the old MessageSet format: extensions are items of a group."""

    __slots__ = ()

    @classmethod
    def _read(cls, b: bytes, p: int, e: int, depth: int) -> Self:
        if depth < 0:
            raise DecodeError("messages are nested too deeply", p)
        unknown = []
        try:
            while p < e:
                start = p
                t, p = wire.tag(b, p) if b[p] > 127 else (b[p], p + 1)
                q = wire.skip(b, p, e, t, depth)
                unknown.append(_item(b, p, q) if t == 11 else b[start:q])
                p = q
        except wire.FAULTS as fault:
            if isinstance(fault, DecodeError):
                raise
            raise DecodeError("the input ends in the middle of a value", p) from None
        m = cls()
        m._unknown = b"".join(unknown)
        return m

    def _write(self, d: bool) -> bytes:
        b = self._write_held() + self._unknown
        items = []
        rest = []
        for t, start, p, q in records(b):
            if t & 7 == 2:
                item = b"\x0b\x10" + put.varint(t >> 3) + b"\x1a" + b[p:q] + b"\f"
                items.append((t >> 3, item))
            else:
                rest.append(b[start:q])
        items.sort(key=_number)
        return b"".join([item for _, item in items] + rest)

    def _merge(self, other: Self) -> None:
        self._merge_extensions(other)

    def _to_json(self, o: Options) -> str:
        w: list[str] = []
        self._put_extensions(w, o)
        return f"{{{','.join(w)}}}"

    @classmethod
    def _from_dict(cls, d: object, o: Options, depth: int) -> Self:
        m = cls()
        for name, value in protojson.members(d, depth).items():
            if m._get_extension(name, value, o, depth):
                continue
            if not o.ignore_unknown:
                raise JsonError(f"the message has no field {name!r}")
            protojson.skip(value, depth)
        return m


def _item(b: bytes, p: int, q: int) -> bytes:
    """The item of a MessageSet as a field whose number is the type.

    Of several types or messages in it, the first counts.
    """
    number = 0
    payload: bytes | None = None
    while p < q:
        t, p = wire.get_uint64(b, p)
        if t == 12:
            break
        end = wire.skip(b, p, q, t)
        if t == 16 and not number:
            number = wire.get_uint32(b, p)[0]
        elif t == 26 and payload is None:
            payload = b[wire.get_uint64(b, p)[1] : end]
        p = end
    if payload is None or not 0 < number < 1 << 31:
        return b""
    return put.varint(number << 3 | 2) + put.delimited(payload)
