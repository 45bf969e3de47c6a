"""What the generated messages of this package stand on: the standard library only."""

from .errors import ContractError, DecodeError, EncodeError, JsonError, TextError
from .extendable import ExtendableMessage, Extensions
from .extension import Extension, RepeatedExtension
from .message import Arm, Message
from .registry import Types

__all__ = [
    "Arm",
    "ContractError",
    "DecodeError",
    "EncodeError",
    "ExtendableMessage",
    "Extension",
    "Extensions",
    "JsonError",
    "Message",
    "RepeatedExtension",
    "TextError",
    "Types",
]
