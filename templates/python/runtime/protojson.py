"""ProtoJSON, read: the values of each type, in all forms that its specification names."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from .errors import JsonError, shown
from .put import pack_float
from .wire import float32

if TYPE_CHECKING:
    from .registry import Types

_E = TypeVar("_E", bound=int)


#: What looking for a field finds that is not there, where ``None`` is a value.
ABSENT: Any = object()


class Options:
    """What a caller asked for."""

    __slots__ = ("ignore_unknown", "types")

    def __init__(self, *, ignore_unknown: bool = False, types: Types | None = None):
        self.ignore_unknown = ignore_unknown
        self.types = types


#: What most callers ask for: nothing.
PLAIN = Options()


# Text.


def parse(text: str | bytes) -> Any:
    """JSON text as dicts, lists and scalars, strictly."""
    try:
        if not isinstance(text, str):
            text = bytes(text).decode()
        if "-0" not in text:
            return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        # An int has no negative zero.
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_signed
        )
    except JsonError:
        raise
    except RecursionError:
        raise JsonError("the text is nested too deeply") from None
    except ValueError as error:
        raise JsonError(f"the text is not valid JSON: {error}") from None


def _signed(digits: str) -> int | float:
    return -0.0 if digits == "-0" else int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise JsonError(f"the object has the key {twice!r} twice")
    return members


def _constant(name: str) -> NoReturn:
    raise JsonError(f"{name} is no JSON value; as a string it is a number's")


# Values.


def _unicode(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise JsonError("the string holds a lone surrogate") from None
    return value


def members(value: object, depth: int) -> dict[str, Any]:
    """The object that is a message."""
    nest(depth)
    if isinstance(value, dict):
        return value
    raise JsonError(f"expected an object, got {shown(value)}")


def nest(depth: int) -> None:
    """Refuses a message within more others than the caller allows."""
    if depth < 0:
        raise JsonError("messages are nested too deeply")


def skip(value: object, depth: int) -> None:
    """Passes over a value that the contract does not know.

    Each of its objects and arrays counts as a message.
    """
    inner: Iterable[object]
    if isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, list):
        inner = value
    else:
        return
    nest(depth - 1)
    for element in inner:
        skip(element, depth - 1)


def array(value: object) -> list[Any]:
    """The array that is a repeated field."""
    if isinstance(value, (list, tuple)):
        return value  # type: ignore[return-value]
    error = JsonError(f"expected an array, got {shown(value)}")
    error.whole = True
    raise error


def entries(value: object) -> dict[str, Any]:
    """The object that is a map."""
    if isinstance(value, dict):
        return value
    error = JsonError(f"expected an object, got {shown(value)}")
    error.whole = True
    raise error


_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def _exact(text: str) -> int:
    """The integer that a number with a fraction or an exponent is."""
    # Hardly ever needed, and slow to import.
    from decimal import Decimal, InvalidOperation

    try:
        exact = Decimal(text)
    except InvalidOperation:  # an exponent of more than 18 digits
        mantissa = text.lower().partition("e")[0]
        exact = Decimal("nan" if mantissa.strip("-0.") else 0)
    if (exact and exact.adjusted() > 20) or exact != exact.to_integral_value():
        raise JsonError(f"expected an integer of the type's range, got {text!r}")
    return int(exact)


def _whole(value: object, low: int, high: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        number = int(value)
    elif isinstance(value, float):
        if not value.is_integer():
            raise JsonError(f"expected an integer, got {shown(value)}")
        number = int(value)
    elif isinstance(value, str) and (found := _NUMBER.fullmatch(value)):
        plain = len(value) <= 20 and found[2] is None and found[3] is None
        number = int(value) if plain else _exact(value)
    else:
        raise JsonError(f"expected an integer, got {shown(value)}")
    if not low <= number <= high:
        raise JsonError(f"{number} is not within {low} and {high}")
    return number


def get_int32(value: object) -> int:
    """An int32, sint32 or sfixed32."""
    return _whole(value, -0x8000_0000, 0x7FFF_FFFF)


def get_uint32(value: object) -> int:
    """A uint32 or fixed32."""
    return _whole(value, 0, 0xFFFF_FFFF)


def get_int64(value: object) -> int:
    """An int64, sint64 or sfixed64."""
    return _whole(value, -0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)


def get_uint64(value: object) -> int:
    """A uint64 or fixed64."""
    return _whole(value, 0, 0xFFFF_FFFF_FFFF_FFFF)


def get_bool(value: object) -> bool:
    """A bool."""
    if value is True or value is False:
        return value
    raise JsonError(f"expected true or false, got {shown(value)}")


def get_bool_key(value: object) -> bool:
    """A bool that is a map key."""
    if value == "true":
        return True
    if value == "false":
        return False
    raise JsonError(f'expected "true" or "false", got {shown(value)}')


def get_string(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise JsonError(f"expected a string, got {shown(value)}")
    return value if value.isascii() else _unicode(value)


_URL_SAFE = str.maketrans("-_", "+/")


def get_bytes(value: object) -> bytes:
    """A bytes value, in either base64 alphabet, padded or not."""
    if not isinstance(value, str):
        raise JsonError(f"expected a base64 string, got {shown(value)}")
    text = value.translate(_URL_SAFE).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise JsonError(f"expected a base64 string, got {shown(value)}") from None


_NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def get_double(value: object) -> float:
    """A double."""
    if isinstance(value, float):
        number = value
    elif isinstance(value, str):
        if value in _NOT_FINITE:
            return _NOT_FINITE[value]
        if not _NUMBER.fullmatch(value):
            raise JsonError(f"expected a number, got {value!r}")
        number = float(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
    else:
        raise JsonError(f"expected a number, got {shown(value)}")
    if not math.isfinite(number):
        raise JsonError(f"{shown(value)} is out of the range of finite numbers")
    return number


def get_float(value: object) -> float:
    """A float."""
    number = get_double(value)
    if not math.isfinite(number):
        return number
    try:
        rounded: float = float32(pack_float(number))[0]
    except OverflowError:
        raise JsonError(f"{shown(value)} is too large for a float") from None
    return rounded


def get_enum(
    value: object, numbers: Mapping[str, int], values: Mapping[int, _E], o: Options
) -> _E | int | None:
    """An open enum; nothing if the name is unknown and that is to be ignored."""
    if isinstance(value, str):
        number = numbers.get(value)
        if number is not None:
            return values[number]
        if o.ignore_unknown:
            return None
        raise JsonError(f"the enum has no value {value!r}")
    if isinstance(value, bool):
        raise JsonError(f"expected a name or a number, got {value}")
    number = get_int32(value)
    return values.get(number, number)


def get_closed_enum(
    value: object, numbers: Mapping[str, int], values: Mapping[int, _E], o: Options
) -> _E | None:
    """A closed enum; nothing if the value is unknown and that is to be ignored."""
    found = get_enum(value, numbers, values, o)
    known = None if found is None else values.get(found)
    if known is None and not o.ignore_unknown:
        raise JsonError(f"the enum has no value {shown(value)}")
    return known


def get_null(value: object) -> int:
    """``google.protobuf.NullValue``."""
    if value is None or value == "NULL_VALUE" or value.__class__ is int and value == 0:
        return 0
    raise JsonError(f"expected null, got {shown(value)}")
