//! Messages, oneofs and enums become views.

use super::field::{FieldCode, attributes, storage};
use super::options::Options;
use super::symbols::Symbols;
use super::text::{block, docs, lines, paragraphs, string};
use super::types::Value;
use super::views::{ArmView, EnumView, MemberView, MessageView, OneofView, ValueView};
use super::words::POLICY;
use super::{compare, extension, json, text_format, wire};
use crate::contract::{Enum, EnumId, Message, MessageId, NumberRange, OneofId, Written};
use crate::names::{Candidate, Role, Scope, value_name};

/// What every view is made from.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    pub(super) symbols: &'a Symbols<'a>,
    pub(super) options: &'a Options,
    /// Per message, whether required fields can be missing in it.
    pub(super) needs_required_check: &'a [bool],
}

impl Maker<'_> {
    pub(super) fn message(&self, id: MessageId) -> MessageView {
        let contract = self.symbols.contract;
        let message = contract.message(id);
        let place = self.symbols.place(id);
        let fields = FieldCode::all(message, self.symbols, &place);
        let name = self.symbols.message(id).name().to_owned();
        let extendable = message.is_extendable();
        let base = if extendable {
            format!("global::Xlc.ExtendableMessage<{name}>")
        } else {
            "global::Xlc.Message".to_owned()
        };
        let plain: Vec<&FieldCode<'_>> = fields.iter().filter(|code| code.arm.is_none()).collect();
        let oneofs: Vec<String> = self.symbols.members[id.index()]
            .oneofs
            .iter()
            .map(|name| storage(name))
            .collect();
        let extensions: Vec<MemberView> = message
            .extensions
            .iter()
            .filter_map(|&id| {
                extension::declare(contract.extension(id), self.symbols, self.options, &place)
            })
            .collect();
        MessageView {
            docs: docs(
                &message.docs,
                &format!("The message <c>{}</c>.", message.full_name),
            ),
            attributes: attributes(message.deprecated),
            access: self.options.access.keyword().to_owned(),
            base,
            full_name: string(message.full_name.as_str()),
            json_names: json::names(&fields),
            text_names: if self.options.text_format {
                text_format::fields(message, &fields, self.symbols)
            } else {
                Vec::new()
            },
            storage: self.storage(message, &fields),
            members: self.members(message, &fields),
            merge: merge(&plain, &oneofs),
            equal: equal(&plain, &oneofs),
            hash: hash(&plain, &oneofs),
            read: fields.iter().flat_map(wire::read).collect(),
            write: write(message, &fields),
            read_json: fields.iter().map(json::read).collect(),
            write_json: paragraphs(fields.iter().map(json::write)),
            describe: fields.iter().map(compare::describe).collect(),
            missing: self.missing(message, &fields),
            extendable,
            extension_numbers: extension_numbers(message),
            message_set: message.message_set,
            oneofs: self.oneofs(message, &fields),
            after_enums: message.parent.is_some_and(|parent| {
                let parent = contract.message(parent);
                !parent.enums.is_empty() && parent.messages.first() == Some(&id)
            }),
            has_types: !message.messages.is_empty() || !message.enums.is_empty(),
            extensions,
            enums: message
                .enums
                .iter()
                .map(|&id| self.enumeration(id))
                .collect(),
            messages: message
                .messages
                .iter()
                .map(|&id| self.message(id))
                .collect(),
            name,
        }
    }

    pub(super) fn enumeration(&self, id: EnumId) -> EnumView {
        let enumeration = self.symbols.contract.enumeration(id);
        let values = enumeration.values.iter().zip(value_names(enumeration));
        EnumView {
            docs: docs(
                &enumeration.docs,
                &format!("The enum <c>{}</c>.", enumeration.full_name),
            ),
            attributes: attributes(enumeration.deprecated),
            access: self.options.access.keyword().to_owned(),
            name: self.symbols.enumeration(id).name().to_owned(),
            values: values
                .map(|(value, name)| ValueView {
                    docs: docs(&value.docs, &format!("The value <c>{}</c>.", value.name)),
                    attributes: attributes(value.deprecated),
                    name,
                    number: value.number,
                })
                .collect(),
        }
    }

    fn storage(&self, message: &Message, fields: &[FieldCode<'_>]) -> Vec<String> {
        let members = &self.symbols.members[message.id.index()];
        let plain = fields.iter().filter(|code| code.arm.is_none());
        let mut all: Vec<String> = plain.map(FieldCode::declare_storage).collect();
        for (name, ty) in members.oneofs.iter().zip(&members.oneof_types) {
            all.push(format!("private {ty}? {};", storage(name)));
        }
        all
    }

    fn members(&self, message: &Message, fields: &[FieldCode<'_>]) -> Vec<MemberView> {
        let members = &self.symbols.members[message.id.index()];
        let set = self.options.setters.keyword();
        let mut all: Vec<MemberView> = Vec::new();
        for code in fields {
            if code.arm.is_none() {
                all.push(code.property(self.options));
            }
            all.extend(code.default_constant());
        }
        for (index, oneof) in message.oneofs.iter().enumerate() {
            let (name, ty) = (&members.oneofs[index], &members.oneof_types[index]);
            let storage = storage(name);
            all.push(MemberView {
                docs: docs(&oneof.docs, &format!("The oneof <c>{}</c>.", oneof.name)),
                attributes: Vec::new(),
                lines: block(
                    format!("public {ty}? {name}"),
                    [
                        format!("get => {storage};"),
                        format!("{set} => {storage} = value;"),
                    ],
                ),
            });
        }
        all
    }

    fn missing(&self, message: &Message, fields: &[FieldCode<'_>]) -> Vec<String> {
        if !self.needs_required_check[message.id.index()] {
            return Vec::new();
        }
        let mut terms: Vec<String> = fields
            .iter()
            .filter_map(|code| compare::missing(code, self.needs_required_check))
            .collect();
        if message.is_extendable() {
            terms.push("FindMissingInExtensions()".to_owned());
        }
        joined("return ", "    ?? ", &terms)
    }

    fn oneofs(&self, message: &Message, fields: &[FieldCode<'_>]) -> Vec<OneofView> {
        let types = &self.symbols.members[message.id.index()].oneof_types;
        let each = message.oneofs.iter().enumerate();
        each.map(|(index, oneof)| {
            let id = OneofId::new(index);
            let arms = fields.iter().filter(|code| code.field.oneof == Some(id));
            OneofView {
                docs: docs(
                    &oneof.docs,
                    &format!("What the oneof <c>{}</c> can hold.", oneof.name),
                ),
                name: types[index].clone(),
                arms: arms
                    .map(|code| self.arm(message, code, &types[index]))
                    .collect(),
            }
        })
        .collect()
    }

    /// The arms of all oneofs are named in a place where each of them hides what else has its name.
    fn arm(&self, message: &Message, code: &FieldCode<'_>, base: &str) -> ArmView {
        let place = self.symbols.place_in_oneofs(message.id);
        let value = Value::new(code.field.encoding(), self.symbols, &place);
        let arm = code.arm.as_deref().unwrap_or_default();
        let name = arm.rsplit('.').next().unwrap_or(arm).to_owned();
        let merged = merged(&value, &name);
        let init = if value.is_reference() && !value.is_message() {
            format!("value ?? {}", value.zero())
        } else if value.is_message() {
            format!("value ?? new {}()", value.name)
        } else {
            "value".to_owned()
        };
        ArmView {
            docs: docs(
                &code.field.docs,
                &format!("The field <c>{}</c>.", code.field.name),
            ),
            attributes: attributes(code.field.deprecated),
            name,
            base: base.to_owned(),
            number: code.field.number,
            init,
            equal: compare::equal_values(&value, "Value", "arm.Value"),
            hash: compare::hashed(&value, "Value"),
            merged,
            value: value.name,
        }
    }
}

/// The names of an enum's values.
pub(super) fn value_names(enumeration: &Enum) -> Vec<String> {
    let candidates: Vec<Candidate<'_>> = enumeration
        .values
        .iter()
        .map(|value| Candidate {
            role: Role::EnumValue,
            name: value_name(enumeration, &value.name),
            number: Some(value.number),
        })
        .collect();
    let names = Scope::new(POLICY).assign(&candidates);
    names.iter().map(ToString::to_string).collect()
}

/// The statements that merge an arm into what the oneof held before.
fn merged(value: &Value, arm: &str) -> Vec<String> {
    match value.copy("Value") {
        Some(copy) if value.is_message() => {
            let mut all = block(
                format!("if (old is {arm} same)"),
                lines(["same.Value.MergeFrom(Value);", "return same;"]),
            );
            all.push(String::new());
            all.push(format!("return new {arm}({copy});"));
            all
        }
        Some(copy) => vec![format!("return new {arm}({copy});")],
        None => lines(["return this;"]),
    }
}

fn merge(plain: &[&FieldCode<'_>], oneofs: &[String]) -> Vec<String> {
    let fields = plain.iter().map(|code| compare::merge(code));
    let oneofs = oneofs.iter().map(|storage| {
        vec![format!(
            "{storage} = other.{storage}?.MergedInto({storage}) ?? {storage};"
        )]
    });
    paragraphs(fields.chain(oneofs))
}

fn equal(plain: &[&FieldCode<'_>], oneofs: &[String]) -> Vec<String> {
    let mut all: Vec<String> = plain.iter().map(|code| compare::equal(code)).collect();
    all.extend(
        oneofs
            .iter()
            .map(|storage| format!("Equals({storage}, other.{storage})")),
    );
    joined("&& ", "&& ", &all)
}

fn hash(plain: &[&FieldCode<'_>], oneofs: &[String]) -> Vec<String> {
    let mut all: Vec<String> = plain.iter().map(|code| compare::hash(code)).collect();
    all.extend(oneofs.iter().map(|storage| format!("hash.Add({storage});")));
    all
}

/// An expression of several lines: each further term on its own, with the operator in front.
fn joined(head: &str, operator: &str, terms: &[String]) -> Vec<String> {
    let count = terms.len();
    let each = terms.iter().enumerate();
    each.map(|(index, term)| {
        let start = if index == 0 { head } else { operator };
        let end = if index + 1 == count { ";" } else { "" };
        format!("{start}{term}{end}")
    })
    .collect()
}

/// The statements that write fields and extensions, the last first.
fn write(message: &Message, fields: &[FieldCode<'_>]) -> Vec<String> {
    if message.message_set {
        return vec!["WriteItems(ref w);".to_owned()];
    }
    // Both are in the order of the numbers.
    let mut fields = fields.iter();
    let mut parts: Vec<Vec<String>> = message
        .wire_order()
        .into_iter()
        .map(|written| match written {
            Written::Field(_) => fields.next().map(wire::write).unwrap_or_default(),
            Written::Extensions(NumberRange { first, last }) => {
                vec![format!("WriteExtensions(ref w, unread, {first}, {last});")]
            }
        })
        .collect();
    let unknown = if message.is_extendable() {
        "var unread = WriteUnknown(ref w);"
    } else {
        "w.Unknown(this);"
    };
    parts.push(vec![unknown.to_owned()]);
    parts.reverse();
    paragraphs(parts)
}

/// The condition under which `number` is in a range of extensions.
fn extension_numbers(message: &Message) -> Vec<String> {
    let ranges = message.extension_ranges.iter();
    let mut lines: Vec<String> = ranges
        .map(|it| (it.range.first, it.range.last))
        .map(|(first, last)| format!("|| (number >= {first} && number <= {last})"))
        .collect();
    if let Some(first) = lines.first_mut() {
        first.drain(..3);
    }
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}
