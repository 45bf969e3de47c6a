"""The well-known types: their JSON forms and their conversions to Python's own types.

The classes here are the bases of the generated ones, which add the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, TypeVar

from . import protojson, put_json
from .errors import JsonError, shown
from .message import Message
from .protojson import Options

if TYPE_CHECKING:
    from typing_extensions import Self

_M = TypeVar("_M", bound=Message)

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LOCAL_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_DURATION = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{1,9}))?s")
_FIRST_SECOND = -62135596800  # 0001-01-01T00:00:00Z
_LAST_SECOND = 253402300799  # 9999-12-31T23:59:59Z
_MOST_SECONDS = 315576000000  # 10,000 years


def _fraction(nanos: int) -> str:
    """The digits of a fraction of a second: none, three, six or nine."""
    if nanos == 0:
        return ""
    if nanos % 1_000_000 == 0:
        return f".{nanos // 1_000_000:03}"
    if nanos % 1000 == 0:
        return f".{nanos // 1000:06}"
    return f".{nanos:09}"


class TimestampBase(Message):
    """A point in time, to the nanosecond."""

    __slots__ = ()
    _json_value = True

    seconds: int
    nanos: int

    @classmethod
    def from_datetime(cls, when: datetime) -> Self:
        """The timestamp of a ``datetime``, which must know its time zone."""
        if when.tzinfo is None:
            raise ValueError("the datetime has no time zone")
        seconds, rest = divmod(when - _EPOCH, _SECOND)
        m: Any = cls()
        m.seconds = seconds
        m.nanos = rest.microseconds * 1000
        return m  # type: ignore[no-any-return]

    def to_datetime(self) -> datetime:
        """The time in UTC. Parts of a microsecond are cut off."""
        microseconds = self.nanos // 1000
        return _EPOCH + timedelta(seconds=self.seconds, microseconds=microseconds)

    def _to_json(self, o: Options) -> str:
        if not _FIRST_SECOND <= self.seconds <= _LAST_SECOND:
            raise JsonError("the timestamp is not within the years 1 and 9999")
        if not 0 <= self.nanos <= 999_999_999:
            raise JsonError(f"nanos are {self.nanos}, not within 0 and 999999999")
        when = _LOCAL_EPOCH + timedelta(0, self.seconds)
        return f'"{when.isoformat()}{_fraction(self.nanos)}Z"'

    @classmethod
    def _from_dict(cls, d: object, o: Options, depth: int) -> Self:
        protojson.nest(depth)
        found = _TIMESTAMP.fullmatch(d) if isinstance(d, str) else None
        if found is None:
            raise JsonError(f"expected an RFC 3339 time, got {shown(d)}")
        year, month, day, hour, minute, second = map(int, found.groups()[:6])
        fraction, sign, hours, minutes = found.groups()[6:]
        try:
            when = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
        except ValueError as error:
            raise JsonError(f"{d!r} is no time: {error}") from None
        seconds = (when - _EPOCH) // _SECOND
        if sign:
            if int(hours) > 23 or int(minutes) > 59:
                raise JsonError(f"{d!r} has no valid offset")
            offset = int(hours) * 3600 + int(minutes) * 60
            seconds += -offset if sign == "+" else offset
        if not _FIRST_SECOND <= seconds <= _LAST_SECOND:
            raise JsonError(f"{d!r} is not within the years 1 and 9999")
        m: Any = cls()
        m.seconds = seconds
        m.nanos = int((fraction or "").ljust(9, "0"))
        return m  # type: ignore[no-any-return]


class DurationBase(Message):
    """A length of time, to the nanosecond; both parts have the same sign."""

    __slots__ = ()
    _json_value = True

    seconds: int
    nanos: int

    @classmethod
    def from_timedelta(cls, length: timedelta) -> Self:
        """The duration of a ``timedelta``."""
        micros = length // timedelta(microseconds=1)
        sign = -1 if micros < 0 else 1
        seconds, rest = divmod(abs(micros), 1_000_000)
        m: Any = cls()
        m.seconds = sign * seconds
        m.nanos = sign * rest * 1000
        return m  # type: ignore[no-any-return]

    def to_timedelta(self) -> timedelta:
        """The duration. Parts of a microsecond are cut off."""
        micros = abs(self.nanos) // 1000
        return timedelta(
            seconds=self.seconds, microseconds=-micros if self.nanos < 0 else micros
        )

    def _to_json(self, o: Options) -> str:
        seconds, nanos = self.seconds, self.nanos
        if abs(seconds) > _MOST_SECONDS or abs(nanos) > 999_999_999:
            raise JsonError("the duration is not within 10,000 years")
        if seconds < 0 < nanos or nanos < 0 < seconds:
            raise JsonError("the signs of seconds and nanos differ")
        if seconds < 0 or nanos < 0:
            return f'"-{-seconds}{_fraction(-nanos)}s"'
        return f'"{seconds}{_fraction(nanos)}s"'

    @classmethod
    def _from_dict(cls, d: object, o: Options, depth: int) -> Self:
        protojson.nest(depth)
        found = _DURATION.fullmatch(d) if isinstance(d, str) else None
        if found is None or len(found[2]) > 15 or int(found[2]) > _MOST_SECONDS:
            raise JsonError(f"expected seconds such as '1.5s', got {shown(d)}")
        sign = -1 if found[1] else 1
        m: Any = cls()
        m.seconds = sign * int(found[2])
        m.nanos = sign * int((found[3] or "").ljust(9, "0"))
        return m  # type: ignore[no-any-return]


_CAMEL = re.compile(r"_([a-z])")
_UPPER = re.compile(r"[A-Z]")
_CAMEL_PATH = re.compile(r"[A-Za-z0-9.]+")


class FieldMaskBase(Message):
    """Paths to fields, in the spelling of the contract."""

    __slots__ = ()
    _json_value = True

    paths: list[str]

    @classmethod
    def from_paths(cls, paths: Iterable[str]) -> Self:
        """The mask of some paths, such as ``lead.full_name``."""
        m: Any = cls()
        m.paths = list(paths)
        return m  # type: ignore[no-any-return]

    def _to_json(self, o: Options) -> str:
        camel = []
        for path in self.paths:
            name = _CAMEL.sub(lambda found: found[1].upper(), path)
            back = _UPPER.sub(lambda found: "_" + found[0].lower(), name)
            if back != path or not _CAMEL_PATH.fullmatch(name):
                raise JsonError(f"the path {path!r} has no JSON form")
            camel.append(name)
        return put_json.string(",".join(camel))

    @classmethod
    def _from_dict(cls, d: object, o: Options, depth: int) -> Self:
        protojson.nest(depth)
        m: Any = cls()
        text = protojson.get_string(d)
        for name in text.split(",") if text else []:
            if not _CAMEL_PATH.fullmatch(name):
                raise JsonError(f"{name!r} is no path in lowerCamelCase")
            m.paths.append(_UPPER.sub(lambda found: "_" + found[0].lower(), name))
        return m  # type: ignore[no-any-return]


class WrapperBase(Message):
    """A scalar that can be absent."""

    __slots__ = ()
    _json_value = True


class StructBase(Message):
    """A JSON object."""

    __slots__ = ()
    _json_value = True

    @classmethod
    def from_python(cls, members: Mapping[str, Any]) -> Self:
        """The struct of a dict of JSON values."""
        return cls.from_dict(dict(members))

    def to_python(self) -> dict[str, Any]:
        """The struct as a dict of JSON values."""
        found: dict[str, Any] = self.to_dict()
        return found


class ValueBase(Message):
    """A JSON value."""

    __slots__ = ()
    _json_value = True

    @classmethod
    def from_python(cls, value: Any) -> Self:
        """The message of a JSON value."""
        return cls.from_dict(value)

    def to_python(self) -> Any:
        """The JSON value; ``None`` for null."""
        return self.to_dict()


class ListValueBase(Message):
    """A JSON array."""

    __slots__ = ()
    _json_value = True

    @classmethod
    def from_python(cls, values: Iterable[Any]) -> Self:
        """The message of a list of JSON values."""
        return cls.from_dict(list(values))

    def to_python(self) -> list[Any]:
        """The list of JSON values."""
        found: list[Any] = self.to_dict()
        return found


class AnyBase(Message):
    """A message of any type, in its binary form."""

    __slots__ = ()
    _json_value = True

    type_url: str
    value: bytes

    @classmethod
    def pack(cls, message: Message) -> Self:
        """Wraps a message."""
        m: Any = cls()
        m.type_url = f"type.googleapis.com/{message._full_name}"
        m.value = message.to_bytes(deterministic=True)
        return m  # type: ignore[no-any-return]

    @property
    def type_name(self) -> str:
        """The full name of the message inside."""
        return self.type_url.rpartition("/")[2]

    def unpack(self, cls: type[_M]) -> _M | None:
        """The message inside, or ``None`` if it is of another type."""
        return cls.from_bytes(self.value) if self.type_name == cls._full_name else None

    def _class(self, o: Options) -> type[Message]:
        found = None if o.types is None else o.types.message(self.type_name)
        if found is None or "/" not in self.type_url:
            raise JsonError(f"the type {self.type_url!r} is not among `types`")
        return found

    def _to_json(self, o: Options) -> str:
        if not self.type_url:
            if self.value:
                raise JsonError("the value has no type")
            return "{}"
        cls = self._class(o)
        inner = cls.from_bytes(self.value)._to_json(o)
        head = '{"@type":' + put_json.string(self.type_url)
        if cls._json_value:
            return f'{head},"value":{inner}}}'
        return head + inner[1:] if inner == "{}" else f"{head},{inner[1:]}"

    @classmethod
    def _from_dict(cls, d: object, o: Options, depth: int) -> Self:
        d = protojson.members(d, depth)
        m: Any = cls()
        if not d:
            return m  # type: ignore[no-any-return]
        if "@type" not in d:
            raise JsonError("the object has no `@type`")
        m.type_url = protojson.get_string(d["@type"])
        inner = m._class(o)
        rest: Any = {name: value for name, value in d.items() if name != "@type"}
        if inner._json_value:
            if len(rest) != 1 or "value" not in rest:
                raise JsonError("expected the keys `@type` and `value`")
            rest = rest["value"]
        message = inner._from_dict(rest, o, depth - 1)
        missing = message._missing()
        if missing:
            raise JsonError(f"the required field `{missing}` is not set")
        m.value = message.to_bytes(deterministic=True)
        return m  # type: ignore[no-any-return]
