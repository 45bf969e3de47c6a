//! Edits of a contract: one for each kind that people make.

/// An edit: its name, the contract before and after it. What stands before `|` is the syntax if it is not proto3.
pub(crate) const EDITS: &[(&str, &str, &str)] = &[
    (
        "add a field",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; string b = 2; }",
    ),
    (
        "add a field with presence",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; optional int64 b = 2; }",
    ),
    (
        "add a message",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; N n = 2; } message N { int32 x = 1; }",
    ),
    (
        "add a list",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; repeated string b = 2; }",
    ),
    (
        "add a map",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; map<int32, string> b = 2; }",
    ),
    (
        "add an enum field",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; E e = 2; } enum E { Z = 0; A = 1; }",
    ),
    (
        "add a oneof",
        "message M { int32 a = 1; }",
        "message M { int32 a = 1; oneof o { string b = 2; int32 c = 3; } }",
    ),
    (
        "add a member to a oneof",
        "message M { oneof o { string b = 2; } }",
        "message M { oneof o { string b = 2; int32 c = 3; } }",
    ),
    (
        "add an enum value",
        "message M { E e = 1; } enum E { Z = 0; A = 1; }",
        "message M { E e = 1; } enum E { Z = 0; A = 1; B = 2; }",
    ),
    (
        "remove a field",
        "message M { int32 a = 1; string b = 2; }",
        "message M { int32 a = 1; }",
    ),
    (
        "remove an enum value",
        "message M { E e = 1; } enum E { Z = 0; A = 1; B = 2; }",
        "message M { E e = 1; } enum E { Z = 0; A = 1; }",
    ),
    (
        "put two fields into a oneof",
        "message M { optional int32 a = 1; optional string b = 2; }",
        "message M { oneof o { int32 a = 1; string b = 2; } }",
    ),
    (
        "change a default",
        "proto2|message M { optional int32 a = 1 [default = 1]; }",
        "proto2|message M { optional int32 a = 1 [default = 2]; }",
    ),
    (
        "close an enum",
        "message M { optional E e = 1; } enum E { Z = 0; A = 1; }",
        "proto2|message M { optional E e = 1; } enum E { Z = 0; A = 1; }",
    ),
    (
        "put a message in another one's place",
        "message M { N n = 1; } message N { int32 x = 1; } message P { int32 x = 1; }",
        "message M { P n = 1; } message N { int32 x = 1; } message P { int32 x = 1; }",
    ),
    (
        "rearrange fields",
        "message M { int32 a = 1; string b = 2; }",
        "message M { string b = 2; int32 a = 1; }",
    ),
    (
        "rearrange enum values",
        "message M { E e = 1; } enum E { Z = 0; A = 1; B = 2; }",
        "message M { E e = 1; } enum E { Z = 0; B = 2; A = 1; }",
    ),
    (
        "rename a field",
        "message M { int32 a = 1; string b = 2; }",
        "message M { int32 a_new = 1; string b = 2; }",
    ),
    (
        "rename a list",
        "message M { repeated int32 a = 1; }",
        "message M { repeated int32 a_new = 1; }",
    ),
    (
        "rename a map",
        "message M { map<int32, string> a = 1; }",
        "message M { map<int32, string> a_new = 1; }",
    ),
    (
        "rename a member of a oneof",
        "message M { oneof o { string b = 2; int32 c = 3; } }",
        "message M { oneof o { string b_new = 2; int32 c = 3; } }",
    ),
    (
        "rename a oneof",
        "message M { oneof o { string b = 2; int32 c = 3; } }",
        "message M { oneof o_new { string b = 2; int32 c = 3; } }",
    ),
    (
        "rename a message",
        "message M { N n = 1; } message N { int32 x = 1; }",
        "message M { P n = 1; } message P { int32 x = 1; }",
    ),
    (
        "rename a message in a list",
        "message M { repeated N n = 1; } message N { int32 x = 1; }",
        "message M { repeated P n = 1; } message P { int32 x = 1; }",
    ),
    (
        "rename the root message",
        "message M { int32 a = 1; string b = 2; }",
        "message M_New { int32 a = 1; string b = 2; }",
    ),
    (
        "rename an enum",
        "message M { E e = 1; } enum E { Z = 0; A = 1; }",
        "message M { F e = 1; } enum F { Z = 0; A = 1; }",
    ),
    (
        "rename an enum value",
        "message M { E e = 1; } enum E { Z = 0; A = 1; B = 2; }",
        "message M { E e = 1; } enum E { Z = 0; A_NEW = 1; B = 2; }",
    ),
    (
        "move a nested message to the top",
        "message M { N n = 1; message N { int32 x = 1; } }",
        "message M { N n = 1; } message N { int32 x = 1; }",
    ),
    (
        "`int32` to `int64`",
        "message M { int32 a = 1; }",
        "message M { int64 a = 1; }",
    ),
    (
        "`map` values `int32` to `int64`",
        "message M { map<string, int32> a = 1; }",
        "message M { map<string, int64> a = 1; }",
    ),
    (
        "`int32` to `uint32`",
        "message M { int32 a = 1; }",
        "message M { uint32 a = 1; }",
    ),
    (
        "`uint32` to `int64`",
        "message M { uint32 a = 1; }",
        "message M { int64 a = 1; }",
    ),
    (
        "`uint32` to `uint64`",
        "message M { uint32 a = 1; }",
        "message M { uint64 a = 1; }",
    ),
    (
        "`int64` to `uint64`",
        "message M { int64 a = 1; }",
        "message M { uint64 a = 1; }",
    ),
    (
        "`int32` to `bool`",
        "message M { int32 a = 1; }",
        "message M { bool a = 1; }",
    ),
    (
        "`int32` to enum",
        "message M { int32 a = 1; }",
        "message M { E a = 1; } enum E { Z = 0; A = 1; }",
    ),
    (
        "`string` to `bytes`",
        "message M { string a = 1; }",
        "message M { bytes a = 1; }",
    ),
    (
        "`bytes` to a message",
        "message M { bytes a = 1; }",
        "message M { N a = 1; } message N { int32 x = 1; }",
    ),
    (
        "singular to repeated",
        "message M { string a = 1; }",
        "message M { repeated string a = 1; }",
    ),
    (
        "give a field presence",
        "message M { int32 a = 1; }",
        "message M { optional int32 a = 1; }",
    ),
    (
        "give a field presence in another message",
        "message M { int32 a = 1; } message N { int32 x = 1; }",
        "message M { optional int32 a = 1; } message N { int32 x = 1; }",
    ),
    (
        "put a field into a oneof",
        "message M { optional int32 a = 1; }",
        "message M { oneof o { int32 a = 1; } }",
    ),
    (
        "renumber a field",
        "message M { int32 a = 1; string b = 3; }",
        "message M { int32 a = 2; string b = 3; }",
    ),
    (
        "renumber an enum value",
        "message M { E e = 1; } enum E { Z = 0; A = 1; }",
        "message M { E e = 1; } enum E { Z = 0; A = 2; }",
    ),
    (
        "`int32` to `sint32`",
        "message M { int32 a = 1; }",
        "message M { sint32 a = 1; }",
    ),
    (
        "`float` to `double`",
        "message M { float a = 1; }",
        "message M { double a = 1; }",
    ),
    (
        "swap the names of two fields",
        "message M { string a = 1; string b = 2; }",
        "message M { string b = 1; string a = 2; }",
    ),
    (
        "reuse the name of a removed field",
        "message M { string a = 1; string b = 2; }",
        "message M { string b = 2; string a = 3; }",
    ),
    (
        "add a required field",
        "proto2|message M { optional int32 a = 1; }",
        "proto2|message M { optional int32 a = 1; required int32 b = 2; }",
    ),
    (
        "optional to required",
        "proto2|message M { optional int32 a = 1; }",
        "proto2|message M { required int32 a = 1; }",
    ),
    (
        "remove a required field",
        "proto2|message M { optional int32 a = 1; required int32 b = 2; }",
        "proto2|message M { optional int32 a = 1; }",
    ),
    (
        "required to optional",
        "proto2|message M { required int32 a = 1; }",
        "proto2|message M { optional int32 a = 1; }",
    ),
];
