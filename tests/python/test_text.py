"""The text format, beyond the conformance suite: what is written, where errors are, and what is refused."""

from __future__ import annotations

import math
import unittest
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink import TYPES, extensions
from kitchen_sink._xlc import EncodeError, TextError, Types
from kitchen_sink.extensions import Base, Between, Container, Scoped, Set, SetItem, high, low
from kitchen_sink.google.protobuf import Any, Duration
from kitchen_sink.proto2 import Alias, Color, Defaults, Groups, Lists, RequiredInside, Tree
from kitchen_sink.proto3 import Maps, Mood, Oneofs, Optionals, Scalars
from own import Alike, Level, Secret, Woven, loose


class Written(unittest.TestCase):
    def same(self, message: Anything, *lines: str) -> None:
        """What is written, on several lines and on one, and what it is read as."""
        text = "".join(line + "\n" for line in lines)
        self.assertEqual(message.to_text(types=TYPES), text)
        self.assertEqual(message.to_text(types=TYPES, indent=None), " ".join(line.strip() for line in lines))
        for indent in (None, 0, 4):
            again = type(message).from_text(message.to_text(types=TYPES, indent=indent), types=TYPES)
            self.assertEqual(again, message)

    def test_scalars(self) -> None:
        self.same(Scalars())
        self.same(
            Scalars(a_double=-0.0, a_float=1.5, an_int64=-(2**63), a_bool=True, a_mood=Mood.HAPPY),
            "a_double: -0.0", "a_float: 1.5", f"an_int64: {-(2**63)}", "a_bool: true", "a_mood: MOOD_HAPPY",
        )  # fmt: skip
        self.same(Optionals(an_int32=0, a_string="", a_mood=77), "an_int32: 0", 'a_string: ""', "a_mood: 77")
        self.same(Scalars(a_double=-math.inf), "a_double: -inf")
        self.assertEqual(Scalars(a_double=math.nan).to_text(), "a_double: nan\n")

    def test_strings(self) -> None:
        self.same(Scalars(a_string="a\"'\\\n\r\t\x01\x7f\u00e9\u0085"), "a_string: \"a\\\"\\'\\\\\\n\\r\\t\\001\\177\u00e9\u0085\"")
        self.same(Scalars(a_bytes=b"\x00\xff\xc3\xa9'"), "a_bytes: \"\\000\\377\\303\\251\\'\"")

    def test_strings_that_need_not_be_text(self) -> None:
        lists = Lists(strings=["\udcff\u00e9"])
        self.same(lists, 'strings: "\\377\u00e9"')
        self.assertEqual(Lists.from_text('strings: "\\xc3\\xa9" strings: "\\xc3" "\\xa9"').strings, ["\u00e9", "\u00e9"])

    def test_messages_lists_and_maps(self) -> None:
        self.same(
            Tree(children=[Tree(), Tree(left=Tree())], named={"b": Tree(), "a": Tree()}),
            "children {", "}", "children {", "  left {", "  }", "}",
            "named {", '  key: "a"', "  value {", "  }", "}", "named {", '  key: "b"', "  value {", "  }", "}",
        )  # fmt: skip
        # A group is called by its type, and is read by the name of its field too.
        self.same(Tree(knot=Tree.Knot(tree=Tree())), "Knot {", "  tree {", "  }", "}")
        self.assertEqual(Tree.from_text("knot: <>"), Tree(knot=Tree.Knot()))
        self.same(Woven(left=Woven.C("x"), right=Woven.B(1), between=2), "b: 1", 'c: "x"', "between: 2")
        self.same(Alike(foo_bar=1, fooBar=2), "foo_bar: 1", "fooBar: 2")

    def test_names_are_those_of_the_contract(self) -> None:
        self.same(Defaults(e_alias=Alias.NOUGHT), "e_alias: ALIAS_ZERO")
        self.assertEqual(Defaults.from_text("e_alias: ALIAS_NOUGHT").e_alias, Alias.ZERO)

    def test_nothing_is_redacted(self) -> None:
        secret = Secret(password="p", pins=[1], proof=Secret.Token("t"))
        self.same(secret, 'password: "p"', "pins: 1", 'token: "t"')
        self.assertIn("<redacted>", repr(secret))
        secret.extensions[loose] = [Level.LOW]
        self.assertEqual(secret.to_text(indent=None), 'password: "p" pins: 1 token: "t" [own.loose]: LEVEL_LOW')

    def test_extensions_are_in_their_place(self) -> None:
        message = Between(first=1, middle=2, last=3)
        message.extensions[low] = "x"
        message.extensions[high] = [1, -1]
        lines = ["first: 1", '[kitchen.ext.low]: "x"', "middle: 2", "[kitchen.ext.high]: 1", "[kitchen.ext.high]: -1"]
        self.same(message, *lines, "last: 3")
        # Those that nobody has asked for are known by the table of types.
        read = Between.from_bytes(message.to_bytes())
        self.assertEqual(read.to_text(), "first: 1\nmiddle: 2\nlast: 3\n")
        self.assertEqual(read.to_text(types=TYPES), message.to_text())

    def test_items_of_message_sets(self) -> None:
        message = Set()
        message.extensions[SetItem.item] = SetItem(text="x")
        self.same(message, "[kitchen.ext.SetItem.item] {", '  text: "x"', "}")
        self.assertEqual(Set.from_text('[kitchen.ext.SetItem] { text: "x" }', types=TYPES), message)
        self.assertEqual(Container.from_text("set {}"), Container(set=Set()))

    def test_an_any_is_written_by_what_it_holds(self) -> None:
        held = Any.pack(Duration(seconds=1))
        self.same(held, "[type.googleapis.com/google.protobuf.Duration] {", "  seconds: 1", "}")
        plain = 'type_url: "type.googleapis.com/google.protobuf.Duration"\nvalue: "\\010\\001"\n'
        self.assertEqual(held.to_text(), plain)
        self.assertEqual(Any.from_text(plain), held)
        broken = Any(type_url="x/google.protobuf.Duration", value=b"\x08")
        self.assertEqual(broken.to_text(types=TYPES), 'type_url: "x/google.protobuf.Duration"\nvalue: "\\010"\n')
        self.assertEqual(Any.from_text("[ a.b/c # and\n / google.protobuf . Duration ] <>", types=TYPES).type_url,
                         "a.b/c/google.protobuf.Duration")  # fmt: skip

    def test_unknown_fields_are_written_on_request(self) -> None:
        unknown = b"\xa0\x06\x05" b"\xa3\x06\x08\x01\xa4\x06" b"\xa5\x06abcd" b"\xa1\x06abcdefgh" b"\xa2\x06\x02\x08\x07"
        tree = Tree.from_bytes(unknown + b"\xa2\x06\x01\xff" + b"\xa2\x06\x00")
        self.assertEqual(tree.to_text(), "")
        self.assertEqual(
            tree.to_text(unknown_fields=True, indent=None),
            '100: 5 100 { 1: 1 } 100: 0x64636261 100: 0x6867666564636261 100 { 1: 7 } 100: "\\377" 100: ""',
        )

    def test_what_cannot_be_written(self) -> None:
        for message, path in (
            (Scalars(an_int32=2**31), "kitchen.three.Scalars.an_int32: 2147483648 is not within"),
            (Scalars(a_string="\ud800"), "kitchen.three.Scalars.a_string: "),
            (Scalars(a_string=3), "kitchen.three.Scalars.a_string: expected a str"),  # type: ignore[arg-type]
            (Tree(children=[Tree(), Tree(left=3)]), "kitchen.two.Tree.children[1].left: expected a Tree"),  # type: ignore[arg-type]
            (Maps(string_string={"k": b""}), "kitchen.three.Maps.string_string['k']: expected a str"),  # type: ignore[dict-item]
        ):
            with self.assertRaises(EncodeError) as caught:
                message.to_text()
            self.assertTrue(str(caught.exception).startswith(path), caught.exception)
        loop = Tree()
        loop.left = loop
        with self.assertRaises(EncodeError):
            loop.to_text()


class Read(unittest.TestCase):
    def refused(self, cls: Anything, text: str | bytes, *parts: str) -> None:
        with self.subTest(text):
            with self.assertRaises(ValueError) as caught:
                cls.from_text(text, types=TYPES)
            self.assertEqual(type(caught.exception).__name__, "TextError", text)
            for part in parts:
                self.assertIn(part, str(caught.exception))

    def test_all_spellings(self) -> None:
        self.assertEqual(
            Scalars.from_text("""
                # a comment
                a_double: 1.5f, a_float: -.5; an_int32: -0x1F an_int64: 017 a_bool: True
                a_string: 'it\\'s' " and" # between
                  "\\u00e9\\U0001f600" a_mood: 1 a_bytes: "\\001\\xFf\\?\\q"
            """.replace("\\q", "")),
            Scalars(a_double=1.5, a_float=-0.5, an_int32=-31, an_int64=15, a_bool=True, a_mood=Mood(1),
                    a_string="it's and\u00e9\U0001f600", a_bytes=b"\x01\xff?"),
        )  # fmt: skip
        for word, value in (("inf", math.inf), ("-Infinity", -math.inf), ("1e999", math.inf), ("- 1.e3", -1000.0)):
            self.assertEqual(Scalars.from_text(f"a_double: {word}").a_double, value)
            self.assertEqual(Scalars.from_text(f"a_float: {word}").a_float, value)
        self.assertTrue(math.isnan(Scalars.from_text("a_double: -NaN").a_double))
        self.assertEqual(Tree.from_text("children [{}, <left {}>] children: [] children: {};").children,
                         [Tree(), Tree(left=Tree()), Tree()])  # fmt: skip
        self.assertEqual(Tree.from_text("named [{}, {key: 'a' value <>}] named {key: 'a' value {left {}}}").named,
                         {"": Tree(), "a": Tree(left=Tree())})  # fmt: skip
        self.assertEqual(Lists.from_text("colors: [COLOR_RED, 2]").colors, [Color.RED, Color.GREEN])

    def test_errors_say_where(self) -> None:
        self.refused(Tree, "left {\n  children {}\n  children { lef {} }\n}",
                     "kitchen.two.Tree.left.children[1]: the message has no field 'lef' (at line 3, column 14)")  # fmt: skip
        self.refused(Scalars, "a_bool: true\n  an_int32: 2147483648",
                     "kitchen.three.Scalars.an_int32: '2147483648' is not within", "(at line 2, column 13)")  # fmt: skip
        self.refused(Scalars, 'a_string: "abc', "the string does not end", "(at line 1, column 11)")
        self.refused(Scalars, 'a_string: "ab\\q"', "the escape is not valid (at line 1, column 14)")
        self.refused(Scalars, b"a_bool: true\na_string: '\xff'", "not valid UTF-8 (at line 2, column 12)")
        with self.assertRaises(TextError) as caught:
            Tree.from_text("left { left {")
        error = caught.exception
        self.assertEqual((error.path, error.line, error.column), ("kitchen.two.Tree.left.left", 1, 14))

    def test_what_is_refused(self) -> None:
        for text in ("an_int32: 1 an_int32: 1", "an_int32 1", "an_int32: [1]", "an_int32: 1.0", "an_int32: 08", "1: 2",
                     "an_int32: 1__", "a_uint32: -0", "a_uint32: -1", "an_int32: 99999999999999999999999999999",
                     "a_bool: 2", "a_bool: yes", "a_bool: -1", "a_double: 0x1", "a_double: 010", "a_double: infi",
                     "a_float: 1e", "a_string: abc", 'a_string: "\\ud800"', 'a_string: "\\ud83d\\ude00"',
                     'a_string: "\\xff"', 'a_string: "\\400"', 'a_string: "\\U00110000"', 'a_string: "\ud800"',
                     "a_string: \"a\nb\"", "a_string: 'a\0b'", "a_mood: MOOD_NO", "a_mood: 2147483648", "a_bool: true }",
                     "a_bool: true,, an_int32: 1", "an_int32: ", "an_int32", "{}", "\0", "#\0", "@", "an_int32: +1",
                     "[no.such]: 1", "[x/google.protobuf.Duration] {}", "a_bool: t\u00e9"):  # fmt: skip
            self.refused(Scalars, text)
        self.refused(Oneofs, 'a_double: 1 an_int32: 1', "another member of the same oneof")
        self.refused(Lists, "colors: 77", "the enum has no value 77")
        self.refused(Lists, "colors: [COLOR_RED,]")
        self.refused(Lists, "colors: [COLOR_RED COLOR_RED]")
        self.refused(RequiredInside, "singular {}", "singular.value: the required field is not set")
        self.refused(Tree, "left { } }")
        self.refused(Tree, "left { >")
        self.refused(Tree, "named { other: 1 }", "named: expected `key` or `value`")
        self.refused(Tree, "named { key: 'a' key: 'a' }", "there twice")
        self.refused(Groups, "", "must: the required field is not set")
        self.refused(Any, "[x/google.protobuf.Duration] {} type_url: 'x'", "there twice")
        self.refused(Any, "type_url: 'x' [x/google.protobuf.Duration] {}", "holds something else")
        self.refused(Any, "[x/no.such] {}", "is not among `types`")
        self.refused(Any, "[x/kitchen.two.RequiredInside.Inner] {}", "required field `value` is not set")
        self.refused(Base, "[kitchen.ext.low]: 'x'", "no field '[kitchen.ext.low]'")
        with self.assertRaises(TextError):
            Base.from_text("[kitchen.ext.x_int32]: 1")
        self.assertEqual(Base.from_text("[kitchen.ext.x_int32]: 1", types=Types(extensions.x_int32)).extensions[extensions.x_int32], 1)

    def test_reserved_names_are_passed_over(self) -> None:
        from own import Older

        text = 'gone: 1 kept: 2 gone: "a" "b" gone { x { [a.b] { } } y: [1, -inf] } gone [{}, <>] lost: -1; lost: RED'
        self.assertEqual(Older.from_text(text), Older(kept=2))
        for bad in ("gone", "gone 1", "gone: }", "gone { 1: 2 }", "gone: [1 2]", "gone: - 'a'", "other: 1"):
            self.refused(Older, bad)
        self.refused(Older, "gone " + "{ a " * 101, "nested too deeply")

    def test_nesting_has_a_limit(self) -> None:
        forms: tuple[tuple[str, str], ...] = (
            ("left {", "}"), ("children: [<", ">]"), ("named { key: 'k' value {", "}}"), ("chosen {", "}"),
        )  # fmt: skip
        for left, right in forms:
            Tree.from_text(left * 100 + right * 100)
            self.refused(Tree, left * 101 + right * 101, "nested too deeply")
            self.refused(Tree, left * 100_000)
        deep = Tree()
        for _ in range(99):
            deep = Tree(left=deep)
        # An Any counts, and what could not be read back stays as it is.
        held = Any.pack(deep)
        self.assertTrue(held.to_text(types=TYPES).startswith("["))
        self.assertEqual(Any.from_text(held.to_text(types=TYPES), types=TYPES), held)
        held = Any.pack(Tree(left=deep))
        self.assertTrue(held.to_text(types=TYPES).startswith("type_url"))
        nested = Any.pack(held)
        self.assertEqual(Any.from_text(nested.to_text(types=TYPES), types=TYPES), nested)

    def test_time_is_linear(self) -> None:
        for text in ("#" * 200_000, " " * 200_000 + "@", "a_string: '" + "\\\\" * 100_000, "a_string: " + "''" * 50_000,
                     "an_int64: " + "9" * 200_000, "a_double: " + "1" * 200_000 + "x", "[" + "a" * 200_000):  # fmt: skip
            with self.subTest(text[:20]):
                try:
                    Scalars.from_text(text)
                except TextError:
                    pass


if __name__ == "__main__":
    unittest.main()
