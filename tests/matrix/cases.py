"""The messages of a run: at the edges, random, written in other ways, and those that take a special one.

A case is named by what makes it, so that one can be made alone: ``KIND/TYPE/TURN``. Its randomness comes from the seed
of the run and its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import extremes
from google.protobuf.descriptor import Descriptor
from make import Maker
from wire import Canonical, Rewriter

from contract import Contract

# These contracts are about names: their messages differ in nothing else.
NAMES = ("kitchen.names", "words.")


@dataclass(frozen=True)
class Case:
    """A message as google.protobuf or the rewriter has written it."""

    label: str
    name: str
    data: bytes

    @property
    def is_canonical(self) -> bool:
        """Whether generated code must write the very bytes."""
        return self.label.startswith(("edge/", "random/"))


class Cases:
    """Makes the cases of a run."""

    def __init__(self, contract: Contract, seed: int, scale: int, few: bool = False) -> None:
        self.contract = contract
        self.maker = Maker(contract)
        self.canonical = Canonical(contract)
        self.seed = seed
        self.scale = scale
        # Whether all types are as those of NAMES.
        self.few = few

    def all(self) -> Iterator[Case]:
        """Every case of the run."""
        for descriptor in self.contract.types:
            few = self.few or descriptor.full_name.startswith(NAMES)
            turns = self.maker.turns(descriptor)
            for turn in range(min(turns, 2 if few else 40 * self.scale)):
                yield self.case("edge", descriptor, turn)
            if not descriptor.fields and not descriptor.is_extendable:
                continue
            for turn in range(self.scale * (1 if few else 6)):
                yield self.case("random", descriptor, turn)
            for turn in range(self.scale * (1 if few else 8)):
                yield self.case("wire", descriptor, turn)
        if self.few:
            return
        for index, (name, data) in enumerate(extremes.messages(self.contract, self.maker)):
            yield Case(f"extreme/{name}/{index}", name, data)

    def named(self, label: str) -> Case:
        """The case of a name that a failure printed."""
        kind, name, turn = label.split("/")
        if kind == "extreme":
            found = list(extremes.messages(self.contract, self.maker))[int(turn)]
            return Case(label, *found)
        return self.case(kind, self.contract.find(name), int(turn))

    def case(self, kind: str, descriptor: Descriptor, turn: int) -> Case:
        label = f"{kind}/{descriptor.full_name}/{turn}"
        random = Random(f"{self.seed}/{label}")
        message: Any
        if kind == "edge":
            message = self.maker.boundary(descriptor, turn)
        elif kind == "wire" and random.random() < 0.5:
            message = self.maker.boundary(descriptor, random.randrange(1000))
        else:
            message = self.maker.random(descriptor, random)
        data = self.canonical.message(descriptor, message.SerializePartialToString(deterministic=True))
        if kind == "wire":
            data = Rewriter(self.contract, random).message(descriptor, data)
        return Case(label, descriptor.full_name, data)
