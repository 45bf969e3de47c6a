"""The generated packages under test, side by side in one process: they share nothing."""

from __future__ import annotations

import importlib.util
import os
import sys
from types import ModuleType


def load(variable: str) -> ModuleType:
    """The package ``gen`` of a tree, under the name of its variable."""
    name = variable.lower()
    if name in sys.modules:
        return sys.modules[name]
    directory = os.path.join(os.environ[variable], "gen")
    spec = importlib.util.spec_from_file_location(
        name, os.path.join(directory, "__init__.py"), submodule_search_locations=[directory]
    )
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


load("STUDY")
load("KITCHEN_SINK")
load("OWN")
