"""Errors say where: the path of the field, and the byte."""

from __future__ import annotations

import unittest
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink.proto2 import RequiredInside
from kitchen_sink.proto3 import Scalars
from study._xlc import DecodeError, EncodeError, JsonError
from study.radiology.study.v1 import Finding, Patient, Study


class Decode(unittest.TestCase):
    def refused(self, data: bytes) -> DecodeError:
        with self.assertRaises(DecodeError) as caught:
            Study.from_bytes(data)
        return caught.exception

    def test_the_path_leads_into_lists_and_messages(self) -> None:
        instance = b"\x22\xff"  # the varint of `rows` does not end
        series = b"\x3a\x00" + b"\x3a" + bytes((len(instance),)) + instance
        study = b"\x52\x00" * 2 + b"\x52" + bytes((len(series),)) + series
        error = self.refused(study)
        self.assertEqual(error.path, "radiology.study.v1.Study.series[2].instances[1].rows")
        self.assertEqual(error.offset, len(study) - 1)

    def test_bad_utf8_names_the_field_and_the_byte(self) -> None:
        good = Study(labels={"key": "v"}).to_bytes()
        error = self.refused(good.replace(b"v", b"\xff"))
        self.assertEqual(error.path, 'radiology.study.v1.Study.labels["key"]')
        self.assertEqual(error.reason, "the string is not valid UTF-8")
        self.assertEqual(error.offset, good.index(b"v"))
        self.assertEqual(
            str(error),
            'radiology.study.v1.Study.labels["key"]: the string is not valid UTF-8 '
            f"(at byte {good.index(b'v')})",
        )

    def test_a_member_of_a_oneof_is_named_by_its_field(self) -> None:
        data = Study(result=Study.Finding(Finding(id="x"))).to_bytes()
        error = self.refused(data.replace(b"x", b"\x80"))
        self.assertEqual(error.path, "radiology.study.v1.Study.finding.id")

    def test_a_missing_required_field_is_named(self) -> None:
        for data, path in (
            (b"\x0a\x00", "singular.value"),
            (b"\x12\x02\x08\x01\x12\x00", "list[1].value"),
            (b"\x1a\x04\x08\x05\x12\x00", "by_id[5].value"),
            (b"\x22\x00", "choice.value"),
        ):
            with self.assertRaises(ValueError) as caught:
                RequiredInside.from_bytes(data)
            self.assertIn(f"kitchen.two.RequiredInside.{path}: ", str(caught.exception))

    def test_the_recursion_limit_can_be_chosen(self) -> None:
        deep = Finding()
        for _ in range(50):
            deep = Finding(parts=[deep])
        data = deep.to_bytes()
        self.assertEqual(Finding.from_bytes(data), deep)
        with self.assertRaises(DecodeError) as caught:
            Finding.from_bytes(data, recursion_limit=49)
        self.assertIn("nested too deeply", str(caught.exception))
        self.assertEqual(caught.exception.path, "radiology.study.v1.Finding" + ".parts[0]" * 50)


class Encode(unittest.TestCase):
    def refused(self, message: Anything, path: str) -> Anything:
        # Each package has errors of its own; all are value errors.
        with self.assertRaises(ValueError) as caught:
            message.to_bytes()
        error: Anything = caught.exception
        self.assertEqual((type(error).__name__, error.path), ("EncodeError", path))
        with self.assertRaises(ValueError) as caught:
            message.to_json()
        json: Anything = caught.exception
        self.assertEqual((type(json).__name__, json.path), ("JsonError", path))
        return error

    def test_a_wrong_type_never_becomes_bytes(self) -> None:
        wrong: Anything = object()
        for name in Scalars.__match_args__:
            error = self.refused(Scalars(**{name: wrong}), f"kitchen.three.Scalars.{name}")
            self.assertIn("object", error.reason)

    def test_numbers_beyond_the_type_are_refused(self) -> None:
        for name, value in {
            "an_int32": 2**31,
            "an_int64": -(2**63) - 1,
            "a_uint32": -1,
            "a_uint64": 2**64,
            "a_sint32": -(2**31) - 1,
            "a_sint64": 2**63,
            "a_fixed32": 2**32,
            "a_fixed64": -1,
            "a_sfixed32": 2**31,
            "a_sfixed64": 2**63,
            "a_float": 1e39,
            "a_mood": 2**31,
            "a_string": "\ud800",
        }.items():
            extra: Anything = {name: value}
            self.refused(Scalars(**extra), f"kitchen.three.Scalars.{name}")

    def test_the_path_leads_into_lists_maps_and_oneofs(self) -> None:
        wrong: Anything = 1.5
        series = Study.Series(instances=[Study.Series.Instance(), Study.Series.Instance(rows=wrong)])
        root = "radiology.study.v1.Study"
        self.refused(Study(series=[Study.Series(), series]), f"{root}.series[1].instances[1].rows")
        self.refused(Study(labels={"a": "b", "k": wrong}), f"{root}.labels['k']")
        self.refused(Study(result=Study.Finding(Finding(id=wrong))), f"{root}.finding.id")
        packed = Study.Series.Instance(frame_lengths=[1, wrong])
        with self.assertRaises(EncodeError) as caught:
            packed.to_bytes()
        self.assertEqual(caught.exception.path, f"{root}.Series.Instance.frame_lengths[1]")

    def test_another_message_is_refused(self) -> None:
        other: Anything = Study()
        self.refused(Study(patient=other), "radiology.study.v1.Study.patient")
        self.refused(Study(series=[other]), "radiology.study.v1.Study.series[0]")
        arm: Anything = Patient()
        with self.assertRaises(EncodeError):
            Study(result=arm).to_bytes()

    def test_a_string_is_no_list(self) -> None:
        text: Anything = "HEAD"
        with self.assertRaises(EncodeError) as caught:
            Study.Series.Instance(frame_lengths=text).to_bytes()
        self.assertIn("expected a list", caught.exception.reason)

    def test_a_message_that_contains_itself_is_refused(self) -> None:
        finding = Finding()
        finding.parts.append(finding)
        with self.assertRaises(EncodeError):
            finding.to_bytes()
        with self.assertRaises(JsonError):
            finding.to_json()


class Json(unittest.TestCase):
    def test_the_path_leads_to_the_place(self) -> None:
        for text, path in (
            ('{"series":[{},{"instances":[{"rows":-1}]}]}', "series[1].instances[0].rows"),
            ('{"labels":{"a":1}}', 'labels["a"]'),
            ('{"milestones":{"a":"yesterday"}}', 'milestones["a"]'),
            ('{"series":{}}', "series"),
            ('{"finding":{"id":3}}', "finding.id"),
            ('{"unknownName":3}', ""),
        ):
            with self.assertRaises(JsonError) as caught:
                Study.from_json(text)
            root = "radiology.study.v1.Study"
            self.assertEqual(caught.exception.path, f"{root}.{path}" if path else root)


if __name__ == "__main__":
    unittest.main()
