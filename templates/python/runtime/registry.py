"""Tables of types: what an ``Any`` may hold, and which extensions JSON may name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from .extension import Extension
from .message import Message


class Types:
    """Messages and extensions by their full names.

    There is no global table: JSON functions that need one take it as an argument.
    """

    def __init__(self, *members: type[Message] | Extension[Any, Any]) -> None:
        self._messages: dict[str, type[Message]] = {}
        self._extensions: dict[str, Extension[Any, Any]] = {}
        self._package = ""
        self._places: Mapping[str, str] = {}
        self._extendees: Mapping[str, Mapping[int, str]] = {}
        for member in members:
            if isinstance(member, Extension):
                self._extensions[member.full_name] = member
            else:
                self._messages[member._full_name] = member

    @classmethod
    def lazy(
        cls,
        package: str,
        places: Mapping[str, str],
        extendees: Mapping[str, Mapping[int, str]],
    ) -> Types:
        """A table that imports a type when it is asked for.

        ``places`` says where each full name is, as ``.module:Name``; ``extendees``
        which extension of a message has which number.
        """
        types = cls()
        types._package = package
        types._places = places
        types._extendees = extendees
        return types

    def _load(self, full_name: str) -> Any:
        place = self._places.get(full_name)
        if place is None:
            return None
        module, _, path = place.partition(":")
        found: Any = importlib.import_module(module, self._package)
        for name in path.split("."):
            found = getattr(found, name)
        return found

    def message(self, full_name: str) -> type[Message] | None:
        """The message with this full name."""
        found = self._messages.get(full_name)
        if found is None:
            loaded = self._load(full_name)
            if isinstance(loaded, type) and issubclass(loaded, Message):
                found = self._messages[full_name] = loaded
        return found

    def extension(self, full_name: str) -> Extension[Any, Any] | None:
        """The extension with this full name."""
        found = self._extensions.get(full_name)
        if found is None:
            loaded = self._load(full_name)
            if isinstance(loaded, Extension):
                found = self._extensions[full_name] = loaded
        return found

    def extension_number(
        self, extendee: str, number: int
    ) -> Extension[Any, Any] | None:
        """The extension of a message with this number."""
        name = self._extendees.get(extendee, {}).get(number)
        if name is not None:
            return self.extension(name)
        for key in self._extensions.values():
            if key.number == number and key.extendee._full_name == extendee:
                return key
        return None
