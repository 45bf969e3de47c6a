"""A hundred thousand malformed inputs, binary, JSON and text: each is a message or the error of its format, soon, and within
a bounded memory. The seed is fixed, so a failure comes again."""

from __future__ import annotations

import random
import resource
import time
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink._xlc import DecodeError as KitchenDecodeError
from kitchen_sink._xlc import JsonError as KitchenJsonError
from kitchen_sink._xlc import TextError
from kitchen_sink.extensions import Base, Set
from kitchen_sink.proto2 import Tree
from kitchen_sink.proto3 import Maps, Oneofs, Scalars
from study._xlc import DecodeError, JsonError
from study.google.protobuf import Struct
from study.radiology.study.v1 import Study
from test_malformed import samples

BINARY = 100_000
JSON = 40_000
TEXT = 20_000
#: The CPU seconds that any one input may take, far more than it does.
LONGEST = 2.0
#: What all of them together may add to the address space.
MEMORY = 1 << 30

RANDOM = random.Random(20_261_121)
HUGE = (
    b"\xff\xff\xff\xff\x07",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
    b"\xff" * 9 + b"\x01",
    b"\xff" * 11,
    b"\x80" * 9,
)
TOKENS = (
    "null", "true", "1e400", "-0", "-", "9" * 5000, "0." + "1" * 400, "1e-999999999", "1E+999999999",
    "NaN", "Infinity", "\\u0000",
    "\\ud800", "\\x", '"', "\\", "{", "}", "[", "]", ",", ":", "[" * 3000, '{"a":' * 3000, "\x00", "\ufeff", "\ud800",
    '"18446744073709551616"', '"1e99"', '"-0001-01-01T00:00:00Z"', '"-s"', '"@type":', "\u0661", " " * 200,
    "'", "\\777", "\\U00110000", "<", ">", ";", "#", "0x", "1f", "inf", "[a.b/c]", "left {" * 3000, "named { value <" * 200,
)  # fmt: skip


def binary_samples() -> list[Anything]:
    study, groups, lists = samples()
    tree = Tree()
    for _ in range(60):
        tree = Tree(left=tree)
    maps = Maps.from_json('{"stringString":{"a":"b","":""},"int32Int32":{"1":-1},"boolBool":{"true":false}}')
    scalars = Scalars(a_double=1.5, an_int64=-1, a_string="\u00e4", a_bytes=b"\xff", a_fixed64=2**64 - 1)
    return [study, groups, lists, tree, maps, scalars, Oneofs(), Base(), Set(), Study.Series(series_number=-1)]


def mutated(data: bytes) -> bytes:
    """The data after one to four accidents."""
    out = bytearray(data)
    for _ in range(RANDOM.choice((1, 1, 2, 4))):
        at = RANDOM.randrange(len(out) + 1)
        to = min(len(out), at + RANDOM.choice((1, 2, 5, 30)))
        kind = RANDOM.randrange(7)
        if kind == 0:
            del out[at:]  # cut off
        elif kind == 1 and at < len(out):
            out[at] ^= 1 << RANDOM.randrange(8)  # a bit flips
        elif kind == 2:
            del out[at:to]
        elif kind == 3:
            out[at:at] = out[at:to] * RANDOM.choice((1, 3, 50))
        elif kind == 4:
            out[at:at] = RANDOM.randbytes(RANDOM.choice((1, 3, 12)))
        elif kind == 5:
            out[at : at + 1] = RANDOM.choice(HUGE)  # where a length was, it is oversized
        else:
            out[:] = nested(bytes(out[:300]), RANDOM.choice((1, 20, 150)))
    return bytes(out)


def nested(data: bytes, depth: int) -> bytes:
    """The data inside messages or groups inside one another."""
    number = RANDOM.choice((1, 2, 6, 7, 10, 11))
    if RANDOM.random() < 0.3:
        return bytes((number << 3 | 3,)) * depth + data + bytes((number << 3 | 4,)) * RANDOM.choice((depth, depth - 1))
    for _ in range(depth):
        size, length = len(data), b""
        while size > 127:
            length += bytes((size & 127 | 128,))
            size >>= 7
        data = bytes((number << 3 | 2,)) + length + bytes((size,)) + data
    return data


def mutated_text(text: str) -> str:
    """As `mutated`, of JSON or the text format."""
    for _ in range(RANDOM.choice((1, 1, 2, 4))):
        at = RANDOM.randrange(len(text) + 1)
        to = min(len(text), at + RANDOM.choice((1, 2, 5, 30)))
        kind = RANDOM.randrange(5)
        if kind == 0:
            text = text[:at]
        elif kind == 1:
            text = text[:at] + text[to:]
        elif kind == 2:
            text = text[:at] + text[at:to] * RANDOM.choice((2, 40)) + text[to:]
        elif kind == 3:
            text = text[:at] + RANDOM.choice(TOKENS) + text[to:]
        else:
            text = text[:at] + chr(RANDOM.choice((RANDOM.randrange(128), RANDOM.randrange(0x3000)))) + text[at + 1 :]
    return text


class Corpus(unittest.TestCase):
    def setUp(self) -> None:
        # A length that is believed before it is checked ends in a MemoryError, which no test here accepts.
        limits = resource.getrlimit(resource.RLIMIT_AS)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, limits)
        statm = Path("/proc/self/statm")
        if statm.exists():  # Linux; elsewhere the limit is not kept anyhow
            used = int(statm.read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, limits[1]))

    def run_all(self, inputs: Iterator[tuple[Callable[[], Anything], object]], errors: Anything) -> tuple[int, int]:
        """How many inputs were refused, and how many were messages."""
        refused = accepted = 0
        clock = time.process_time
        for parse, data in inputs:
            start = clock()
            try:
                found = parse()
            except errors:
                refused += 1
            except BaseException as error:
                raise AssertionError(f"{type(error).__name__} for {data!r}") from error
            else:
                accepted += 1
                if accepted % 16 == 0:
                    # NaN is not equal to itself, so bytes are compared.
                    again = found.to_bytes()
                    self.assertEqual(type(found).from_bytes(again, recursion_limit=1000).to_bytes(), again)
            self.assertLess(clock() - start, LONGEST, data)
        return refused, accepted

    def test_binary(self) -> None:
        pairs = [(type(message), message.to_bytes()) for message in binary_samples()]

        def inputs() -> Iterator[tuple[Callable[[], Anything], object]]:
            for number in range(BINARY):
                cls, data = pairs[number % len(pairs)]
                bad = mutated(data)
                yield lambda cls=cls, bad=bad: cls.from_bytes(bad), (cls, bad)

        refused, accepted = self.run_all(inputs(), (DecodeError, KitchenDecodeError))
        self.assertEqual(refused + accepted, BINARY)
        # Neither is everything refused before it is read, nor everything let through.
        self.assertGreater(refused, BINARY // 4)
        self.assertGreater(accepted, BINARY // 20)

    def test_json(self) -> None:
        messages = [*binary_samples(), Struct.from_python({"a": [1, None, {"b": "c"}]})]
        pairs = [(type(message), message.to_json()) for message in messages]

        def inputs() -> Iterator[tuple[Callable[[], Anything], object]]:
            for number in range(JSON):
                cls, text = pairs[number % len(pairs)]
                bad = mutated_text(text)
                yield lambda cls=cls, bad=bad: cls.from_json(bad), (cls, bad)

        refused, accepted = self.run_all(inputs(), (JsonError, KitchenJsonError))
        self.assertEqual(refused + accepted, JSON)
        self.assertGreater(refused, JSON // 4)
        self.assertGreater(accepted, JSON // 100)

    def test_text(self) -> None:
        messages = [message for message in binary_samples() if hasattr(message, "to_text")]
        self.assertGreater(len(messages), 5)
        pairs = [(type(message), message.to_text()) for message in messages]

        def inputs() -> Iterator[tuple[Callable[[], Anything], object]]:
            for number in range(TEXT):
                cls, text = pairs[number % len(pairs)]
                bad = mutated_text(text)
                yield lambda cls=cls, bad=bad: cls.from_text(bad), (cls, bad)

        refused, accepted = self.run_all(inputs(), TextError)
        self.assertEqual(refused + accepted, TEXT)
        self.assertGreater(refused, TEXT // 4)
        self.assertGreater(accepted, TEXT // 100)


if __name__ == "__main__":
    unittest.main()
