//! Literals and comments of Dart.

use crate::contract::{Default, Docs, is_invisible};

/// A string literal in single quotes.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::from("'");
    for c in text.chars() {
        match c {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '$' => literal.push_str("\\$"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() || is_invisible(c) || matches!(c, '\u{200c}' | '\u{200d}') => {
                literal.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
            }
            c => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}

/// The name of a member of a JSON object with its colon, as a literal of Dart.
pub(super) fn json_name(name: &str) -> String {
    string(&format!("{}:", serde_json::Value::from(name)))
}

/// A literal of an integer, or an expression for one that no literal for JavaScript can have.
pub(super) fn integer(value: i64) -> String {
    const SAFE: i64 = (1 << 53) - 1;
    if (-SAFE..=SAFE).contains(&value) {
        value.to_string()
    } else {
        format!("int.parse('{value}')")
    }
}

/// A literal of a double.
pub(super) fn double(value: f64) -> String {
    if value.is_nan() {
        "double.nan".to_owned()
    } else if value.is_infinite() {
        let sign = if value > 0.0 { "i" } else { "negativeI" };
        format!("double.{sign}nfinity")
    } else {
        format!("{value:?}")
    }
}

/// The value of a default of a scalar; that of an enum is its number.
pub(super) fn default(value: &Default, core: &str) -> String {
    match value {
        Default::Bool(value) => value.to_string(),
        Default::Int(value) => integer(*value),
        Default::Uint(value) => value.to_string(),
        Default::Float(value) => double(f64::from(*value)),
        Default::Double(value) => double(*value),
        Default::String(value) => string(value),
        Default::Bytes(value) => {
            let bytes: Vec<String> = value.iter().map(u8::to_string).collect();
            format!("{core}Uint8List.fromList(const [{}])", bytes.join(", "))
        }
        Default::Enum(value) => value.to_string(),
    }
}

/// The documentation of an element as dartdoc lines, or `fallback` if it has none.
pub(super) fn docs(docs: &Docs, fallback: &str) -> Vec<String> {
    let lines = docs.lines();
    if lines.is_empty() {
        return vec![format!("/// {fallback}")];
    }
    lines
        .iter()
        .map(|line| format!("/// {line}").trim_end().to_owned())
        .collect()
}
