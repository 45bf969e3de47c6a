"""protoc's rules of names: what may stand beside what. It knows which names are taken, not what they name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import words


class Symbols:
    """The full names of a set of contracts."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.packages: set[str] = set()

    def open(self, package: str) -> bool:
        """Takes a package's name, and says whether it may have it."""
        parts = package.split(".") if package else []
        names = [".".join(parts[: end + 1]) for end in range(len(parts))]
        if any(name in self.taken for name in names):
            return False
        self.packages.update(names)
        return True

    def take(self, scope: str, *names: str) -> bool:
        """Takes names in a scope, all or none."""
        full = [f"{scope}.{name}" if scope else name for name in names]
        if len(set(full)) < len(full) or any(name in self.taken or name in self.packages for name in full):
            return False
        self.taken.update(full)
        return True


@dataclass
class Names:
    """Gives names in a scope; some look like those that are there."""

    symbols: Symbols
    scope: str
    random: Random
    given: list[str] = field(default_factory=list)

    def give(self, *, also: Callable[[str], list[str]] | None = None, fits: Callable[[str], bool] | None = None) -> str:
        """A new name; ``also`` are others that come with it, and ``fits`` what it must be beyond its scope."""
        for turn in range(1000):
            name = self.draw() if turn < 50 else f"{self.draw()}{turn}"
            others = also(name) if also else []
            if (fits is None or fits(name)) and self.symbols.take(self.scope, name, *others):
                self.given.append(name)
                return name
        raise AssertionError(f"no name is left in {self.scope}")

    def draw(self) -> str:
        around = self.scope.split(".")[-1:] + self.given[-30:]
        around = [name for name in around if name]
        if around and self.random.random() < 0.25:
            return words.variant(self.random.choice(around), self.random)
        return words.word(self.random)


def json_name(name: str) -> str:
    """The name of a field in JSON, if it is not told another."""
    return re.sub(r"_+(.?)", lambda found: found[1].upper(), name)


def entry_name(name: str) -> str:
    """The name of the message of a map's entries."""
    parts = name.split("_")
    return "".join(part[:1].upper() + part[1:] for part in parts) + "Entry"


def value_key(enum: str, value: str) -> str:
    """What two values of an enum must not have in common: their names without the enum's, whatever their case."""
    prefix = enum.replace("_", "").lower()
    rest = value
    for char in prefix:
        rest = rest.lstrip("_")
        if rest[:1].lower() != char:
            rest = value
            break
        rest = rest[1:]
    rest = rest.lstrip("_") or value
    return rest.replace("_", "").lower()
