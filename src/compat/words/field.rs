//! A change of a field in one line.

use super::{moved, unreserved, was_reserved};
use crate::compat::delta::{Both, Ends, FieldAt, FieldChange};
use crate::contract::{Contract, Default, Field, Message, Presence, Shape, Type};

pub(super) fn of_field(
    change: FieldChange,
    holders: Both<&Message>,
    ends: Ends<FieldAt<'_>>,
    contracts: Both<&Contract>,
) -> String {
    let at = ends.any();
    let field = at.field;
    let thing = match at.extension {
        Some(extension) => format!("extension `{}`", extension.full_name),
        None => format!("field `{}` of `{}`", field.name, at.holder.full_name),
    };
    let number = field.number;
    let Some(both) = ends.both() else {
        return match change {
            FieldChange::Added => format!("{thing} is new"),
            FieldChange::Removed => format!("{thing} is gone"),
            FieldChange::Unreserved => {
                let missing = unreserved(&holders.new.reserved, number, &field.name);
                format!("{thing} is gone and {missing} not reserved")
            }
            FieldChange::NumberReused => {
                let reserved = was_reserved(&holders.old.reserved, number, &field.name);
                format!("{thing} has {reserved}, which was reserved")
            }
            FieldChange::Required => match ends {
                Ends::Old(_) => format!("required {thing} is gone"),
                Ends::New(_) | Ends::Both(_) => format!("{thing} is new and required"),
            },
            FieldChange::Renumbered
            | FieldChange::Renamed
            | FieldChange::JsonName
            | FieldChange::Kind
            | FieldChange::Cardinality
            | FieldChange::Presence
            | FieldChange::Oneof
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Moved
            | FieldChange::Type
            | FieldChange::Packing
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => format!("{thing} changed"),
        };
    };
    let types = Both {
        old: label(contracts.old, both.old.field),
        new: label(contracts.new, both.new.field),
    };
    let (old, new) = (both.old.field, both.new.field);
    match change {
        FieldChange::Renumbered => {
            format!("{thing} had number {} and has {}", old.number, new.number)
        }
        FieldChange::Renamed => match both.old.extension {
            Some(extension) => format!("{thing} was `{}`", extension.full_name),
            None => format!("{thing} was `{}`", old.name),
        },
        FieldChange::JsonName => format!(
            "{thing} was `{}` in JSON and is `{}`",
            old.json_name, new.json_name
        ),
        FieldChange::Kind | FieldChange::Cardinality | FieldChange::Type => {
            format!("{thing} was `{}` and is `{}`", types.old, types.new)
        }
        FieldChange::Required => match new.presence() {
            Some(Presence::Required) => format!("{thing} is required now"),
            Some(Presence::Implicit | Presence::Explicit) | None => {
                format!("{thing} is no longer required")
            }
        },
        FieldChange::Presence => match new.presence() {
            Some(Presence::Implicit) => format!("{thing} no longer tells unset from zero"),
            Some(Presence::Explicit | Presence::Required) | None => {
                format!("{thing} tells unset from zero now")
            }
        },
        FieldChange::Oneof => match (oneof(both.old), oneof(both.new)) {
            (Some(was), Some(is)) => format!("{thing} was in oneof `{was}` and is in `{is}`"),
            (None, Some(is)) => format!("{thing} is in oneof `{is}` now"),
            (Some(was), None) => format!("{thing} is no longer in oneof `{was}`"),
            (None, None) => format!("{thing} is in another oneof"),
        },
        FieldChange::Utf8 => match new.verify_utf8 {
            true => format!("the text of {thing} is verified now"),
            false => format!("the text of {thing} is no longer verified"),
        },
        FieldChange::Default => format!(
            "{thing} had the default {} and has {}",
            default(contracts.old, old),
            default(contracts.new, new)
        ),
        FieldChange::Packing => format!("{thing} is written in another form"),
        FieldChange::Moved => {
            let file = |at: FieldAt<'_>| at.extension.map_or(at.holder.file, |it| it.file);
            moved(&thing, ends.map(file), contracts)
        }
        FieldChange::Jstype => format!("JavaScript holds {thing} in another type"),
        FieldChange::CppString => format!("C++ holds the text of {thing} in another type"),
        FieldChange::JavaUtf8 => format!("Java verifies the text of {thing} in one version only"),
        FieldChange::Added
        | FieldChange::Removed
        | FieldChange::Unreserved
        | FieldChange::NumberReused => format!("{thing} changed"),
    }
}

fn oneof(at: FieldAt<'_>) -> Option<&str> {
    let id = at.field.oneof?;
    at.holder.oneofs.get(id.index()).map(|it| it.name.as_str())
}

/// A field's type as it is declared.
fn label(contract: &Contract, field: &Field) -> String {
    let ty = |ty: Type| match ty {
        Type::Scalar(scalar) => scalar.name().to_owned(),
        Type::Enum(id) => contract.enumeration(id).full_name.to_string(),
        Type::Message(id) if field.delimited => {
            format!("group {}", contract.message(id).full_name)
        }
        Type::Message(id) => contract.message(id).full_name.to_string(),
    };
    match field.shape {
        Shape::Singular { ty: of, .. } => ty(of),
        Shape::Repeated { ty: of, .. } => format!("repeated {}", ty(of)),
        Shape::Map { key, value } => format!("map<{}, {}>", key.name(), ty(value)),
    }
}

fn default(contract: &Contract, field: &Field) -> String {
    let Some(default) = &field.default else {
        return "of its type".to_owned();
    };
    match default {
        Default::Bool(value) => format!("`{value}`"),
        Default::Int(value) => format!("`{value}`"),
        Default::Uint(value) => format!("`{value}`"),
        Default::Float(value) => format!("`{value}`"),
        Default::Double(value) => format!("`{value}`"),
        Default::String(text) => format!("{text:?}"),
        Default::Bytes(bytes) => format!("\"{}\"", bytes.escape_ascii()),
        Default::Enum(number) => {
            let named = match field.shape.value_type() {
                Type::Enum(id) => contract.enumeration(id).value(*number),
                Type::Scalar(_) | Type::Message(_) => None,
            };
            named.map_or_else(|| format!("`{number}`"), |it| format!("`{}`", it.name))
        }
    }
}
