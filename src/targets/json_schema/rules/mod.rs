//! What protovalidate (`buf.validate`) says of fields, as keywords. Whatever JSON Schema cannot say exactly is a
//! [`Loss`]: never dropped in silence.
//!
//! The rules are options of the contract, so they are read through the contract's own `buf/validate/validate.proto`, by
//! the names of its fields. A rule that is not known by name is a loss too. How absence and zero are judged follows
//! protovalidate's reference ("Field presence", `Ignore`).

mod bytes;
mod collections;
mod enums;
mod floats;
mod integers;
mod messages;
mod options;
mod pattern;
mod text;

use serde_json::{Value as Json, json};

use super::dialect::{Dialect, Schema, any_of};
use super::pattern::object;
use crate::contract::{Contract, Field, Presence, Scalar, Shape, Type, WellKnown};
use crate::dynamic::Codec;
use options::{Set, When};

pub(super) use messages::MessageRules;
pub(super) use options::Options;

/// The rules of one contract.
pub(super) struct Rules<'a> {
    contract: &'a Contract,
    dialect: &'a dyn Dialect,
    options: Options<'a>,
}

/// What the rules say of one field.
#[derive(Debug, Default)]
pub(super) struct FieldRules {
    /// Keywords for the value of a singular field, for the list or for the map. Each holds beside the others.
    pub(super) whole: Vec<Schema>,
    /// Keywords for the elements of a list or the values of a map.
    pub(super) elements: Vec<Schema>,
    /// Keywords for the keys of a map.
    pub(super) keys: Vec<Schema>,
    /// Whether the property must be there, and not null.
    pub(super) required: bool,
    /// What is not said.
    pub(super) losses: Vec<Loss>,
}

/// A rule that no keyword says exactly: its name as it stands in the contract, `string.uri_ref`.
pub(super) type Loss = String;

/// What the rules say of one value.
#[derive(Debug, Default)]
struct ValueRules {
    keywords: Vec<Schema>,
    /// Whether the zero of the type breaks a rule.
    refuses_zero: bool,
    losses: Vec<Loss>,
}

impl ValueRules {
    fn lose(&mut self, rule: impl Into<Loss>) {
        self.losses.push(rule.into());
    }
}

/// A value that rules are about.
#[derive(Clone, Copy)]
struct Subject {
    ty: Type,
    /// Whether zero is free of all rules.
    zero_is_free: bool,
}

impl<'a> Rules<'a> {
    /// The rules of a contract; `None` if it does not know protovalidate.
    pub(super) fn new(
        contract: &'a Contract,
        codec: &'a Codec<'a>,
        dialect: &'a dyn Dialect,
    ) -> Option<Self> {
        Some(Self {
            contract,
            dialect,
            options: Options::new(codec)?,
        })
    }

    /// The rules of a field. `in_oneof_rule` says that a `oneof` rule of its message names it, which frees its zero.
    pub(super) fn field(&self, field: &Field, in_oneof_rule: bool) -> FieldRules {
        let mut rules = FieldRules::default();
        let Some(options) = self.options.of_field(&field.raw_options) else {
            return rules;
        };
        let set = Set::new(self.options.codec, &options);
        let when = set.when(in_oneof_rule);
        if when == When::Never {
            if self.holds_messages(field) {
                rules.losses.push("ignore".to_owned());
            }
            return rules;
        }
        let required = set.flag("required");
        let mut refuses_zero = required;
        for (name, value) in set.fields() {
            match (name, value.as_message()) {
                ("required" | "ignore", _) => {}
                ("cel" | "cel_expression", _) => rules.losses.extend(set.expressions(name)),
                ("repeated", Some(list)) => {
                    refuses_zero |= self.list(&mut rules, field, &set.inner(list), when);
                }
                ("map", Some(map)) => {
                    refuses_zero |= self.map(&mut rules, field, &set.inner(map), when);
                }
                (name, Some(of_type)) => {
                    let subject = Subject {
                        ty: self.subject(field.shape.value_type()),
                        // A zero that is told from absence is a value like others.
                        zero_is_free: when == When::NotZero
                            && !required
                            && field.presence() == Some(Presence::Implicit),
                    };
                    let value = self.value(name, &set.inner(of_type), subject);
                    rules.whole.extend(value.keywords);
                    rules.losses.extend(value.losses);
                    refuses_zero |= value.refuses_zero && when == When::Always;
                }
                (name, None) => rules.losses.push(name.to_owned()),
            }
        }
        if required {
            rules.whole.extend(self.not_zero(field));
        }
        rules.required = match field.shape {
            Shape::Singular {
                presence: Presence::Implicit,
                ..
            }
            | Shape::Repeated { .. }
            | Shape::Map { .. } => refuses_zero,
            Shape::Singular { .. } => required,
        };
        rules
    }

    /// The rules of one value, given those of its type under their name (`string`, `int32`).
    fn value(&self, name: &str, set: &Set<'_, '_>, subject: Subject) -> ValueRules {
        let mut rules = ValueRules::default();
        for (rule, _) in set.fields() {
            if set.is_extension(rule) {
                rules.lose(format!("{name}.{rule}"));
            }
        }
        match subject.ty {
            Type::Scalar(scalar) => match scalar {
                Scalar::Bool => self.boolean(&mut rules, set, subject),
                Scalar::String => text::rules(&mut rules, set, subject),
                Scalar::Bytes => bytes::rules(&mut rules, set, subject, self.dialect),
                Scalar::Double | Scalar::Float => {
                    floats::rules(&mut rules, set, subject, self.dialect);
                }
                Scalar::Int32
                | Scalar::Int64
                | Scalar::Uint32
                | Scalar::Uint64
                | Scalar::Sint32
                | Scalar::Sint64
                | Scalar::Fixed32
                | Scalar::Fixed64
                | Scalar::Sfixed32
                | Scalar::Sfixed64 => {
                    integers::rules(&mut rules, set, subject, scalar, self.dialect);
                }
            },
            Type::Enum(id) => {
                let of = self.contract.enumeration(id);
                enums::rules(&mut rules, set, subject, of, self.dialect);
            }
            Type::Message(id) => {
                let known = self.contract.message(id).well_known;
                messages::well_known(&mut rules, name, set, known, self.dialect);
            }
        }
        if let Some(examples) = set.examples() {
            rules.keywords.push(object(json!({ "examples": examples })));
        }
        rules
    }

    fn boolean(&self, rules: &mut ValueRules, set: &Set<'_, '_>, subject: Subject) {
        for (name, value) in set.fields() {
            match (name, value) {
                ("const", crate::dynamic::Value::Bool(expected)) => {
                    if *expected && subject.zero_is_free {
                        continue;
                    }
                    rules.refuses_zero |= *expected;
                    rules.keywords.push(object(json!({ "const": expected })));
                }
                ("example", _) => {}
                (name, _) => rules.lose(format!("bool.{name}")),
            }
        }
    }

    /// The type whose rules a field of this type has: that of the value in a wrapper.
    fn subject(&self, ty: Type) -> Type {
        match ty {
            Type::Message(id) => match self.contract.message(id).well_known {
                Some(WellKnown::Wrapper(scalar)) => Type::Scalar(scalar),
                Some(_) | None => ty,
            },
            Type::Scalar(_) | Type::Enum(_) => ty,
        }
    }

    /// Whether the values of a field have rules of their own, in another message.
    fn holds_messages(&self, field: &Field) -> bool {
        match field.shape.value_type() {
            Type::Message(id) => self.contract.message(id).well_known.is_none(),
            Type::Scalar(_) | Type::Enum(_) => false,
        }
    }

    /// What `required` asks of a value that has no presence: that it is not the zero of its type.
    fn not_zero(&self, field: &Field) -> Option<Schema> {
        let schema = match field.shape {
            Shape::Repeated { .. } => json!({ "minItems": 1 }),
            Shape::Map { .. } => json!({ "minProperties": 1 }),
            Shape::Singular {
                ty,
                presence: Presence::Implicit,
            } => match ty {
                Type::Scalar(Scalar::String | Scalar::Bytes) => json!({ "minLength": 1 }),
                Type::Scalar(Scalar::Bool) => json!({ "const": true }),
                Type::Scalar(_) => json!({ "not": self.zero_number() }),
                Type::Enum(id) => {
                    json!({ "not": enums::forms_of(self.contract.enumeration(id), 0) })
                }
                Type::Message(_) => return None,
            },
            Shape::Singular { .. } => return None,
        };
        Some(object(schema))
    }

    /// The forms of the number zero.
    fn zero_number(&self) -> Json {
        if !self.dialect.null_is_absent() {
            return json!({ "enum": [0, "0"] });
        }
        // In quotes too: `0`, `-0`, `0.0`, `0e9`.
        Json::Object(any_of(vec![
            json!({ "const": 0 }),
            json!({ "type": "string", "pattern": "^-?0(?:\\.0+)?(?:[eE][+-]?[0-9]+)?$" }),
        ]))
    }
}

/// A schema that one of the forms given allows; those that allow nothing are left out.
fn one_of_forms(forms: Vec<Json>) -> Schema {
    let mut forms: Vec<Json> = forms
        .into_iter()
        .filter(|form| form.get("enum").is_none_or(|values| values != &json!([])))
        .collect();
    match forms.len() {
        0 => object(json!({ "not": {} })),
        1 => object(forms.swap_remove(0)),
        _ => any_of(forms),
    }
}

/// The keywords of some rules, given up for zero where zero is free of them.
fn unless_zero(keywords: Vec<Schema>, zero: Json) -> Vec<Schema> {
    if keywords.is_empty() {
        return keywords;
    }
    let all: Vec<Json> = keywords.into_iter().map(Json::Object).collect();
    vec![any_of(vec![zero, json!({ "allOf": all })])]
}
