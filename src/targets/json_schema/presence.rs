//! Which properties of an object must be there, which must not be there together, and what it means that one is there.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::definition::{Builder, Property};
use super::docs;
use super::pattern::object;
use super::rules::MessageRules;
use crate::contract::{Field, Message, Presence, Shape};

impl Builder<'_, '_> {
    /// The names that must be there, and rules for members that must be there under one of several names.
    pub(super) fn required(&self, members: &[Property<'_>]) -> (Vec<Value>, Vec<Value>) {
        let (mut required, mut rules) = (Vec::new(), Vec::new());
        for member in members {
            let is_required = match member.field.shape {
                Shape::Singular { presence, .. } => match presence {
                    Presence::Required => true,
                    Presence::Implicit => self.dialect.writes_all(),
                    Presence::Explicit => false,
                },
                Shape::Repeated { .. } | Shape::Map { .. } => {
                    // Extensions have presence in every serializer: they are written if they are set.
                    self.dialect.writes_all() && !member.is_extension
                }
            };
            if !is_required && !member.rules.required {
                continue;
            }
            match member.names.as_slice() {
                [name] => required.push(json!(name)),
                names => {
                    let forms: Vec<Value> = names
                        .iter()
                        .map(|name| json!({ "required": [name] }))
                        .collect();
                    rules.push(json!({ "anyOf": forms }));
                }
            }
        }
        (required, rules)
    }

    /// The rules that at most one member of each oneof is there.
    pub(super) fn oneofs(&self, message: &Message, members: &[Property<'_>]) -> Vec<Value> {
        let mut rules = Vec::new();
        for (index, oneof) in message.oneofs.iter().enumerate() {
            let mut branches: Vec<Value> = members
                .iter()
                .filter(|member| member.field.oneof.is_some_and(|id| id.index() == index))
                .map(|member| self.is_set(member))
                .collect();
            let is_required = self.rules.is_some_and(|rules| rules.requires(oneof));
            if branches.len() < 2 && !is_required {
                continue;
            }
            if !is_required {
                branches.push(json!({ "not": { "anyOf": branches } }));
            }
            let mut rule = object(json!({ "$comment": format!("oneof {}", oneof.name) }));
            docs::describe(&mut rule, &oneof.docs);
            rule.insert("oneOf".into(), branches.into());
            rules.push(rule.into());
        }
        rules
    }

    /// The `oneof` rules of protovalidate, at most one of some fields is set or exactly one, and what is lost.
    pub(super) fn groups(
        &self,
        members: &[Property<'_>],
        of_message: MessageRules,
    ) -> (Vec<Value>, Vec<String>) {
        let mut rules = Vec::new();
        let mut losses = of_message.losses;
        for (names, is_required) in of_message.groups {
            let listed: Vec<&Property<'_>> = members
                .iter()
                .filter(|member| names.contains(&member.field.name))
                .collect();
            // What is there is set, unless a zero or an empty list may be there that is not.
            let told = listed
                .iter()
                .all(|member| self.tells_presence(member.field));
            if !told || listed.len() != names.len() {
                losses.push(format!("oneof of {}", names.join(", ")));
                continue;
            }
            let mut branches: Vec<Value> = listed.iter().map(|it| self.is_set(it)).collect();
            if !is_required {
                branches.push(json!({ "not": { "anyOf": branches } }));
            }
            rules.push(json!({ "oneOf": branches }));
        }
        (rules, losses)
    }

    /// Whether a property that is there, and not null, always means that the field is set.
    fn tells_presence(&self, field: &Field) -> bool {
        match field.presence() {
            Some(Presence::Explicit | Presence::Required) => true,
            Some(Presence::Implicit) | None => {
                !self.dialect.null_is_absent() && !self.dialect.writes_all()
            }
        }
    }

    /// The schema of objects in which a member is set.
    fn is_set(&self, member: &Property<'_>) -> Value {
        let nullable = self.dialect.null_is_absent()
            && !self.contract.takes_null(member.field.shape.value_type());
        let mut forms: Vec<Value> = member
            .names
            .iter()
            .map(|name| {
                if nullable {
                    json!({ "required": [name], "properties": { *name: { "not": { "type": "null" } } } })
                } else {
                    json!({ "required": [name] })
                }
            })
            .collect();
        match forms.len() {
            1 => forms.swap_remove(0),
            _ => json!({ "anyOf": forms }),
        }
    }
}

/// The rules that a member does not stand under two of its names at once. A name that another member has too is left
/// alone: which of them it stands for cannot be told.
pub(super) fn one_name_each(members: &[Property<'_>]) -> Vec<Value> {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for name in members.iter().flat_map(|member| &member.names) {
        *owners.entry(name).or_default() += 1;
    }
    members
        .iter()
        .filter(|member| {
            member.names.len() > 1 && member.names.iter().all(|name| owners[name] == 1)
        })
        .map(|member| json!({ "not": { "required": member.names } }))
        .collect()
}
