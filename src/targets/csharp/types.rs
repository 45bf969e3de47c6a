//! One type of C#: how a value of it is declared, read, written, compared and copied. A struct of facts; the shapes
//! that values stand in are elsewhere.

use super::symbols::{Place, Symbols};
use crate::contract::{Encoding, EnumId, MessageId, Primitive, Scalar, Type};

/// The facts of a scalar.
struct Facts {
    /// The type of C#.
    name: &'static str,
    /// The method of the readers and writers of the binary format.
    wire: &'static str,
    /// What an implicit field holds when it is absent.
    zero: &'static str,
}

/// The table of scalars.
fn facts(scalar: Scalar) -> Facts {
    let (name, zero) = match scalar.primitive() {
        Primitive::Double => ("double", "0"),
        Primitive::Float => ("float", "0"),
        Primitive::Int32 => ("int", "0"),
        Primitive::Int64 => ("long", "0"),
        Primitive::Uint32 => ("uint", "0"),
        Primitive::Uint64 => ("ulong", "0"),
        Primitive::Bool => ("bool", "false"),
        Primitive::String => ("string", "\"\""),
        Primitive::Bytes => ("byte[]", "global::System.Array.Empty<byte>()"),
    };
    let wire = match scalar {
        Scalar::Double => "Double",
        Scalar::Float => "Float",
        Scalar::Int32 => "Int32",
        Scalar::Int64 => "Int64",
        Scalar::Uint32 => "Uint32",
        Scalar::Uint64 => "Uint64",
        Scalar::Sint32 => "Sint32",
        Scalar::Sint64 => "Sint64",
        Scalar::Fixed32 => "Fixed32",
        Scalar::Fixed64 => "Fixed64",
        Scalar::Sfixed32 => "Sfixed32",
        Scalar::Sfixed64 => "Sfixed64",
        Scalar::Bool => "Bool",
        Scalar::String => "String",
        Scalar::Bytes => "Bytes",
    };
    Facts { name, wire, zero }
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
    /// Whether JSON's null is a value.
    pub(super) takes_null: bool,
    /// How it is encoded.
    pub(super) encoding: Encoding,
}

impl Value {
    pub(super) fn new(encoding: Encoding, symbols: &Symbols<'_>, place: &Place) -> Self {
        let contract = symbols.contract;
        let mut value = Self {
            kind: Kind::Scalar(Scalar::Bool),
            name: String::new(),
            table: String::new(),
            closed: false,
            takes_null: contract.takes_null(encoding.ty),
            encoding,
        };
        match encoding.ty {
            Type::Scalar(scalar) => {
                value.kind = Kind::Scalar(scalar);
                facts(scalar).name.clone_into(&mut value.name);
            }
            Type::Enum(id) => {
                let enumeration = contract.enumeration(id);
                value.kind = Kind::Enum(id);
                value.name = place.mention(symbols.enumeration(id));
                let class = place.mention_in_expression(&symbols.class(enumeration.file));
                value.table = format!("{class}.{}", symbols.table(id));
                value.closed = enumeration.closed;
            }
            Type::Message(id) => {
                value.kind = Kind::Message(id);
                value.name = place.mention(symbols.message(id));
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
            Kind::Scalar(scalar) => scalar.fixed_width(),
            Kind::Enum(_) | Kind::Message(_) => None,
        }
    }

    /// The expression that reads a value from the wire. A message is read into `target`. Not for closed enums.
    pub(super) fn read(&self, target: &str) -> String {
        match self.kind {
            Kind::Scalar(_) if self.encoding.is_unverified_text() => "r.RawString()".to_owned(),
            Kind::Scalar(scalar) => format!("r.{}()", facts(scalar).wire),
            Kind::Enum(_) => format!("({})r.Int32()", self.name),
            Kind::Message(_) if self.encoding.delimited => format!("r.Group({target})"),
            Kind::Message(_) => format!("r.Message({target})"),
        }
    }

    /// The statements that write a field of this value, tag included, the last part first.
    pub(super) fn write(&self, value: &str, number: i32) -> Vec<String> {
        if self.is_message() && self.encoding.delimited {
            return vec![format!("w.Group({value}, {number});")];
        }
        vec![
            self.put(value),
            format!("w.Tag({});", self.encoding.tag(number)),
        ]
    }

    /// The statement that writes a value without a tag.
    pub(super) fn put(&self, value: &str) -> String {
        match self.kind {
            Kind::Scalar(_) if self.encoding.is_unverified_text() => {
                format!("w.RawString({value});")
            }
            Kind::Scalar(scalar) => format!("w.{}({value});", facts(scalar).wire),
            Kind::Enum(_) => format!("w.Int32((int){value});"),
            Kind::Message(_) => format!("w.Message({value});"),
        }
    }

    /// The expression that reads a value from JSON. For an enum it is an `int?`, null if the name is to be ignored.
    pub(super) fn read_json(&self) -> String {
        match self.kind {
            Kind::Scalar(scalar) => format!("r.{}()", json_name(scalar)),
            Kind::Enum(_) if self.takes_null => format!("r.NullEnum({})", self.table),
            Kind::Enum(_) => format!("r.Enum({})", self.table),
            Kind::Message(_) => format!("r.Message(new {}())", self.name),
        }
    }

    /// The statement that writes a value to JSON.
    pub(super) fn write_json(&self, value: &str) -> String {
        match self.kind {
            Kind::Scalar(scalar) => format!("w.{}({value});", json_name(scalar)),
            Kind::Enum(_) if self.takes_null => "w.Null();".to_owned(),
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

    /// The expression for what the text format needs to know of this type.
    pub(super) fn text_type(&self) -> String {
        match self.kind {
            Kind::Scalar(_) if self.encoding.is_unverified_text() => {
                "TextCodec.RawString".to_owned()
            }
            Kind::Scalar(scalar) => format!("TextCodec.{}", facts(scalar).wire),
            Kind::Enum(_) => format!("TextCodec.Enum({})", self.table),
            Kind::Message(_) => {
                let kind = if self.encoding.delimited {
                    "Group"
                } else {
                    "Message"
                };
                format!("TextCodec.{kind}(() => new {}())", self.name)
            }
        }
    }

    /// The expression for the codec of an extension of this type.
    pub(super) fn codec(&self) -> String {
        let name = &self.name;
        match self.kind {
            Kind::Scalar(_) if self.encoding.is_unverified_text() => "Codecs.RawString".to_owned(),
            Kind::Scalar(scalar) => format!("Codecs.{}", facts(scalar).wire),
            Kind::Enum(_) => format!(
                "new EnumCodec<{name}>({}, number => ({name})number, value => (int)value)",
                self.table
            ),
            Kind::Message(_) => {
                let group = if self.encoding.delimited {
                    ", true"
                } else {
                    ""
                };
                format!(
                    "new MessageCodec<{name}>(() => new {name}(), value => value.Clone(){group})"
                )
            }
        }
    }
}

/// The prefix of the methods that read and write a map's keys in JSON.
pub(super) fn json_name(scalar: Scalar) -> &'static str {
    match scalar.primitive() {
        Primitive::Double => "Double",
        Primitive::Float => "Float",
        Primitive::Int32 => "Int32",
        Primitive::Int64 => "Int64",
        Primitive::Uint32 => "Uint32",
        Primitive::Uint64 => "Uint64",
        Primitive::Bool => "Bool",
        Primitive::String => "String",
        Primitive::Bytes => "Bytes",
    }
}
