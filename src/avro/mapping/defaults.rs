//! What a reader takes for a field that the writer did not know, and what protobuf itself reads for an absent one.

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::builder::Builder;
use super::form::{Form, Holds};
use crate::contract::{Contract, Default, Field, Presence, Primitive, Type};

/// The Avro default of a field: what the field reads as when it is absent on the wire, so that contracts evolve as in
/// protobuf. `None` for a required one, which may no more be added in Avro than in protobuf.
pub(super) fn of(builder: &Builder<'_>, field: &Field, holds: Holds) -> Option<Value> {
    match holds {
        Holds::Plain(_) if field.presence() == Some(Presence::Required) => None,
        Holds::Plain(form) => Some(zero(builder, form)),
        Holds::Nullable(_) | Holds::NullForZero(_) => Some(Value::Null),
        Holds::List(_) | Holds::Entries { .. } => Some(json!([])),
        Holds::Map(_) | Holds::TextMap(..) => Some(json!({})),
    }
}

/// The zero of a form. Messages are never without presence; theirs is not asked for.
fn zero(builder: &Builder<'_>, form: Form) -> Value {
    match form {
        Form::Scalar(scalar) => match scalar.primitive() {
            Primitive::Bool => json!(false),
            Primitive::Double | Primitive::Float => json!(0.0),
            Primitive::String | Primitive::Bytes => json!(""),
            Primitive::Int32 | Primitive::Int64 | Primitive::Uint32 | Primitive::Uint64 => json!(0),
        },
        // Bytes stand as the characters of the same numbers.
        Form::Decimal => json!("\0"),
        Form::Fixed(_) => json!("\0\0\0\0\0\0\0\0"),
        Form::LongBits => json!(0),
        Form::Digits => json!("0"),
        Form::Symbol(id, _) | Form::EnumText(id) => json!(builder.default_symbol(id)),
        Form::EnumNumber(id) => json!(builder.contract.enumeration(id).default_number()),
        Form::Record(..)
        | Form::Timestamp(..)
        | Form::Wrapper(..)
        | Form::Json(_)
        | Form::Paths(_) => Value::Null,
    }
}

/// The explicit default of proto2 and editions, as in ProtoJSON. Never Avro's own: an absent field is told from one that
/// holds its default.
pub(super) fn explicit(contract: &Contract, field: &Field) -> Option<Value> {
    Some(match field.default.as_ref()? {
        Default::Bool(value) => json!(value),
        Default::Int(value) => json!(value),
        Default::Uint(value) => json!(value),
        // By its shortest notation: the conversion to double would show digits that nobody wrote.
        Default::Float(value) => special(f64::from(*value))
            .unwrap_or_else(|| json!(value.to_string().parse::<f64>().unwrap_or(0.0))),
        Default::Double(value) => special(*value).unwrap_or_else(|| json!(value)),
        Default::String(value) => json!(value),
        Default::Bytes(value) => json!(BASE64.encode(value)),
        Default::Enum(number) => match field.shape.value_type() {
            Type::Enum(id) => match contract.enumeration(id).value(*number) {
                Some(value) => json!(value.name),
                None => json!(number),
            },
            Type::Scalar(_) | Type::Message(_) => json!(number),
        },
    })
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
