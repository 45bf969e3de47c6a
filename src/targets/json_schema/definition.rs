//! The schema of one message or enum, and what it refers to. Knows nothing of files: where a reference leads is
//! asked of [`Links`].

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::defaults;
use super::dialect::{self, Dialect, Form, Schema, any_of};
use super::docs;
use super::options::Unknown;
use super::pattern::object;
use super::presence;
use super::rules::{FieldRules, MessageRules, Rules};
use crate::contract::{Contract, Enum, Extension, Field, MaybeSpan, Message, Shape, Type};

/// A schema and what must be there for its references to lead somewhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Definition {
    /// The schema.
    pub(super) schema: Schema,
    /// The messages and enums that it refers to.
    pub(super) types: BTreeSet<Type>,
    /// The shared schemas that it refers to, by their names.
    pub(super) shared: BTreeMap<&'static str, Schema>,
    /// The rules that it does not express, with what they are about and its place.
    pub(super) losses: Vec<Loss>,
}

/// Rules that a schema does not express.
#[derive(Debug, Clone)]
pub(super) struct Loss {
    /// The full name of the field or message.
    pub(super) of: String,
    /// Its place.
    pub(super) span: MaybeSpan,
    /// The rules, as they are called in the contract.
    pub(super) rules: Vec<String>,
}

/// Where the definition of a message or enum is found.
pub(super) trait Links {
    /// The value of `$ref` for a message or enum.
    fn to(&self, ty: Type) -> String;
}

/// The property of one field.
pub(super) struct Property<'c> {
    pub(super) field: &'c Field,
    /// The names under which it may stand, the preferred one first.
    pub(super) names: Vec<&'c str>,
    /// Whether the field is an extension.
    pub(super) is_extension: bool,
    /// What protovalidate says of it.
    pub(super) rules: FieldRules,
}

/// Builds one definition.
pub(super) struct Builder<'a, 'l> {
    pub(super) contract: &'a Contract,
    pub(super) dialect: &'a dyn Dialect,
    links: &'l dyn Links,
    pub(super) rules: Option<&'a Rules<'a>>,
    done: Definition,
}

impl<'a, 'l> Builder<'a, 'l> {
    /// A builder for one definition.
    pub(super) fn new(
        contract: &'a Contract,
        dialect: &'a dyn Dialect,
        links: &'l dyn Links,
        rules: Option<&'a Rules<'a>>,
    ) -> Self {
        Self {
            contract,
            dialect,
            links,
            rules,
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
        let of_message = self.rules.map(|rules| rules.message(message));
        let of_message = of_message.unwrap_or_default();
        let members = self.members(message, extensions, &of_message);
        let mut schema = object(json!({ "type": "object" }));
        let mut properties = Schema::new();
        for member in &members {
            let property = self.property(member);
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
        rules.extend(presence::one_name_each(&members));
        rules.extend(self.oneofs(message, &members));
        let (groups, losses) = self.groups(&members, of_message);
        rules.extend(groups);
        docs::lose(&mut schema, &losses);
        self.lose(message.full_name.to_string(), message.span, losses);
        if !rules.is_empty() {
            schema.insert("allOf".into(), rules.into());
        }
        schema
    }

    /// The fields in declaration order, then the extensions, with their names and rules.
    fn members(
        &mut self,
        message: &'a Message,
        extensions: &[&'a Extension],
        of_message: &MessageRules,
    ) -> Vec<Property<'a>> {
        let rules = |field: &Field| match self.rules {
            Some(rules) => rules.field(field, of_message.names(&field.name)),
            None => FieldRules::default(),
        };
        let fields = message.fields.iter().map(|field| Property {
            field,
            names: self.dialect.names(field),
            is_extension: false,
            rules: rules(field),
        });
        let extensions = extensions.iter().map(|extension| Property {
            field: &extension.field,
            names: vec![extension.field.json_name.as_str()],
            is_extension: true,
            rules: rules(&extension.field),
        });
        let members: Vec<Property<'a>> = fields.chain(extensions).collect();
        for member in &members {
            let of = match member.is_extension {
                true => member.field.json_name.as_str().to_owned(),
                false => format!("{}.{}", message.full_name, member.field.name),
            };
            self.lose(of, member.field.span, member.rules.losses.clone());
        }
        members
    }

    /// Takes note of rules that are not expressed.
    fn lose(&mut self, of: String, span: MaybeSpan, rules: Vec<String>) {
        if !rules.is_empty() {
            self.done.losses.push(Loss { of, span, rules });
        }
    }

    /// The schema of a field's property.
    fn property(&mut self, member: &Property<'_>) -> Schema {
        let field = member.field;
        let rules = &member.rules;
        let mut schema = Schema::new();
        docs::describe(&mut schema, &field.docs);
        docs::deprecate(&mut schema, field.deprecated);
        docs::lose(&mut schema, &rules.losses);
        let takes_null = self.dialect.null_is_absent() && !rules.required;
        match field.shape {
            Shape::Singular { ty, .. } => {
                let mut value = self.value(ty);
                constrain(&mut value, &rules.whole);
                if takes_null && !self.contract.takes_null(ty) {
                    schema.extend(any_of(vec![
                        Value::Object(value),
                        json!({ "type": "null" }),
                    ]));
                } else {
                    schema.extend(value);
                }
            }
            Shape::Repeated { ty, .. } => {
                schema.insert("type".into(), nullable("array", takes_null));
                let mut items = self.value(ty);
                constrain(&mut items, &rules.elements);
                schema.insert("items".into(), items.into());
                constrain(&mut schema, &rules.whole);
            }
            Shape::Map { key, value } => {
                schema.insert("type".into(), nullable("object", takes_null));
                let mut keys = match dialect::map_key(key) {
                    Some(form) => self.place(form),
                    None => Schema::new(),
                };
                constrain(&mut keys, &rules.keys);
                if !keys.is_empty() {
                    schema.insert("propertyNames".into(), keys.into());
                }
                let mut values = self.value(value);
                constrain(&mut values, &rules.elements);
                schema.insert("additionalProperties".into(), values.into());
                constrain(&mut schema, &rules.whole);
            }
        }
        if let Some(default) = defaults::of(self.contract, self.dialect, field) {
            schema.insert("default".into(), default);
        }
        schema
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
}

/// The `type` of a value, with `null` where that stands for an absent one.
fn nullable(ty: &str, takes_null: bool) -> Value {
    if takes_null {
        json!([ty, "null"])
    } else {
        json!(ty)
    }
}

/// Adds keywords that hold beside those of a schema. A narrower bound takes the place of the type's own; what is there
/// already for another reason stays, and the two stand together.
fn constrain(schema: &mut Schema, keywords: &[Schema]) {
    let mut beside: Vec<Value> = Vec::new();
    for rule in keywords {
        let is_bounds = rule
            .keys()
            .all(|keyword| keyword == "minimum" || keyword == "maximum");
        if is_bounds || rule.keys().all(|keyword| !schema.contains_key(keyword)) {
            schema.extend(rule.clone());
        } else {
            beside.push(Value::Object(rule.clone()));
        }
    }
    if !beside.is_empty() {
        schema.insert("allOf".into(), beside.into());
    }
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
