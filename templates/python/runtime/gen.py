"""What only generated code calls, besides the wire and JSON helpers."""

from __future__ import annotations

import json
import struct
from typing import Any, TypeVar

from . import protojson
from .errors import ContractError, DecodeError, EncodeError, JsonError, shown
from .extendable import ExtendableMessage
from .extension import Extension, RepeatedExtension
from .kinds import EnumTable
from .message import Arm, Message
from .message_set import MessageSet
from .protojson import Options
from .wellknown import (
    AnyBase,
    DurationBase,
    FieldMaskBase,
    ListValueBase,
    StructBase,
    TimestampBase,
    ValueBase,
    WrapperBase,
)
from .wire import FAULTS, get_uint64, skip, truncated

__all__ = [
    "AnyBase",
    "Arm",
    "DurationBase",
    "EnumTable",
    "ExtendableMessage",
    "Extension",
    "FieldMaskBase",
    "ListValueBase",
    "Message",
    "MessageSet",
    "RepeatedExtension",
    "StructBase",
    "TimestampBase",
    "ValueBase",
    "WrapperBase",
]

_M = TypeVar("_M", bound=Message)

#: What a writer raises on a value that does not fit; ``EncodeError`` is made of it.
MISFITS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
    struct.error,
)


def merged(old: _M | None, new: _M) -> _M:
    """The value of a message field that occurs again."""
    if old is None:
        return new
    old._merge(new)
    return old


def wrong(value: object, expected: type[Message]) -> EncodeError:
    """A field holds something else than its message."""
    return EncodeError(f"expected a {expected.__qualname__}, got {shown(value)}")


def merged_arm(old: Any, new: Any) -> Any:
    """The value of a oneof that occurs again."""
    if type(old) is type(new) and isinstance(old.value, Message):
        old.value._merge(new.value)
        return old
    return new


def check_member(value: object, members: Any) -> None:
    """Refuses what is no member of a oneof."""
    if not isinstance(value, members):
        raise EncodeError(f"expected a member of the oneof, got {shown(value)}")


def second_member() -> JsonError:
    """Two members of a oneof are set."""
    return JsonError("another member of the same oneof is there too")


def unset_value() -> JsonError:
    """A ``google.protobuf.Value`` holds nothing."""
    return JsonError("the value is not set")


def missing(name: str, value: object) -> str:
    """The path of a required field that is not set in what a field holds."""
    if isinstance(value, Arm):
        value = value.value
    if isinstance(value, Message):
        path = value._missing()
        return f"{name}.{path}" if path else ""
    if isinstance(value, list):
        for index, element in enumerate(value):
            path = missing(f"{name}[{index}]", element)
            if path:
                return path
    if isinstance(value, dict):
        for key, element in value.items():
            path = missing(f"{name}[{key!r}]", element)
            if path:
                return path
    return ""


def rest(m: Message, d: dict[str, Any], o: Options, depth: int) -> None:
    """Judges the keys of a JSON object of which not all were taken as fields."""
    seen: set[int] = set()
    for name, value in d.items():
        number = m._json.get(name)
        if number is None:
            known = (
                isinstance(m, ExtendableMessage)
                and name.startswith("[")
                and m._get_extension(name, value, o, depth)
            )
            if not known and not o.ignore_unknown:
                raise JsonError(f"the message has no field {name!r}")
            if not known:
                protojson.skip(value, depth)
        elif number in seen:
            raise JsonError(f"the field {name!r} is there under both of its names")
        else:
            seen.add(number)


def unset() -> EncodeError:
    """A required field is not set."""
    return EncodeError("the required field is not set")


def decode_error(
    cls: type[Message], fault: Exception, t: int, p: int, places: dict[int, Any]
) -> DecodeError:
    """The error for a fault in the field with tag ``t``.

    ``places`` has the index or key that was being read, by field number.
    """
    if isinstance(fault, DecodeError):
        error = fault
    elif isinstance(fault, UnicodeDecodeError):
        error = DecodeError("the string is not valid UTF-8", p)
    elif isinstance(fault, RecursionError):
        error = DecodeError("messages are nested too deeply", p)
    else:
        error = DecodeError("the input ends in the middle of a value", p)
    number = t >> 3
    if number in cls._fields:
        if number in places:
            error.within(f"[{json.dumps(places[number])}]")
        error.within(cls._fields[number])
    return error


def crossing(cls: type[Message], b: bytes, p: int, e: int) -> DecodeError:
    """The error for a message from ``p`` to ``e`` whose last value crosses its end."""
    t = -1
    q = p
    while q < e:
        t, p = get_uint64(b, q)
        try:
            q = skip(b, p, len(b), t)
        except FAULTS:
            break
    return decode_error(cls, truncated(p), t, p, {})


def encode_error(
    message: Message, fault: Exception, number: int, value: object
) -> EncodeError:
    """The error for a fault in a field while ``value`` was being written."""
    if isinstance(fault, EncodeError):
        error = fault
    else:
        error = EncodeError(f"the field cannot hold {shown(value)}")
    _locate(error, message, number, value)
    return error


def text_error(
    message: Message, fault: Exception, number: int, value: object
) -> JsonError:
    """As ``encode_error``, while JSON was being written."""
    if isinstance(fault, JsonError):
        error = fault
    elif isinstance(fault, ContractError):
        error = JsonError(fault.reason)
        error.path = fault.path
    else:
        error = JsonError(f"the field cannot hold {shown(value)}")
    _locate(error, message, number, value)
    return error


def _locate(error: ContractError, message: Message, number: int, value: object) -> None:
    """Puts the field, and the place of the value in it, before the path."""
    name = message._fields.get(number)
    if name is None:
        return
    holder = getattr(message, name, None)
    if isinstance(holder, (list, tuple)):
        for index, element in enumerate(holder):
            if element is value:
                error.within(f"[{index}]")
                break
    elif isinstance(holder, dict):
        for key, element in holder.items():
            if element is value or key is value:
                error.within(f"[{key!r}]")
                break
    error.within(name)


def json_error(
    message: Message, fault: Exception, number: int, place: object
) -> JsonError:
    """The error for a fault while the JSON form of a field was being read."""
    if isinstance(fault, JsonError):
        error = fault
    elif isinstance(fault, ContractError):
        error = JsonError(fault.reason)
        error.path = fault.path
    else:
        error = JsonError(str(fault))
    name = message._fields.get(number)
    if name is not None:
        holder = getattr(message, name, None)
        if isinstance(holder, list) and not error.whole:
            error.within(f"[{len(holder)}]")
        elif isinstance(holder, dict) and not error.whole:
            error.within(f"[{json.dumps(place, default=str)}]")
        error.whole = False
        error.within(name)
    return error
