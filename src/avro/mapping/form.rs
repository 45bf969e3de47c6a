//! What becomes of each element: the mapping as data. A schema is printed from it and data is converted by it. Facts of
//! Avro alone; the contract stays the authority on fields, numbers and presence.

use crate::avro::schema::TypeId;
use crate::contract::{EnumId, MessageId, OneofId, Scalar};

/// How a value looks in Avro, its absence aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A scalar that Avro has as it is, or in a wider type: `uint32` is a `long`.
    Scalar(Scalar),
    /// An unsigned 64-bit integer as a `decimal`: big-endian two's complement, as few bytes as will do.
    Decimal,
    /// An unsigned 64-bit integer as a `long` of the same bits.
    LongBits,
    /// An unsigned 64-bit integer as eight bytes, the highest first, in this fixed.
    Fixed(TypeId),
    /// An unsigned 64-bit integer as digits.
    Digits,
    /// An enum as an Avro enum.
    Symbol(EnumId, TypeId),
    /// An enum as its name, or digits.
    EnumText(EnumId),
    /// An enum as its number.
    EnumNumber(EnumId),
    /// A message as a record.
    Record(MessageId, TypeId),
    /// `google.protobuf.Timestamp` as a `long` of this many units in a second, and the name of the logical type.
    Timestamp(MessageId, i64, &'static str),
    /// A wrapper as its value: the message, and the scalar with the form that it has.
    Wrapper(MessageId, Wrapped),
    /// `google.protobuf.Struct`, `Value` or `ListValue` as the text of its JSON.
    Json(MessageId),
    /// `google.protobuf.FieldMask` as an array of its paths.
    Paths(MessageId),
}

/// The value of a wrapper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapped {
    /// See [`Form::Scalar`].
    Scalar(Scalar),
    /// See [`Form::Decimal`].
    Decimal,
    /// See [`Form::LongBits`].
    LongBits,
    /// See [`Form::Fixed`].
    Fixed(TypeId),
    /// See [`Form::Digits`].
    Digits,
}

impl Wrapped {
    /// The form of the value alone.
    #[must_use]
    pub fn form(self) -> Form {
        match self {
            Self::Scalar(scalar) => Form::Scalar(scalar),
            Self::Decimal => Form::Decimal,
            Self::LongBits => Form::LongBits,
            Self::Fixed(id) => Form::Fixed(id),
            Self::Digits => Form::Digits,
        }
    }
}

/// What a field of a record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// A field of the message, by its index in [`Message::fields`](crate::contract::Message::fields).
    Field(usize, Holds),
    /// A oneof: null or a record per member.
    Oneof(OneofId, Vec<Member>),
}

/// A member of a oneof in a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its index in [`Message::fields`](crate::contract::Message::fields).
    pub field: usize,
    /// The record around its value, whose only field is `value`.
    pub record: TypeId,
    /// Its value.
    pub form: Form,
}

/// How the values of a field are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One value that is always there. A field without presence holds its zero.
    Plain(Form),
    /// `null` for a field that is absent.
    Nullable(Form),
    /// `null` for a field without presence that is zero.
    NullForZero(Form),
    /// A list.
    List(Form),
    /// A map with string keys.
    Map(Form),
    /// A map with the keys as text: key type, then value.
    TextMap(Scalar, Form),
    /// A list of records with `key` and `value`.
    Entries {
        /// The record.
        record: TypeId,
        /// The key.
        key: Form,
        /// The value.
        value: Form,
    },
}
