//! Rules of bytes, which stand in JSON as base64.

use data_encoding::BASE64;
use serde_json::json;

use super::super::dialect::Dialect;
use super::super::pattern::object;
use super::options::Set;
use super::{Subject, ValueRules, unless_zero};
use crate::dynamic::Value;

/// The keywords for bytes. In the dialect of parsers, which write the same bytes in several ways, nothing can be said.
pub(super) fn rules(
    rules: &mut ValueRules,
    set: &Set<'_, '_>,
    subject: Subject,
    dialect: &dyn Dialect,
) {
    let mut keywords = Vec::new();
    for (name, value) in set.fields() {
        let said = match (name, encoded(value), set.count(name)) {
            ("const", Some(texts), _) | ("in", Some(texts), _) => Some((
                vec![json!({ "enum": texts })],
                !texts.contains(&String::new()),
            )),
            ("not_in", Some(texts), _) => Some((
                vec![json!({ "not": { "enum": texts } })],
                texts.contains(&String::new()),
            )),
            ("len", _, Some(n)) => Some(([at_least(n), at_most(n)].concat(), n > 0)),
            ("min_len", _, Some(n)) => Some((at_least(n), n > 0)),
            ("max_len", _, Some(n)) => Some((at_most(n), false)),
            ("uuid", _, _) if set.flag("uuid") => {
                Some(([at_least(16), at_most(16)].concat(), true))
            }
            ("ipv4", _, _) if set.flag("ipv4") => Some(([at_least(4), at_most(4)].concat(), true)),
            ("ipv6", _, _) if set.flag("ipv6") => {
                Some(([at_least(16), at_most(16)].concat(), true))
            }
            ("example", _, _) => continue,
            (name, _, _) if set.is_extension(name) => continue,
            _ => None,
        };
        match said {
            Some((said, refuses_zero)) => {
                rules.refuses_zero |= refuses_zero;
                if dialect.null_is_absent() {
                    rules.lose(format!("bytes.{name}"));
                } else {
                    keywords.extend(said.into_iter().map(object));
                }
            }
            None => rules.lose(format!("bytes.{name}")),
        }
    }
    rules.keywords.extend(if subject.zero_is_free {
        unless_zero(keywords, json!({ "maxLength": 0 }))
    } else {
        keywords
    });
}

/// The texts of a rule's values.
fn encoded(value: &Value<'_>) -> Option<Vec<String>> {
    match value {
        Value::Bytes(bytes) => Some(vec![BASE64.encode(bytes)]),
        Value::List(values) => {
            let each: Option<Vec<Vec<String>>> = values.iter().map(encoded).collect();
            Some(each?.concat())
        }
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Enum(_)
        | Value::Message(_)
        | Value::Map(_) => None,
    }
}

/// Base64 of at least `n` bytes: long enough, and if it is just long enough, with not too much padding.
fn at_least(n: u64) -> Vec<serde_json::Value> {
    let length = n.div_ceil(3).saturating_mul(4);
    let mut said = vec![json!({ "minLength": length })];
    // Of the shortest texts those with more padding than this hold too few bytes.
    let padding = (3 - n % 3) % 3;
    if n > 0 && padding < 2 {
        let more = "=".repeat(padding as usize + 1);
        said.push(json!({ "not": { "maxLength": length, "pattern": format!("{more}$") } }));
    }
    said
}

/// Base64 of at most `n` bytes: short enough, and if it is as long as can be, with enough padding.
fn at_most(n: u64) -> Vec<serde_json::Value> {
    let length = n.div_ceil(3).saturating_mul(4);
    let mut said = vec![json!({ "maxLength": length })];
    let padding = (3 - n % 3) % 3;
    if padding > 0 {
        let enough = "=".repeat(padding as usize);
        said.push(json!({
            "anyOf": [{ "maxLength": length - 1 }, { "pattern": format!("{enough}$") }],
        }));
    }
    said
}

/// Keywords in the tests' form.
#[cfg(test)]
fn schema(said: Vec<serde_json::Value>) -> super::Schema {
    object(json!({ "allOf": said }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_bytes_are_exact() {
        for n in 0..=9 {
            let least = jsonschema::validator_for(&schema(at_least(n)).into()).expect("legal");
            let most = jsonschema::validator_for(&schema(at_most(n)).into()).expect("legal");
            for length in 0..=12 {
                let text = BASE64.encode(&vec![b'x'; length as usize]).into();
                assert_eq!(
                    least.is_valid(&text),
                    length >= n,
                    "{length} of at least {n}"
                );
                assert_eq!(most.is_valid(&text), length <= n, "{length} of at most {n}");
            }
        }
    }
}
