"""proto2: required fields, defaults, groups, closed enums, extensions, MessageSet."""

from __future__ import annotations

import copy
import math
import pickle
import unittest
from typing import Any as Anything

import trees  # noqa: F401
from kitchen_sink import TYPES, extensions
from kitchen_sink._xlc import DecodeError, EncodeError, JsonError, Types
from kitchen_sink.extensions import Base, Container, OnlyExtensions, OtherItem, Scoped, Set, SetItem
from kitchen_sink.proto2 import (
    Alias,
    ClosedMaps,
    Color,
    Defaults,
    Groups,
    Lists,
    RequiredInside,
    Switch,
    Tree,
)


class Proto2(unittest.TestCase):
    def test_required_fields_must_be_set(self) -> None:
        inner = RequiredInside.Inner()
        for message in (inner, RequiredInside(singular=inner), RequiredInside(by_id={3: inner})):
            with self.assertRaises(EncodeError):
                message.to_bytes()
        with self.assertRaises(DecodeError):
            RequiredInside.from_bytes(b"\x0a\x00")
        with self.assertRaises(JsonError):
            RequiredInside.from_json('{"list":[{}]}')
        # Two halves of a message: what is missing in one may be in the other.
        self.assertEqual(RequiredInside.from_bytes(b"\x0a\x00\x0a\x02\x08\x07").singular, RequiredInside.Inner(value=7))

    def test_defaults_are_constants(self) -> None:
        self.assertIsNone(Defaults().i_int32)
        self.assertEqual(Defaults.DEFAULT_I_INT32, -(2**31))
        self.assertEqual(Defaults.DEFAULT_U_UINT64, 2**64 - 1)
        self.assertEqual(Defaults.DEFAULT_D_INF, math.inf)
        self.assertTrue(math.isnan(Defaults.DEFAULT_D_NAN))
        self.assertEqual(math.copysign(1, Defaults.DEFAULT_D_NEG_ZERO), -1)
        self.assertEqual(Defaults.DEFAULT_X_SFIXED32, -0o777)
        self.assertEqual(Defaults.DEFAULT_B_HIGH, b"\x00\x7f\x80\xff\xff \\ \" ' \n")
        self.assertEqual(Defaults.DEFAULT_S_HOSTILE, "*/ --> \"\"\" ''' #{x} ${x} {{x}} </p> \0 \r\n @ ??/")
        self.assertEqual(Defaults.DEFAULT_S_ESCAPES, "\a\b\f\n\r\t\v\\'\"? AB \u00e9\U0001f600 \u00e4 $ {} %s")
        self.assertIs(Defaults.DEFAULT_E_LAST, Color.BLUE)
        self.assertIs(Defaults.DEFAULT_E_ALIAS, Alias.ZERO)
        self.assertEqual(Defaults.DEFAULT_O_STRING, "chosen")
        self.assertEqual(Defaults(i_int32=0).to_bytes(), b"\x70\x00")

    def test_unknown_values_of_closed_enums_are_unknown_fields(self) -> None:
        single = b"\x88\x01\x63"
        lists = Lists.from_bytes(b"\x80\x01\x01" + b"\x80\x01\x63" + b"\x80\x01\x02")
        self.assertEqual(lists.colors, [Color.RED, Color.GREEN])
        self.assertEqual(lists.unknown_fields, b"\x80\x01\x63")
        packed = Lists.from_bytes(b"\xa2\x02\x03\x01\x63\x02")
        self.assertEqual(packed.p_colors, [Color.RED, Color.GREEN])
        self.assertEqual(packed.unknown_fields, b"\xa0\x02\x63")
        entry = b"\x0a\x04\x08\x01\x10\x63"
        maps = ClosedMaps.from_bytes(entry + b"\x0a\x04\x08\x02\x10\x01")
        self.assertEqual(maps.by_id, {2: Switch.ON})
        self.assertEqual(maps.unknown_fields, entry)
        self.assertEqual(ClosedMaps.from_bytes(maps.to_bytes()), maps)
        self.assertEqual(Defaults.from_bytes(b"\xf0\x01\x63").unknown_fields, b"\xf0\x01\x63")
        del single

    def test_aliases_are_one_value(self) -> None:
        self.assertIs(Alias.NOUGHT, Alias.ZERO)
        self.assertEqual(Defaults(e_alias=Alias.NOUGHT).to_json(), '{"eAlias":"ALIAS_ZERO"}')
        self.assertEqual(Defaults.from_json('{"eAlias":"ALIAS_NOUGHT"}').e_alias, Alias.ZERO)

    def test_groups_are_messages(self) -> None:
        groups = Groups(must=Groups.Must(a=1), many=[Groups.Many(a=2), Groups.Many()])
        data = groups.to_bytes()
        self.assertEqual(data, b"\x0b\x08\x01\x0c\x83\x01\x08\x02\x84\x01\x83\x01\x84\x01")
        self.assertEqual(Groups.from_bytes(data), groups)
        # A field of a group's type that is not a group has a length.
        self.assertEqual(Groups.from_bytes(data + b"\xaa\x01\x02\x08\x05").same_type, Groups.May(a=5))

    def test_unknown_fields_stay_in_order(self) -> None:
        unknown = b"\xa0\x06\x05" b"\xa3\x06\x08\x01\xab\x06\xac\x06\xa4\x06" b"\x98\x06\x01" b"\xa5\x06abcd"
        tree = Tree.from_bytes(unknown[:3] + b"\x0a\x00" + unknown[3:])
        self.assertEqual(tree.unknown_fields, unknown)
        self.assertEqual(tree.to_bytes(), b"\x0a\x00" + unknown)


class Extensions(unittest.TestCase):
    def test_an_extension_is_set_read_and_deleted(self) -> None:
        base = Base(id="1")
        self.assertNotIn(extensions.x_int32, base.extensions)
        self.assertEqual(base.extensions[extensions.x_int32], -7)
        self.assertIsNone(base.extensions.get(extensions.x_int32))
        base.extensions[extensions.x_int32] = 3
        base.extensions[extensions.x_message] = Tree(children=[Tree()])
        base.extensions[extensions.xs_packed].append(1)
        base.extensions[extensions.xs_packed] += [2, 300]
        again = Base.from_bytes(base.to_bytes())
        self.assertEqual(again.extensions[extensions.x_int32], 3)
        self.assertEqual(again.extensions[extensions.xs_packed], [1, 2, 300])
        again.extensions[extensions.x_message].children.append(Tree())
        self.assertEqual(len(Base.from_bytes(again.to_bytes()).extensions[extensions.x_message].children), 2)
        del again.extensions[extensions.x_int32]
        self.assertNotIn(extensions.x_int32, Base.from_bytes(again.to_bytes()).extensions)
        with self.assertRaises(KeyError):
            Base().extensions[extensions.x_message]

    def test_what_was_not_asked_for_is_kept(self) -> None:
        base = Base()
        base.extensions[extensions.x_string] = "a"
        base.extensions[extensions.x_bytes] = b"b"
        data = base.to_bytes()
        again = Base.from_bytes(data)
        self.assertEqual(again.unknown_fields, data)
        self.assertEqual(again, base)
        self.assertEqual(again.extensions[extensions.x_bytes], b"b")
        self.assertEqual(again, base)
        self.assertEqual(again.to_bytes(), data)
        self.assertNotEqual(again, Base())

    def test_every_type_goes_there_and_back(self) -> None:
        values: dict[Anything, Anything] = {
            extensions.x_double: -1.5,
            extensions.x_float: 0.5,
            extensions.x_int64: -(2**63),
            extensions.x_uint32: 2**32 - 1,
            extensions.x_uint64: 2**64 - 1,
            extensions.x_sint32: -(2**31),
            extensions.x_sint64: -5,
            extensions.x_fixed32: 7,
            extensions.x_fixed64: 8,
            extensions.x_sfixed32: -9,
            extensions.x_sfixed64: -10,
            extensions.x_bool: True,
            extensions.x_color: Color.GREEN,
            extensions.xs_expanded: [1, -1],
            extensions.xs_string: ["", "x"],
            extensions.xs_color: [Color.BLUE, Color.RED],
            Scoped.Deeper.x_int32: 12,
            Scoped.as_extension: Scoped(value=4),
        }
        base = Base()
        for key, value in values.items():
            base.extensions[key] = value
        again = Base.from_bytes(base.to_bytes())
        text = base.to_json()
        for other in (again, base.copy(), copy.deepcopy(base), pickle.loads(pickle.dumps(base)),
                      Base.from_json(text, types=TYPES)):  # fmt: skip
            self.assertEqual(other, base)
            for key, value in values.items():
                self.assertEqual(other.extensions[key], value, key)
        self.assertIn('"[kitchen.ext.x_int64]":"-9223372036854775808"', text)

    def test_json_knows_the_extensions_of_its_table(self) -> None:
        base = Base()
        base.extensions[extensions.x_int32] = 5
        base = Base.from_bytes(base.to_bytes())
        self.assertEqual(base.to_json(), "{}")
        self.assertEqual(base.to_json(types=TYPES), '{"[kitchen.ext.x_int32]":5}')
        text = '{"[kitchen.ext.x_int32]":6}'
        found = Base.from_json(text, types=Types(extensions.x_int32))
        self.assertEqual(found.extensions[extensions.x_int32], 6)
        with self.assertRaises(JsonError):
            Base.from_json(text)
        with self.assertRaises(JsonError):
            OnlyExtensions.from_json(text, types=TYPES)

    def test_groups_can_be_extensions(self) -> None:
        key: Anything = extensions.xgroup if hasattr(extensions, "xgroup") else None
        assert key is not None
        base = Base()
        base.extensions[key] = extensions.XGroup(a=1, b=-1)
        data = base.to_bytes()
        self.assertEqual(data, b"\xb3\x09\x08\x01\x10" + b"\xff" * 9 + b"\x01\xb4\x09")
        self.assertEqual(Base.from_bytes(data).extensions[key], extensions.XGroup(a=1, b=-1))

    def test_merging_merges_extensions(self) -> None:
        def with_children(count: int) -> Base:
            base = Base()
            base.extensions[extensions.x_message] = Tree(children=[Tree()] * count)
            base.extensions[extensions.xs_string] = ["a"] * count
            return base

        for one in (with_children(1), Base.from_bytes(with_children(1).to_bytes())):
            for two in (with_children(2), Base.from_bytes(with_children(2).to_bytes())):
                merged = one.copy()
                merged.merge_from(two)
                self.assertEqual(len(merged.extensions[extensions.x_message].children), 3)
                self.assertEqual(merged.extensions[extensions.xs_string], ["a"] * 3)

    def test_the_wrong_message_is_refused(self) -> None:
        other: Anything = OnlyExtensions()
        with self.assertRaises(TypeError):
            other.extensions[extensions.x_int32]
        base = Base()
        wrong: Anything = "x"
        base.extensions[extensions.x_int32] = wrong
        with self.assertRaises(EncodeError) as caught:
            base.to_bytes()
        self.assertEqual(caught.exception.path, "kitchen.ext.Base[kitchen.ext.x_int32]")
        broken = Base.from_bytes(b"\xa2\x07\x01\x0a")
        with self.assertRaises(DecodeError):
            broken.extensions[extensions.x_message]

    def test_message_sets_hold_items(self) -> None:
        items = Set()
        items.extensions[SetItem.item] = SetItem(text="t")
        items.extensions[OtherItem.item] = OtherItem(number=5)
        data = items.to_bytes()
        self.assertEqual(data[:9], b"\x0b\x10\xb9\x60\x1a\x03\x0a\x01t")
        again = Container.from_bytes(Container(set=items).to_bytes()).set
        assert again is not None
        self.assertEqual(again.extensions[SetItem.item], SetItem(text="t"))
        self.assertEqual(again.extensions[OtherItem.item], OtherItem(number=5))
        self.assertEqual(again, items)
        # The order inside an item does not matter.
        turned = Set.from_bytes(b"\x0b\x1a\x03\x0a\x01t\x10\xb9\x60\x0c")
        self.assertEqual(turned.extensions[SetItem.item], SetItem(text="t"))

    def test_of_an_item_the_first_type_and_message_count(self) -> None:
        item = b"\x0b\x10\xb9\x60\x1a\x03\x0a\x01t\x0c"
        for data, wanted in (
            (item[:-1] + b"\x1a\x03\x0a\x01u\x10\x01\x0c", item),
            (item + b"\x0b\x10\xb9\x60\x0c", item),
            (b"\x0b\x1a\x00\x0c" + item, item),
            # A field of its number is an item too, and stays where it was.
            (b"\xca\x83\x06\x03\x0a\x01s" + item, item.replace(b"t", b"s") + item),
        ):
            read = Set.from_bytes(data)
            self.assertEqual(read.to_bytes(), wanted)
            self.assertEqual(read.extensions[SetItem.item], SetItem(text="t"))


if __name__ == "__main__":
    unittest.main()
