//! The `default` keyword: what an absent field reads as. An annotation; it never changes what is valid.

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::dialect::Dialect;
use super::pattern::Integer;
use crate::contract::{Contract, Default, Enum, Field, Presence, Primitive, Shape, Type};

/// The value that a field reads as when it is absent, in canonical ProtoJSON; `None` where absence is a value of its own
/// and for lists and maps, where it would say nothing.
pub(super) fn of(contract: &Contract, dialect: &dyn Dialect, field: &Field) -> Option<Value> {
    let Shape::Singular { ty, presence } = field.shape else {
        return None;
    };
    match (&field.default, presence) {
        (Some(default), _) => Some(explicit(contract, dialect, ty, default)),
        (None, Presence::Implicit) => zero(contract, dialect, ty),
        (None, Presence::Explicit | Presence::Required) => None,
    }
}

/// An explicit default of proto2 or an edition.
fn explicit(contract: &Contract, dialect: &dyn Dialect, ty: Type, default: &Default) -> Value {
    match default {
        Default::Bool(value) => json!(value),
        Default::Int(value) => integer(ty, json!(value)),
        Default::Uint(value) => integer(ty, json!(value)),
        // By its shortest notation: the conversion to double would show digits that nobody wrote.
        Default::Float(value) => special(f64::from(*value))
            .unwrap_or_else(|| json!(value.to_string().parse::<f64>().unwrap_or(0.0))),
        Default::Double(value) => special(*value).unwrap_or_else(|| json!(value)),
        Default::String(value) => json!(value),
        Default::Bytes(value) => json!(BASE64.encode(value)),
        Default::Enum(number) => match ty {
            Type::Enum(id) => enumerated(dialect, contract.enumeration(id), *number),
            Type::Scalar(_) | Type::Message(_) => json!(number),
        },
    }
}

/// The zero value of a type; messages have none.
fn zero(contract: &Contract, dialect: &dyn Dialect, ty: Type) -> Option<Value> {
    match ty {
        Type::Scalar(scalar) => Some(match scalar.primitive() {
            Primitive::Bool => json!(false),
            Primitive::String | Primitive::Bytes => json!(""),
            Primitive::Double | Primitive::Float => json!(0),
            Primitive::Int32 | Primitive::Int64 | Primitive::Uint32 | Primitive::Uint64 => {
                integer(ty, json!(0))
            }
        }),
        Type::Enum(id) => {
            let enumeration = contract.enumeration(id);
            Some(enumerated(
                dialect,
                enumeration,
                enumeration.default_number(),
            ))
        }
        Type::Message(_) => None,
    }
}

/// An integer, in quotes where ProtoJSON writes them.
fn integer(ty: Type, number: Value) -> Value {
    let quoted = match ty {
        Type::Scalar(scalar) => Integer::of(scalar).is_some_and(Integer::is_quoted),
        Type::Message(_) | Type::Enum(_) => false,
    };
    if quoted {
        number.to_string().into()
    } else {
        number
    }
}

/// The name of a floating-point value that is no JSON number.
fn special(value: f64) -> Option<Value> {
    if value.is_nan() {
        Some(json!("NaN"))
    } else if value.is_infinite() {
        Some(json!(if value > 0.0 { "Infinity" } else { "-Infinity" }))
    } else {
        None
    }
}

/// An enum value in the dialect's form.
fn enumerated(dialect: &dyn Dialect, enumeration: &Enum, number: i32) -> Value {
    if enumeration.is_null_value() {
        return Value::Null;
    }
    match enumeration.value(number) {
        Some(value) if !dialect.writes_enum_numbers() => json!(value.name),
        Some(_) | None => json!(number),
    }
}
