//! Rules of lists and maps: how many there are, and those of their elements, keys and values.

use serde_json::json;

use super::super::pattern::object;
use super::integers;
use super::options::{Set, When};
use super::{FieldRules, Rules, Schema, Subject, ValueRules, text, unless_zero};
use crate::contract::{Field, Primitive, Scalar, Shape, Type};

impl Rules<'_> {
    /// Adds the rules of a list; whether they refuse the empty one.
    pub(super) fn list(
        &self,
        rules: &mut FieldRules,
        field: &Field,
        set: &Set<'_, '_>,
        when: When,
    ) -> bool {
        let mut keywords = Vec::new();
        let mut refuses_empty = false;
        for (name, _) in set.fields() {
            match (name, set.count(name)) {
                ("min_items", Some(count)) => {
                    refuses_empty |= count > 0;
                    keywords.push(object(json!({ "minItems": count })));
                }
                ("max_items", Some(count)) => keywords.push(object(json!({ "maxItems": count }))),
                ("unique", _) if set.flag(name) => {
                    keywords.push(object(json!({ "uniqueItems": true })));
                    if !self.has_one_form(field.shape.value_type()) {
                        rules
                            .losses
                            .push("repeated.unique (values in several forms)".to_owned());
                    }
                }
                ("unique", _) => {}
                ("items", _) => {
                    if let Some(inner) = set.message(name) {
                        let said = self.inner(&inner, field.shape.value_type());
                        adopt(
                            &mut rules.elements,
                            &mut rules.losses,
                            said,
                            "repeated.items",
                        );
                    }
                }
                (name, _) => rules.losses.push(format!("repeated.{name}")),
            }
        }
        rules
            .whole
            .extend(freed(keywords, when, json!({ "maxItems": 0 })));
        refuses_empty && when == When::Always
    }

    /// Adds the rules of a map; whether they refuse the empty one.
    pub(super) fn map(
        &self,
        rules: &mut FieldRules,
        field: &Field,
        set: &Set<'_, '_>,
        when: When,
    ) -> bool {
        let Shape::Map { key, value } = field.shape else {
            return false;
        };
        let mut keywords = Vec::new();
        let mut refuses_empty = false;
        for (name, _) in set.fields() {
            match (name, set.count(name), set.message(name)) {
                ("min_pairs", Some(count), _) => {
                    refuses_empty |= count > 0;
                    keywords.push(object(json!({ "minProperties": count })));
                }
                ("max_pairs", Some(count), _) => {
                    keywords.push(object(json!({ "maxProperties": count })));
                }
                ("keys", _, Some(inner)) => {
                    let said = of_inner(&inner, |rules, name, set, zero_is_free| {
                        self::key(rules, name, set, key, zero_is_free);
                    });
                    adopt(&mut rules.keys, &mut rules.losses, said, "map.keys");
                }
                ("values", _, Some(inner)) => {
                    let said = self.inner(&inner, value);
                    adopt(&mut rules.elements, &mut rules.losses, said, "map.values");
                }
                (name, _, _) => rules.losses.push(format!("map.{name}")),
            }
        }
        rules
            .whole
            .extend(freed(keywords, when, json!({ "maxProperties": 0 })));
        refuses_empty && when == When::Always
    }

    /// The `FieldRules` of an element or of a map's value.
    fn inner(&self, set: &Set<'_, '_>, ty: Type) -> ValueRules {
        of_inner(set, |rules, name, of_type, zero_is_free| {
            let subject = Subject {
                ty: self.subject(ty),
                zero_is_free,
            };
            let said = self.value(name, of_type, subject);
            rules.keywords.extend(said.keywords);
            rules.losses.extend(said.losses);
        })
    }

    /// Whether equal values of a type always look alike in JSON.
    fn has_one_form(&self, ty: Type) -> bool {
        match ty {
            Type::Scalar(scalar) => match scalar.primitive() {
                Primitive::Bool | Primitive::String => true,
                Primitive::Int32
                | Primitive::Int64
                | Primitive::Uint32
                | Primitive::Uint64
                | Primitive::Bytes => !self.dialect.null_is_absent(),
                // NaN is not equal to NaN, but `"NaN"` is to `"NaN"`.
                Primitive::Double | Primitive::Float => false,
            },
            Type::Enum(_) => !self.dialect.null_is_absent(),
            Type::Message(_) => false,
        }
    }
}

/// The `FieldRules` of an element, a value or a key of a map, which is always there: `of_type` adds what the rules of a
/// type say, by the name of their field, and whether the zero value is free of them.
fn of_inner(
    set: &Set<'_, '_>,
    mut of_type: impl FnMut(&mut ValueRules, &str, &Set<'_, '_>, bool),
) -> ValueRules {
    let mut rules = ValueRules::default();
    let when = set.when(false);
    if when == When::Never {
        return rules;
    }
    for (name, value) in set.fields() {
        match (name, value.as_message()) {
            ("required" | "ignore", _) => {}
            ("cel" | "cel_expression", _) => rules.losses.extend(set.expressions(name)),
            (name, Some(inner)) => {
                of_type(&mut rules, name, &set.inner(inner), when == When::NotZero);
            }
            (name, None) => rules.lose(name),
        }
    }
    rules
}

/// Adds the rules of a map's key of a type. A key is always a string in JSON.
fn key(rules: &mut ValueRules, name: &str, set: &Set<'_, '_>, key: Scalar, zero_is_free: bool) {
    if key == Scalar::String {
        let subject = Subject {
            ty: Type::Scalar(key),
            zero_is_free,
        };
        text::rules(rules, set, subject);
    } else if key == Scalar::Bool {
        match set.flag("const") {
            true if zero_is_free => {}
            expected if set.get("const").is_some() => {
                rules
                    .keywords
                    .push(object(json!({ "const": expected.to_string() })));
            }
            _ => rules.lose(name),
        }
    } else if let Some(left) = integers::allowed(rules, set, key) {
        let zero = if zero_is_free { "|0" } else { "" };
        let pattern = format!("^(?:{}{zero})$", left.decimal());
        rules.keywords.push(object(json!({ "pattern": pattern })));
    }
}

/// Adds what the rules of an inner value said: its keywords where they belong, its losses under the name of the rule.
fn adopt(keywords: &mut Vec<Schema>, losses: &mut Vec<String>, said: ValueRules, rule: &str) {
    keywords.extend(said.keywords);
    let named = said.losses.into_iter();
    losses.extend(named.map(|loss| format!("{rule}.{loss}")));
}

/// Keywords that do not hold for what is empty, if that is free of them.
fn freed(keywords: Vec<Schema>, when: When, empty: serde_json::Value) -> Vec<Schema> {
    if when == When::NotZero {
        unless_zero(keywords, empty)
    } else {
        keywords
    }
}
