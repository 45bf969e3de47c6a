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
                        let value = self.inner(&inner, field.shape.value_type());
                        rules.elements.extend(value.keywords);
                        let losses = value.losses.into_iter();
                        rules
                            .losses
                            .extend(losses.map(|loss| format!("repeated.items.{loss}")));
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
                    let said = self.key(&inner, key);
                    rules.keys.extend(said.keywords);
                    let losses = said.losses.into_iter();
                    rules
                        .losses
                        .extend(losses.map(|loss| format!("map.keys.{loss}")));
                }
                ("values", _, Some(inner)) => {
                    let said = self.inner(&inner, value);
                    rules.elements.extend(said.keywords);
                    let losses = said.losses.into_iter();
                    rules
                        .losses
                        .extend(losses.map(|loss| format!("map.values.{loss}")));
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
        let mut rules = ValueRules::default();
        let when = set.when(false);
        if when == When::Never {
            return rules;
        }
        for (name, value) in set.fields() {
            match (name, value.as_message()) {
                // An element is always there.
                ("required" | "ignore", _) => {}
                ("cel" | "cel_expression", _) => rules.losses.extend(set.expressions(name)),
                (name, Some(of_type)) => {
                    let subject = Subject {
                        ty: self.subject(ty),
                        zero_is_free: when == When::NotZero,
                    };
                    let said = self.value(name, &set.inner(of_type), subject);
                    rules.keywords.extend(said.keywords);
                    rules.losses.extend(said.losses);
                }
                (name, None) => rules.lose(name),
            }
        }
        rules
    }

    /// The `FieldRules` of a map's key, which is always a string in JSON.
    fn key(&self, set: &Set<'_, '_>, key: Scalar) -> ValueRules {
        let mut rules = ValueRules::default();
        let when = set.when(false);
        if when == When::Never {
            return rules;
        }
        for (name, value) in set.fields() {
            match (name, value.as_message()) {
                ("required" | "ignore", _) => {}
                ("cel" | "cel_expression", _) => rules.losses.extend(set.expressions(name)),
                (name, Some(of_type)) => {
                    let inner = set.inner(of_type);
                    self.key_of_type(&mut rules, name, &inner, key, when);
                }
                (name, None) => rules.lose(name),
            }
        }
        rules
    }

    fn key_of_type(
        &self,
        rules: &mut ValueRules,
        name: &str,
        set: &Set<'_, '_>,
        key: Scalar,
        when: When,
    ) {
        let zero_is_free = when == When::NotZero;
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

/// Keywords that do not hold for what is empty, if that is free of them.
fn freed(keywords: Vec<Schema>, when: When, empty: serde_json::Value) -> Vec<Schema> {
    if when == When::NotZero {
        unless_zero(keywords, empty)
    } else {
        keywords
    }
}
