"""The types of extension values: how each is read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, Generic, TypeVar

from . import protojson, put, put_json, wire
from .errors import EncodeError, shown
from .message import Message

_T = TypeVar("_T")
_I = TypeVar("_I", bound=IntEnum)
_M = TypeVar("_M", bound=Message)


class EnumTable(Generic[_I]):
    """The values of an enum by number, their names in the contract, and the reverse.

    An alias is read as the value of its number, and never written.
    """

    __slots__ = ("names", "numbers", "values")

    def __init__(
        self,
        cls: type[_I],
        names: Mapping[int, str],
        aliases: Mapping[str, int] | None = None,
    ) -> None:
        self.names = names
        self.values = {number: cls(number) for number in names}
        self.numbers = {name: number for number, name in names.items()}
        self.numbers.update(aliases or {})


class Kind(Generic[_T]):
    """A type: its wire type, its default and its forms on the wire and in JSON."""

    __slots__ = (
        "default",
        "get",
        "get_json",
        "is_closed",
        "of",
        "put",
        "put_json",
        "wire",
    )

    def __init__(
        self,
        of: str | EnumTable[Any] | type[Message],
        wire_type: int,
        default: _T | None,
        put: Callable[[_T], bytes],
        get: Callable[[bytes, int, int], _T],
        put_json: Callable[[_T, protojson.Options], str],
        get_json: Callable[[Any, protojson.Options, int], _T | None],
        *,
        is_closed: bool = False,
    ) -> None:
        #: The scalar's name, the enum's table or the message's class.
        self.of = of
        #: Whether it is an enum that has no other numbers than those with a name.
        self.is_closed = is_closed
        self.wire = wire_type
        self.default = default
        self.put = put
        self.get = get
        self.put_json = put_json
        self.get_json = get_json

    def unpack(self, b: bytes, p: int, e: int) -> Iterable[tuple[_T, int, int]]:
        """The elements of a packed list, with their beginnings and ends."""
        while p < e:
            q = wire.skip(b, p, e, 8 | self.wire)
            yield self.get(b, p, q), p, q
            p = q


def _plain(
    of: str,
    wire_type: int,
    default: _T,
    put: Callable[[_T], bytes],
    get: Callable[[bytes, int], tuple[_T, Any]],
    put_json: Callable[[_T], str],
    get_json: Callable[[Any], _T],
) -> Kind[_T]:
    return Kind(
        of,
        wire_type,
        default,
        put,
        lambda b, p, q: get(b, p)[0],
        lambda value, o: put_json(value),
        lambda value, o, depth: get_json(value),
    )


def _zigzag(b: bytes, p: int) -> tuple[int, int]:
    value, p = wire.get_uint64(b, p)
    return (value >> 1) ^ -(value & 1), p


def _zigzag32(b: bytes, p: int) -> tuple[int, int]:
    value, p = wire.get_uint32(b, p)
    return (value >> 1) ^ -(value & 1), p


def _bool(b: bytes, p: int) -> tuple[bool, int]:
    value, p = wire.get_uint64(b, p)
    return value != 0, p


def _bytes(b: bytes, p: int, q: int) -> bytes:
    return b[wire.get_uint64(b, p)[1] : q]


_j, _p, _q = protojson, put, put_json
INT32 = _plain("int32", 0, 0, _p.int32, wire.get_int32, _q.int32, _j.get_int32)
INT64 = _plain("int64", 0, 0, _p.int64, wire.get_int64, _q.int64, _j.get_int64)
UINT32 = _plain("uint32", 0, 0, _p.uint32, wire.get_uint32, _q.uint32, _j.get_uint32)
UINT64 = _plain("uint64", 0, 0, _p.uint64, wire.get_uint64, _q.uint64, _j.get_uint64)
SINT32 = _plain("int32", 0, 0, _p.sint32, _zigzag32, _q.int32, _j.get_int32)
SINT64 = _plain("int64", 0, 0, _p.sint64, _zigzag, _q.int64, _j.get_int64)
BOOL = _plain("bool", 0, False, _p.put_bool, _bool, _q.boolean, _j.get_bool)
FIXED32 = _plain(
    "uint32",
    5,
    0,
    _p.put_fixed32,
    lambda b, p: (int(wire.fixed32(b, p)[0]), p),
    _q.uint32,
    _j.get_uint32,
)
FIXED64 = _plain(
    "uint64",
    1,
    0,
    _p.put_fixed64,
    lambda b, p: (int(wire.fixed64(b, p)[0]), p),
    _q.uint64,
    _j.get_uint64,
)
SFIXED32 = _plain(
    "int32",
    5,
    0,
    _p.put_sfixed32,
    lambda b, p: (int(wire.sfixed32(b, p)[0]), p),
    _q.int32,
    _j.get_int32,
)
SFIXED64 = _plain(
    "int64",
    1,
    0,
    _p.put_sfixed64,
    lambda b, p: (int(wire.sfixed64(b, p)[0]), p),
    _q.int64,
    _j.get_int64,
)
FLOAT = _plain(
    "float",
    5,
    0.0,
    _p.put_float,
    lambda b, p: (float(wire.float32(b, p)[0]), p),
    _q.single,
    _j.get_float,
)
DOUBLE = _plain(
    "double",
    1,
    0.0,
    _p.put_double,
    lambda b, p: (float(wire.double(b, p)[0]), p),
    _q.double,
    _j.get_double,
)
STRING: Kind[str] = Kind(
    "string",
    2,
    "",
    _p.put_string,
    lambda b, p, q: _bytes(b, p, q).decode(),
    lambda value, o: _q.string(value),
    lambda value, o, depth: _j.get_string(value),
)
RAW_STRING: Kind[str] = Kind(
    "raw string",
    2,
    "",
    _p.put_raw_string,
    lambda b, p, q: _bytes(b, p, q).decode("utf-8", "surrogateescape"),
    lambda value, o: _q.string(value),
    lambda value, o, depth: _j.get_string(value),
)
BYTES: Kind[bytes] = Kind(
    "bytes",
    2,
    b"",
    _p.put_bytes,
    _bytes,
    lambda value, o: _q.blob(value),
    lambda value, o, depth: _j.get_bytes(value),
)


def enum(table: EnumTable[_I], default: _I) -> Kind[_I | int]:
    """An open enum."""
    values, numbers = table.values, table.numbers

    def get(b: bytes, p: int, q: int) -> _I | int:
        number = wire.get_int32(b, p)[0]
        return values.get(number, number)

    return Kind(
        table,
        0,
        default,
        _p.int32,
        get,
        lambda value, o: _q.enum(value, table.names),
        lambda value, o, depth: _j.get_enum(value, numbers, values, o),
    )


def closed_enum(table: EnumTable[_I], default: _I) -> Kind[_I]:
    """A closed enum; an unknown number is no value."""
    values, numbers = table.values, table.numbers

    def get(b: bytes, p: int, q: int) -> Any:
        return values.get(wire.get_int32(b, p)[0])

    return Kind(
        table,
        0,
        default,
        _p.int32,
        get,
        lambda value, o: _q.enum(value, table.names),
        lambda value, o, depth: _j.get_closed_enum(value, numbers, values, o),
        is_closed=True,
    )


def message(cls: type[_M]) -> Kind[_M]:
    """A message with its length before it."""
    return Kind(
        cls,
        2,
        None,
        lambda value: _p.delimited(_checked(value, cls)._write(True)),
        lambda b, p, q: cls._read(b, wire.get_uint64(b, p)[1], q, 100),
        lambda value, o: value._to_json(o),
        lambda value, o, depth: cls._from_dict(value, o, depth - 1),
    )


def group(cls: type[_M]) -> Kind[_M]:
    """A message between group tags, which are not part of it."""
    return Kind(
        cls,
        3,
        None,
        lambda value: _checked(value, cls)._write(True),
        lambda b, p, q: cls._read(b, p, q, 100),
        lambda value, o: value._to_json(o),
        lambda value, o, depth: cls._from_dict(value, o, depth - 1),
    )


def _checked(value: object, cls: type[_M]) -> _M:
    if isinstance(value, cls):
        return value
    raise EncodeError(f"expected a {cls.__qualname__}, got {shown(value)}")
