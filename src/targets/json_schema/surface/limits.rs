//! What a property says of its values beyond their type, and the values at its limits: where another version draws the
//! line elsewhere, one of them is valid by the one schema and not by the other.

use serde_json::{Value, json};

/// Keywords that say nothing of which values are valid.
const ANNOTATIONS: [&str; 6] = [
    "title",
    "description",
    "default",
    "deprecated",
    "examples",
    "$comment",
];

/// As long a text or list is tried.
const LONGEST: u64 = 1_000;

/// A schema without annotations, and with one name for all that it refers to: what is inside is told there.
pub(super) fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| !ANNOTATIONS.contains(&key.as_str()))
            .map(|(key, value)| match key.as_str() {
                "$ref" => (key.clone(), Value::Null),
                _ => (key.clone(), bare(value)),
            })
            .collect(),
        Value::Array(items) => items.iter().map(bare).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}

/// Values at the limits that a property draws.
pub(super) fn values(schema: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    collect(schema, &mut found);
    found
}

fn collect(schema: &Value, found: &mut Vec<Value>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                keyword(key, value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn keyword(key: &str, value: &Value, found: &mut Vec<Value>) {
    match (key, value.as_u64()) {
        ("minLength" | "maxLength", Some(length)) if length <= LONGEST => {
            let near = [length.saturating_sub(1), length, length + 1];
            found.extend(near.map(|it| json!("a".repeat(it as usize))));
        }
        ("minItems" | "maxItems", Some(length)) if length <= LONGEST => {
            let near = [length.saturating_sub(1), length, length + 1];
            found.extend(near.map(|it| Value::Array(vec![json!({}); it as usize])));
            found.extend(near.map(|it| (0..it).map(Value::from).collect()));
            found.extend(near.map(|it| (0..it).map(|it| json!(it.to_string())).collect()));
        }
        ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", _) => {
            found.push(value.clone());
            let near = value.as_i64().into_iter();
            found.extend(
                near.flat_map(|it| [it.saturating_sub(1), it.saturating_add(1)])
                    .map(Value::from),
            );
        }
        ("const", _) => found.push(value.clone()),
        ("enum", _) => found.extend(value.as_array().into_iter().flatten().cloned()),
        _ if ANNOTATIONS.contains(&key) => {}
        ("items", _) => {
            let mut inner = Vec::new();
            collect(value, &mut inner);
            found.extend(inner.into_iter().map(|it| json!([it])));
        }
        (_, _) => collect(value, found),
    }
}
