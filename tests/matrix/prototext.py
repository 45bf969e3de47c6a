"""The text format in the matrix: every message as text in each language, read in each other and by google's
runtimes. Ours write the same text to the byte; google's is read, and means the same.

Text has no unknown fields, so messages are compared without them. Knows no message by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from programs import Answer, Form, Request
from values import Values, both

if TYPE_CHECKING:
    from cases import Case

# The languages of generated code.
OURS = ["python", "go", "dart", "csharp"]
# Whose text ours read: protobuf-go writes numbers of closed enums that have no name, as it takes them for open.
WRITERS = [*OURS, "google"]
READERS = [*OURS, "google", "go-google"]
# google.protobuf calls an item of a message set by its type; this one reads only the name of the extension.
EXTENSIONS_ALONE = "go-google"

Ask = Callable[[dict[str, list[Request]]], dict[str, list[Answer]]]
Differ = Callable[["Case", str, str, str, str], None]


class Texts:
    """Compares the texts of messages."""

    def __init__(self, values: Values, ask: Ask, differ: Differ, counts: Counter[str]) -> None:
        self.values = values
        self.ask = ask
        self.differ = differ
        self.counts = counts

    def batch(self, cases: list[Case]) -> None:
        """Compares the texts of some messages."""
        # Text does not depend on how the bytes were written.
        cases = [case for case in cases if case.is_canonical]
        requests = [Request(case.name, Form.BINARY_FOR_TEXT, case.data) for case in cases]
        first = self.ask(dict.fromkeys(WRITERS, requests))
        todo: list[Request] = []
        origins: list[tuple[Case, str]] = []
        for index, case in enumerate(cases):
            answers = {name: first[name][index] for name in WRITERS}
            for writer, text in self.written(case, answers):
                todo.append(Request(case.name, Form.TEXT, text))
                origins.append((case, writer))
        second = self.ask(dict.fromkeys(READERS, todo))
        for index, (case, writer) in enumerate(origins):
            for name in READERS:
                self.counts["texts read"] += 1
                self.read(case, writer, name, todo[index].data, second[name][index])

    def written(self, case: Case, answers: dict[str, Answer]) -> Iterator[tuple[str, bytes]]:
        """Every different text of a message, with one who wrote it; ours must be one."""
        wanted = answers[OURS[0]]
        for name in OURS:
            found = answers[name]
            if found.bug is not None or found.text != wanted.text:
                shown = both(wanted.text, found.text, is_text=True) + f"\n    {found.bug or found.reason}"
                self.differ(case, "google", name, f"the text of {OURS[0]} and {name} differs", shown)
        self.counts["texts written"] += wanted.text is not None
        texts = {answer.text: name for name, answer in reversed(answers.items()) if answer.text is not None}
        yield from ((name, text) for text, name in texts.items())

    def read(self, case: Case, writer: str, reader: str, text: bytes, found: Answer) -> None:
        """What one has written means the same to another."""
        what = None
        if found.bug or found.refused is not None or found.binary is None:
            what = f"{found.bug or found.refused or found.reason}"
        else:
            what = self.values.difference(case.name, case.data, found.binary, unknown=False)
        if what is not None and reader == EXTENSIONS_ALONE and b"[kitchen.ext." in text and "Item]" in what:
            self.counts["explained: protobuf-go knows items of message sets by the names of extensions alone"] += 1
        elif what is not None:
            self.differ(case, writer, reader, "text means something else", f"    {what}\n    {text!r}")

