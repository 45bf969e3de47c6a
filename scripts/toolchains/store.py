"""Decides where toolchains live and when one counts as installed. It must not know what a toolchain is made of.

    ROOT/bin/TOOL              what tests execute: a launcher or a link
    ROOT/include/NAME          directories that compilers read: roots of .proto files, a go.mod with its go.sum
    ROOT/store/STEP-KEY/       one installed step; KEY is a hash of its pins
    ROOT/store/STEP-KEY/.done  written last (JSON): a directory without it is leftovers of a broken run
    ROOT/active/STEP           which STEP-KEY the launchers point into
    ROOT/lock/STEP             held while a step is installed

Clones and worktrees share ROOT. Two with different pins each keep their own store directory, so going back and forth
between them costs no download. tests/support/toolchain.rs finds ROOT by the same rule as `root()`.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


def root() -> Path:
    """`$XLC_TOOLCHAIN`, else `xlc/toolchain` in the user's cache directory. Empty variables count as unset."""
    named = os.environ.get("XLC_TOOLCHAIN")
    if named:
        return Path(named).absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache).absolute() / "xlc" / "toolchain"


@dataclass
class Installed:
    """What an installed step offers. Paths are absolute: a step is built where it stays."""

    summary: str
    """Tools and versions, for the line that is printed."""
    links: dict[str, str] = field(default_factory=dict)
    """Tool name to the file that ROOT/bin/NAME links to."""
    scripts: dict[str, str] = field(default_factory=dict)
    """Tool name to the text of the shell script ROOT/bin/NAME."""
    includes: dict[str, str] = field(default_factory=dict)
    """Name to the directory that ROOT/include/NAME links to."""


def launcher(program: Path | str, *arguments: Path | str, env: dict[str, str] | None = None) -> str:
    """A shell script that sets `env` (values are shell text) and becomes `program` with `arguments` before its own."""
    exports = "".join(f"export {name}={value}\n" for name, value in (env or {}).items())
    command = " ".join(shlex.quote(str(word)) for word in (program, *arguments))
    return f'#!/bin/sh\n{exports}exec {command} "$@"\n'


class Store:
    """The directory tree under ROOT."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.bin = base / "bin"

    def directory(self, step: str, key: str) -> Path:
        """Where `step` with the pins `key` is, or will be, installed."""
        return self.base / "store" / f"{step}-{key}"

    def active(self, step: str, key: str) -> Installed | None:
        """The step, if it is installed with these pins and every launcher is in place."""
        try:
            if (self.base / "active" / step).read_text() != key:
                return None
        except FileNotFoundError:
            return None
        done = self.finished(step, key)
        if done is None:
            return None
        places = [self.bin / name for name in (*done.links, *done.scripts)]
        places += [self.base / "include" / name for name in done.includes]
        return done if all(place.exists() for place in places) else None

    def finished(self, step: str, key: str) -> Installed | None:
        """The step, if it was once built to its end, whether or not the launchers point to it."""
        try:
            return Installed(**json.loads((self.directory(step, key) / ".done").read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    @contextlib.contextmanager
    def building(self, step: str, key: str) -> Iterator[Path]:
        """An empty directory to build `step` in. What a killed run left there is removed, and so is what fails."""
        place = self.directory(step, key)
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(parents=True)
        try:
            yield place
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def finish(self, step: str, key: str, installed: Installed) -> None:
        """Marks the step as built."""
        self._write(self.directory(step, key) / ".done", json.dumps(vars(installed), indent=1) + "\n")

    def activate(self, step: str, key: str, installed: Installed) -> None:
        """Points the launchers to the step. One rename each, so a running test sees the old one or the new."""
        for name, target in installed.links.items():
            self._link(self.bin / name, target)
        for name, text in installed.scripts.items():
            self._write(self.bin / name, text, 0o755)
        for name, target in installed.includes.items():
            self._link(self.base / "include" / name, target)
        self._write(self.base / "active" / step, key)

    def prune(self, wanted: set[str]) -> list[str]:
        """Removes every stored step but `wanted` (`STEP-KEY`); returns the names of those removed."""
        places = sorted((self.base / "store").glob("*"))
        stale = [place for place in places if place.name not in wanted]
        for place in stale:
            with self.lock(place.name.rpartition("-")[0]):
                shutil.rmtree(place)
        return [place.name for place in stale]

    @contextlib.contextmanager
    def lock(self, step: str) -> Iterator[None]:
        """Waits until no other process installs `step`."""
        path = self.base / "lock" / step
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _write(self, path: Path, text: str, mode: int = 0o644) -> None:
        fresh = self._beside(path)
        fresh.write_text(text)
        fresh.chmod(mode)
        fresh.replace(path)

    def _link(self, path: Path, target: str) -> None:
        fresh = self._beside(path)
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(path)

    @staticmethod
    def _beside(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.with_name(f".{path.name}.{os.getpid()}")
