"""Messages as values: construction, equality, copies, pickles, patterns."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink import proto3, public
from kitchen_sink.proto2 import Tree
from study.google.protobuf import Any, Duration, FieldMask, ListValue, Struct, Timestamp, Value
from study.radiology.study.v1 import BodyPart, Finding, Patient, Rejection, Study, StudyStatus


def full() -> Study:
    return Study(
        id="1",
        status=StudyStatus.QUEUED,
        patient=Patient(pseudonym="p", sex="F"),
        body_parts=[BodyPart.HEAD, 99],
        series=[Study.Series(series_number=-3, windows={7: Study.Series.Window(center=40.0)})],
        result=Study.Finding(Finding(label="nodule")),
        labels={"b": "2", "a": "1"},
        queue_position=0,
    )


class Values(unittest.TestCase):
    def test_fields_have_their_defaults(self) -> None:
        study = Study()
        self.assertEqual((study.id, study.revision, study.phantom), ("", 0, False))
        self.assertIs(study.status, StudyStatus.UNSPECIFIED)
        self.assertIsNone(study.queue_position)
        self.assertIsNone(study.result)
        self.assertEqual((study.series, study.labels), ([], {}))
        self.assertIsNot(study.series, Study().series)
        self.assertEqual(study.to_bytes(), b"")

    def test_a_round_trip_gives_an_equal_message(self) -> None:
        study = full()
        again = Study.from_bytes(study.to_bytes())
        self.assertEqual(again, study)
        self.assertEqual(bytes(again), study.to_bytes())
        self.assertIs(again.body_parts[0], BodyPart.HEAD)
        self.assertEqual(again.body_parts[1], 99)
        self.assertEqual(Study.from_dict(study.to_dict()), study)

    def test_a_file_passes_on_what_it_imports_publicly(self) -> None:
        self.assertIs(public.Scalars, proto3.Scalars)
        self.assertIs(public.Mood, proto3.Mood)
        self.assertEqual(set(public.__all__), {name for name in vars(proto3) if name[0].isupper()})

    def test_equality_is_by_class_and_value(self) -> None:
        self.assertNotEqual(Study(id="1"), Study(id="2"))
        self.assertNotEqual(Patient(), Study())
        self.assertNotEqual(Study.Finding(Finding()), Study.Rejection(Rejection()))
        self.assertNotEqual(Study(), "")
        with self.assertRaises(TypeError):
            hash(Study())

    def test_a_wrong_name_is_refused(self) -> None:
        study: Anything = Study()
        with self.assertRaises(AttributeError):
            study.tittle = "x"
        with self.assertRaises(TypeError):
            Study(tittle="x")  # type: ignore[call-arg]
        with self.assertRaises(TypeError):
            study.replace(tittle="x")

    def test_repr_shows_what_is_set(self) -> None:
        self.assertEqual(repr(Study()), "Study()")
        self.assertEqual(
            repr(Study(id="1", result=Study.Finding(Finding(id="f")))),
            "Study(id='1', result=Study.Finding(Finding(id='f')))",
        )

    def test_copies_are_deep_unless_asked_otherwise(self) -> None:
        study = full()
        for deep in (study.copy(), copy.deepcopy(study), pickle.loads(pickle.dumps(study))):
            self.assertEqual(deep, study)
            self.assertIsNot(deep.series, study.series)
            self.assertIsNot(deep.series[0], study.series[0])
            self.assertIsNot(deep.result, study.result)
        shallow = copy.copy(study)
        self.assertEqual(shallow, study)
        self.assertIs(shallow.series, study.series)

    def test_replace_changes_a_copy(self) -> None:
        study = full()
        other = study.replace(id="2", result=None)
        self.assertEqual((study.id, other.id, other.result), ("1", "2", None))
        self.assertEqual(study.__replace__(id="3").id, "3")
        if sys.version_info >= (3, 13):
            self.assertEqual(copy.replace(study, id="4").id, "4")

    def test_clear_takes_everything_back(self) -> None:
        study = Study.from_bytes(full().to_bytes() + b"\xf8\x7f\x01")
        self.assertEqual(study.unknown_fields, b"\xf8\x7f\x01")
        study.clear()
        self.assertEqual(study, Study())
        self.assertEqual(study.unknown_fields, b"")

    def test_patterns_match(self) -> None:
        match full():
            case Study(id="1", result=Study.Finding(Finding(label=label))):
                self.assertEqual(label, "nodule")
            case _:
                self.fail("no match")
        match Timestamp(seconds=3, nanos=4):
            case Timestamp(seconds, nanos):
                self.assertEqual((seconds, nanos), (3, 4))

    def test_merging_appends_updates_and_replaces(self) -> None:
        study = full()
        other = Study(
            series=[Study.Series()],
            labels={"a": "9"},
            patient=Patient(sex="M"),
            result=Study.Finding(Finding(id="f")),
        )
        study.merge_from(other)
        self.assertEqual(len(study.series), 2)
        self.assertEqual(study.labels, {"b": "2", "a": "9"})
        self.assertEqual(study.patient, Patient(pseudonym="p", sex="M"))
        self.assertEqual(study.result, Study.Finding(Finding(id="f", label="nodule")))
        self.assertIsNot(study.series[1], other.series[0])
        wanted = full()
        wanted.merge_from_bytes(other.to_bytes())
        self.assertEqual(study, wanted)
        study.merge_from(Study(result=Study.Rejection(Rejection())))
        self.assertEqual(study.result, Study.Rejection(Rejection()))
        with self.assertRaises(TypeError):
            study.merge_from(Patient())  # type: ignore[arg-type]

    def test_a_failed_merge_changes_nothing(self) -> None:
        study = full()
        with self.assertRaises(ValueError):
            study.merge_from_bytes(Study(id="9", series=[Study.Series()]).to_bytes() + b"\x0a\x05")
        self.assertEqual(study, full())

    def test_maps_are_sorted_if_asked(self) -> None:
        one, two = Study(labels={"b": "2", "a": "1"}), Study(labels={"a": "1", "b": "2"})
        self.assertNotEqual(one.to_bytes(), two.to_bytes())
        self.assertEqual(one.to_bytes(deterministic=True), two.to_bytes(deterministic=True))
        nested = Tree(children=[Tree(named={"b": Tree(), "a": Tree()})])
        other = Tree(children=[Tree(named={"a": Tree(), "b": Tree()})])
        self.assertEqual(nested.to_bytes(deterministic=True), other.to_bytes(deterministic=True))

    def test_negative_zero_is_not_the_default(self) -> None:
        window = Study.Series.Window(center=-0.0)
        self.assertEqual(window.to_bytes(), b"\x09" + b"\x00" * 7 + b"\x80")
        self.assertEqual(window.to_json(), '{"center":-0.0}')
        self.assertEqual(Study.Series.Window(center=0.0).to_bytes(), b"")


class WellKnown(unittest.TestCase):
    def test_timestamps_are_datetimes(self) -> None:
        when = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=2)))
        stamp = Timestamp.from_datetime(when)
        self.assertEqual(stamp.to_datetime(), when)
        self.assertEqual(stamp.to_json(), '"2026-01-02T01:04:05.678901Z"')
        early = Timestamp.from_datetime(datetime(1, 1, 1, tzinfo=timezone.utc))
        self.assertEqual(early.to_dict(), "0001-01-01T00:00:00Z")
        before = Timestamp.from_datetime(datetime(1969, 12, 31, 23, 59, 59, 500000, timezone.utc))
        self.assertEqual((before.seconds, before.nanos), (-1, 500000000))
        with self.assertRaises(ValueError):
            Timestamp.from_datetime(datetime(2026, 1, 1))

    def test_durations_are_timedeltas(self) -> None:
        for length in (timedelta(days=-1, microseconds=1), timedelta(0), timedelta(seconds=1.5)):
            self.assertEqual(Duration.from_timedelta(length).to_timedelta(), length)
        self.assertEqual(Duration.from_timedelta(timedelta(seconds=-1.5)).to_dict(), "-1.500s")

    def test_structs_are_python_values(self) -> None:
        data = {"a": [1.5, None, {"b": True}], "c": "d"}
        self.assertEqual(Struct.from_python(data).to_python(), data)
        self.assertEqual(ListValue.from_python([1.0, "x"]).to_python(), [1.0, "x"])
        self.assertIsNone(Value.from_python(None).to_python())
        again = Struct.from_bytes(Struct.from_python(data).to_bytes())
        self.assertEqual(again.to_python(), data)

    def test_any_holds_messages(self) -> None:
        box = Any.pack(Patient(pseudonym="p"))
        self.assertEqual(box.type_url, "type.googleapis.com/radiology.study.v1.Patient")
        self.assertEqual(box.unpack(Patient), Patient(pseudonym="p"))
        self.assertIsNone(box.unpack(Study))

    def test_field_masks_are_paths(self) -> None:
        self.assertEqual(FieldMask.from_paths(["a_b.c", "d"]).to_dict(), "aB.c,d")


class Packages(unittest.TestCase):
    def test_nothing_beyond_the_standard_library_is_imported(self) -> None:
        program = (
            "import sys; import trees; import study.radiology.study.v1.study; "
            "own = sys.stdlib_module_names | {'study', 'kitchen_sink', 'own', 'trees'}; "
            "roots = {name.partition('.')[0] for name in sys.modules}; "
            "print(sorted(root for root in roots if root not in own and not root.startswith('_')))"
        )
        found = subprocess.run(
            [sys.executable, "-S", "-B", "-c", program], capture_output=True, text=True, check=True
        )
        self.assertEqual(found.stdout, "[]\n")

    def test_a_package_imports_no_module_until_it_is_asked(self) -> None:
        program = (
            "import sys; import trees; import study.radiology.study.v1 as v1; "
            "assert 'study.radiology.study.v1.study' not in sys.modules; v1.Laterality; "
            "assert 'study.radiology.study.v1.inference' in sys.modules; "
            "assert 'study.radiology.study.v1.study' not in sys.modules"
        )
        subprocess.run([sys.executable, "-S", "-B", "-c", program], check=True)
