"""Messages of the old MessageSet format: extensions are items of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import protojson, put, wire
from .errors import DecodeError, JsonError
from .extendable import ExtendableMessage, by_number
from .protojson import Options
from .wire import records

if TYPE_CHECKING:
    from typing_extensions import Self


class MessageSet(ExtendableMessage):
    """A message whose wire format is that of message sets."""

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
        items.sort(key=by_number)
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
