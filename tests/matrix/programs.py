"""The programs under test: each is started once, asked in batches, and answers one request after the other."""

from __future__ import annotations

import struct
import subprocess
import threading
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Form(Enum):
    """What a program is given, and whether it is to write text instead of JSON."""

    BINARY = b"b"
    JSON = b"j"
    BINARY_FOR_TEXT = b"c"
    TEXT = b"t"


@dataclass(frozen=True)
class Request:
    """A message in one of the formats."""

    name: str
    form: Form
    data: bytes

    @property
    def is_json(self) -> bool:
        return self.form is Form.JSON

    def encoded(self) -> bytes:
        name = self.name.encode()
        body = self.form.value + struct.pack("<H", len(name)) + name + self.data
        return struct.pack("<I", len(body)) + body


@dataclass(frozen=True)
class Answer:
    """What a program made of a message: it in binary and as JSON or text, or why there is none."""

    refused: str | None
    binary: bytes | None
    text: bytes | None
    # Why the message could not be written in one of the formats.
    reason: str = ""
    # What the program died of or nearly did: always a bug.
    bug: str | None = None

    @staticmethod
    def decoded(data: bytes) -> Answer:
        parts: dict[str, bytes] = {}
        at = 0
        while at < len(data):
            letter, (size,) = chr(data[at]), struct.unpack_from("<I", data, at + 1)
            parts[letter] = data[at + 5 : at + 5 + size]
            at += 5 + size
        said = {letter: value.decode(errors="replace") for letter, value in parts.items() if letter not in "bjt"}
        reason = "; ".join(said.values())
        return Answer(said.get("r"), parts.get("b"), parts.get("j", parts.get("t")), reason, said.get("x"))


class Program:
    """A running program."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.process: Any = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, requests: list[Request]) -> list[Answer]:
        """The answers to some requests, which are written while answers are read."""
        source, sink = self.process.stdout, self.process.stdin

        def write() -> None:
            try:
                for request in requests:
                    sink.write(request.encoded())
                sink.flush()
            except BrokenPipeError:
                pass  # The missing answer says which request it was.

        writer = threading.Thread(target=write)
        writer.start()
        answers = []
        for request in requests:
            head = source.read(4)
            if len(head) < 4:
                raise SystemExit(f"{self.name} died (exit {self.process.wait()}) of {request}")
            answers.append(Answer.decoded(source.read(*struct.unpack("<I", head))))
        writer.join()
        return answers

    def close(self) -> None:
        """Ends the program, which must agree."""
        self.process.stdin.close()
        code = self.process.wait()
        if code != 0:
            raise SystemExit(f"{self.name} ended with {code}")
