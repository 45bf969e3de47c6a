//! One type of C#: how a value of it is declared, read, written, compared and copied. A struct of facts; the shapes
//! that values stand in are elsewhere.

use super::symbols::{Place, Symbols};
use crate::contract::{EnumId, MessageId, Scalar, Type, WellKnown};

/// The facts of a scalar.
struct Facts {
    /// The type of C#.
    name: &'static str,
    /// The method of the readers and writers of the binary format.
    wire: &'static str,
    /// The method of the reader and the writer of JSON.
    json: &'static str,
    /// What an implicit field holds when it is absent.
    zero: &'static str,
    /// The size of an element of a packed list, if it is always the same.
    size: Option<u32>,
}

/// The table of scalars.
fn facts(scalar: Scalar) -> Facts {
    let (name, wire, json, zero, size) = match scalar {
        Scalar::Double => ("double", "Double", "Double", "0", Some(8)),
        Scalar::Float => ("float", "Float", "Float", "0", Some(4)),
        Scalar::Int32 => ("int", "Int32", "Int32", "0", None),
        Scalar::Int64 => ("long", "Int64", "Int64", "0", None),
        Scalar::Uint32 => ("uint", "Uint32", "Uint32", "0", None),
        Scalar::Uint64 => ("ulong", "Uint64", "Uint64", "0", None),
        Scalar::Sint32 => ("int", "Sint32", "Int32", "0", None),
        Scalar::Sint64 => ("long", "Sint64", "Int64", "0", None),
        Scalar::Fixed32 => ("uint", "Fixed32", "Uint32", "0", Some(4)),
        Scalar::Fixed64 => ("ulong", "Fixed64", "Uint64", "0", Some(8)),
        Scalar::Sfixed32 => ("int", "Sfixed32", "Int32", "0", Some(4)),
        Scalar::Sfixed64 => ("long", "Sfixed64", "Int64", "0", Some(8)),
        Scalar::Bool => ("bool", "Bool", "Bool", "false", None),
        Scalar::String => ("string", "String", "String", "\"\"", None),
        Scalar::Bytes => (
            "byte[]",
            "Bytes",
            "Bytes",
            "global::System.Array.Empty<byte>()",
            None,
        ),
    };
    Facts {
        name,
        wire,
        json,
        zero,
        size,
    }
}

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar(Scalar),
    Enum(EnumId),
    Message(MessageId),
}

/// A type of values, at the place where it is used.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) kind: Kind,
    /// How the type is written.
    pub(super) name: String,
    /// The table of an enum's names.
    table: String,
    closed: bool,
    null_enum: bool,
    /// Whether JSON's null is a value.
    pub(super) takes_null: bool,
    pub(super) delimited: bool,
    raw: bool,
}

impl Value {
    pub(super) fn new(
        ty: Type,
        delimited: bool,
        verify_utf8: bool,
        symbols: &Symbols<'_>,
        place: &Place,
    ) -> Self {
        let contract = symbols.contract;
        let mut value = Self {
            kind: Kind::Scalar(Scalar::Bool),
            name: String::new(),
            table: String::new(),
            closed: false,
            null_enum: false,
            takes_null: false,
            delimited,
            raw: false,
        };
        match ty {
            Type::Scalar(scalar) => {
                value.kind = Kind::Scalar(scalar);
                facts(scalar).name.clone_into(&mut value.name);
                value.raw = scalar == Scalar::String && !verify_utf8;
            }
            Type::Enum(id) => {
                let enumeration = contract.enumeration(id);
                value.kind = Kind::Enum(id);
                value.name = place.mention(symbols.enumeration(id));
                let class = place.mention_in_expression(&symbols.class(enumeration.file));
                value.table = format!("{class}.{}", symbols.table(id));
                value.closed = enumeration.closed;
                value.null_enum = enumeration.is_null_value();
                value.takes_null = value.null_enum;
            }
            Type::Message(id) => {
                value.kind = Kind::Message(id);
                value.name = place.mention(symbols.message(id));
                value.takes_null = contract.message(id).well_known == Some(WellKnown::Value);
            }
        }
        value
    }

    pub(super) fn is_message(&self) -> bool {
        matches!(self.kind, Kind::Message(_))
    }

    /// Whether unknown numbers do not become values.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether it is a reference in C#, for which `null` needs no `Nullable`.
    pub(super) fn is_reference(&self) -> bool {
        self.is_message() || matches!(self.kind, Kind::Scalar(Scalar::String | Scalar::Bytes))
    }

    pub(super) fn is_scalar(&self, scalar: Scalar) -> bool {
        self.kind == Kind::Scalar(scalar)
    }

    /// Whether the bits of a value count when it is compared.
    pub(super) fn is_floating(&self) -> bool {
        self.is_scalar(Scalar::Double) || self.is_scalar(Scalar::Float)
    }

    /// The table of the names of an enum.
    pub(super) fn table(&self) -> &str {
        &self.table
    }

    /// What a field without presence holds when it is absent.
    pub(super) fn zero(&self) -> String {
        match self.kind {
            Kind::Scalar(scalar) => facts(scalar).zero.to_owned(),
            Kind::Enum(_) => format!("({})0", self.name),
            Kind::Message(_) => format!("new {}()", self.name),
        }
    }

    /// Whether C# initialises a member of this type to its zero.
    pub(super) fn zero_is_default(&self) -> bool {
        !self.is_reference()
    }

    /// The size of an element of a packed list, if it is always the same.
    pub(super) fn size(&self) -> Option<u32> {
        match self.kind {
            Kind::Scalar(scalar) => facts(scalar).size,
            Kind::Enum(_) | Kind::Message(_) => None,
        }
    }

    /// The expression that reads a value from the wire. A message is read into `target`. Not for closed enums.
    pub(super) fn read(&self, target: &str) -> String {
        match self.kind {
            Kind::Scalar(_) if self.raw => "r.RawString()".to_owned(),
            Kind::Scalar(scalar) => format!("r.{}()", facts(scalar).wire),
            Kind::Enum(_) => format!("({})r.Int32()", self.name),
            Kind::Message(_) if self.delimited => format!("r.Group({target})"),
            Kind::Message(_) => format!("r.Message({target})"),
        }
    }

    /// The statements that write a field of this value, tag included, the last part first.
    pub(super) fn write(&self, value: &str, number: i32) -> Vec<String> {
        if self.is_message() && self.delimited {
            return vec![format!("w.Group({value}, {number});")];
        }
        vec![self.put(value), format!("w.Tag({});", self.tag(number))]
    }

    /// The statement that writes a value without a tag.
    pub(super) fn put(&self, value: &str) -> String {
        match self.kind {
            Kind::Scalar(_) if self.raw => format!("w.RawString({value});"),
            Kind::Scalar(scalar) => format!("w.{}({value});", facts(scalar).wire),
            Kind::Enum(_) => format!("w.Int32((int){value});"),
            Kind::Message(_) => format!("w.Message({value});"),
        }
    }

    pub(super) fn wire_type(&self) -> u32 {
        match self.kind {
            Kind::Scalar(scalar) => scalar.wire_type(),
            Kind::Enum(_) => 0,
            Kind::Message(_) if self.delimited => 3,
            Kind::Message(_) => 2,
        }
    }

    pub(super) fn is_packable(&self) -> bool {
        !matches!(self.wire_type(), 2 | 3)
    }

    pub(super) fn tag(&self, number: i32) -> u32 {
        tag(number, self.wire_type())
    }

    /// The expression that reads a value from JSON. For an enum it is an `int?`, null if the name is to be ignored.
    pub(super) fn read_json(&self) -> String {
        match self.kind {
            Kind::Scalar(scalar) => format!("r.{}()", facts(scalar).json),
            Kind::Enum(_) if self.null_enum => format!("r.NullEnum({})", self.table),
            Kind::Enum(_) => format!("r.Enum({})", self.table),
            Kind::Message(_) => format!("r.Message(new {}())", self.name),
        }
    }

    /// The statement that writes a value to JSON.
    pub(super) fn write_json(&self, value: &str) -> String {
        match self.kind {
            Kind::Scalar(scalar) => format!("w.{}({value});", facts(scalar).json),
            Kind::Enum(_) if self.null_enum => "w.Null();".to_owned(),
            Kind::Enum(_) => format!("w.Enum({}, (int){value});", self.table),
            Kind::Message(_) => format!("w.Message({value});"),
        }
    }

    /// An expression for a copy that shares nothing with the original; `None` if the value itself will do.
    pub(super) fn copy(&self, value: &str) -> Option<String> {
        match self.kind {
            Kind::Message(_) => Some(format!("{value}.Clone()")),
            Kind::Scalar(Scalar::Bytes) => Some(format!("MessageValues.Copy({value})")),
            Kind::Scalar(_) | Kind::Enum(_) => None,
        }
    }

    /// The comparer that lists and maps of these values need, if it is not the usual one.
    pub(super) fn comparer(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Scalar(Scalar::Double) => Some("MessageValues.Doubles"),
            Kind::Scalar(Scalar::Float) => Some("MessageValues.Floats"),
            Kind::Scalar(Scalar::Bytes) => Some("MessageValues.Bytes"),
            Kind::Scalar(_) | Kind::Enum(_) | Kind::Message(_) => None,
        }
    }

    /// The expression for the codec of an extension of this type.
    pub(super) fn codec(&self) -> String {
        let name = &self.name;
        match self.kind {
            Kind::Scalar(_) if self.raw => "Codecs.RawString".to_owned(),
            Kind::Scalar(scalar) => format!("Codecs.{}", facts(scalar).wire),
            Kind::Enum(_) => format!(
                "new EnumCodec<{name}>({}, number => ({name})number, value => (int)value)",
                self.table
            ),
            Kind::Message(_) => {
                let group = if self.delimited { ", true" } else { "" };
                format!(
                    "new MessageCodec<{name}>(() => new {name}(), value => value.Clone(){group})"
                )
            }
        }
    }
}

/// The tag of a number and a wire type.
pub(super) fn tag(number: i32, wire_type: u32) -> u32 {
    (number.unsigned_abs() << 3) | wire_type
}

/// The prefix of the methods that read and write a map's keys in JSON.
pub(super) fn json_name(scalar: Scalar) -> &'static str {
    facts(scalar).json
}
