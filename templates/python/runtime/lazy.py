"""Packages that import a module when one of its names is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping


def exports(
    package: str, places: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """The ``__getattr__`` and ``__dir__`` of a package whose names are in its modules.

    So importing one module of a package imports no other.
    """

    def get(name: str) -> object:
        module = places.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(module, package), name)

    return get, lambda: sorted(places)
