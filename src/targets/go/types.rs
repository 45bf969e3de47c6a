//! How Go holds, writes and reads one value of each type: expressions, given the expression of the value.

use serde::Serialize;

use super::file::FileContext;
use crate::contract::{Encoding, Primitive, Scalar, Type};

/// One value of a type.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// The Go type.
    pub(super) go: String,
    /// What kind of value.
    pub(super) kind: Kind,
    /// How it is encoded.
    pub(super) encoding: Encoding,
}

/// The kinds of values that code is written differently for.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A scalar.
    Scalar {
        /// Which one.
        scalar: Scalar,
        /// Whether text must be UTF-8.
        verify_utf8: bool,
        /// Whether text is copied out of the input.
        copy: bool,
    },
    /// An enum.
    Enum {
        /// Whether unknown numbers are kept out.
        closed: bool,
        /// Whether it is `google.protobuf.NullValue`.
        null: bool,
    },
    /// A message.
    Message {
        /// Whether null is a value of it in JSON.
        nullable: bool,
        /// Whether it is written between group tags.
        delimited: bool,
    },
}

/// How a value without a length is read: `u` is what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum Wire {
    /// A varint, a `uint64`.
    Varint,
    /// Four bytes, a `uint32`.
    Fixed32,
    /// Eight bytes, a `uint64`.
    Fixed64,
    /// A length and bytes, a `string`.
    Bytes,
}

impl Value {
    /// A value of a type as this file refers to it.
    pub(super) fn new(file: &FileContext<'_>, encoding: Encoding) -> Self {
        let ty = encoding.ty;
        let (go, kind) = match ty {
            Type::Scalar(scalar) => (
                scalar_type(scalar).to_owned(),
                Kind::Scalar {
                    scalar,
                    verify_utf8: encoding.verify_utf8,
                    copy: file.copy_strings(),
                },
            ),
            Type::Enum(id) => (
                file.enum_type(id),
                Kind::Enum {
                    closed: file.contract().is_closed(ty),
                    null: file.contract().takes_null(ty),
                },
            ),
            Type::Message(id) => (
                file.message_type(id),
                Kind::Message {
                    nullable: file.contract().takes_null(ty),
                    delimited: encoding.delimited,
                },
            ),
        };
        Self { go, kind, encoding }
    }

    /// Whether it is a message.
    pub(super) fn is_message(&self) -> bool {
        matches!(self.kind, Kind::Message { .. })
    }

    /// Whether it is a `[]byte`.
    pub(super) fn is_bytes(&self) -> bool {
        matches!(
            self.kind,
            Kind::Scalar {
                scalar: Scalar::Bytes,
                ..
            }
        )
    }

    /// Whether it is a floating-point number.
    pub(super) fn is_float(&self) -> bool {
        matches!(
            self.kind,
            Kind::Scalar {
                scalar: Scalar::Float | Scalar::Double,
                ..
            }
        )
    }

    /// Whether null is a value of it in JSON.
    pub(super) fn is_nullable(&self) -> bool {
        match self.kind {
            Kind::Scalar { .. } => false,
            Kind::Enum { null, .. } => null,
            Kind::Message { nullable, .. } => nullable,
        }
    }

    /// Whether it is text that must be UTF-8.
    pub(super) fn is_checked_text(&self) -> bool {
        matches!(
            self.kind,
            Kind::Scalar {
                scalar: Scalar::String,
                verify_utf8: true,
                ..
            }
        )
    }

    /// How it is read.
    pub(super) fn wire(&self) -> Wire {
        match &self.kind {
            Kind::Scalar { scalar, .. } => match scalar.wire_type() {
                0 => Wire::Varint,
                1 => Wire::Fixed64,
                5 => Wire::Fixed32,
                _ => Wire::Bytes,
            },
            Kind::Enum { .. } => Wire::Varint,
            Kind::Message { .. } => Wire::Bytes,
        }
    }

    /// The value out of `u`, which was read from the wire.
    pub(super) fn decoded(&self) -> String {
        match &self.kind {
            Kind::Scalar { scalar, copy, .. } => match scalar {
                Scalar::Double => "math.Float64frombits(u)",
                Scalar::Float => "math.Float32frombits(u)",
                Scalar::Int32 | Scalar::Sfixed32 => "int32(u)",
                Scalar::Int64 | Scalar::Sfixed64 => "int64(u)",
                Scalar::Uint32 => "uint32(u)",
                Scalar::Sint32 => "xlcrt.Zigzag32(u)",
                Scalar::Sint64 => "xlcrt.Zigzag64(u)",
                Scalar::Bool => "u != 0",
                Scalar::String if *copy => "strings.Clone(u)",
                Scalar::Uint64 | Scalar::Fixed32 | Scalar::Fixed64 | Scalar::String => "u",
                Scalar::Bytes => "[]byte(u)",
            }
            .to_owned(),
            Kind::Enum { .. } => format!("{}(u)", self.go),
            Kind::Message { .. } => String::new(),
        }
    }

    /// A condition that holds unless the value is the default of its type.
    pub(super) fn nonzero(&self, v: &str) -> String {
        match &self.kind {
            Kind::Scalar { scalar, .. } => match scalar {
                Scalar::Double => format!("!xlcrt.IsZero64({v})"),
                Scalar::Float => format!("!xlcrt.IsZero32({v})"),
                Scalar::Bool => v.to_owned(),
                Scalar::String => format!("{v} != \"\""),
                Scalar::Bytes => format!("len({v}) > 0"),
                Scalar::Int32
                | Scalar::Int64
                | Scalar::Uint32
                | Scalar::Uint64
                | Scalar::Sint32
                | Scalar::Sint64
                | Scalar::Fixed32
                | Scalar::Fixed64
                | Scalar::Sfixed32
                | Scalar::Sfixed64 => format!("{v} != 0"),
            },
            Kind::Enum { .. } => format!("{v} != 0"),
            Kind::Message { .. } => format!("{v} != nil"),
        }
    }

    /// The number of bytes that every value takes, if they all take the same.
    pub(super) fn fixed_size(&self) -> Option<usize> {
        match (&self.kind, self.wire()) {
            (
                Kind::Scalar {
                    scalar: Scalar::Bool,
                    ..
                },
                _,
            ) => Some(1),
            (_, Wire::Fixed32) => Some(4),
            (_, Wire::Fixed64) => Some(8),
            (_, Wire::Varint | Wire::Bytes) => None,
        }
    }

    /// The number of bytes of a value, with its length if it has one, without a tag.
    pub(super) fn size(&self, v: &str) -> String {
        if let Some(size) = self.fixed_size() {
            return size.to_string();
        }
        match &self.kind {
            Kind::Message {
                delimited: true, ..
            } => format!("{v}.Size()"),
            Kind::Message { .. } => format!("xlcrt.SizeBytes({v}.Size())"),
            Kind::Scalar { .. } if self.wire() == Wire::Bytes => {
                format!("xlcrt.SizeBytes(len({v}))")
            }
            Kind::Scalar { .. } | Kind::Enum { .. } => {
                format!("xlcrt.SizeVarint({})", self.to_varint(v))
            }
        }
    }

    fn to_varint(&self, v: &str) -> String {
        match &self.kind {
            Kind::Scalar {
                scalar: Scalar::Sint32,
                ..
            } => format!("xlcrt.ToZigzag32({v})"),
            Kind::Scalar {
                scalar: Scalar::Sint64,
                ..
            } => format!("xlcrt.ToZigzag64({v})"),
            Kind::Scalar {
                scalar: Scalar::Uint64,
                ..
            } => v.to_owned(),
            Kind::Scalar { .. } | Kind::Enum { .. } | Kind::Message { .. } => {
                format!("uint64({v})")
            }
        }
    }

    /// The expression that writes a value before `b[i]`.
    pub(super) fn put(&self, v: &str) -> String {
        let Kind::Scalar { scalar, .. } = &self.kind else {
            return format!("xlcrt.PutVarint(b, i, {})", self.to_varint(v));
        };
        match scalar {
            Scalar::Double => format!("xlcrt.PutFixed64(b, i, math.Float64bits({v}))"),
            Scalar::Float => format!("xlcrt.PutFixed32(b, i, math.Float32bits({v}))"),
            Scalar::Fixed32 => format!("xlcrt.PutFixed32(b, i, {v})"),
            Scalar::Fixed64 => format!("xlcrt.PutFixed64(b, i, {v})"),
            Scalar::Sfixed32 => format!("xlcrt.PutFixed32(b, i, uint32({v}))"),
            Scalar::Sfixed64 => format!("xlcrt.PutFixed64(b, i, uint64({v}))"),
            Scalar::Bool => format!("xlcrt.PutBool(b, i, {v})"),
            Scalar::String => format!("xlcrt.PutString(b, i, {v})"),
            Scalar::Bytes => format!("xlcrt.PutBytes(b, i, {v})"),
            Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64
            | Scalar::Sint32
            | Scalar::Sint64 => format!("xlcrt.PutVarint(b, i, {})", self.to_varint(v)),
        }
    }

    /// The statement that writes a value as JSON.
    pub(super) fn write_json(&self, v: &str) -> String {
        match &self.kind {
            Kind::Scalar { scalar, .. } => format!("w.{}({v})", json_method(*scalar)),
            Kind::Enum { null: true, .. } => "w.Null()".to_owned(),
            Kind::Enum { .. } => format!("w.Enum(int32({v}), {v}.XLCName())"),
            Kind::Message { .. } => format!("{v}.XLCWriteJSON(w)"),
        }
    }

    /// The expression that reads a scalar from JSON.
    pub(super) fn read_json(&self) -> String {
        match &self.kind {
            Kind::Scalar { scalar, .. } => format!("r.{}()", json_method(*scalar)),
            Kind::Enum { .. } | Kind::Message { .. } => String::new(),
        }
    }

    /// The statement that adds a value to the hash `h`.
    pub(super) fn hash(&self, v: &str) -> String {
        match &self.kind {
            Kind::Scalar { scalar, .. } => match scalar.primitive() {
                Primitive::Double => format!("xlcrt.HashFloat(h, {v})"),
                Primitive::Float => format!("xlcrt.HashFloat(h, float64({v}))"),
                Primitive::Bool => format!("xlcrt.HashBool(h, {v})"),
                Primitive::String => format!("xlcrt.HashString(h, {v})"),
                Primitive::Bytes => format!("xlcrt.HashBytes(h, {v})"),
                Primitive::Uint64 => format!("xlcrt.HashInt(h, {v})"),
                Primitive::Int64 | Primitive::Int32 | Primitive::Uint32 => {
                    format!("xlcrt.HashInt(h, uint64({v}))")
                }
            },
            Kind::Enum { .. } => format!("xlcrt.HashInt(h, uint64({v}))"),
            Kind::Message { .. } => format!("xlcrt.HashMessage(h, {v})"),
        }
    }

    /// The statement that writes a value as text.
    pub(super) fn write_text(&self, v: &str) -> String {
        match &self.kind {
            Kind::Scalar { scalar, .. } => match scalar.primitive() {
                Primitive::Double => format!("w.Float64({v})"),
                Primitive::Float => format!("w.Float32({v})"),
                Primitive::Bool => format!("w.Bool({v})"),
                Primitive::String => format!("w.Quote({v})"),
                Primitive::Bytes => format!("w.Quote(string({v}))"),
                Primitive::Int64 => format!("w.Int({v})"),
                Primitive::Uint64 => format!("w.Uint({v})"),
                Primitive::Int32 => format!("w.Int(int64({v}))"),
                Primitive::Uint32 => format!("w.Uint(uint64({v}))"),
            },
            Kind::Enum { .. } => format!("w.Raw({v}.String())"),
            Kind::Message { .. } => format!("w.Message({v})"),
        }
    }
}

/// The Go type of each scalar.
pub(super) fn scalar_type(scalar: Scalar) -> &'static str {
    match scalar.primitive() {
        Primitive::Double => "float64",
        Primitive::Float => "float32",
        Primitive::Int32 => "int32",
        Primitive::Int64 => "int64",
        Primitive::Uint32 => "uint32",
        Primitive::Uint64 => "uint64",
        Primitive::Bool => "bool",
        Primitive::String => "string",
        Primitive::Bytes => "[]byte",
    }
}

/// The method of the JSON writer and reader for each scalar.
fn json_method(scalar: Scalar) -> &'static str {
    match scalar.primitive() {
        Primitive::Double => "Float64",
        Primitive::Float => "Float32",
        Primitive::Int32 => "Int32",
        Primitive::Int64 => "Int64",
        Primitive::Uint32 => "Uint32",
        Primitive::Uint64 => "Uint64",
        Primitive::Bool => "Bool",
        Primitive::String => "String",
        Primitive::Bytes => "Bytes",
    }
}
