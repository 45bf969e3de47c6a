"""Names that a contract may have and generated code would rather not see: keywords and builtins of all languages, what
generated code and its runtimes call their own (``words.txt``), and variants of each that case conversion makes equal.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

PYTHON = """False None True and as assert async await break class continue def del elif else except finally for from
global if import in is lambda nonlocal not or pass raise return try while with yield match case type _ self
cls __init__ __new__ __slots__ __eq__ __hash__ __class__ __dict__ __doc__ __module__ __name__ __debug__
__match_args__ __annotations__ mro int str bytes float bool list dict set tuple object len range print id hash
property staticmethod classmethod super isinstance getattr setattr memoryview bytearray min max sum any all
map filter zip iter next repr format vars typing datetime enum struct json math sys builtins annotations
dataclasses from_bytes to_bytes from_json to_json to_dict from_dict merge_from_bytes replace copy name value
names values _unknown _missing_ _generate_next_value_"""
GO = """break case chan const continue default defer else fallthrough for func go goto if import interface map package
range return select struct switch type var any append bool byte cap clear close comparable complex complex64
complex128 copy delete error false float32 float64 imag int int8 int16 int32 int64 iota len make max min new
nil panic print println real recover rune string true uint uint8 uint16 uint32 uint64 uintptr init main String
Error Format GoString Reset MarshalJSON UnmarshalJSON MarshalText UnmarshalText MarshalBinary UnmarshalBinary
AppendBinary MergeBinary Size Clone Equal Hash Merge LogValue IsZero Number Unknown xlc xlcrt fmt errors
strings bytes math time slog testing internal vendor testdata test linux windows amd64 cgo"""
DART = """abstract as assert async await base break case catch class const continue covariant default deferred do
dynamic else enum export extends extension external factory false final finally for Function get hide if
implements import in interface is late library mixin new null of on operator part required rethrow return
sealed set show static super switch sync this throw true try type typedef var void when with yield Object
String int double num bool List Map Set Iterable Never Null Type Symbol Record Future Stream Duration DateTime
Uint8List Int64 BigInt Deprecated Override hashCode runtimeType noSuchMethod toString toBytes fromBytes toJson
fromJson copyWith mergeFrom values index name identical hash override deprecated call compareTo Enum
Comparable Exception Error core typed_data convert"""
CSHARP = """abstract as base bool break byte case catch char checked class const continue decimal default delegate do
double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface
internal is lock long namespace new null object operator out override params private protected public readonly
ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint
ulong unchecked unsafe ushort using virtual void volatile while add alias and ascending async await by
descending dynamic equals from get global group init into join let managed nameof nint not notnull nuint on or
orderby partial record remove required scoped select set unmanaged value var when where with yield file field
args Equals GetHashCode GetType ToString MemberwiseClone Finalize ReferenceEquals Clone Dispose Item Length
Count System Xlc Google Message Enum Type Object String Int32 Attribute Exception List Dictionary Task Span
Memory Nullable Obsolete Program Main Deconstruct EqualityContract PrintMembers ToByteArray ToJson ParseFrom
MergeFrom WriteTo CalculateSize IsInitialized UnknownFields ToArray Parser Descriptor"""
PROTOBUF = """syntax edition package import weak public message enum service rpc stream returns extend extensions oneof map
group repeated optional required reserved to max inf nan true false default json_name packed deprecated
features option int32 Any Timestamp Duration FieldMask Struct Value ListValue NullValue Empty DoubleValue
FloatValue Int64Value UInt64Value Int32Value UInt32Value BoolValue StringValue BytesValue Field Option Method
Mixin Api SourceContext Syntax"""
SHORT = "a b c d e f i j k l m n o p q r s t u v w x y z A B E I M T X a1 x2 _1 _a a_ __ ___ foo bar foo_bar a_b"

KEYWORDS = " ".join([PYTHON, GO, DART, CSHARP, PROTOBUF, SHORT]).split()
OWN = (Path(__file__).parent / "words.txt").read_text().split()
# What an enum's body takes for a statement.
STATEMENTS = frozenset({"option", "reserved", "extensions"})

PACKAGES = """google google.cloud xlc xlc.internal system system.collections.generic dart dart.core types typing internal
main python builtins a.b_c a_b.c a.b.c A.B Foo.Bar foo.bar foo_bar fooBar class class.import.package _ __
_x.__y___.z x_ x__y v1 v1beta1.v2 string.int32 error fmt.errors global.System message go.func vendor.testdata
test.test_test linux.windows deep.a.b.c.d.e.f.g.h.i.j.k.l.m.n com.example.Acme com.example.acme list.map.set
none.True null.nil self.this google.protobuf_x google.type google.api gen lib src async.await enum.struct json
datetime time math os sys io core convert typed_data collection Microsoft.CSharp Xlc.Types unicode.utf8 kafka
proto pb proto.pb.grpc"""

FILES = """class import None __init__ __main__ _ a-b a.b a_b A_B a..b doc types xlc xlc_types extensions x_test x_linux
x_amd64 _hidden 3d messages struct enum typing json registry _xlc types_ mod main internal vendor test con nul
service services.v1 Type TYPE type with+plus with@at unicode_ß space-d values field.mask wire any timestamp"""
FOLDERS = """. . . a a/b class internal vendor testdata lib src gen xlc google google/cloud __init__ _private 1st A.B a.b
test node_modules bin obj Properties kafka sub/sub/sub"""


def variant(word: str, random: Random) -> str:
    """A name that looks like another, or becomes the same in some case."""
    parts = [part for part in re.split(r"_+|(?<=[a-z0-9])(?=[A-Z])", word) if part] or [word]
    changed = random.choice(
        [
            "_".join(part.lower() for part in parts),
            "_".join(part.upper() for part in parts),
            "".join(part.capitalize() for part in parts),
            parts[0].lower() + "".join(part.capitalize() for part in parts[1:]),
            "_".join(part.capitalize() for part in parts),
            "__".join(parts),
            "".join(parts).lower(),
            "".join(parts).upper(),
            word + "_",
            "_" + word,
            word + "__",
            word + random.choice(["1", "_1", "2", "_0", "64", "_x"]),
            random.choice(
                ["get_", "set_", "has_", "clear_", "is_", "Get", "Has", "With", "I", "_has", "merge", "read_"]
            )
            + word,
            word
            + random.choice(["_case", "Case", "_value", "Value", "Type", "_type", "List", "_list", "Entry", "_s", "s"]),
            word
            + random.choice(["_or_default", "Not_Set", "_field_number", "Map", "_json", "Ext", "Extensions", "_of"]),
        ]
    )
    return changed if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", changed) else word


def word(random: Random) -> str:
    """A name of any kind."""
    found = random.choice(KEYWORDS if random.random() < 0.5 else OWN)
    return variant(found, random) if random.random() < 0.3 else found
