"""Malformed bytes give a DecodeError: no other exception, no hang, no memory beyond the input's measure."""

from __future__ import annotations

import random
import time
import tracemalloc
import unittest
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink._xlc import DecodeError as KitchenError
from kitchen_sink.extensions import Base, Set
from kitchen_sink.proto2 import Groups, Lists, Numbers, Tree
from kitchen_sink.proto3 import Maps
from study._xlc import DecodeError
from study.google.protobuf import Duration, Struct, Timestamp
from study.radiology.study.v1 import BodyPart, Finding, Heatmap, Patient, Study

ERRORS = (DecodeError, KitchenError)


def samples() -> list[Anything]:
    instance = Study.Series.Instance(
        sop_instance_uid="1.2.3",
        instance_number=-1,
        rows=512,
        image_position_mm=[1.0, -2.5, 3.0],
        min_hounsfield=-1024,
        content_hash=2**64 - 1,
        thumbnail=b"\xff\xd8" * 20,
        frame_lengths=[1, 2, 300000],
    )
    study = Study(
        id="a study",
        patient=Patient(pseudonym="p\u00e4", weight_kg=70.5),
        performed_at=Timestamp(seconds=10**9, nanos=5),
        body_parts=[BodyPart.HEAD, BodyPart.CHEST],
        series=[Study.Series(instances=[instance, instance], exposure=Duration(seconds=1))],
        result=Study.Finding(Finding(label="x", heatmaps=[Heatmap(scale=[0.5])], logits={1: -2})),
        labels={"k": "v", "": ""},
        attributes=Struct.from_python({"a": [1, None, {"b": "c"}]}),
    )
    groups = Groups(
        must=Groups.Must(a=1),
        may=Groups.May(inner=[Groups.May.Inner(text="t")]),
        many=[Groups.Many(a=3), Groups.Many()],
    )
    lists = Lists(int32s=[1, -1], p_sint64s=[5, -(2**60)], p_floats=[1.5], p_bools=[True, False])
    return [study, groups, lists]


class Malformed(unittest.TestCase):
    def parse(self, cls: Anything, data: bytes) -> Anything:
        """The message, or nothing if the bytes are refused; all else is a failure."""
        try:
            return cls.from_bytes(data)
        except ERRORS as error:
            self.assertLessEqual(error.offset or 0, len(data))
            return None

    def refused(self, cls: Anything, data: bytes, reason: str) -> None:
        with self.assertRaises(ERRORS) as caught:
            cls.from_bytes(data)
        self.assertIn(reason, str(caught.exception))

    def test_every_truncation_is_refused_or_a_message(self) -> None:
        for message in samples():
            data = message.to_bytes()
            for end in range(len(data)):
                found = self.parse(type(message), data[:end])
                if found is not None:
                    # What was cut off is a number of whole fields.
                    again = type(message).from_bytes(found.to_bytes())
                    self.assertEqual(again, found)

    def test_bit_flips_are_refused_or_a_message(self) -> None:
        random.seed(7)
        for message in samples():
            data = message.to_bytes()
            for position in range(len(data)):
                for bit in (1, 2, 4, 8, 16, 32, 64, 128):
                    flipped = bytearray(data)
                    flipped[position] ^= bit
                    self.parse(type(message), bytes(flipped))

    def test_noise_is_refused_or_a_message(self) -> None:
        random.seed(11)
        for cls in (Study, Tree, Groups, Maps, Lists, Base, Set, Numbers):
            for _ in range(1500):
                self.parse(cls, random.randbytes(random.randint(1, 60)))

    def test_varints_and_tags_have_an_end(self) -> None:
        self.refused(Study, b"\x20" + b"\xff" * 10 + b"\x01", "longer than 10 bytes")
        self.refused(Study, b"\x20" + b"\xff" * 5, "the input ends in the middle of a value")
        self.refused(Study, b"\xff\xff\xff\xff\xff\x01", "the tag is longer than 5 bytes")
        self.refused(Study, b"\x8a\x80\x80\x80\x80\x00\x00", "the tag is longer than 5 bytes")
        self.refused(Study, b"\xf8\xff\xff\xff\x1f\x00", "the field number is too high")
        self.refused(Study, b"\x80\x00\x00", "field number 0 is illegal")
        self.refused(Study, b"\x00\x00", "field number 0 is illegal")
        self.refused(Study, b"\x07\x00", "field number 0 is illegal")
        self.refused(Study, b"\x0f\x00", "wire type 7 does not exist")
        self.refused(Study, b"\x0a", "the input ends in the middle of a value")

    def test_groups_must_match(self) -> None:
        self.refused(Study, b"\xa3\x06", "a group does not end")
        self.refused(Study, b"\xa4\x06", "a group ends that did not begin")
        self.refused(Study, b"\xa3\x06\xab\x06\xa4\x06\xac\x06", "the wrong group ends")
        self.refused(Groups, b"\x0b\x08\x01\x14", "the wrong group ends")
        self.refused(Groups, b"\x0b\x08\x01", "a group does not end")

    def test_a_value_may_not_cross_the_end_of_its_message(self) -> None:
        # The inner message has three bytes; its field claims more, which are there in the outer one.
        self.refused(Study, b"\x32\x03\x0a\x05abcdefgh", "patient.pseudonym: ")
        self.refused(Study, b"\x32\x02\x0a\xff\x01", "patient.pseudonym: ")
        self.refused(Study, b"\x0a\x05abcd", "Study.id: the length leads beyond the end of the input (at byte 1)")
        self.refused(Study, b"\x6a\x03\x0a\x05abcdefgh", "labels")
        self.refused(Lists, b"\xba\x01\x03\x01\x02\xff\x01", "crosses the end")
        self.refused(Lists, b"\xb2\x01\x05\x00\x00\x00\x00\x00", "crosses the end")

    def test_lengths_cost_no_memory(self) -> None:
        huge = b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f"
        tracemalloc.start()
        for tag in (b"\x0a", b"\x32", b"\x4a", b"\x52", b"\x6a", b"\xfa\x01"):
            self.refused(Study, tag + huge + b"xyz", "")
        for tag in (b"\xb2\x01", b"\xba\x01", b"\xaa\x01"):
            self.refused(Lists, tag + huge + b"xyz", "")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(peak, 1_000_000)

    def test_depth_is_limited(self) -> None:
        deep = b""
        for _ in range(5000):
            deep = b"\x0a" + self.length(deep) + deep
        self.refused(Tree, deep, "nested too deeply")
        knots = b""
        for _ in range(120):
            knots = b"\x33\x3a" + self.length(knots) + knots + b"\x34"
        self.refused(Tree, knots, "nested too deeply")
        # Groups that are not known count as messages do.
        many = b"\xa3\x06" * 100 + b"\xa4\x06" * 100
        self.assertEqual(Study.from_bytes(many).unknown_fields, many)
        self.refused(Study, b"\xa3\x06" * 101 + b"\xa4\x06" * 101, "nested too deeply")
        many = b"\xa3\x06" * 100_000 + b"\xa4\x06" * 100_000
        self.refused(Study, many, "nested too deeply")
        self.assertEqual(Study.from_bytes(many, recursion_limit=10**6).unknown_fields, many)
        with self.assertRaises(ERRORS):
            Tree.from_bytes(deep, recursion_limit=10**6)

    def length(self, data: bytes) -> bytes:
        size, out = len(data), bytearray()
        while size > 127:
            out.append(size & 127 | 128)
            size >>= 7
        return bytes(out) + bytes((size,))

    def test_time_is_linear(self) -> None:
        for data in (
            b"\x32\x00" * 100_000,  # the same message again and again
            b"\xa0\x06\x01" * 100_000,  # unknown fields
            b"\x0a\x01a\x12\x01b" * 50_000,  # in turn
            b"\x12\x01b\x0a\x01a" * 50_000,  # against the order
        ):
            start = time.process_time()
            Study.from_bytes(data)
            self.assertLess(time.process_time() - start, 5)


if __name__ == "__main__":
    unittest.main()
