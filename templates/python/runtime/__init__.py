"""What the generated messages of this package stand on: the standard library only."""

from .errors import ContractError, DecodeError, EncodeError, JsonError
from .extension import ExtendableMessage, Extension, Extensions, RepeatedExtension
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
    "Types",
]
