//! How messages are compared, hashed, merged and checked for required fields, field by field.

use super::field::FieldCode;
use super::text::{block, string};
use super::types::{Kind, Value};
use crate::contract::{Scalar, Shape};

/// The condition that a field is equal in `other`. Not for members of oneofs.
pub(super) fn equal(code: &FieldCode<'_>) -> String {
    let storage = &code.storage;
    let (left, right) = (storage.clone(), format!("other.{storage}"));
    match code.field.shape {
        Shape::Singular { .. } => equal_values(&code.value, &left, &right),
        Shape::Repeated { .. } | Shape::Map { .. } => {
            format!(
                "MessageValues.Same({left}, {right}{})",
                comparer(&code.value)
            )
        }
    }
}

/// The condition that two values are equal.
pub(super) fn equal_values(value: &Value, left: &str, right: &str) -> String {
    match value.kind {
        Kind::Scalar(Scalar::Double | Scalar::Float | Scalar::Bytes) => {
            format!("MessageValues.Same({left}, {right})")
        }
        Kind::Scalar(_) | Kind::Enum(_) => format!("{left} == {right}"),
        Kind::Message(_) => format!("Equals({left}, {right})"),
    }
}

/// The statement that hashes a field. Not for members of oneofs.
pub(super) fn hash(code: &FieldCode<'_>) -> String {
    let storage = &code.storage;
    match code.field.shape {
        Shape::Singular { .. } => format!("hash.Add({});", hashed(&code.value, storage)),
        Shape::Repeated { .. } | Shape::Map { .. } => {
            format!(
                "hash.Add(MessageValues.Hash({storage}{}));",
                comparer(&code.value)
            )
        }
    }
}

/// The expression of which a hash is made.
pub(super) fn hashed(value: &Value, expression: &str) -> String {
    match value.kind {
        Kind::Scalar(Scalar::Double | Scalar::Float | Scalar::Bytes) => {
            format!("MessageValues.Hash({expression})")
        }
        Kind::Scalar(_) | Kind::Enum(_) | Kind::Message(_) => expression.to_owned(),
    }
}

fn comparer(value: &Value) -> String {
    value
        .comparer()
        .map_or_else(String::new, |comparer| format!(", {comparer}"))
}

/// The statements that merge a field of `other`. Not for members of oneofs.
pub(super) fn merge(code: &FieldCode<'_>) -> Vec<String> {
    let (storage, value) = (&code.storage, &code.value);
    match code.field.shape {
        Shape::Singular { .. } => {
            let other = format!("other.{storage}");
            let statement = if value.is_message() {
                format!("({storage} ??= new {}()).MergeFrom({other});", value.name)
            } else {
                let copy = value.copy(&other).unwrap_or(other);
                format!("{storage} = {copy};")
            };
            block(format!("if ({})", code.is_set("other.")), [statement])
        }
        Shape::Repeated { .. } | Shape::Map { .. } => {
            let copy = value
                .copy("element")
                .map_or_else(String::new, |copy| format!(", element => {copy}"));
            vec![format!(
                "MessageValues.Append(ref {storage}, other.{storage}{copy});"
            )]
        }
    }
}

/// The expression for the path to a required field that is missing in a field; `None` if there can be none.
/// `needs` says so of each message, by its index.
pub(super) fn missing(code: &FieldCode<'_>, needs: &[bool]) -> Option<String> {
    let (storage, name) = (&code.storage, string(&code.field.name));
    let inner = match code.value.kind {
        Kind::Message(id) => needs[id.index()],
        Kind::Scalar(_) | Kind::Enum(_) => false,
    };
    let held = match &code.arm {
        Some(arm) => format!("({storage} as {arm})?.Value"),
        None => storage.clone(),
    };
    match (code.is_required(), inner) {
        (true, true) => Some(format!(
            "({storage} == null ? {name} : FindMissing({name}, {storage}))"
        )),
        (true, false) => Some(format!("({storage} == null ? {name} : null)")),
        (false, true) => Some(format!("FindMissing({name}, {held})")),
        (false, false) => None,
    }
}

/// The arm that names a field in the path of an error.
pub(super) fn describe(code: &FieldCode<'_>) -> String {
    let (number, name) = (code.field.number, string(&code.field.name));
    match code.field.shape {
        Shape::Repeated { .. } => format!("{number} => DescribeElement({name}, {}),", code.storage),
        Shape::Singular { .. } | Shape::Map { .. } => format!("{number} => {name},"),
    }
}
