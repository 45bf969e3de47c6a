"""Makes hostile contracts: a tree of .proto files that protoc accepts, for each seed another.

Usage: contracts.py OUT SEED...; the files of a seed are in ``OUT/sSEED``. Packages and files of different seeds have
different names, so that all of them can be generated into one tree. A seed always makes the same.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import texts
import words
from bodies import Bodies
from model import File
from scopes import Symbols

WELL_KNOWN = ["any", "duration", "empty", "field_mask", "struct", "timestamp", "wrappers"]


@dataclass
class World:
    """The contracts of one seed."""

    seed: int
    symbols: Symbols
    random: Random = field(init=False)
    files: list[File] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(f"hostile {self.seed}")

    def make(self) -> None:
        """All files; those of a package import packages before it alone, so that Go's can be compiled."""
        packages = self.packages()
        count = self.random.randint(len(packages), len(packages) + 3)
        placed = sorted(self.random.randrange(len(packages)) for _ in range(count))
        for index, at in enumerate(placed):
            file = File(self.path(index), packages[at], at, self.syntax())
            for other in self.files:
                if self.random.random() < 0.6:
                    file.imports.append(other)
                    if self.random.random() < 0.3:
                        file.public.add(other.path)
            self.files.append(file)
            Bodies(self, file).fill()

    def syntax(self) -> str:
        syntaxes = ["proto2", "proto2", "proto3"] if self.from_sources else ["proto2", "proto3", "2023", "2023"]
        return self.random.choice(syntaxes)

    @property
    def from_sources(self) -> bool:
        """Whether xlc reads the sources; it reads editions as protoc's descriptor set."""
        return self.seed % 2 == 0

    def packages(self) -> list[str]:
        pool = words.PACKAGES.split()
        Random("packages").shuffle(pool)
        first = self.seed * 3
        wanted = [pool[(first + index) % len(pool)] for index in range(3)] + [f"w{self.seed}.{words.word(self.random)}"]
        if self.seed % 5 == 0:
            wanted.append("")
        self.random.shuffle(wanted)
        found: list[str] = []
        for name in wanted[: self.random.randint(2, 5)]:
            while not self.symbols.open(name):
                name = "p" + name
            found.append(name)
        return found

    def path(self, index: int) -> str:
        taken = {file.path for file in self.files}
        while True:
            folder, name = self.random.choice(words.FOLDERS.split()), self.random.choice(words.FILES.split())
            if name == "space-d":
                name = "with space"
            path = "/".join(part for part in (folder, name) if part != ".") + ".proto"
            path = path if self.random.random() < 0.3 else f"s{self.seed}/{path}"
            if not path.startswith("s"):
                path = path.replace(".proto", f"{self.seed}.proto")
            if path not in taken and not path.startswith("google/protobuf/"):
                return path

    def text(self, file: File) -> str:
        """The source text of a file."""
        random = self.random
        parts = [texts.comment(random.choice(texts.COMMENTS), "", random) + "\n" if random.random() < 0.5 else ""]
        parts.append(f'edition = "{file.syntax}";\n' if file.syntax == "2023" else f'syntax = "{file.syntax}";\n')
        parts.append("\n")
        if file.package:
            parts.append(f"package {file.package};\n\n")
        for name in WELL_KNOWN:
            parts.append(f'import "google/protobuf/{name}.proto";\n')
        for other in file.imports:
            parts.append(f'import {"public " if other.path in file.public else ""}"{other.path}";\n')
        parts.extend(f"option {option};\n" for option in file.options)
        parts.extend(file.body)
        text = "".join(parts)
        return text.replace("\n", "\r\n") if random.random() < 0.15 else text


def main() -> None:
    out, seeds = Path(sys.argv[1]), [int(seed) for seed in sys.argv[2:]]
    symbols = Symbols()
    for seed in seeds:
        world = World(seed, symbols)
        world.make()
        for file in world.files:
            path = out / f"s{seed}" / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(world.text(file).encode())


if __name__ == "__main__":
    main()
