//! Rules of messages and oneofs, and of the well-known messages that stand in JSON as texts.

use serde_json::json;

use super::super::dialect::Dialect;
use super::super::pattern::object;
use super::options::Set;
use super::{Loss, Rules, ValueRules};
use crate::contract::{Message, Oneof, WellKnown};
use crate::dynamic::Value;

/// What the rules say of a whole message.
#[derive(Debug, Default)]
pub(in super::super) struct MessageRules {
    /// Names of fields of which at most one may be set; `true` if one must be.
    pub(in super::super) groups: Vec<(Vec<String>, bool)>,
    /// What is not said.
    pub(in super::super) losses: Vec<Loss>,
}

impl MessageRules {
    /// Whether a group names the field.
    pub(in super::super) fn names(&self, field: &str) -> bool {
        let mut names = self.groups.iter().flat_map(|(names, _)| names);
        names.any(|name| name == field)
    }
}

impl Rules<'_> {
    /// The rules of a message.
    pub(in super::super) fn message(&self, message: &Message) -> MessageRules {
        let mut rules = MessageRules::default();
        let Some(options) = self.options.of_message(&message.raw_options) else {
            return rules;
        };
        let set = Set::new(self.options.codec, &options);
        for (name, value) in set.fields() {
            match (name, value) {
                ("cel" | "cel_expression", _) => rules.losses.extend(set.expressions(name)),
                ("oneof", Value::List(groups)) => {
                    let groups = groups.iter().filter_map(Value::as_message);
                    rules.groups.extend(groups.map(|group| {
                        let group = set.inner(group);
                        let names = group.texts("fields").unwrap_or_default();
                        let names = names.into_iter().map(str::to_owned).collect();
                        (names, group.flag("required"))
                    }));
                }
                (name, _) => rules.losses.push(name.to_owned()),
            }
        }
        rules
    }

    /// Whether a member of the oneof must be set.
    pub(in super::super) fn requires(&self, oneof: &Oneof) -> bool {
        let options = self.options.of_oneof(&oneof.raw_options);
        options.is_some_and(|options| Set::new(self.options.codec, &options).flag("required"))
    }
}

/// The keywords for a well-known message.
pub(super) fn well_known(
    rules: &mut ValueRules,
    type_name: &str,
    set: &Set<'_, '_>,
    known: Option<WellKnown>,
    dialect: &dyn Dialect,
) {
    for (name, value) in set.fields() {
        match (known, name) {
            (Some(WellKnown::Any), "in" | "not_in") => {
                let urls = set.texts(name).unwrap_or_default();
                rules.keywords.push(object(if name == "in" {
                    json!({ "required": ["@type"], "properties": { "@type": { "enum": urls } } })
                } else {
                    json!({ "properties": { "@type": { "not": { "enum": urls } } } })
                }));
            }
            // A parser reads one duration in many forms, a serializer writes it in one.
            (Some(WellKnown::Duration), "const" | "in" | "not_in") if !dialect.null_is_absent() => {
                match durations(set, value) {
                    Some(texts) if name == "not_in" => rules
                        .keywords
                        .push(object(json!({ "not": { "enum": texts } }))),
                    Some(texts) => rules.keywords.push(object(json!({ "enum": texts }))),
                    None => rules.lose(format!("{type_name}.{name}")),
                }
            }
            (_, "example") => {}
            (_, name) if set.is_extension(name) => {}
            (_, name) => rules.lose(format!("{type_name}.{name}")),
        }
    }
}

/// The canonical texts of the durations of a rule.
fn durations<'r>(set: &Set<'r, '_>, value: &'r Value<'r>) -> Option<Vec<String>> {
    if let Value::List(values) = value {
        let each: Option<Vec<Vec<String>>> =
            values.iter().map(|value| durations(set, value)).collect();
        return Some(each?.concat());
    }
    let duration = value.as_message()?;
    Some(vec![duration_text(&set.inner(duration))])
}

/// A duration as serializers write it: with no, three, six or nine digits after the point.
fn duration_text(set: &Set<'_, '_>) -> String {
    let seconds = match set.get("seconds") {
        Some(Value::I64(seconds)) => *seconds,
        Some(_) | None => 0,
    };
    let nanos = match set.get("nanos") {
        Some(Value::I32(nanos)) => *nanos,
        Some(_) | None => 0,
    };
    let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
    let (seconds, nanos) = (seconds.unsigned_abs(), nanos.unsigned_abs());
    let fraction = match nanos {
        0 => String::new(),
        _ if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        _ if nanos % 1_000 == 0 => format!(".{:06}", nanos / 1_000),
        _ => format!(".{nanos:09}"),
    };
    format!("{sign}{seconds}{fraction}s")
}
