"""The runtime by itself: writers and readers at the edges of their ranges, and what no other test comes by."""

from __future__ import annotations

import math
import random
import struct
import unittest
from functools import partial
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink.proto3 import Lists, Maps, Oneofs, Scalars
from own import TYPES
from own._xlc import DecodeError, EncodeError, JsonError, Types, put, put_json, wire
from own._xlc.kinds import INT32, STRING, EnumTable
from own.own import Alike, Keys, Level, Secret, Woven, key, level, levels, loose


def reference(value: int) -> bytes:
    """A varint, as the encoding guide describes it."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes((*out, value))


def edges(bits: int) -> list[int]:
    """Numbers around all powers of two, and some between."""
    near = {(1 << bit) + step for bit in range(bits) for step in (-1, 0, 1)}
    return sorted({*near, *(random.Random(bits).getrandbits(bits) for _ in range(500))})


class Varints(unittest.TestCase):
    def test_they_are_what_the_guide_says(self) -> None:
        for value in edges(64):
            self.assertEqual(put.varint(value), reference(value))
            self.assertEqual(wire.get_uint64(put.varint(value), 0), (value, len(reference(value))))

    def test_each_type_has_its_range(self) -> None:
        for write, low, high in (
            (put.int32, -(1 << 31), (1 << 31) - 1),
            (put.int64, -(1 << 63), (1 << 63) - 1),
            (put.uint32, 0, (1 << 32) - 1),
            (put.uint64, 0, (1 << 64) - 1),
        ):
            for value in edges(70):
                for number in (value, -value):
                    if low <= number <= high:
                        self.assertEqual(write(number), reference(number & 0xFFFF_FFFF_FFFF_FFFF))
                    else:
                        with self.assertRaises(EncodeError):
                            write(number)

    def test_zigzag_puts_the_sign_last(self) -> None:
        for write, bits in ((put.sint32, 32), (put.sint64, 64)):
            for value in edges(bits + 3):
                for number in (value, -value):
                    if -(1 << bits - 1) <= number < 1 << bits - 1:
                        self.assertEqual(write(number), reference(2 * number if number >= 0 else -2 * number - 1))
                    else:
                        with self.assertRaises(EncodeError):
                            write(number)

    def test_generated_code_writes_what_the_runtime_writes(self) -> None:
        for value in (v for v in edges(31) if v):
            for number in (value, -value):
                self.assertEqual(Scalars(an_int32=number).to_bytes(), b"\x18" + put.int32(number))
                self.assertEqual(Scalars(a_sint32=number).to_bytes(), b"\x38" + put.sint32(number))
                again = Scalars(an_int64=number, a_sint64=number)
                self.assertEqual(Scalars.from_bytes(again.to_bytes()), again)

    def test_what_counts_as_a_number(self) -> None:
        self.assertEqual(put.int32(True), b"\x01")
        self.assertEqual(put.int32(Level.HIGH), b"\x02")
        wrong: Anything
        for wrong in (1.0, "1", None, b"\x01"):
            for write in (put.int32, put.sint64, put.put_fixed32, put.put_sfixed64):
                with self.assertRaises(EncodeError):
                    write(wrong)
            with self.assertRaises(EncodeError):
                put.put_bool(wrong)


class Packed(unittest.TestCase):
    def test_all_ways_give_the_same(self) -> None:
        for values in ([1, 2, 127], [128], [0, 1 << 30], list(range(200)), [-1, 5]):
            plain = b"".join(map(put.int32, values))
            self.assertEqual(put.packed_varints(values, put.int32), put.delimited(plain))
            self.assertEqual(put.packed_varints(tuple(values), put.int32), put.delimited(plain))  # type: ignore[arg-type]
            self.assertEqual(Lists.from_bytes(Lists(int32s=values).to_bytes()).int32s, values)
        doubles = [1.5, -0.0, math.inf]
        self.assertEqual(put.packed_fixed(doubles, "d", put.put_double), b"\x18" + struct.pack("<3d", *doubles))
        self.assertEqual(put.packed_fixed(tuple(doubles), "d", put.put_double), b"\x18" + struct.pack("<3d", *doubles))  # type: ignore[arg-type]

    def test_the_element_at_fault_is_named(self) -> None:
        for values, function in (
            ([1, 1 << 31], lambda it: put.packed_varints(it, put.int32)),
            ([1.5, "x"], lambda it: put.packed_fixed(it, "d", put.put_double)),
            ([1.5, 1e39], lambda it: put.packed_fixed(it, "f", put.put_float)),
            ([True, 7], lambda it: put.packed(it, put.put_bool)),
        ):
            with self.assertRaises(EncodeError) as caught:
                function(values)  # type: ignore[no-untyped-call]
            self.assertEqual(caught.exception.path, "[1]")

    def test_numbers_of_any_kind_are_floats(self) -> None:
        self.assertEqual(put.put_double(1), struct.pack("<d", 1.0))
        self.assertEqual(put.put_float(True), struct.pack("<f", 1.0))
        for write in (put.put_double, put.put_float):
            with self.assertRaises(EncodeError):
                write(10**400)


class Strings(unittest.TestCase):
    def test_lengths_have_one_or_more_bytes(self) -> None:
        for length in (0, 1, 123, 124, 127, 128, 16383, 16384):
            text = "x" * length
            data = text.encode()
            self.assertEqual(put.put_string(text), reference(length) + data)
            self.assertEqual(put.put_bytes(data), reference(length) + data)
            entry = b"\x0a" + put.put_string(text) + b"\x12" + put.put_string(text)
            self.assertEqual(Keys(strings={text: text}).to_bytes(), b"\x2a" + reference(len(entry)) + entry)
            message = Scalars(a_string=text, a_bytes=data)
            self.assertEqual(Scalars.from_bytes(message.to_bytes()), message)

    def test_a_lone_surrogate_is_no_text(self) -> None:
        for write in (put.put_string, put.put_raw_string, put.key_string, put.value_string, put_json.string):
            with self.assertRaises(ValueError):
                write("\ud800")
        # A string whose UTF-8 is not verified comes back as it was.
        self.assertEqual(put.put_raw_string(b"\xff".decode("utf-8", "surrogateescape")), b"\x01\xff")

    def test_bytes_may_be_any_buffer(self) -> None:
        for value in (b"ab", bytearray(b"ab"), memoryview(b"ab")):
            buffer: Anything = value
            self.assertEqual(Scalars.from_bytes(Scalars(a_bytes=buffer).to_bytes()).a_bytes, b"ab")
            self.assertEqual(Scalars.from_bytes(memoryview(Scalars(a_bytes=b"ab").to_bytes())).a_bytes, b"ab")
            self.assertEqual(put_json.blob(buffer), '"YWI="')
        wrong: Anything = "text"
        for write in (put.put_bytes, put_json.blob):
            with self.assertRaises(ValueError):
                write(wrong)


class Json(unittest.TestCase):
    def test_a_float_has_as_few_digits_as_tell_it_apart(self) -> None:
        source = random.Random(3)
        values = [source.uniform(-1e6, 1e6) for _ in range(500)] + [source.lognormvariate(0, 20) for _ in range(500)]
        for value in (*values, 1e-45, 3.4028234663852886e38, 16777216.0, 0.1, 71.5, -0.0):
            single = struct.unpack("<f", struct.pack("<f", value))[0]
            text = put_json.single(single)
            self.assertEqual(struct.pack("<f", float(text)), struct.pack("<f", single))
            self.assertLessEqual(len(text.strip("-").split("e")[0].replace(".", "").strip("0")), 9)
        self.assertEqual(
            [put_json.single(v) for v in (math.nan, math.inf, -math.inf)], ['"NaN"', '"Infinity"', '"-Infinity"']
        )
        with self.assertRaises(JsonError):
            put_json.single(3.5e38)

    def test_keys_have_their_type(self) -> None:
        full = Keys(int32s={-1: "a"}, sint64s={1 << 62: "b"}, bools={True: "c", False: "d"}, fixed32s={7: "e"})
        text = full.to_json()
        self.assertEqual(
            text,
            '{"int32s":{"-1":"a"},"sint64s":{"4611686018427387904":"b"},"bools":{"false":"d","true":"c"},'
            '"fixed32s":{"7":"e"}}',
        )
        self.assertEqual(Keys.from_json(text), full)
        wrong: Anything
        for name, wrong in (("int32s", "x"), ("int32s", 1 << 31), ("bools", 2), ("strings", 3), ("fixed32s", -1)):
            # The value is the same object under a good key: the place is that of the bad one.
            message = Keys(**{name: {**getattr(full, name), wrong: "a"}})
            for write in (message.to_bytes, partial(message.to_bytes, deterministic=True), message.to_json):
                with self.assertRaises(ValueError) as caught:
                    write()
                self.assertIn(f"own.Keys.{name}[{wrong!r}]", str(caught.exception))

    def test_a_name_of_two_fields_is_the_lower_numbers(self) -> None:
        self.assertEqual(Alike(foo_bar=1, other=3).to_json(), '{"fooBar":1,"third":3}')
        self.assertEqual(Alike.from_json('{"fooBar":5}'), Alike(foo_bar=5))
        self.assertEqual(Alike(fooBar=2).to_json(), '{"fooBar":2}')
        with self.assertRaises(JsonError) as caught:
            Alike(foo_bar=1, fooBar=2).to_json()
        self.assertIn("own.Alike.fooBar: another field with the same name", str(caught.exception))

    def test_a_field_under_both_names_is_refused_even_if_one_is_null(self) -> None:
        for text in ('{"foo_bar":null,"fooBar":1}', '{"third":null,"other":1}', '{"third":1,"other":null}',
                     '{"third":null,"other":null}'):  # fmt: skip
            with self.assertRaises(JsonError):
                Alike.from_json(text)

    def test_numbers_that_are_no_json_are_refused(self) -> None:
        wrong: Anything
        for wrong in ("1", None, []):
            for write in (put_json.int32, put_json.uint64, put_json.double, put_json.single, put_json.boolean):
                with self.assertRaises(JsonError):
                    write(wrong)
        with self.assertRaises(JsonError):
            put_json.double(10**400)
        self.assertEqual((put_json.double(1), put_json.int32(True), put_json.int32(Level.HIGH)), ("1", "1", "2"))


class OneofsOfAnyOrder(unittest.TestCase):
    def test_members_among_other_fields_are_written_in_order(self) -> None:
        woven = Woven(left=Woven.C("x"), right=Woven.D("y"), between=4)
        self.assertEqual(woven.to_bytes(), b"\x1a\x01x\x20\x04\x2a\x01y")
        self.assertEqual(Woven.from_bytes(woven.to_bytes()), woven)
        self.assertEqual(woven.to_json(), '{"c":"x","between":4,"d":"y"}')
        self.assertEqual(Woven.from_json(woven.to_json()), woven)

    def test_what_is_no_member_is_refused(self) -> None:
        wrong: Anything
        for wrong in (Woven.A(1), "x", 0):
            for write in (Woven(right=wrong).to_bytes, Woven(right=wrong).to_json):
                with self.assertRaises(ValueError) as caught:
                    write()
                self.assertIn("expected a member of the oneof", str(caught.exception))
        wrong = object()
        for name in Oneofs.__match_args__:
            with self.assertRaises(ValueError):
                Oneofs(**{name: wrong}).to_json()


class Extensions(unittest.TestCase):
    def test_unknown_numbers_of_a_closed_enum_stay_unknown(self) -> None:
        packed = b"\xaa\x06\x04\x01\x07\x02\x09"  # LOW, 7, HIGH, 9
        secret = Secret.from_bytes(packed)
        self.assertEqual(secret.to_bytes(), packed)
        self.assertEqual(secret.extensions[levels], [Level.LOW, Level.HIGH])
        self.assertEqual(secret.unknown_fields, b"\xa8\x06\x07\xa8\x06\x09")
        self.assertEqual(secret.to_bytes(), b"\xaa\x06\x02\x01\x02\xa8\x06\x07\xa8\x06\x09")
        single = Secret.from_bytes(b"\xb0\x06\x01\xb0\x06\x07\xb8\x06\x08")
        self.assertEqual((single.extensions[loose], single.extensions.get(level)), ([Level.LOW], None))
        self.assertEqual(single.unknown_fields, b"\xb0\x06\x07\xb8\x06\x08")

    def test_they_are_written_and_read_as_json(self) -> None:
        secret = Secret()
        secret.extensions[key] = "k"
        secret.extensions[levels] = [Level.HIGH]
        text = secret.to_json()
        self.assertEqual(text, '{"[own.key]":"k","[own.levels]":["LEVEL_HIGH"]}')
        self.assertEqual(Secret.from_json(text, types=TYPES), secret)
        with self.assertRaises(JsonError):
            Secret.from_json('{"[own.levels]":{}}', types=TYPES)
        wrong: Anything = 5
        secret.extensions[levels] = wrong
        for write in (secret.to_bytes, secret.to_json):
            with self.assertRaises(ValueError):
                write()

    def test_a_kind_reads_what_it_writes(self) -> None:
        data = STRING.put("abc")
        self.assertEqual(STRING.get(data, 0, len(data)), "abc")
        self.assertEqual([value for value, _, _ in INT32.unpack(b"\x01\x80\x01", 0, 3)], [1, 128])
        table = EnumTable(Level, {1: "LEVEL_LOW", 2: "LEVEL_HIGH"}, {"ALSO_LOW": 1})
        self.assertEqual((table.names, table.values[1]), ({1: "LEVEL_LOW", 2: "LEVEL_HIGH"}, Level.LOW))

    def test_a_table_of_its_own_knows_what_it_was_given(self) -> None:
        types = Types(Secret, key, levels)
        self.assertIs(types.message("own.Secret"), Secret)
        self.assertIs(types.extension("own.key"), key)
        self.assertIs(types.extension_number("own.Secret", 101), levels)
        self.assertIsNone(types.extension_number("own.Secret", 103))
        self.assertIsNone(types.message("own.key"))
        self.assertIsNone(types.extension("own.level"))
        # What was read is found by its number.
        secret = Secret.from_bytes(b"\xa2\x06\x01k\xb8\x06\x01")
        self.assertEqual(secret.to_json(types=types), '{"[own.key]":"k"}')
        with self.assertRaises(JsonError):
            Secret.from_json('{"[own.level]":"LEVEL_LOW"}', types=types)

    def test_a_record_of_another_type_stays_unknown(self) -> None:
        for data in (b"\xa0\x06\x05", b"\xad\x06\x01\x00\x00\x00", b"\xbb\x06\xbc\x06"):
            secret = Secret.from_bytes(data)
            for extension in (key, levels, level):
                self.assertNotIn(extension, secret.extensions)
            self.assertEqual(secret.to_bytes(), data)
        # proto2 does not verify UTF-8, and what is none comes back as it was.
        raw = Secret.from_bytes(b"\xa2\x06\x01\xff")
        self.assertEqual(raw.extensions[key], "\udcff")
        self.assertEqual(raw.to_bytes(), b"\xa2\x06\x01\xff")

    def test_they_are_part_of_the_value(self) -> None:
        one, two = Secret(name="n"), Secret(name="n")
        one.extensions[levels] = [Level.LOW]
        self.assertNotEqual(one, two)
        two.merge_from(one)
        self.assertEqual(one, two)
        two.merge_from(one)
        self.assertEqual(two.extensions[levels], [Level.LOW, Level.LOW])
        self.assertEqual(one.copy(), one)
        self.assertEqual(list(one.extensions), [levels])
        del one.extensions[levels]
        self.assertEqual(one, Secret(name="n"))
        two.clear()
        self.assertEqual(two, Secret())
        self.assertEqual(repr(key), "<extension own.key = 100>")
        other: Anything = Woven()
        with self.assertRaises(AttributeError):
            other.extensions[key] = "k"


class Redaction(unittest.TestCase):
    def test_what_stays_out_of_logs_is_not_shown(self) -> None:
        secret = Secret(name="n", password="p4ss", pins=[1234], proof=Secret.Token("t0ken"))
        secret.extensions[key] = "k3y"
        secret.extensions[level] = Level.LOW
        self.assertEqual(
            repr(secret),
            "Secret(name='n', password=<redacted>, pins=<redacted>, proof=Secret.Token(<redacted>), "
            "extensions={own.key: <redacted>, own.level: <Level.LOW: 1>})",
        )
        self.assertEqual(str(secret), repr(secret))
        self.assertEqual(repr(Secret(proof=Secret.Hint("h"))), "Secret(proof=Secret.Hint('h'))")
        self.assertEqual(repr(Secret()), "Secret()")


class Skipping(unittest.TestCase):
    def test_each_wire_type_has_its_length(self) -> None:
        for data in (
            b"\xa0\x06\x80\x01",
            b"\xa1\x06" + bytes(8),
            b"\xa2\x06\x02ab",
            b"\xa5\x06" + bytes(4),
            b"\xa3\x06\xa4\x06",
        ):
            self.assertEqual(wire.skip(data, 2, len(data), 100 << 3 | data[0] & 7), len(data))
            self.assertEqual(Maps.from_bytes(data).unknown_fields, data)
            for end in range(1, len(data)):
                with self.assertRaises(ValueError):
                    Maps.from_bytes(data[:end])

    def test_a_map_may_lack_its_key_or_value(self) -> None:
        self.assertEqual(Keys.from_bytes(b"\x0a\x00").int32s, {0: ""})
        self.assertEqual(Keys.from_bytes(b"\x0a\x02\x08\x05").int32s, {5: ""})
        self.assertEqual(Keys.from_bytes(b"\x0a\x05\x12\x01x\x20\x01").int32s, {0: "x"})
        with self.assertRaises(DecodeError):
            Keys.from_bytes(b"\x0a\x01\x08")


if __name__ == "__main__":
    unittest.main()
