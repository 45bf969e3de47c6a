"""The text format: what every message has of it.

Its grammar is at https://protobuf.dev/reference/protobuf/textformat-spec/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from .errors import ContractError, EncodeError, TextError
from .message import Message
from .text_fields import Field, Fields, Implicit, Many, Map, Member
from .text_read import Reader
from .text_scan import END
from .text_write import Writer

if TYPE_CHECKING:
    from typing_extensions import Self

    from .registry import Types

__all__ = ["Field", "Implicit", "Many", "Map", "Member", "Text", "describe"]


class Text(Message):
    """A message with a text format."""

    __slots__ = ()

    _text: ClassVar[Fields] = Fields({}, (), ())

    def to_text(
        self,
        *,
        types: Types | None = None,
        indent: int | None = 2,
        unknown_fields: bool = False,
    ) -> str:
        """The message in the text format; as one line if ``indent`` is ``None``.

        ``types`` knows the messages that an ``Any`` holds and the extensions. Nothing
        is redacted. ``unknown_fields`` are written by their numbers, for people: they
        cannot be read back. Raises ``EncodeError`` if a field holds what its type
        cannot.
        """
        writer = Writer(types, indent, unknown_fields)
        try:
            writer.message(self)
        except EncodeError as error:
            error.within(self._full_name)
            raise
        except ContractError as fault:
            failure = EncodeError(fault.reason)
            failure.path = fault.path
            raise failure from None
        except RecursionError:
            raise EncodeError("the message is too deep, or contains itself") from None
        return writer.text()

    @classmethod
    def from_text(
        cls,
        text: str | bytes,
        *,
        types: Types | None = None,
        recursion_limit: int = 100,
    ) -> Self:
        """Reads a message in the text format.

        Raises ``TextError``, which says where, if the text is not valid, if a required
        field is missing, or if messages are nested deeper than ``recursion_limit``.
        """
        message = cls()
        try:
            if not isinstance(text, str):
                text = bytes(text).decode()
            reader = Reader(text, types)
            reader.fields(message, END, recursion_limit)
            missing = message._missing()
            if missing:
                failure = reader.scanner.error("the required field is not set")
                failure.within(missing)
                raise failure
        except TextError as error:
            error.within(cls._full_name)
            raise
        except UnicodeDecodeError as fault:
            start = bytes(text)[: fault.start] if not isinstance(text, str) else b""
            line = start.count(b"\n") + 1
            column = fault.start - start.rfind(b"\n")
            raise TextError("the text is not valid UTF-8", line, column) from None
        except RecursionError:
            raise TextError("messages are nested too deeply", 1, 1) from None
        return message


def describe(cls: type[Text], *fields: Field, reserved: tuple[str, ...] = ()) -> None:
    """Gives a class the table of its fields, in the order of their numbers."""
    cls._text = Fields(cls._fields, fields, reserved)
