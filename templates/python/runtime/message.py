"""What all generated messages share."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, ClassVar

from . import protojson, put_json
from .errors import DecodeError, EncodeError, JsonError

if TYPE_CHECKING:
    from typing_extensions import Self

    from .registry import Types


#: What ``repr`` shows of a value that the contract wants to keep out of logs.
REDACTED = "<redacted>"


class Message:
    """A message of the contract.

    Two messages are equal if they are of one class and all their fields, unknown ones
    included, are equal. Messages are mutable and therefore not hashable.
    """

    __slots__ = ("_unknown",)
    __match_args__: ClassVar[tuple[str, ...]] = ()

    _full_name: ClassVar[str] = ""
    #: The name of each field by its number, for the paths in errors.
    _fields: ClassVar[dict[int, str]] = {}
    #: The number of each field by its names in JSON.
    _json: ClassVar[dict[str, int]] = {}
    #: The attributes whose values ``repr`` does not show (``debug_redact``).
    _redacted: ClassVar[tuple[str, ...]] = ()
    #: Whether the JSON form is a value of its own instead of an object of fields.
    _json_value: ClassVar[bool] = False

    _unknown: bytes

    # What generated code provides.

    @classmethod
    def _read(cls, b: bytes, p: int, e: int, depth: int) -> Self:
        raise NotImplementedError

    def _write(self, d: bool) -> bytes:
        raise NotImplementedError

    def _merge(self, other: Any) -> None:
        raise NotImplementedError

    def _missing(self) -> str:
        """The path of a required field that is not set, or nothing."""
        return ""

    def _to_json(self, o: protojson.Options) -> str:
        raise NotImplementedError

    @classmethod
    def _from_dict(cls, d: object, o: protojson.Options, depth: int) -> Self:
        raise NotImplementedError

    # The binary format.

    def to_bytes(self, *, deterministic: bool = False) -> bytes:
        """The message in the binary format.

        Fields are written in the order of their numbers, unknown ones last. Maps are
        written in the order of the dict, or of their keys if ``deterministic`` is set.
        Raises ``EncodeError`` if a field holds what its type cannot.
        """
        try:
            return self._write(deterministic)
        except EncodeError as error:
            error.within(self._full_name)
            raise
        except RecursionError:
            raise EncodeError("the message is too deep, or contains itself") from None

    def __bytes__(self) -> bytes:
        return self.to_bytes()

    @classmethod
    def from_bytes(
        cls, data: bytes | bytearray | memoryview, *, recursion_limit: int = 100
    ) -> Self:
        """Reads a message in the binary format.

        Raises ``DecodeError`` if the bytes are no valid encoding, if a required field
        is missing, or if messages are nested deeper than ``recursion_limit``.
        """
        b = data if isinstance(data, bytes) else bytes(data)
        try:
            message = cls._read(b, 0, len(b), recursion_limit)
            missing = message._missing()
            if missing:
                error = DecodeError("the required field is not set")
                error.within(missing)
                raise error
            return message
        except DecodeError as error:
            error.within(cls._full_name)
            raise

    def merge_from(self, other: Self) -> None:
        """Merges a message into this one, as if both had been read one after the other.

        Fields that are set replace, lists are appended, maps are updated and messages
        are merged in turn. Nothing is shared between the two afterwards.
        """
        if other.__class__ is not self.__class__:
            raise TypeError(f"expected a {type(self).__qualname__}, got {other!r}")
        self._merge(other.copy())

    def merge_from_bytes(
        self, data: bytes | bytearray | memoryview, *, recursion_limit: int = 100
    ) -> None:
        """Reads a message in the binary format and merges it into this one.

        The message is unchanged if this fails.
        """
        self._merge(type(self).from_bytes(data, recursion_limit=recursion_limit))

    @property
    def unknown_fields(self) -> bytes:
        """Fields that the contract does not know, as they were read. Written last."""
        return self._unknown

    # ProtoJSON.

    def to_json(self, *, types: Types | None = None, indent: int | None = None) -> str:
        """The message in ProtoJSON; as one line if ``indent`` is not given.

        ``types`` knows the messages that an ``Any`` holds and the extensions.
        Raises ``JsonError`` if a field holds what its type cannot.
        """
        plain = protojson.PLAIN
        options = plain if types is None else protojson.Options(types=types)
        try:
            text = self._to_json(options)
        except JsonError as error:
            error.within(self._full_name)
            raise
        except RecursionError:
            raise JsonError("the message is too deep, or contains itself") from None
        return text if indent is None else put_json.indented(text, indent)

    def to_dict(self, *, types: Types | None = None) -> Any:
        """The ProtoJSON form of the message, made of dicts, lists and scalars."""
        return json.loads(self.to_json(types=types))

    @classmethod
    def from_dict(
        cls,
        data: Any,
        *,
        ignore_unknown: bool = False,
        types: Types | None = None,
        recursion_limit: int = 100,
    ) -> Self:
        """Reads a message from its ProtoJSON form, made of dicts, lists and scalars.

        Raises ``JsonError`` if the form is not valid, which an unknown field is too
        unless ``ignore_unknown`` is set.
        """
        options = protojson.PLAIN
        if ignore_unknown or types is not None:
            options = protojson.Options(ignore_unknown=ignore_unknown, types=types)
        try:
            message = cls._from_dict(data, options, recursion_limit)
            missing = message._missing()
            if missing:
                error = JsonError("the required field is not set")
                error.within(missing)
                raise error
            return message
        except JsonError as error:
            error.within(cls._full_name)
            raise
        except RecursionError:
            raise JsonError("messages are nested too deeply") from None

    @classmethod
    def from_json(
        cls,
        text: str | bytes,
        *,
        ignore_unknown: bool = False,
        types: Types | None = None,
        recursion_limit: int = 100,
    ) -> Self:
        """Reads a message from ProtoJSON text; see ``from_dict``."""
        return cls.from_dict(
            protojson.parse(text),
            ignore_unknown=ignore_unknown,
            types=types,
            recursion_limit=recursion_limit,
        )

    # Values.

    def copy(self) -> Self:
        """A deep copy."""
        new = object.__new__(type(self))
        for name in self.__match_args__:
            setattr(new, name, _copied(getattr(self, name)))
        new._unknown = self._unknown
        return new

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.copy()

    def replace(self, **changes: Any) -> Self:
        """A copy with other values of some fields. The other fields are shared."""
        new = copy.copy(self)
        for name, value in changes.items():
            if name not in self.__match_args__:
                raise TypeError(f"{type(self).__qualname__} has no field {name!r}")
            setattr(new, name, value)
        return new

    def __replace__(self, **changes: Any) -> Self:
        return self.replace(**changes)

    def clear(self) -> None:
        """Takes back all fields, unknown ones included."""
        empty = type(self)()
        for name in self.__match_args__:
            setattr(self, name, getattr(empty, name))
        self._unknown = b""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message) or type(other) is not type(self):
            return NotImplemented
        for name in self.__match_args__:
            if getattr(self, name) != getattr(other, name):
                return False
        return self._same_unknown(other)

    def _same_unknown(self, other: Message) -> bool:
        return self._unknown == other._unknown

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        empty = type(self)()
        parts = []
        for name in self.__match_args__:
            value = getattr(self, name)
            if value != getattr(empty, name):
                text = REDACTED if name in self._redacted else repr(value)
                parts.append(f"{name}={text}")
        return f"{type(self).__qualname__}({', '.join(parts)})"


class Arm:
    """One member of a oneof that is set, with its value."""

    __slots__ = ("value",)
    __match_args__ = ("value",)

    #: Whether ``repr`` does not show the value (``debug_redact``).
    _redacted: ClassVar[bool] = False

    value: Any

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Arm) or type(other) is not type(self):
            return NotImplemented
        return bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        text = REDACTED if self._redacted else repr(self.value)
        return f"{type(self).__qualname__}({text})"


def _copied(value: Any) -> Any:
    """A deep copy of anything that a field can hold."""
    if isinstance(value, Message):
        return value.copy()
    if isinstance(value, Arm):
        new = object.__new__(value.__class__)
        new.value = _copied(value.value)
        return new
    if value.__class__ is list:
        return [_copied(element) for element in value]
    if value.__class__ is dict:
        return {key: _copied(element) for key, element in value.items()}
    return value
