"""Writes every message in every language, reads it in every other, and compares.

Usage: matrix.py PLAN [--seed N] [--scale N] [--only LABEL] [--few]. PLAN is the file in which the test has written how the
programs are started. Prints what was compared; the first differences end the run.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import known
import nesting
from cases import Case, Cases
from programs import Answer, Form, Program, Request
from prototext import Texts
from values import Values, both, json_difference, parsed, shortened
from wire import Canonical

from contract import Contract

OURS = ["python", "go", "dart", "csharp"]
OFFICIAL = ["google", "go-google"]
BATCH = 400
# Kinds of differences that end the run.
ENOUGH = 50


@dataclass
class Difference:
    """Something that is not as it must be."""

    case: Case
    writer: str
    reader: str
    what: str
    shown: str

    def __str__(self) -> str:
        head = f"{self.case.label}: {self.what}\n  written by {self.writer}, read by {self.reader}"
        return f"{head}\n  {self.case.name} {shortened(self.case.data.hex(), 1000)}\n{self.shown}"


@dataclass
class Matrix:
    """A run over a contract."""

    contract: Contract
    programs: dict[str, Program]
    counts: Counter[str] = field(default_factory=Counter)
    differences: dict[str, Difference] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values = Values(self.contract)
        self.known = known.Known(self.contract)
        self.canonical = Canonical(self.contract)
        self.texts = Texts(self.values, self.ask, self.differ, self.counts)

    def run(self, cases: Iterable[Case]) -> None:
        """Compares all cases, or stops where there are enough differences."""
        found: Iterator[Case] = iter(cases)
        while batch := list(islice(found, BATCH)):
            self.batch(batch)
            self.texts.batch(batch)
            if len(self.differences) >= ENOUGH:
                break

    def batch(self, cases: list[Case]) -> None:
        first = self.ask({name: [Request(case.name, Form.BINARY, case.data) for case in cases] for name in self.programs})
        requests: list[Request] = []
        # Which case a request belongs to, and who wrote what it holds.
        origins: list[tuple[int, list[str]]] = []
        for index, case in enumerate(cases):
            written = {name: answers[index] for name, answers in first.items()}
            self.written(case, written)
            for (is_json, data), writers in outputs(case, written).items():
                requests.append(Request(case.name, Form.JSON if is_json else Form.BINARY, data))
                origins.append((index, writers))
        second = self.ask(dict.fromkeys(self.programs, requests))
        for place, (index, writers) in enumerate(origins):
            written = {name: answers[index] for name, answers in first.items()}
            read = {name: answers[place] for name, answers in second.items()}
            self.read(cases[index], requests[place], writers, written, read)

    def nested(self) -> None:
        """Each language reads messages that are nested to the limit and refuses those beyond."""
        messages = list(nesting.messages())
        requests = [Request(it.name, Form.JSON if it.is_json else Form.BINARY, it.data) for it in messages]
        for name, answers in self.ask(dict.fromkeys(OURS, requests)).items():
            for message, answer in zip(messages, answers, strict=True):
                self.counts["readings at the limit of nesting"] += 1
                if answer.bug is None and (answer.refused is None) == message.is_read:
                    continue
                form = "JSON" if message.is_json else "binary"
                what = f"{form} with {message.levels} levels ({message.label}): {answer.bug or answer.refused or 'read'}"
                case = Case(f"nesting/{message.name}/{message.levels}", message.name, message.data)
                self.differ(case, "the matrix", name, f"nesting in {form} of {message.label}: wrong limit", what)

    def ask(self, requests: dict[str, list[Request]]) -> dict[str, list[Answer]]:
        """Asks all programs at once."""
        with ThreadPoolExecutor(len(requests)) as pool:
            asked = {name: pool.submit(self.programs[name].ask, todo) for name, todo in requests.items()}
            return {name: answers.result() for name, answers in asked.items()}

    def differ(self, case: Case, writer: str, reader: str, what: str, shown: str) -> None:
        """Keeps the first difference of each kind."""
        kind = f"{reader}: {re.split('[:(]', what)[0].strip()}"
        self.counts[f"DIFFERENCES {kind}"] += 1
        self.differences.setdefault(kind, Difference(case, writer, reader, what, shown))

    def written(self, case: Case, written: dict[str, Answer]) -> None:
        """What the languages made of the same bytes must be the same."""
        self.counts["messages"] += 1
        self.identical(case, "google", written)
        ours = written[OURS[0]]
        if case.is_canonical and ours.binary not in (None, case.data):
            what = f"the order is not canonical: {self.where(case.name, case.data, ours.binary)}"
            self.differ(case, "google", OURS[0], what, both(case.data, ours.binary, is_text=False))
        if ours.refused is not None:
            self.counts["refused"] += 1
        elif ours.text is None:
            self.counts["without JSON"] += 1
        for official in OFFICIAL:
            request = Request(case.name, Form.BINARY, case.data)
            self.official(case, request, "google", official, ours, written[official])
            theirs = written[official].binary
            if ours.binary is not None and ours.binary == theirs:
                self.counts[f"identical to {official}"] += 1

    def identical(self, case: Case, writer: str, answers: dict[str, Answer]) -> None:
        """Our four languages agree to the byte."""
        wanted = answers[OURS[0]]
        for name in OURS:
            found = answers[name]
            if found.bug is not None:
                self.differ(case, writer, name, "a bug in the program", f"    {found.bug}")
            elif (found.refused is None) != (wanted.refused is None):
                said = f"    {OURS[0]}: {wanted.reason or 'accepted'}\n    {name}: {found.reason or 'accepted'}"
                self.differ(case, writer, name, f"{OURS[0]} and {name} disagree on what is refused", said)
            elif found.binary != wanted.binary and not self.ordered(case, writer, wanted.binary, found.binary):
                where = self.where(case.name, wanted.binary, found.binary)
                shown = both(wanted.binary, found.binary, is_text=False)
                self.differ(case, writer, name, f"the bytes of {OURS[0]} and {name} differ ({where})", shown)
            elif found.text != wanted.text:
                shown = both(wanted.text, found.text, is_text=True) + f"\n    {wanted.reason} | {found.reason}"
                self.differ(case, writer, name, f"the JSON of {OURS[0]} and {name} differs", shown)

    def ordered(self, case: Case, writer: str, *binaries: bytes | None) -> bool:
        """Whether outputs of what google's runtimes alone have written are the same but for the order within
        extensions, which generated code may keep.
        """
        if not set(writer.split(", ")) <= set(OFFICIAL) or None in binaries:
            return False
        descriptor = self.contract.find(case.name)
        one, other = (self.canonical.message(descriptor, it) for it in binaries if it is not None)
        return one == other

    def where(self, name: str, ours: bytes | None, theirs: bytes | None) -> str:
        if ours is None or theirs is None:
            return "one has none"
        return self.values.difference(name, ours, theirs) or "only in their order"

    def official(self, case: Case, request: Request, writer: str, official: str, ours: Answer, theirs: Answer) -> None:
        """google's runtime makes the same of it, in value."""
        found = self.compare(case, ours, theirs)
        if found is None:
            return
        reason = self.known.explain(known.Question(case, request, official, ours, theirs))
        if reason is None:
            self.differ(case, writer, official, f"google's runtime makes something else of it: {found[0]}", found[1])
        else:
            self.counts[f"explained: {reason}"] += 1

    def compare(self, case: Case, ours: Answer, theirs: Answer) -> tuple[str, str] | None:
        """How our answer differs in value from google's, and the two."""
        if (ours.refused is None) != (theirs.refused is None):
            return "only one refuses it", f"    {ours.reason or 'accepted'}\n    {theirs.reason or 'accepted'}"
        if ours.refused is not None:
            return None
        if ours.binary is None or theirs.binary is None:
            return "it was read and cannot be written", f"    {ours.reason}\n    {theirs.reason}"
        where = self.values.difference(case.name, ours.binary, theirs.binary)
        if where is not None:
            return where, both(ours.binary, theirs.binary, is_text=False)
        if (ours.text is None) != (theirs.text is None):
            return "only one writes JSON", both(
                ours.text, theirs.text, is_text=True
            ) + f"\n    {ours.reason} | {theirs.reason}"
        if ours.text is not None and theirs.text is not None:
            where = json_difference(parsed(ours.text), parsed(theirs.text))
            if where is not None:
                return where, both(ours.text, theirs.text, is_text=True)
        return None

    def read(
        self, case: Case, request: Request, writers: list[str], written: dict[str, Answer], read: dict[str, Answer]
    ) -> None:
        """What one language wrote means the same to every other, which writes it as if it were its own."""
        writer = ", ".join(writers)
        self.counts["JSON read" if request.is_json else "binary read"] += len(read)
        self.counts["pairs of a writer and a reader"] += len(read) * len(writers)
        self.identical(case, writer, read)
        wanted, found = written[OURS[0]], read[OURS[0]]
        if any(name in OURS for name in writers):
            self.survives(case, request, writer, wanted, found)
        for official in OFFICIAL:
            self.official(case, request, writer, official, found, read[official])

    def survives(self, case: Case, request: Request, writer: str, wanted: Answer, found: Answer) -> None:
        """Reading and writing again changes nothing; unknown fields have no place in JSON."""
        if found.refused is not None:
            self.differ(
                case, writer, OURS[0], "what was written is refused", f"    {found.refused}\n    {request.data!r}"
            )
            return
        if found.binary is None or wanted.binary is None:
            return  # Said already.
        if found.text != wanted.text:
            self.differ(case, writer, OURS[0], "the JSON does not survive", both(wanted.text, found.text, is_text=True))
        if request.is_json:
            where = self.values.difference(case.name, wanted.binary, found.binary, unknown=False)
        else:
            where = None if found.binary == wanted.binary else self.where(case.name, wanted.binary, found.binary)
        if where is not None:
            what = f"the message does not survive: {where}"
            self.differ(
                case,
                writer,
                OURS[0],
                what,
                both(wanted.binary, found.binary, is_text=False) + f"\n    {request.data!r}",
            )


def outputs(case: Case, written: dict[str, Answer]) -> dict[tuple[bool, bytes], list[str]]:
    """Every different output of a message, with those who wrote it; what all have read already is left out."""
    found: dict[tuple[bool, bytes], list[str]] = {}
    for name, answer in written.items():
        if answer.binary is not None and answer.binary != case.data:
            found.setdefault((False, answer.binary), []).append(name)
        if answer.text is not None:
            found.setdefault((True, answer.text), []).append(name)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("plan", type=Path)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--only", help="the label of one case")
    parser.add_argument("--few", action="store_true", help="few messages of each type, and no others")
    arguments = parser.parse_args()
    plan: dict[str, Any] = json.loads(arguments.plan.read_text())
    contract = Contract(Path(plan["set"]))
    programs = {name: Program(name, command) for name, command in plan["programs"].items()}
    matrix = Matrix(contract, programs)
    cases = Cases(contract, arguments.seed, arguments.scale, arguments.few)
    matrix.run([cases.named(arguments.only)] if arguments.only else cases.all())
    whole = not arguments.only and not arguments.few
    if whole:
        matrix.nested()
    for program in programs.values():
        program.close()
    for difference in matrix.differences.values():
        print(difference)
    for name, count in sorted(matrix.counts.items()):
        print(f"{count:8} {name}")
    if matrix.differences:
        raise SystemExit(f"differences of {len(matrix.differences)} kinds (seed {arguments.seed})")
    if whole:
        matrix.known.check()


if __name__ == "__main__":
    main()
