//! How values stand in the binary format: tags, wire types, widths. True in every language, so computed here alone.

use super::{Contract, Default, Field, Scalar, Shape, Type, WellKnown};

/// What a scalar holds, however it is encoded: `sint32` and `sfixed32` hold what `int32` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Primitive {
    /// IEEE 754 binary64.
    Double,
    /// IEEE 754 binary32.
    Float,
    /// Signed, 32 bits.
    Int32,
    /// Signed, 64 bits.
    Int64,
    /// Unsigned, 32 bits.
    Uint32,
    /// Unsigned, 64 bits.
    Uint64,
    /// True or false.
    Bool,
    /// Text.
    String,
    /// Any bytes.
    Bytes,
}

impl Scalar {
    /// What it holds.
    #[must_use]
    pub fn primitive(self) -> Primitive {
        match self {
            Self::Double => Primitive::Double,
            Self::Float => Primitive::Float,
            Self::Int32 | Self::Sint32 | Self::Sfixed32 => Primitive::Int32,
            Self::Int64 | Self::Sint64 | Self::Sfixed64 => Primitive::Int64,
            Self::Uint32 | Self::Fixed32 => Primitive::Uint32,
            Self::Uint64 | Self::Fixed64 => Primitive::Uint64,
            Self::Bool => Primitive::Bool,
            Self::String => Primitive::String,
            Self::Bytes => Primitive::Bytes,
        }
    }

    /// The bytes that each value takes where the encoding says so (the `fixed` types and floating point); `None` for
    /// varints and what has a length.
    #[must_use]
    pub fn fixed_width(self) -> Option<u32> {
        match self.wire_type() {
            1 => Some(8),
            5 => Some(4),
            _ => None,
        }
    }
}

/// A tag: what stands before each value, made of a field number and a wire type
/// (protobuf encoding guide, "Message Structure").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(u32);

impl Tag {
    /// The tag of a field number and a wire type.
    #[must_use]
    pub fn new(number: i32, wire_type: u32) -> Self {
        Self(number.unsigned_abs() << 3 | wire_type)
    }

    /// The number that is written as a varint.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// The varint.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = self.0;
        while rest >= 0x80 {
            bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
        bytes
    }

    /// The tag that ends a group which this tag starts.
    #[must_use]
    pub fn end_of_group(self) -> Self {
        Self(self.0 & !7 | 4)
    }
}

impl From<u32> for Tag {
    fn from(varint: u32) -> Self {
        Self(varint)
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How one value of a field is encoded: the value of a singular field, an element of a list, a map's key or value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding {
    /// The type.
    pub ty: Type,
    /// Whether a message is written between group tags instead of with a length. False for all else.
    pub delimited: bool,
    /// Whether the UTF-8 of text is verified. False for all else.
    pub verify_utf8: bool,
}

impl Encoding {
    /// The wire type of one value; 3 (start group) for a delimited message.
    #[must_use]
    pub fn wire_type(self) -> u32 {
        self.ty.wire_type(self.delimited)
    }

    /// The tag before one value that stands by itself.
    #[must_use]
    pub fn tag(self, number: i32) -> Tag {
        Tag::new(number, self.wire_type())
    }

    /// Whether a list of them may be packed: readers take both forms then.
    #[must_use]
    pub fn is_packable(self) -> bool {
        !matches!(self.wire_type(), 2 | 3)
    }

    /// Whether it is text that is not verified.
    #[must_use]
    pub fn is_unverified_text(self) -> bool {
        self.ty == Type::Scalar(Scalar::String) && !self.verify_utf8
    }
}

impl Field {
    /// How its values are encoded: the singular value, the elements of a list, the values of a map.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        let ty = self.shape.value_type();
        Encoding {
            ty,
            delimited: self.delimited,
            verify_utf8: self.verify_utf8 && ty == Type::Scalar(Scalar::String),
        }
    }

    /// How the keys of a map are encoded; `None` for all else.
    #[must_use]
    pub fn key_encoding(&self) -> Option<Encoding> {
        match self.shape {
            Shape::Map { key, .. } => Some(Encoding {
                ty: Type::Scalar(key),
                delimited: false,
                verify_utf8: self.verify_utf8 && key == Scalar::String,
            }),
            Shape::Singular { .. } | Shape::Repeated { .. } => None,
        }
    }

    /// The tag that it is written with: that of each value, or the one before a packed list.
    #[must_use]
    pub fn tag(&self) -> Tag {
        match self.shape {
            Shape::Repeated { packed: true, .. } => self.packed_tag(),
            Shape::Singular { .. } | Shape::Repeated { packed: false, .. } | Shape::Map { .. } => {
                self.value_tag()
            }
        }
    }

    /// The tag before each value that stands by itself; for a map, before each entry.
    #[must_use]
    pub fn value_tag(&self) -> Tag {
        match self.shape {
            Shape::Map { .. } => Tag::new(self.number, 2),
            Shape::Singular { .. } | Shape::Repeated { .. } => self.encoding().tag(self.number),
        }
    }

    /// The tag before a packed list: readers take it for each packable type, whether or not it is written so.
    #[must_use]
    pub fn packed_tag(&self) -> Tag {
        Tag::new(self.number, 2)
    }
}

impl Contract {
    /// Whether JSON's `null` is a value of the type: of `google.protobuf.Value` and `google.protobuf.NullValue`.
    #[must_use]
    pub fn takes_null(&self, ty: Type) -> bool {
        match ty {
            Type::Scalar(_) => false,
            Type::Enum(id) => self.enumeration(id).is_null_value(),
            Type::Message(id) => self.message(id).well_known == Some(WellKnown::Value),
        }
    }

    /// Whether numbers that the type does not name are kept out of fields, as unknown fields.
    #[must_use]
    pub fn is_closed(&self, ty: Type) -> bool {
        match ty {
            Type::Scalar(_) | Type::Message(_) => false,
            Type::Enum(id) => self.enumeration(id).closed,
        }
    }

    /// What an unset field reads as where that is not the zero of its type: its explicit default, or the first value
    /// of an enum that does not begin with 0.
    #[must_use]
    pub fn default_of(&self, field: &Field) -> Option<Default> {
        if field.default.is_some() {
            return field.default.clone();
        }
        match field.shape.value_type() {
            Type::Enum(id) => match self.enumeration(id).default_number() {
                0 => None,
                number => Some(Default::Enum(number)),
            },
            Type::Scalar(_) | Type::Message(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_varints() {
        assert_eq!(Tag::new(1, 0).bytes(), [0x08]);
        assert_eq!(Tag::new(15, 7).bytes(), [0x7f]);
        assert_eq!(Tag::new(16, 0).bytes(), [0x80, 0x01]);
        assert_eq!(
            Tag::new(536_870_911, 5).bytes(),
            [0xfd, 0xff, 0xff, 0xff, 0x0f]
        );
        assert_eq!(Tag::new(5, 3).end_of_group(), Tag::new(5, 4));
    }

    #[test]
    fn widths_are_those_of_the_wire() {
        for scalar in Scalar::ALL {
            let width = scalar.fixed_width();
            assert_eq!(
                width.is_some(),
                matches!(scalar.wire_type(), 1 | 5),
                "{scalar:?}"
            );
        }
        assert_eq!(Scalar::Sfixed32.fixed_width(), Some(4));
        assert_eq!(Scalar::Double.fixed_width(), Some(8));
    }
}
