"""Messages that extensions can add fields to, and what of them is set.

An extension stays in the unknown fields of a message until it is asked for, so reading
needs no table of extensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import wire
from .errors import DecodeError
from .extension import Extension, Held
from .message import Message, _copied
from .protojson import Options
from .wire import records

if TYPE_CHECKING:
    from typing_extensions import Self

_E = TypeVar("_E", bound="ExtendableMessage")
_T = TypeVar("_T")


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
        found.sort(key=by_number)
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
        return mine == theirs or _in_order(mine) == _in_order(theirs)

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


def _in_order(b: bytes) -> list[tuple[int, bytes]]:
    """Fields by their numbers; those of one number stay in the order they had."""
    found = [(t >> 3, b[start:q]) for t, start, _, q in records(b)]
    found.sort(key=by_number)
    return found


def by_number(found: tuple[int, bytes]) -> int:
    """What fields are sorted by that stand with their numbers."""
    return found[0]
