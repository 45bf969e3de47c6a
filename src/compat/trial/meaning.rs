//! What a value means apart from the type that holds it: 5 is 5 in every integer type, text is its bytes, a map is its
//! entries. Decides when two sides mean the same.

use super::{Effect, Format};
use crate::contract::{Field, Message as MessageType, Scalar, Shape, WellKnown};
use crate::dynamic::{Codec, Key, Message, Value};

/// The meaning of one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// An integer, a bool or the number of an enum's value.
    Number(i128),
    /// A float or double, by its bits as a double.
    Float(u64),
    /// Text or bytes.
    Bytes(Vec<u8>),
    /// A message: its set fields by number, and its bytes.
    Message(Vec<(i32, Vec<Meaning>)>, Vec<u8>),
}

impl Meaning {
    fn is_zero(&self) -> bool {
        match self {
            Self::Number(number) => *number == 0,
            Self::Float(bits) => *bits == 0,
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Message(fields, _) => fields.is_empty(),
        }
    }

    /// Whether both mean the same. A message and text or bytes that hold it do.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Message(_, bytes), Self::Bytes(held))
            | (Self::Bytes(held), Self::Message(_, bytes)) => bytes == held,
            // In JSON one number is as good as another that is equal to it.
            (Self::Number(number), Self::Float(bits))
            | (Self::Float(bits), Self::Number(number)) => {
                is_exactly(*number, f64::from_bits(*bits))
            }
            (Self::Message(fields, _), Self::Message(others, _)) => {
                holds(fields, others) && holds(others, fields)
            }
            (Self::Number(_) | Self::Float(_) | Self::Bytes(_) | Self::Message(..), other) => {
                self == other
            }
        }
    }
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "what is lost in one direction shows in the other"
)]
fn is_exactly(number: i128, float: f64) -> bool {
    number as f64 == float && float as i128 == number
}

/// Whether all fields of one message are in the other. What is not set is like a zero: presence inside is told of the
/// message inside.
fn holds(fields: &[(i32, Vec<Meaning>)], others: &[(i32, Vec<Meaning>)]) -> bool {
    fields.iter().all(
        |(number, values)| match others.iter().find(|(other, _)| other == number) {
            Some((_, others)) => same(values, others),
            None => values.iter().all(Meaning::is_zero),
        },
    )
}

fn same(one: &[Meaning], other: &[Meaning]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_like(other))
}

/// The values of a field in a message: none, one, or the elements and entries.
pub(super) fn of_field(
    codec: &Codec<'_>,
    message: &Message<'_>,
    number: i32,
    format: Format,
) -> Vec<Meaning> {
    message
        .get(number)
        .map_or_else(Vec::new, |value| elements(codec, value, format))
}

/// The meanings of a field's value.
pub(super) fn elements(codec: &Codec<'_>, value: &Value<'_>, format: Format) -> Vec<Meaning> {
    match value {
        Value::List(list) => list.iter().map(|value| one(codec, value, format)).collect(),
        Value::Map(map) => {
            let entry = |(key, value): (&Key<'_>, &Value<'_>)| {
                let fields = vec![
                    (1, vec![one(codec, &Value::from(key), format)]),
                    (2, vec![one(codec, value, format)]),
                ];
                Meaning::Message(fields, Vec::new())
            };
            map.iter().map(entry).collect()
        }
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_)
        | Value::Message(_) => vec![one(codec, value, format)],
    }
}

fn one(codec: &Codec<'_>, value: &Value<'_>, format: Format) -> Meaning {
    match value {
        Value::Bool(value) => Meaning::Number((*value).into()),
        Value::I32(value) | Value::Enum(value) => Meaning::Number((*value).into()),
        Value::I64(value) => Meaning::Number((*value).into()),
        Value::U32(value) => Meaning::Number((*value).into()),
        Value::U64(value) => Meaning::Number((*value).into()),
        Value::F32(value) => Meaning::Float(f64::from(*value).to_bits()),
        Value::F64(value) => Meaning::Float(value.to_bits()),
        Value::String(text) => Meaning::Bytes(text.as_bytes().to_vec()),
        Value::Bytes(bytes) => Meaning::Bytes(bytes.to_vec()),
        Value::Message(message) => of_message(codec, message, format),
        // A list holds neither lists nor maps.
        Value::List(_) | Value::Map(_) => Meaning::Message(Vec::new(), Vec::new()),
    }
}

fn of_message(codec: &Codec<'_>, message: &Message<'_>, format: Format) -> Meaning {
    let ty = codec.contract().message(message.ty());
    if let (Format::Json, Some(scalar)) = (format, wrapped(ty)) {
        // In JSON a wrapper is what it wraps.
        return match message.get(1) {
            Some(value) => one(codec, value, format),
            None => one(codec, &Value::zero(scalar), format),
        };
    }
    let fields = message.fields();
    let fields = fields.map(|(number, value)| (number, elements(codec, value, format)));
    Meaning::Message(fields.collect(), codec.write(message).unwrap_or_default())
}

fn wrapped(ty: &MessageType) -> Option<Scalar> {
    if let Some(WellKnown::Wrapper(scalar)) = ty.well_known {
        Some(scalar)
    } else {
        None
    }
}

/// What an unset singular field reads as.
pub(super) fn default(codec: &Codec<'_>, field: &Field, format: Format) -> Option<Meaning> {
    match field.shape {
        Shape::Singular { .. } => Some(one(codec, &codec.default_of(field), format)),
        Shape::Repeated { .. } | Shape::Map { .. } => None,
    }
}

/// Whether two lists hold the same entries: those of a map have no order.
fn alike(one: &[Meaning], other: &[Meaning]) -> bool {
    let within = |one: &[Meaning], other: &[Meaning]| {
        one.iter()
            .all(|it| other.iter().any(|other| it.is_like(other)))
    };
    one.len() == other.len() && within(one, other) && within(other, one)
}

/// What became of the written values, `None` if nothing did. `defaults` are what the field reads as unset on either side;
/// `unordered` says that one side is a map.
pub(super) fn compare(
    meant: &[Meaning],
    seen: &[Meaning],
    defaults: (Option<&Meaning>, Option<&Meaning>),
    unordered: bool,
) -> Option<Effect> {
    if same(meant, seen) || (unordered && alike(meant, seen)) {
        return None;
    }
    let is_default = |values: &[Meaning], default: Option<&Meaning>| match (values, default) {
        ([value], Some(default)) => value.is_like(default),
        ([] | [_] | [_, _, ..], _) => false,
    };
    let faint = (meant.is_empty() && is_default(seen, defaults.1))
        || (seen.is_empty() && is_default(meant, defaults.0) && is_default(meant, defaults.1));
    if faint {
        return Some(Effect::Presence);
    }
    let mut rest = meant.iter();
    let is_part = seen.iter().all(|it| rest.any(|other| other.is_like(it)));
    Some(if is_part && seen.len() < meant.len() {
        Effect::Lost
    } else {
        Effect::Changed
    })
}
