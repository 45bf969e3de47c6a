//! How each scalar type is spelled, read and written in Python. Knows scalars and the runtime's functions, no contract.

use crate::contract::Scalar;

/// A number of fixed width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fixed {
    /// The expression that reads one at `p`.
    pub(super) read: &'static str,
    /// What the functions that write one are called after `pack_` and `tag_`.
    pub(super) name: &'static str,
    /// Its letter in the `struct` module.
    pub(super) letter: &'static str,
    /// Its bytes.
    pub(super) width: u32,
}

/// How the values of a scalar type stand in the binary format.
#[derive(Debug, Clone, Copy)]
pub(super) enum Coding {
    /// A varint: the function that reads a long one, and the value made of the number `v`.
    Varint {
        /// Reads a varint of several bytes.
        get: &'static str,
        /// The value, made of `v`.
        value: &'static str,
    },
    /// Four or eight bytes.
    Fixed(Fixed),
    /// A length and text.
    String,
    /// A length and bytes.
    Bytes,
}

/// What Python code needs to know of a scalar type.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScalarFacts {
    /// The Python type.
    pub(super) ty: &'static str,
    /// The default.
    pub(super) zero: &'static str,
    /// The form in the binary format.
    pub(super) coding: Coding,
    /// The function that writes any value, with its length if it has one.
    pub(super) put: &'static str,
    /// The function that makes its JSON form.
    pub(super) put_json: &'static str,
    /// The function that reads its JSON form.
    pub(super) get_json: &'static str,
    /// The runtime's name of it as the type of an extension.
    pub(super) kind: &'static str,
}

const fn int(
    get: &'static str,
    value: &'static str,
    put: &'static str,
    put_json: &'static str,
    get_json: &'static str,
    kind: &'static str,
) -> ScalarFacts {
    ScalarFacts {
        ty: "int",
        zero: "0",
        coding: Coding::Varint { get, value },
        put,
        put_json,
        get_json,
        kind,
    }
}

const fn fixed(
    ty: &'static str,
    zero: &'static str,
    fixed: Fixed,
    put: &'static str,
    json: (&'static str, &'static str),
    kind: &'static str,
) -> ScalarFacts {
    ScalarFacts {
        ty,
        zero,
        coding: Coding::Fixed(fixed),
        put,
        put_json: json.0,
        get_json: json.1,
        kind,
    }
}

const INT32: (&str, &str) = ("_q.int32", "_j.get_int32");
const INT64: (&str, &str) = ("_q.int64", "_j.get_int64");
const UINT32: (&str, &str) = ("_q.uint32", "_j.get_uint32");
const UINT64: (&str, &str) = ("_q.uint64", "_j.get_uint64");
const ZIGZAG: &str = "(v >> 1) ^ -(v & 1)";

/// The facts of a scalar type. `verify_utf8` says whether strings are checked.
pub(super) fn facts(scalar: Scalar, verify_utf8: bool) -> ScalarFacts {
    match scalar {
        Scalar::Int32 => int("_w.get_int32", "v", "_p.int32", INT32.0, INT32.1, "INT32"),
        Scalar::Int64 => int("_w.get_int64", "v", "_p.int64", INT64.0, INT64.1, "INT64"),
        Scalar::Uint32 => int(
            "_w.get_uint32",
            "v",
            "_p.uint32",
            UINT32.0,
            UINT32.1,
            "UINT32",
        ),
        Scalar::Uint64 => int(
            "_w.get_uint64",
            "v",
            "_p.uint64",
            UINT64.0,
            UINT64.1,
            "UINT64",
        ),
        Scalar::Sint32 => int(
            "_w.get_uint32",
            ZIGZAG,
            "_p.sint32",
            INT32.0,
            INT32.1,
            "SINT32",
        ),
        Scalar::Sint64 => int(
            "_w.get_uint64",
            ZIGZAG,
            "_p.sint64",
            INT64.0,
            INT64.1,
            "SINT64",
        ),
        Scalar::Bool => ScalarFacts {
            ty: "bool",
            zero: "False",
            ..int(
                "_w.get_uint64",
                "v != 0",
                "_p.put_bool",
                "_q.boolean",
                "_j.get_bool",
                "BOOL",
            )
        },
        Scalar::Fixed32 => {
            let form = number("_w.fixed32(b, p)[0]", "fixed32", "I", 4);
            fixed("int", "0", form, "_p.put_fixed32", UINT32, "FIXED32")
        }
        Scalar::Fixed64 => {
            let form = number("_w.fixed64(b, p)[0]", "fixed64", "Q", 8);
            fixed("int", "0", form, "_p.put_fixed64", UINT64, "FIXED64")
        }
        Scalar::Sfixed32 => {
            let form = number("_w.sfixed32(b, p)[0]", "sfixed32", "i", 4);
            fixed("int", "0", form, "_p.put_sfixed32", INT32, "SFIXED32")
        }
        Scalar::Sfixed64 => {
            let form = number("_w.sfixed64(b, p)[0]", "sfixed64", "q", 8);
            fixed("int", "0", form, "_p.put_sfixed64", INT64, "SFIXED64")
        }
        Scalar::Float => {
            let form = number("_w.float32(b, p)[0]", "float", "f", 4);
            let json = ("_q.single", "_j.get_float");
            fixed("float", "0.0", form, "_p.put_float", json, "FLOAT")
        }
        Scalar::Double => {
            let form = number("_w.double(b, p)[0]", "double", "d", 8);
            let json = ("_q.double", "_j.get_double");
            fixed("float", "0.0", form, "_p.put_double", json, "DOUBLE")
        }
        Scalar::String => ScalarFacts {
            ty: "str",
            zero: "\"\"",
            coding: Coding::String,
            put: if verify_utf8 {
                "_p.put_string"
            } else {
                "_p.put_raw_string"
            },
            put_json: "_q.string",
            get_json: "_j.get_string",
            kind: if verify_utf8 { "STRING" } else { "RAW_STRING" },
        },
        Scalar::Bytes => ScalarFacts {
            ty: "bytes",
            zero: "b\"\"",
            coding: Coding::Bytes,
            put: "_p.put_bytes",
            put_json: "_q.blob",
            get_json: "_j.get_bytes",
            kind: "BYTES",
        },
    }
}

const fn number(read: &'static str, name: &'static str, letter: &'static str, width: u32) -> Fixed {
    Fixed {
        read,
        name,
        letter,
        width,
    }
}

/// The expression that reads a string between `p` and `q`.
pub(super) fn decode(verify_utf8: bool) -> &'static str {
    if verify_utf8 {
        "b[p:q].decode()"
    } else {
        "b[p:q].decode(\"utf-8\", \"surrogateescape\")"
    }
}

/// The expression that makes the bytes of the string `v`.
pub(super) fn encode(verify_utf8: bool) -> &'static str {
    if verify_utf8 {
        "v.encode()"
    } else {
        "v.encode(\"utf-8\", \"surrogateescape\")"
    }
}
