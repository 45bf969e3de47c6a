//! Checks a configuration against its JSON Schema, with the place of every mistake: unknown keys with the nearest
//! known one, missing keys, values of the wrong type, words that are not among the choices.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Known, schema};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::source::{SourceId, Sources};

/// Everything in the file that its schema does not allow.
pub(super) fn check(
    table: &DeTable<'_>,
    known: &[Known],
    source: SourceId,
    sources: &Sources,
) -> Vec<Diagnostic> {
    // The schemas of the targets are large, and many a configuration names none.
    let known = match table.contains_key("target") {
        true => known,
        false => &[],
    };
    let root = schema(known);
    let mut check = Check {
        root: &root,
        source,
        sources,
        found: Vec::new(),
    };
    if !check.version(table) {
        return check.found;
    }
    check.table(table, 0..0, &root, &mut Vec::new());
    check.found
}

struct Check<'a> {
    root: &'a Value,
    source: SourceId,
    sources: &'a Sources,
    found: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    fn error(&self, range: Range<usize>, message: String) -> Diagnostic {
        Diagnostic::error(&codes::CONFIG, message)
            .in_file(self.sources.get(self.source).name())
            .at(self.sources.span(self.source, range), "")
    }

    /// Whether the file is of the version that is read here. Nothing else is looked at if not: it may mean anything.
    fn version(&mut self, table: &DeTable<'_>) -> bool {
        let Some(value) = table.get("version") else {
            let error = self.error(0..0, "`version` is missing".into());
            self.found
                .push(error.help("begin the file with `version = 1`"));
            return false;
        };
        let number = value.get_ref().as_integer().map(|it| it.as_str());
        if number == Some("1") {
            return true;
        }
        let shown = number.map_or_else(
            || {
                format!(
                    "`version` is the number 1, not {}",
                    article(value.get_ref())
                )
            },
            |number| format!("`version = {number}` is not known: this xlc reads version 1"),
        );
        let error = self.error(value.span(), shown);
        self.found
            .push(error.help("write `version = 1`, or use the xlc that the file was written for"));
        false
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &'a Value, path: &mut Vec<String>) {
        let options = self.alternatives(schema);
        let choices = choices(&options);
        let fits = |option: &&&Value| type_fits(option, value.get_ref());
        let Some(schema) = options.iter().find(fits) else {
            let wanted: Vec<&str> = options.iter().filter_map(|it| type_name(it)).collect();
            let error = self.error(
                value.span(),
                format!(
                    "`{}` takes {}, not {}",
                    path.join("."),
                    wanted.join(" or "),
                    article(value.get_ref())
                ),
            );
            self.found.push(error);
            return;
        };
        match value.get_ref() {
            DeValue::String(text) if !choices.is_empty() => {
                if !choices.contains(&&**text) {
                    self.choice(value.span(), text, &choices, path);
                }
            }
            DeValue::Table(table) => self.table(table, value.span(), schema, path),
            DeValue::Array(items) => {
                if let Some(inner) = schema.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        path.push(format!("[{index}]"));
                        self.value(item, inner, path);
                        path.pop();
                    }
                }
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
    }

    fn choice(&mut self, range: Range<usize>, text: &str, choices: &[&str], path: &[String]) {
        let error = self.error(
            range,
            format!("`{text}` is not a value of `{}`", path.join(".")),
        );
        self.found
            .push(error.help(match nearest(text, choices.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the values are `{}`", choices.join("`, `")),
            }));
    }

    fn table(
        &mut self,
        table: &DeTable<'_>,
        range: Range<usize>,
        schema: &'a Value,
        path: &mut Vec<String>,
    ) {
        let none = serde_json::Map::new();
        let properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let others = schema.get("additionalProperties");
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            let inner = properties.get(name).map(|_| &schema["properties"][name]);
            match inner.or(others.filter(|it| it.is_object())) {
                Some(inner) => {
                    path.push(name.to_owned());
                    self.value(value, inner, path);
                    path.pop();
                }
                None if others == Some(&Value::Bool(false)) => {
                    self.unknown(key.span(), name, properties, path);
                }
                None => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !table.contains_key(name) {
                let place = if path.is_empty() {
                    String::new()
                } else {
                    format!(" in `[{}]`", path.join("."))
                };
                let error = self.error(range.clone(), format!("`{name}` is missing{place}"));
                let help = match name {
                    "out" => "say where its files go: `out = \"gen/...\"`".to_owned(),
                    "contract" => "say what is compiled: `contract = [\"schemas\"]`".to_owned(),
                    _ => format!("add `{name} = ...`"),
                };
                self.found.push(error.help(help));
            }
        }
    }

    fn unknown(
        &mut self,
        range: Range<usize>,
        name: &str,
        properties: &serde_json::Map<String, Value>,
        path: &[String],
    ) {
        let target = path.len() == 1 && path[0] == "target";
        let message = match (target, path.is_empty()) {
            (true, _) => format!("no target is called `{name}`"),
            (false, true) => format!("unknown key `{name}`"),
            (false, false) => format!("unknown key `{name}` in `[{}]`", path.join(".")),
        };
        let known: Vec<&str> = properties.keys().map(String::as_str).collect();
        let error = self.error(range, message);
        self.found
            .push(error.help(match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if target => format!("the targets are `{}`", known.join("`, `")),
                None => format!("the keys are `{}`", known.join("`, `")),
            }));
    }

    /// What a schema allows: references and alternatives resolved, null left out (TOML has none).
    fn alternatives(&self, schema: &'a Value) -> Vec<&'a Value> {
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| self.root.pointer(reference.strip_prefix('#')?));
        if let Some(target) = target {
            return self.alternatives(target);
        }
        let parts: Vec<&Value> = ["anyOf", "oneOf", "allOf"]
            .iter()
            .filter_map(|keyword| schema.get(keyword).and_then(Value::as_array))
            .flatten()
            .collect();
        if parts.is_empty() {
            return vec![schema];
        }
        parts
            .into_iter()
            .filter(|part| part.get("type").is_none_or(|kind| kind != "null"))
            .flat_map(|part| self.alternatives(part))
            .collect()
    }
}

/// The words that a value may be, if it is one of a few words.
fn choices<'v>(options: &[&'v Value]) -> Vec<&'v str> {
    let mut words = Vec::new();
    for option in options {
        let list = option.get("enum").and_then(Value::as_array);
        words.extend(list.into_iter().flatten().filter_map(Value::as_str));
        words.extend(option.get("const").and_then(Value::as_str));
    }
    words
}

/// The type that a schema names; `null` beside another type is left out.
fn type_name(schema: &Value) -> Option<&'static str> {
    let name = match schema.get("type")? {
        Value::String(name) => name.as_str(),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null")?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    Some(match name {
        "string" => "a string",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        _ => "a table",
    })
}

fn type_fits(schema: &Value, value: &DeValue<'_>) -> bool {
    let Some(wanted) = type_name(schema) else {
        return true;
    };
    match value {
        DeValue::String(_) => wanted == "a string",
        DeValue::Integer(_) => wanted == "a whole number" || wanted == "a number",
        DeValue::Float(_) => wanted == "a number",
        DeValue::Boolean(_) => wanted == "`true` or `false`",
        DeValue::Datetime(_) => false,
        DeValue::Array(_) => wanted == "a list",
        DeValue::Table(_) => wanted == "a table",
    }
}

fn article(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
