//! Values in words, short enough for one line: `total: 4294967296`.

use crate::contract::{Contract, Field, Presence, Type};
use crate::dynamic::{Codec, Key, Message, Value};

/// A field with what it holds, or that it is not set.
pub(super) fn field(contract: &Contract, field: &Field, value: Option<&Value<'_>>) -> String {
    let name = &field.name;
    match value {
        Some(value) => format!(
            "`{name}: {}`",
            shorten(&self::value(contract, field.shape.value_type(), value))
        ),
        None => format!("`{name}` not set"),
    }
}

/// What a message holds in a field; where nobody can tell whether it is set, what it reads as.
pub(super) fn held(codec: &Codec<'_>, field: &Field, message: &Message<'_>) -> String {
    let value = match field.presence() {
        Some(Presence::Implicit) => codec.get_or_default(message, field.number),
        Some(Presence::Explicit | Presence::Required) | None => message.get(field.number).cloned(),
    };
    self::field(codec.contract(), field, value.as_ref())
}

/// A value of a type.
pub(super) fn value(contract: &Contract, ty: Type, value: &Value<'_>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::I32(value) => value.to_string(),
        Value::I64(value) => value.to_string(),
        Value::U32(value) => value.to_string(),
        Value::U64(value) => value.to_string(),
        Value::F32(value) => value.to_string(),
        Value::F64(value) => value.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Bytes(bytes) => format!("\"{}\"", bytes.escape_ascii()),
        Value::Enum(number) => enum_value(contract, ty, *number),
        Value::Message(message) => self::message(contract, message),
        Value::List(list) => {
            let items: Vec<String> = list
                .iter()
                .map(|it| self::value(contract, ty, it))
                .collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entry = |(key, it): (&Key<'_>, &Value<'_>)| {
                let key = self::value(contract, ty, &Value::from(key));
                format!("{key}: {}", self::value(contract, ty, it))
            };
            let items: Vec<String> = map.iter().map(entry).collect();
            format!("{{{}}}", items.join(", "))
        }
    }
}

/// The name of an enum's number, or the number where nobody named it.
pub(super) fn enum_value(contract: &Contract, ty: Type, number: i32) -> String {
    let named = match ty {
        Type::Enum(id) => contract.enumeration(id).value(number),
        Type::Scalar(_) | Type::Message(_) => None,
    };
    match named {
        Some(value) => format!("{} ({number})", value.name),
        None => format!("{number}, which has no name"),
    }
}

fn message(contract: &Contract, message: &Message<'_>) -> String {
    let ty = contract.message(message.ty());
    let part = |(number, it): (i32, &Value<'_>)| {
        let field = ty.fields.iter().find(|field| field.number == number);
        match field {
            Some(field) => format!(
                "{}: {}",
                field.name,
                value(contract, field.shape.value_type(), it)
            ),
            None => format!("{number}: …"),
        }
    };
    let parts: Vec<String> = message.fields().map(part).collect();
    match parts.is_empty() {
        true => "{}".to_owned(),
        false => format!("{{ {} }}", parts.join(", ")),
    }
}

/// Cuts what is too long for a line.
fn shorten(text: &str) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
