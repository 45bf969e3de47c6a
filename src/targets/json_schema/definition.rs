//! The schema of one message or enum, and what it refers to. Knows nothing of files: where a reference leads is
//! asked of [`Links`].

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::defaults;
use super::dialect::{self, Dialect, Form, Schema, any_of};
use super::docs;
use super::options::Unknown;
use super::pattern::object;
use crate::contract::{Contract, Enum, Extension, Field, Message, Presence, Shape, Type};

/// A schema and what must be there for its references to lead somewhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Definition {
    /// The schema.
    pub(super) schema: Schema,
    /// The messages and enums that it refers to.
    pub(super) types: BTreeSet<Type>,
    /// The shared schemas that it refers to, by their names.
    pub(super) shared: BTreeMap<&'static str, Schema>,
}

/// Where the definition of a message or enum is found.
pub(super) trait Links {
    /// The value of `$ref` for a message or enum.
    fn to(&self, ty: Type) -> String;
}

/// The property of one field.
struct Property<'c> {
    field: &'c Field,
    /// The names under which it may stand, the preferred one first.
    names: Vec<&'c str>,
    /// Whether the field is an extension.
    is_extension: bool,
}

/// Builds one definition.
pub(super) struct Builder<'a> {
    contract: &'a Contract,
    dialect: &'a dyn Dialect,
    links: &'a dyn Links,
    done: Definition,
}

impl<'a> Builder<'a> {
    /// A builder for one definition.
    pub(super) fn new(
        contract: &'a Contract,
        dialect: &'a dyn Dialect,
        links: &'a dyn Links,
    ) -> Self {
        Self {
            contract,
            dialect,
            links,
            done: Definition::default(),
        }
    }

    /// The definition of an enum.
    pub(super) fn enumeration(mut self, enumeration: &Enum) -> Definition {
        docs::describe_enum(&mut self.done.schema, enumeration);
        docs::deprecate(&mut self.done.schema, enumeration.deprecated);
        self.done
            .schema
            .extend(self.dialect.enumeration(enumeration));
        self.done
    }

    /// The definition of a message, given the extensions of it that the contract knows.
    pub(super) fn message(
        mut self,
        message: &'a Message,
        extensions: &[&'a Extension],
    ) -> Definition {
        let mut schema = Schema::new();
        if let Some(known) = message.well_known {
            docs::describe_well_known(&mut schema, known);
            let form = dialect::well_known(self.dialect, known);
            schema.extend(self.place(form));
        } else {
            docs::describe_message(&mut schema, &message.docs);
            docs::deprecate(&mut schema, message.deprecated);
            schema.extend(self.object(message, extensions));
        }
        self.done.schema = schema;
        self.done
    }

    /// The keywords of a message that is a JSON object with a property per field.
    fn object(&mut self, message: &'a Message, extensions: &[&'a Extension]) -> Schema {
        let members = self.members(message, extensions);
        let mut schema = object(json!({ "type": "object" }));
        let mut properties = Schema::new();
        for member in &members {
            let property = self.property(member.field);
            for name in &member.names {
                add_property(&mut properties, name, property.clone());
            }
        }
        if !properties.is_empty() {
            schema.insert("properties".into(), properties.into());
        }
        match self.dialect.unknown() {
            Unknown::Closed => drop(schema.insert("additionalProperties".into(), false.into())),
            Unknown::Open => {}
        }
        let (required, mut rules) = self.required(&members);
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        rules.extend(one_name_each(&members));
        rules.extend(self.oneofs(message, &members));
        if !rules.is_empty() {
            schema.insert("allOf".into(), rules.into());
        }
        schema
    }

    /// The fields in declaration order, then the extensions, with their names.
    fn members(&self, message: &'a Message, extensions: &[&'a Extension]) -> Vec<Property<'a>> {
        let fields = message.fields.iter().map(|field| Property {
            field,
            names: self.dialect.names(field),
            is_extension: false,
        });
        let extensions = extensions.iter().map(|extension| Property {
            field: &extension.field,
            names: vec![extension.field.json_name.as_str()],
            is_extension: true,
        });
        fields.chain(extensions).collect()
    }

    /// The schema of a field's property.
    fn property(&mut self, field: &Field) -> Schema {
        let mut schema = Schema::new();
        docs::describe(&mut schema, &field.docs);
        docs::deprecate(&mut schema, field.deprecated);
        match field.shape {
            Shape::Singular { ty, .. } => {
                let value = self.value(ty);
                if self.dialect.null_is_absent() && !self.has_null(ty) {
                    schema.extend(any_of(vec![
                        Value::Object(value),
                        json!({ "type": "null" }),
                    ]));
                } else {
                    schema.extend(value);
                }
            }
            Shape::Repeated { ty, .. } => {
                schema.insert("type".into(), self.nullable("array"));
                schema.insert("items".into(), self.value(ty).into());
            }
            Shape::Map { key, value } => {
                schema.insert("type".into(), self.nullable("object"));
                if let Some(form) = dialect::map_key(key) {
                    schema.insert("propertyNames".into(), self.place(form).into());
                }
                schema.insert("additionalProperties".into(), self.value(value).into());
            }
        }
        if let Some(default) = defaults::of(self.contract, self.dialect, field) {
            schema.insert("default".into(), default);
        }
        schema
    }

    /// The `type` of a value, with `null` where that stands for an absent one.
    fn nullable(&self, ty: &str) -> Value {
        if self.dialect.null_is_absent() {
            json!([ty, "null"])
        } else {
            json!(ty)
        }
    }

    /// The schema of one value of a type.
    fn value(&mut self, ty: Type) -> Schema {
        match ty {
            Type::Scalar(scalar) => {
                let form = self.dialect.scalar(scalar);
                self.place(form)
            }
            Type::Message(_) | Type::Enum(_) => {
                self.done.types.insert(ty);
                object(json!({ "$ref": self.links.to(ty) }))
            }
        }
    }

    /// The schema itself, or a reference to it if it is shared.
    fn place(&mut self, form: Form) -> Schema {
        match form {
            Form::Inline(schema) => schema,
            Form::Shared(name, schema) => {
                self.done.shared.insert(name, schema);
                object(json!({ "$ref": format!("#/$defs/{name}") }))
            }
        }
    }

    /// Whether `null` is a value of the type.
    fn has_null(&self, ty: Type) -> bool {
        match ty {
            Type::Scalar(_) => false,
            Type::Enum(id) => self.contract.enumeration(id).is_null_value(),
            Type::Message(id) => dialect::has_null(self.contract.message(id).well_known),
        }
    }

    /// The names that must be there, and rules for members that must be there under one of several names.
    fn required(&self, members: &[Property<'_>]) -> (Vec<Value>, Vec<Value>) {
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
            if !is_required {
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
    fn oneofs(&self, message: &Message, members: &[Property<'_>]) -> Vec<Value> {
        let mut rules = Vec::new();
        for (index, oneof) in message.oneofs.iter().enumerate() {
            let mut branches: Vec<Value> = members
                .iter()
                .filter(|member| member.field.oneof.is_some_and(|id| id.index() == index))
                .map(|member| self.is_set(member))
                .collect();
            if branches.len() < 2 {
                continue;
            }
            branches.push(json!({ "not": { "anyOf": branches } }));
            let mut rule = object(json!({ "$comment": format!("oneof {}", oneof.name) }));
            docs::describe(&mut rule, &oneof.docs);
            rule.insert("oneOf".into(), branches.into());
            rules.push(rule.into());
        }
        rules
    }

    /// The schema of objects in which a member is set.
    fn is_set(&self, member: &Property<'_>) -> Value {
        let nullable =
            self.dialect.null_is_absent() && !self.has_null(member.field.shape.value_type());
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
fn one_name_each(members: &[Property<'_>]) -> Vec<Value> {
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

/// Adds a property. Two fields of one name (a legal mistake of proto2) may each stand under it.
fn add_property(properties: &mut Schema, name: &str, schema: Schema) {
    match properties.get_mut(name) {
        Some(first) => {
            let both = vec![first.take(), schema.into()];
            *first = any_of(both).into();
        }
        None => drop(properties.insert(name.to_owned(), schema.into())),
    }
}
