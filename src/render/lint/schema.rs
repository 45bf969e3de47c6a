//! Reads the JSON Schema of a view: which alternatives a value has and which properties they know.
//! Understands what `schemars` writes for Rust types; a keyword it does not know only makes the lint stricter.

use std::sync::LazyLock;

use serde_json::{Value, json};

/// What a schema says a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    /// A string, number or boolean.
    Scalar,
    /// The schema does not say.
    Any,
}

/// The schemas that a value may follow, `null` left out: `None` in a view is not printed, it is tested for.
pub(super) type Alternatives<'a> = Vec<&'a Value>;

/// The schema of what templates know without a view: literals, `@index`, `@key`.
pub(super) fn scalar() -> Alternatives<'static> {
    static SCALAR: LazyLock<Value> = LazyLock::new(|| json!({"type": "string"}));
    vec![&SCALAR]
}

/// Resolves references and alternatives of a schema. `root` holds the definitions.
pub(super) fn expand<'a>(root: &'a Value, schema: &'a Value) -> Alternatives<'a> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    walk(root, schema, &mut seen, &mut found);
    found
}

fn walk<'a>(
    root: &'a Value,
    schema: &'a Value,
    seen: &mut Vec<*const Value>,
    found: &mut Alternatives<'a>,
) {
    if seen.contains(&std::ptr::from_ref(schema)) {
        return;
    }
    seen.push(schema);
    let target = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    if let Some(target) = target {
        walk(root, target, seen, found);
    }
    let mut combined = target.is_some();
    for keyword in ["anyOf", "oneOf", "allOf"] {
        for part in schema
            .get(keyword)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            combined = true;
            walk(root, part, seen, found);
        }
    }
    let null = schema.get("type").is_some_and(|kind| kind == "null");
    let own = schema.get("properties").is_some() || schema.get("type").is_some();
    if !null && (own || !combined) {
        found.push(schema);
    }
}

/// What a single alternative is.
pub(super) fn kind(schema: &Value) -> Kind {
    let name = match schema.get("type") {
        Some(Value::String(name)) => name.as_str(),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null")
            .unwrap_or("null"),
        Some(_) | None => "",
    };
    match name {
        "object" => Kind::Object,
        "array" => Kind::Array,
        "" if schema.get("properties").is_some() => Kind::Object,
        "" if schema.get("const").is_some() || schema.get("enum").is_some() => Kind::Scalar,
        "" => Kind::Any,
        _ => Kind::Scalar,
    }
}

/// The alternatives of a property; empty if no alternative has it.
pub(super) fn property<'a>(root: &'a Value, of: &Alternatives<'a>, name: &str) -> Alternatives<'a> {
    let mut found = Vec::new();
    for schema in of {
        let named = schema.get("properties").and_then(|all| all.get(name));
        let other = || {
            schema
                .get("additionalProperties")
                .filter(|other| **other != Value::Bool(false))
        };
        if let Some(inner) = named.or_else(other) {
            found.extend(expand(root, inner));
        } else if kind(schema) == Kind::Array && name.parse::<usize>().is_ok() {
            found.extend(items(root, &vec![schema]));
        }
    }
    found
}

/// The names of all properties, for suggestions.
pub(super) fn properties<'a>(of: &Alternatives<'a>) -> Vec<&'a str> {
    of.iter()
        .filter_map(|schema| schema.get("properties").and_then(Value::as_object))
        .flat_map(|all| all.keys().map(String::as_str))
        .collect()
}

/// What `each` visits: the items of arrays and the values of maps. Empty if there is nothing to visit.
pub(super) fn items<'a>(root: &'a Value, of: &Alternatives<'a>) -> Alternatives<'a> {
    let mut found = Vec::new();
    for schema in of {
        match kind(schema) {
            Kind::Array => {
                found.extend(
                    schema
                        .get("items")
                        .into_iter()
                        .flat_map(|inner| expand(root, inner)),
                );
                let tuple = schema.get("prefixItems").and_then(Value::as_array);
                found.extend(
                    tuple
                        .into_iter()
                        .flatten()
                        .flat_map(|inner| expand(root, inner)),
                );
            }
            Kind::Object => found.extend(
                schema
                    .get("additionalProperties")
                    .filter(|inner| inner.is_object())
                    .into_iter()
                    .flat_map(|inner| expand(root, inner)),
            ),
            Kind::Scalar | Kind::Any => {}
        }
    }
    found
}
