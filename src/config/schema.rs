//! The JSON Schema of `xlc.toml`, made of what the code decodes: it is published, editors use it, and the checks use
//! it too, so that what is documented is what is accepted.

use serde_json::{Map, Value, json};

use super::{CommonKeys, File, Known};

/// The JSON Schema of `xlc.toml`, with the options of all known targets.
#[must_use]
pub fn schema(known: &[Known]) -> Value {
    let mut root = schemars::schema_for!(File).to_value();
    let mut definitions = match root.get_mut("$defs").map(Value::take) {
        Some(Value::Object(own)) => own,
        Some(_) | None => Map::new(),
    };
    let mut targets = Map::new();
    for target in known {
        targets.insert(target.name.to_owned(), table(target, &mut definitions));
    }
    root["title"] = json!("xlc.toml");
    root["description"] =
        json!("The configuration of xlc: one contract, and what is generated from it.");
    root["properties"]["version"] = json!({
        "description": root["properties"]["version"]["description"],
        "const": 1,
    });
    root["properties"]["target"] = json!({
        "description": root["properties"]["target"]["description"],
        "type": "object",
        "properties": targets,
        "additionalProperties": false,
    });
    if !definitions.is_empty() {
        root["$defs"] = Value::Object(definitions);
    }
    root
}

/// The schema of one target's table: the common keys and its own options.
fn table(target: &Known, definitions: &mut Map<String, Value>) -> Value {
    let common = schemars::schema_for!(CommonKeys).to_value();
    let mut own = target.options.clone().to_value();
    if let Some(Value::Object(inner)) = own.get_mut("$defs").map(Value::take) {
        for (name, mut definition) in inner {
            requalify(&mut definition, target.name);
            definitions.insert(format!("{}.{name}", target.name), definition);
        }
    }
    requalify(&mut own, target.name);
    let mut properties = Map::new();
    for part in [&common, &own] {
        if let Some(Value::Object(keys)) = part.get("properties") {
            properties.extend(keys.clone());
        }
    }
    let mut required = vec![json!("out")];
    if let Some(Value::Array(names)) = own.get("required") {
        required.extend(names.clone());
    }
    let mut table = Map::new();
    if let Some(text) = own.get("description") {
        table.insert("description".into(), text.clone());
    }
    table.insert("type".into(), json!("object"));
    table.insert("properties".into(), Value::Object(properties));
    table.insert("required".into(), Value::Array(required));
    table.insert("additionalProperties".into(), json!(false));
    Value::Object(table)
}

/// Definitions of all targets share one place: `#/$defs/Names` becomes `#/$defs/python.Names`.
fn requalify(schema: &mut Value, target: &str) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        if let Some(name) = reference.strip_prefix("#/$defs/") {
                            *reference = format!("#/$defs/{target}.{name}");
                        }
                    }
                    Value::Null
                    | Value::Bool(_)
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_)
                    | Value::Object(_) => requalify(value, target),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| requalify(item, target)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
