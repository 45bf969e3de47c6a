//! Rules of strings. JSON Schema counts characters as protovalidate does, in code points.

use serde_json::{Value as Json, json};

use super::super::pattern::{self as shapes, object};
use super::options::Set;
use super::pattern;
use super::{Subject, ValueRules, unless_zero};

/// A regular expression for texts of a well-known form, where one says it exactly. None of them matches the empty text.
fn form(rule: &str) -> Option<String> {
    // The definition of HTML ("valid e-mail address"), which protovalidate takes over.
    let label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    let name = "[A-Za-z_][A-Za-z_0-9]*";
    let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    Some(match rule {
        "email" => format!("[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{label}(?:\\.{label})*"),
        "ipv4" => format!("{octet}(?:\\.{octet}){{3}}"),
        "uuid" => {
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}".into()
        }
        "tuuid" => "[0-9a-fA-F]{32}".into(),
        "ulid" => "[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}".into(),
        "protobuf_fqn" => format!("{name}(?:\\.{name})*"),
        "protobuf_dot_fqn" => format!("\\.{name}(?:\\.{name})*"),
        _ => return None,
    })
}

/// The `format` that comes near a well-known form: an annotation, which validators need not check.
fn annotation(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "hostname" => "hostname",
        "ipv6" => "ipv6",
        "uri" => "uri",
        "uri_ref" => "uri-reference",
        _ => return None,
    })
}

/// The keywords for a string.
pub(super) fn rules(rules: &mut ValueRules, set: &Set<'_, '_>, subject: Subject) {
    let mut keywords = Vec::new();
    for (name, value) in set.fields() {
        let count = set.count(name);
        let text = value.as_str();
        let said = match (name, count, text) {
            ("const", _, Some(text)) => Some((json!({ "const": text }), !text.is_empty())),
            ("len", Some(n), _) => Some((json!({ "minLength": n, "maxLength": n }), n > 0)),
            ("min_len", Some(n), _) => Some((json!({ "minLength": n }), n > 0)),
            ("max_len", Some(n), _) => Some((json!({ "maxLength": n }), false)),
            ("prefix", _, Some(text)) => Some(found(&format!("^{}", pattern::escape(text)), text)),
            ("suffix", _, Some(text)) => Some(found(&format!("{}$", pattern::escape(text)), text)),
            ("contains", _, Some(text)) => Some(found(&pattern::escape(text), text)),
            ("not_contains", _, Some(text)) => Some((
                json!({ "not": { "pattern": pattern::escape(text) } }),
                text.is_empty(),
            )),
            ("in", _, _) => set.texts(name).map(|texts| {
                let refuses = !texts.contains(&"");
                (json!({ "enum": texts }), refuses)
            }),
            ("not_in", _, _) => set.texts(name).map(|texts| {
                let refuses = texts.contains(&"");
                (json!({ "not": { "enum": texts } }), refuses)
            }),
            ("pattern", _, Some(text)) => pattern::portable(text)
                .map(|it| (json!({ "pattern": it.expression }), !it.matches_nothing)),
            ("strict" | "example", _, _) => continue,
            (name, _, _) if set.is_extension(name) => continue,
            (name, _, _) => well_known(name, set, rules),
        };
        match said {
            Some((schema, refuses_zero)) => {
                rules.refuses_zero |= refuses_zero;
                keywords.push(object(schema));
            }
            None => {
                approximate(name, set, &mut keywords, rules);
                rules.lose(format!("string.{name}"));
            }
        }
    }
    rules.keywords.extend(if subject.zero_is_free {
        unless_zero(keywords, json!({ "maxLength": 0 }))
    } else {
        keywords
    });
}

/// Texts in which a text is found; whether the empty one is none of them.
fn found(expression: &str, text: &str) -> (Json, bool) {
    (json!({ "pattern": expression }), !text.is_empty())
}

fn well_known(name: &str, set: &Set<'_, '_>, rules: &mut ValueRules) -> Option<(Json, bool)> {
    if !set.flag(name) {
        // A form that is not asked for says nothing; counts of bytes are no forms.
        return match set.get(name) {
            Some(crate::dynamic::Value::Bool(false)) => Some((json!({}), false)),
            _ => None,
        };
    }
    match form(name) {
        Some(expression) => Some((shapes::text(&expression).into(), true)),
        None => {
            rules.refuses_zero |= name != "uri_ref";
            None
        }
    }
}

/// What can be said of a rule though it is not all: what every text that keeps the rule meets.
fn approximate(
    name: &str,
    set: &Set<'_, '_>,
    keywords: &mut Vec<super::Schema>,
    rules: &mut ValueRules,
) {
    if let Some(format) = annotation(name) {
        keywords.push(object(json!({ "format": format })));
    }
    let Some(bytes) = set.count(name) else {
        return;
    };
    // A character takes one byte to four.
    let (least, most) = (
        json!({ "minLength": bytes.div_ceil(4) }),
        json!({ "maxLength": bytes }),
    );
    let bounds = match name {
        "min_bytes" => vec![least],
        "max_bytes" => vec![most],
        "len_bytes" => vec![least, most],
        _ => return,
    };
    rules.refuses_zero |= name != "max_bytes" && bytes > 0;
    keywords.extend(bounds.into_iter().map(object));
}
