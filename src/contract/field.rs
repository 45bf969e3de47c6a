//! Fields and extensions: type, shape, presence and defaults.

use serde::Serialize;

use super::{Docs, EnumId, FileId, FullName, JsonName, MaybeSpan, MessageId, OneofId, Options, id};

id!(
    /// An extension of one contract.
    ExtensionId
);

/// A scalar type, named as in .proto files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scalar {
    /// IEEE 754 binary64.
    Double,
    /// IEEE 754 binary32.
    Float,
    /// 32 bits, varint, sign-extended to 64.
    Int32,
    /// 64 bits, varint.
    Int64,
    /// 32 bits, unsigned, varint.
    Uint32,
    /// 64 bits, unsigned, varint.
    Uint64,
    /// 32 bits, zig-zag varint.
    Sint32,
    /// 64 bits, zig-zag varint.
    Sint64,
    /// 32 bits, unsigned, four bytes.
    Fixed32,
    /// 64 bits, unsigned, eight bytes.
    Fixed64,
    /// 32 bits, four bytes.
    Sfixed32,
    /// 64 bits, eight bytes.
    Sfixed64,
    /// Varint, 0 or 1.
    Bool,
    /// Text; whether its UTF-8 is verified is a fact of the field.
    String,
    /// Any bytes.
    Bytes,
}

impl Scalar {
    /// All scalars, in the order of this enum.
    pub const ALL: [Self; 15] = [
        Self::Double,
        Self::Float,
        Self::Int32,
        Self::Int64,
        Self::Uint32,
        Self::Uint64,
        Self::Sint32,
        Self::Sint64,
        Self::Fixed32,
        Self::Fixed64,
        Self::Sfixed32,
        Self::Sfixed64,
        Self::Bool,
        Self::String,
        Self::Bytes,
    ];

    /// The wire type of one value: 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes
    /// (protobuf encoding guide, "Message Structure").
    #[must_use]
    pub fn wire_type(self) -> u32 {
        match self {
            Self::Int32
            | Self::Int64
            | Self::Uint32
            | Self::Uint64
            | Self::Sint32
            | Self::Sint64
            | Self::Bool => 0,
            Self::Double | Self::Fixed64 | Self::Sfixed64 => 1,
            Self::String | Self::Bytes => 2,
            Self::Float | Self::Fixed32 | Self::Sfixed32 => 5,
        }
    }

    /// Whether repeated values may be packed.
    #[must_use]
    pub fn is_packable(self) -> bool {
        self.wire_type() != 2
    }

    /// The name in .proto files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::Float => "float",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Sint32 => "sint32",
            Self::Sint64 => "sint64",
            Self::Fixed32 => "fixed32",
            Self::Fixed64 => "fixed64",
            Self::Sfixed32 => "sfixed32",
            Self::Sfixed64 => "sfixed64",
            Self::Bool => "bool",
            Self::String => "string",
            Self::Bytes => "bytes",
        }
    }
}

/// The type of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// A scalar.
    Scalar(Scalar),
    /// A message (or group).
    Message(MessageId),
    /// An enum.
    Enum(EnumId),
}

impl Type {
    /// Whether repeated values may be packed.
    #[must_use]
    pub fn is_packable(self) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.is_packable(),
            Self::Enum(_) => true,
            Self::Message(_) => false,
        }
    }

    /// The wire type of one value; 3 (start group) for a delimited message.
    #[must_use]
    pub fn wire_type(self, delimited: bool) -> u32 {
        match self {
            Self::Scalar(scalar) => scalar.wire_type(),
            Self::Enum(_) => 0,
            Self::Message(_) if delimited => 3,
            Self::Message(_) => 2,
        }
    }
}

/// The key type of a map field: any integer, bool or string.
pub type MapKey = Scalar;

/// Whether and how the absence of a singular field can be told from its default value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Absent and default are the same (proto3 without `optional`). Never a message, never a oneof member.
    Implicit,
    /// Absence is told apart. All message fields and oneof members that are not required.
    Explicit,
    /// Must be there (proto2 `required`).
    Required,
}

/// How many values a field holds, of which type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// At most one value.
    Singular {
        /// Its type.
        ty: Type,
        /// How its absence is told.
        presence: Presence,
    },
    /// A list.
    Repeated {
        /// The type of the elements.
        ty: Type,
        /// Whether it is *written* packed; both forms must be read.
        packed: bool,
    },
    /// A map; on the wire a repeated entry message with key = 1 and value = 2.
    Map {
        /// The key type.
        key: MapKey,
        /// The value type.
        value: Type,
    },
}

impl Shape {
    /// The type of the value, the element or the map's value.
    #[must_use]
    pub fn value_type(self) -> Type {
        match self {
            Self::Singular { ty, .. } | Self::Repeated { ty, .. } => ty,
            Self::Map { value, .. } => value,
        }
    }
}

/// An explicit default value (proto2 and editions).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Default {
    /// Of a bool field.
    Bool(bool),
    /// Of a signed integer field.
    Int(i64),
    /// Of an unsigned integer field.
    Uint(u64),
    /// Of a float field, at its own precision.
    Float(f32),
    /// Of a double field.
    Double(f64),
    /// Of a string field.
    String(String),
    /// Of a bytes field.
    Bytes(Vec<u8>),
    /// Of an enum field: the number of the value.
    Enum(i32),
}

/// A field of a message, or the field part of an extension.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in the contract.
    pub name: String,
    /// The number on the wire.
    pub number: i32,
    /// The name in ProtoJSON. For an extension `[full.name]`.
    pub json_name: JsonName,
    /// Whether `json_name` was written in the contract, as against derived from the name.
    pub json_name_explicit: bool,
    /// How many values of which type.
    pub shape: Shape,
    /// Whether a message value is written between group tags instead of with a length. False for all else.
    pub delimited: bool,
    /// Whether the UTF-8 of a string value, or of a map's string keys and values, is verified. False for all else.
    pub verify_utf8: bool,
    /// The oneof that it is a member of; never a synthetic one.
    pub oneof: Option<OneofId>,
    /// The explicit default.
    pub default: Option<Default>,
    /// Whether it is marked deprecated.
    pub deprecated: bool,
    /// Whether `debug_redact` asks to keep its value out of logs.
    pub redact: bool,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The declaration.
    pub span: MaybeSpan,
}

impl Field {
    /// The presence of a singular field; `None` for repeated fields and maps.
    #[must_use]
    pub fn presence(&self) -> Option<Presence> {
        match self.shape {
            Shape::Singular { presence, .. } => Some(presence),
            Shape::Repeated { .. } | Shape::Map { .. } => None,
        }
    }
}

/// An extension: a field that another message than the one around it (if any) holds.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Its id.
    pub id: ExtensionId,
    /// The file that declares it.
    pub file: FileId,
    /// The message in whose body it is declared; a scope for the name, nothing more.
    pub scope: Option<MessageId>,
    /// The full name.
    pub full_name: FullName,
    /// The message that it extends.
    pub extendee: MessageId,
    /// The field itself.
    pub field: Field,
}
