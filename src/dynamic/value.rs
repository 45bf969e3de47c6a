//! Values of fields: which Rust type holds which protobuf type. Knows no field and no format.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Message;
use crate::contract::Scalar;

/// The value of a field. Text and bytes are borrowed from the input where that is possible; see
/// [`Message::into_owned`].
///
/// | protobuf | value |
/// |---|---|
/// | `int32` `sint32` `sfixed32` | [`Value::I32`] |
/// | `int64` `sint64` `sfixed64` | [`Value::I64`] |
/// | `uint32` `fixed32` | [`Value::U32`] |
/// | `uint64` `fixed64` | [`Value::U64`] |
/// | `string` | [`Value::String`]; [`Value::Bytes`] only if it is no UTF-8 and the contract does not verify that |
/// | enum | [`Value::Enum`], its number |
/// | message, group | [`Value::Message`] |
/// | `repeated` | [`Value::List`], never empty in a message that was read |
/// | `map` | [`Value::Map`], likewise |
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A bool.
    Bool(bool),
    /// A signed 32-bit integer of any encoding.
    I32(i32),
    /// A signed 64-bit integer of any encoding.
    I64(i64),
    /// An unsigned 32-bit integer of any encoding.
    U32(u32),
    /// An unsigned 64-bit integer of any encoding.
    U64(u64),
    /// A float.
    F32(f32),
    /// A double.
    F64(f64),
    /// Text.
    String(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// The number of an enum's value, which an open enum need not name.
    Enum(i32),
    /// A message.
    Message(Box<Message<'a>>),
    /// The elements of a repeated field.
    List(Vec<Value<'a>>),
    /// The entries of a map field.
    Map(Map<'a>),
}

/// The entries of a map field, in the order in which they are written.
pub type Map<'a> = BTreeMap<Key<'a>, Value<'a>>;

/// The key of a map's entry. Keys are ordered as they are written: numbers by value, false before true, text by bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key<'a> {
    /// A bool.
    Bool(bool),
    /// A signed 32-bit integer.
    I32(i32),
    /// A signed 64-bit integer.
    I64(i64),
    /// An unsigned 32-bit integer.
    U32(u32),
    /// An unsigned 64-bit integer.
    U64(u64),
    /// Text.
    String(Cow<'a, str>),
    /// Text that is no UTF-8, where the contract does not verify that.
    Bytes(Cow<'a, [u8]>),
}

impl Key<'_> {
    /// Where keys of different types stand; those of one map are all of one type.
    fn rank(&self) -> u8 {
        match self {
            Self::Bool(_) => 0,
            Self::I32(_) => 1,
            Self::I64(_) => 2,
            Self::U32(_) => 3,
            Self::U64(_) => 4,
            Self::String(_) | Self::Bytes(_) => 5,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::String(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
            Self::Bool(_) | Self::I32(_) | Self::I64(_) | Self::U32(_) | Self::U64(_) => &[],
        }
    }

    /// The same key without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Key<'static> {
        match self {
            Self::Bool(value) => Key::Bool(value),
            Self::I32(value) => Key::I32(value),
            Self::I64(value) => Key::I64(value),
            Self::U32(value) => Key::U32(value),
            Self::U64(value) => Key::U64(value),
            Self::String(text) => Key::String(text.into_owned().into()),
            Self::Bytes(bytes) => Key::Bytes(bytes.into_owned().into()),
        }
    }
}

impl Ord for Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::I32(a), Self::I32(b)) => a.cmp(b),
            (Self::I64(a), Self::I64(b)) => a.cmp(b),
            (Self::U32(a), Self::U32(b)) => a.cmp(b),
            (Self::U64(a), Self::U64(b)) => a.cmp(b),
            (a, b) => (a.rank().cmp(&b.rank())).then_with(|| a.bytes().cmp(b.bytes())),
        }
    }
}

impl PartialOrd for Key<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Value<'a> {
    /// The value that a scalar field has when nothing sets it and the contract gives no other default.
    #[must_use]
    pub fn zero(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Double => Self::F64(0.0),
            Scalar::Float => Self::F32(0.0),
            Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => Self::I32(0),
            Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => Self::I64(0),
            Scalar::Uint32 | Scalar::Fixed32 => Self::U32(0),
            Scalar::Uint64 | Scalar::Fixed64 => Self::U64(0),
            Scalar::Bool => Self::Bool(false),
            Scalar::String => Self::String(Cow::Borrowed("")),
            Scalar::Bytes => Self::Bytes(Cow::Borrowed(&[])),
        }
    }

    /// Whether a field with implicit presence that holds this is unset. Minus zero is a value.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Bool(value) => !value,
            Self::I32(value) | Self::Enum(value) => *value == 0,
            Self::I64(value) => *value == 0,
            Self::U32(value) => *value == 0,
            Self::U64(value) => *value == 0,
            Self::F32(value) => value.to_bits() == 0,
            Self::F64(value) => value.to_bits() == 0,
            Self::String(text) => text.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Message(_) => false,
        }
    }

    /// Whether the value has the Rust type of this scalar.
    pub(super) fn is_of(&self, scalar: Scalar) -> bool {
        match self {
            Self::Bytes(_) => matches!(scalar, Scalar::Bytes | Scalar::String),
            Self::Bool(_)
            | Self::I32(_)
            | Self::I64(_)
            | Self::U32(_)
            | Self::U64(_)
            | Self::F32(_)
            | Self::F64(_)
            | Self::String(_) => {
                std::mem::discriminant(self) == std::mem::discriminant(&Self::zero(scalar))
            }
            Self::Enum(_) | Self::Message(_) | Self::List(_) | Self::Map(_) => false,
        }
    }

    /// The same value without a borrow.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Bool(value) => Value::Bool(value),
            Self::I32(value) => Value::I32(value),
            Self::I64(value) => Value::I64(value),
            Self::U32(value) => Value::U32(value),
            Self::U64(value) => Value::U64(value),
            Self::F32(value) => Value::F32(value),
            Self::F64(value) => Value::F64(value),
            Self::String(text) => Value::String(text.into_owned().into()),
            Self::Bytes(bytes) => Value::Bytes(bytes.into_owned().into()),
            Self::Enum(number) => Value::Enum(number),
            Self::Message(message) => Value::from(message.into_owned()),
            Self::List(list) => Value::List(list.into_iter().map(Value::into_owned).collect()),
            Self::Map(map) => Value::Map(
                map.into_iter()
                    .map(|(key, value)| (key.into_owned(), value.into_owned()))
                    .collect(),
            ),
        }
    }

    /// The value as the key of a map's entry; `None` if no map has such keys.
    #[must_use]
    pub fn into_key(self) -> Option<Key<'a>> {
        match self {
            Self::Bool(value) => Some(Key::Bool(value)),
            Self::I32(value) => Some(Key::I32(value)),
            Self::I64(value) => Some(Key::I64(value)),
            Self::U32(value) => Some(Key::U32(value)),
            Self::U64(value) => Some(Key::U64(value)),
            Self::String(text) => Some(Key::String(text)),
            Self::Bytes(bytes) => Some(Key::Bytes(bytes)),
            Self::F32(_)
            | Self::F64(_)
            | Self::Enum(_)
            | Self::Message(_)
            | Self::List(_)
            | Self::Map(_) => None,
        }
    }

    /// The text, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The message, if it is one.
    #[must_use]
    pub fn as_message(&self) -> Option<&Message<'a>> {
        if let Self::Message(message) = self {
            Some(message)
        } else {
            None
        }
    }
}

impl<'a> From<Message<'a>> for Value<'a> {
    fn from(message: Message<'a>) -> Self {
        Self::Message(Box::new(message))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl<'a> From<&Key<'a>> for Value<'a> {
    fn from(key: &Key<'a>) -> Self {
        match key {
            Key::Bool(value) => Self::Bool(*value),
            Key::I32(value) => Self::I32(*value),
            Key::I64(value) => Self::I64(*value),
            Key::U32(value) => Self::U32(*value),
            Key::U64(value) => Self::U64(*value),
            Key::String(text) => Self::String(text.clone()),
            Key::Bytes(bytes) => Self::Bytes(bytes.clone()),
        }
    }
}
