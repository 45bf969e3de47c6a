//! What buf says of defaults: whether an unset field reads differently, whatever its kind was and is.

use super::view::{Cardinality, Slot, Sort};
use crate::compat::delta::Both;
use crate::contract::{Contract, Default, Scalar, Type};

/// What an unset field reads as.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(Vec<u8>),
    Integer(i128),
    Float(f32),
    Double(f64),
}

/// Whether two fields that can have a default read differently where they are not set.
pub(super) fn differs(contracts: Both<&Contract>, old: &Slot<'_>, new: &Slot<'_>) -> bool {
    match (value(contracts.old, old), value(contracts.new, new)) {
        (Some(was), Some(is)) => !(was.equals(&is) || was.is_zero() && is.is_zero()),
        (Some(_) | None, _) => false,
    }
}

fn value(contract: &Contract, slot: &Slot<'_>) -> Option<Value> {
    match slot.cardinality {
        Cardinality::Repeated | Cardinality::Map => return None,
        Cardinality::Explicit | Cardinality::Implicit | Cardinality::Required => {}
    }
    let explicit = match slot.of_entry {
        true => None,
        false => slot.at.field.default.as_ref(),
    };
    Some(match (explicit, slot.sort, slot.ty) {
        (_, Sort::Message | Sort::Group, _) => return None,
        (Some(Default::Bool(value)), ..) => Value::Integer(i128::from(*value)),
        (Some(Default::Int(value)), ..) => Value::Integer(i128::from(*value)),
        (Some(Default::Uint(value)), ..) => Value::Integer(i128::from(*value)),
        (Some(Default::Float(value)), ..) => Value::Float(*value),
        (Some(Default::Double(value)), ..) => Value::Double(*value),
        (Some(Default::String(text)), ..) => Value::Text(text.as_bytes().to_vec()),
        (Some(Default::Bytes(bytes)), ..) => Value::Text(bytes.clone()),
        (Some(Default::Enum(number)), ..) => Value::Integer(i128::from(*number)),
        (None, _, Type::Enum(id)) => {
            Value::Integer(i128::from(contract.enumeration(id).default_number()))
        }
        (None, _, Type::Message(_)) => return None,
        (None, _, Type::Scalar(scalar)) => zero(scalar),
    })
}

fn zero(scalar: Scalar) -> Value {
    match scalar {
        Scalar::String | Scalar::Bytes => Value::Text(Vec::new()),
        Scalar::Float => Value::Float(0.0),
        Scalar::Double => Value::Double(0.0),
        Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint32
        | Scalar::Uint64
        | Scalar::Sint32
        | Scalar::Sint64
        | Scalar::Fixed32
        | Scalar::Fixed64
        | Scalar::Sfixed32
        | Scalar::Sfixed64
        | Scalar::Bool => Value::Integer(0),
    }
}

impl Value {
    /// Minus zero is none.
    fn is_zero(&self) -> bool {
        match self {
            Self::Text(bytes) => bytes.is_empty(),
            Self::Integer(value) => *value == 0,
            Self::Float(value) => value.to_bits() == 0,
            Self::Double(value) => value.to_bits() == 0,
        }
    }

    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Text(_), _) | (_, Self::Text(_)) => false,
            (Self::Integer(one), Self::Integer(other)) => one == other,
            (Self::Float(one), Self::Float(other)) => same(f64::from(*one), f64::from(*other)),
            // A double is cut to a float before it is compared with one.
            (Self::Float(float), Self::Double(double))
            | (Self::Double(double), Self::Float(float)) => {
                same(f64::from(*float), f64::from(cut(*double)))
            }
            (Self::Double(one), Self::Double(other)) => same(*one, *other),
            (Self::Integer(integer), Self::Float(float))
            | (Self::Float(float), Self::Integer(integer)) => {
                is_integer(f64::from(*float), *integer)
            }
            (Self::Integer(integer), Self::Double(double))
            | (Self::Double(double), Self::Integer(integer)) => is_integer(*double, *integer),
        }
    }
}

#[allow(clippy::cast_possible_truncation, reason = "that is what buf does")]
fn cut(double: f64) -> f32 {
    double as f32
}

#[allow(
    clippy::float_cmp,
    reason = "defaults are compared as they are written"
)]
fn same(one: f64, other: f64) -> bool {
    one == other || (one.is_nan() && other.is_nan())
}

/// Whether a float is exactly this integer.
#[allow(
    clippy::cast_possible_truncation,
    reason = "no integer of a contract is beyond 65 bits, and the cast saturates"
)]
fn is_integer(float: f64, integer: i128) -> bool {
    float.fract() == 0.0 && float as i128 == integer
}
