"""ProtoJSON is read strictly, beyond what the released conformance suite asks."""

from __future__ import annotations

import json
import unittest
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink.proto2 import Tree
from kitchen_sink.proto3 import Lists, Maps, Mood, Optionals, Scalars
from study import TYPES
from study._xlc import JsonError, Types
from study.google.protobuf import Any, Duration, Timestamp, Value
from study.radiology.study.v1 import Patient, Study


class Strict(unittest.TestCase):
    def refused(self, cls: Anything, *texts: str) -> None:
        for text in texts:
            with self.subTest(text):
                with self.assertRaises(ValueError) as caught:
                    cls.from_json(text)
                self.assertEqual(type(caught.exception).__name__, "JsonError", text)

    def test_booleans_are_no_numbers(self) -> None:
        for name in ("aDouble", "aFloat", "anInt32", "anInt64", "aUint32", "aFixed64", "aMood"):
            self.refused(Scalars, f'{{"{name}":true}}', f'{{"{name}":false}}')

    def test_arrays_are_no_scalars(self) -> None:
        for name, value in (("aMood", '"MOOD_HAPPY"'), ("aMood", "1"), ("anInt32", "1"), ("aString", '"a"')):
            self.refused(Scalars, f'{{"{name}":[{value}]}}')
        self.refused(Scalars, "[]", "1", "null", '"x"')
        self.refused(Lists, '{"int32s":1}', '{"moods":{"a":1}}', '{"int32s":[null]}', '{"int32s":[[1]]}')

    def test_integers_are_exact(self) -> None:
        for text in ("1.5", '"1.5"', "2147483648", "-2147483649", '"2147483648"', '" 1"', '"1 "', '"0x1"',
                     '"01"', '"+1"', '"1_0"', '""', '"1e400"', '"\u0661"', "1e999", '{"a":1}',
                     '"1e9999999999999999999999"', '"-1e-9999999999999999999999"'):  # fmt: skip
            self.refused(Scalars, f'{{"anInt32":{text}}}')
        for text, value in (("1e5", 100000), ("1.0", 1), ('"1e2"', 100), ('"-0"', 0), ("-2147483648", -(2**31)),
                            ('"-0.00e9999999999999999999999"', 0)):
            self.assertEqual(Scalars.from_json(f'{{"anInt32":{text}}}').an_int32, value)
        big = Scalars.from_json('{"aUint64":"18446744073709551615","anInt64":"9007199254740993.0"}')
        self.assertEqual((big.a_uint64, big.an_int64), (2**64 - 1, 9007199254740993))

    def test_floats_have_a_range(self) -> None:
        for name in ("aFloat", "aDouble"):
            for text in ("NaN", "Infinity", "1e999", '"1e999"', '"nan"', '"inf"', '" 1"', '"1_0"', '"0x1"', '""'):
                self.refused(Scalars, f'{{"{name}":{text}}}')
        self.refused(Scalars, '{"aFloat":3.5e38}', '{"aFloat":"-3.5e38"}')
        self.assertEqual(Scalars.from_json('{"aDouble":"-Infinity"}').a_double, float("-inf"))
        self.assertEqual(Scalars.from_json('{"aFloat":0.1}').to_json(), '{"aFloat":0.1}')
        self.assertEqual(Scalars(a_float=16777216.0).to_json(), '{"aFloat":16777216}')
        self.assertEqual(Scalars(a_float=1e-45).to_dict(), {"aFloat": 1e-45})
        # As JavaScript has them, but for the sign of zero; a string may look like a number.
        for value, text in ((1e-5, "0.00001"), (1e-7, "1e-7"), (1e16, "10000000000000000"), (-1.5e20, "-150000000000000000000"),
                            (1e21, "1e+21"), (2.5e-10, "2.5e-10"), (-0.0, "-0.0"), (2.0, "2")):  # fmt: skip
            message = Scalars(a_double=value, a_string=":1e-07,")
            self.assertEqual(message.to_json(), f'{{"aDouble":{text},"aString":":1e-07,"}}')
            self.assertEqual(Scalars.from_json(message.to_json()), message)
        zero = Scalars.from_json('{"aDouble":-0,"aFloat":-0,"anInt32":-0}')
        self.assertEqual(zero.to_json(), '{"aDouble":-0.0,"aFloat":-0.0}')
        self.assertEqual(Scalars(a_double=float("nan")).to_json(), '{"aDouble":"NaN"}')

    def test_text_is_json(self) -> None:
        self.refused(Scalars, "", "{", "{'aBool':true}", '{"aBool":true,}', "{}{}", '{"a', "\ufeff{}", "{aBool:true}",
                     '{"aBool":True}', '{"aString":"\n"}', '{"aString":"\\x"}', "[" * 100_000)  # fmt: skip
        self.refused(Scalars, '{"aString":"\\ud800"}', '{"\\ud800":1}', '{"aString":"\\udc00\\ud800"}')
        self.assertEqual(Scalars.from_json('{"aString":"\\ud83d\\ude00"}').a_string, "\U0001f600")
        self.assertEqual(Scalars.from_json(b'{"aString":"\xc3\xa4"}').a_string, "\u00e4")
        with self.assertRaises(ValueError):
            Scalars.from_json(b'{"aString":"\xff"}')

    def test_no_field_comes_twice(self) -> None:
        self.refused(Scalars, '{"aBool":true,"aBool":false}', '{"aBool":true,"a_bool":true}')
        self.refused(Scalars, '{"aBool":null,"a_bool":true,"aBool":true}')
        self.refused(Study, '{"finding":{},"rejection":{}}')
        self.assertEqual(Study.from_json('{"finding":null,"rejection":{}}'), Study.from_json('{"rejection":{}}'))

    def test_unknown_names_are_refused_or_ignored(self) -> None:
        text = '{"aMood":"MOOD_NEW","other":[{"a":null}],"aBool":true}'
        self.refused(Scalars, text, '{"other":null}')
        self.assertEqual(Scalars.from_json(text, ignore_unknown=True), Scalars(a_bool=True))
        lists = Lists.from_json('{"moods":["MOOD_NEW","MOOD_HAPPY",77]}', ignore_unknown=True)
        self.assertEqual(lists.moods, [Mood.HAPPY, 77])

    def test_null_is_absent(self) -> None:
        names = json.loads(Optionals(a_bool=True).to_json())
        self.assertEqual(names, {"aBool": True})
        self.assertEqual(Optionals.from_json('{"aBool":null,"anInt32":null,"aMessage":null}'), Optionals())
        self.refused(Maps, '{"stringString":{"a":null}}')

    def test_timestamps_are_strict(self) -> None:
        for text in ("2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04:05z", "2026-01-02t03:04:05Z",
                     "2026-01-02 03:04:05Z", "2026-1-02T03:04:05Z", "2026-01-02T24:00:00Z", "2026-02-30T00:00:00Z",
                     "2026-01-02T03:04:60Z", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05.1234567890Z",
                     "2026-01-02T03:04:05+1:00", "2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05+0100",
                     "2026-01-02T03:04:05,5Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
                     "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", " 2026-01-02T03:04:05Z",
                     "2026-01-02T03:04:05Z\\n", "\u0662026-01-02T03:04:05Z", "2026-01-02T03:04:05+01:60"):  # fmt: skip
            self.refused(Timestamp, f'"{text}"')
        self.refused(Timestamp, "1", "null", "{}")
        found = Timestamp.from_json('"2026-01-02T03:04:05.5+01:30"')
        self.assertEqual(found.to_json(), '"2026-01-02T01:34:05.500Z"')
        for seconds, nanos in ((253402300800, 0), (-62135596801, 0), (0, -1), (0, 10**9)):
            with self.assertRaises(JsonError):
                Timestamp(seconds=seconds, nanos=nanos).to_json()

    def test_durations_are_strict(self) -> None:
        for text in ("1", "s", "1.s", ".5s", "1.1234567890s", "+1s", "1 s", "1S", "--1s", "315576000001s", "1e3s", "1s "):
            self.refused(Duration, f'"{text}"')
        self.assertEqual(Duration.from_json('"-0.5s"'), Duration(nanos=-500000000))
        with self.assertRaises(JsonError):
            Duration(seconds=1, nanos=-1).to_json()

    def test_base64_comes_in_both_alphabets(self) -> None:
        for text in ("-_8=", "-_8", "+/8=", "+/8"):
            self.assertEqual(Scalars.from_json(f'{{"aBytes":"{text}"}}').a_bytes, b"\xfb\xff")
        self.refused(Scalars, '{"aBytes":"a"}', '{"aBytes":"a b="}', '{"aBytes":"\u00e4"}', '{"aBytes":1}')

    def test_what_is_skipped_counts_its_brackets(self) -> None:
        for left, right in (("[", "]"), ('{"a":', "}")):
            for inner, limit in (('{"x":%s}', 100), ('{"children":[{"x":%s}]}', 99), ('{"left":{"left":{"x":%s}}}', 98)):
                within, beyond = ("1".join((left * count, right * count)) for count in (limit, limit + 1))
                Tree.from_json(inner % within, ignore_unknown=True)
                with self.assertRaisesRegex(ValueError, "nested too deeply"):
                    Tree.from_json(inner % beyond, ignore_unknown=True)
        self.refused(Tree, '{"left":' * 10_000, "[" * 100_000, '{"x":' * 100_000)

    def test_values_are_json(self) -> None:
        for text in ("null", "1.5", '"x"', "true", '{"a":[1,null]}', "[]"):
            self.assertEqual(Value.from_json(text).to_json(), text)
        with self.assertRaises(JsonError):
            Value().to_json()
        with self.assertRaises(JsonError):
            Value(kind=Value.NumberValue(float("nan"))).to_json()

    def test_any_needs_a_table(self) -> None:
        study = Study(attachments=[Any.pack(Patient(pseudonym="p")), Any.pack(Duration(seconds=1))])
        with self.assertRaises(JsonError):
            study.to_json()
        text = study.to_json(types=TYPES)
        self.assertIn('{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}', text)
        self.assertEqual(Study.from_json(text, types=TYPES), study)
        self.assertEqual(Study.from_json(text, types=Types(Patient, Duration)), study)
        for data in ('{"@type":"x"}', '{"value":1}', '{"@type":"a/google.protobuf.Duration"}',
                     '{"@type":"a/google.protobuf.Duration","value":"1s","x":1}'):  # fmt: skip
            with self.assertRaises(JsonError):
                Any.from_json(data, types=TYPES)
        self.assertEqual(Any.from_json("{}", types=TYPES), Any())

    def test_output_is_canonical(self) -> None:
        study = Study(revision=2**53, labels={"k": "\u00e4"}, queue_position=0)
        self.assertEqual(study.to_json(), '{"labels":{"k":"\u00e4"},"revision":"9007199254740992","queuePosition":0}')
        self.assertEqual(json.loads(study.to_json(indent=2)), study.to_dict())


if __name__ == "__main__":
    unittest.main()
