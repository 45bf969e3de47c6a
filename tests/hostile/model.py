"""What a hostile contract has declared so far: enough to refer to it and to keep protoc's rules."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Enum:
    """An enum, by its full name."""

    name: str
    values: list[str]
    is_closed: bool
    begins_with_zero: bool


@dataclass
class Message:
    """A message, by its full name."""

    name: str
    is_set: bool = False
    # The first and the last number of ranges for extensions that are not used up.
    ranges: list[tuple[int, int]] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)


@dataclass(eq=False)
class File:
    """A file, whose body is written as it is made."""

    path: str
    package: str
    rank: int
    syntax: str
    imports: list[File] = field(default_factory=list)
    public: set[str] = field(default_factory=set)
    options: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    enums: list[Enum] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    # The features of an edition, resolved.
    is_implicit: bool = False
    is_closed: bool = False


def visible(file: File) -> list[File]:
    """The files whose types a file may name: itself, what it imports, and what those import publicly."""
    found = [file]
    todo = list(file.imports)
    while todo:
        other = todo.pop()
        if other not in found:
            found.append(other)
            todo.extend(it for it in other.imports if it.path in other.public)
    return found
