//! A schema as JSON, as it stands in an `.avsc` file: a type is defined where it is met first and named after that.
//! Decides the order of attributes and nothing about their content.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::schema::{Body, Field, Kind, Name, Named, Node, Properties, TypeId, Types};

/// How deep the JSON of a schema may nest. Parsers give up somewhere: that of the Rust crate at 128 levels, Python's near
/// a thousand.
pub const MAX_DEPTH: usize = 500;

/// Why a schema cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintError {
    /// This type, in the null namespace, is referred to from within this one's namespace, where its name would mean
    /// another one.
    NullNamespace {
        /// The type that is referred to.
        ty: TypeId,
        /// The record that refers to it.
        from: TypeId,
    },
    /// The JSON would nest deeper than [`MAX_DEPTH`] at this type.
    TooDeep(TypeId),
}

/// Prints a schema.
///
/// # Errors
/// If it cannot be written so that every parser reads it as it is.
pub fn print(types: &Types, root: &Node) -> Result<Printed, PrintError> {
    let mut printer = Printer {
        types,
        defined: BTreeSet::new(),
        deepest: 0,
        spaces: 0,
    };
    let value = printer.node(root, None, 1)?;
    Ok(Printed {
        value,
        defined: printer.defined,
        depth: printer.deepest,
    })
}

/// A schema as JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The JSON.
    pub value: Value,
    /// The types that it defines.
    pub defined: BTreeSet<TypeId>,
    /// How deep it nests.
    pub depth: usize,
}

struct Printer<'a> {
    types: &'a Types,
    defined: BTreeSet<TypeId>,
    deepest: usize,
    /// How many of the types around have a namespace.
    spaces: usize,
}

impl Printer<'_> {
    /// The schema of a node in the body of the type `within`, at this depth of the JSON.
    fn node(
        &mut self,
        node: &Node,
        within: Option<TypeId>,
        depth: usize,
    ) -> Result<Value, PrintError> {
        self.deepest = self.deepest.max(depth);
        let (name, inner) = match &node.kind {
            Kind::Primitive(primitive) if node.properties.is_empty() => {
                return Ok(primitive.name().into());
            }
            Kind::Primitive(primitive) => (primitive.name(), None),
            Kind::Array(items) => {
                let items = self.node(items, within, depth + 1)?;
                ("array", Some(("items", items)))
            }
            Kind::Map(values) => {
                let values = self.node(values, within, depth + 1)?;
                ("map", Some(("values", values)))
            }
            Kind::Union(branches) => {
                let branches = branches
                    .iter()
                    .map(|branch| self.node(branch, within, depth + 1));
                return branches.collect();
            }
            Kind::Named(id) => return self.named(*id, within, depth),
        };
        let mut object = Map::new();
        object.insert("type".into(), name.into());
        if let Some((key, inner)) = inner {
            object.insert(key.into(), inner);
        }
        extend(&mut object, &node.properties);
        Ok(object.into())
    }

    /// A type: its definition where it is met first, its name after that.
    fn named(
        &mut self,
        id: TypeId,
        within: Option<TypeId>,
        depth: usize,
    ) -> Result<Value, PrintError> {
        let named = self.types.get(id);
        let enclosing = within.map_or("", |within| &self.types.get(within).name.namespace);
        if !self.defined.insert(id) {
            return match within {
                // Within a record of no namespace Java takes that of the next record around.
                Some(from) if named.name.namespace.is_empty() && self.spaces > 0 => {
                    Err(PrintError::NullNamespace { ty: id, from })
                }
                Some(_) | None => Ok(named.name.full().into()),
            };
        }
        if depth > MAX_DEPTH {
            return Err(PrintError::TooDeep(id));
        }
        let unsaid = named.name.namespace == enclosing;
        let unsaid = unsaid && (!named.name.namespace.is_empty() || self.spaces == 0);
        let mut object = head(named, unsaid);
        self.spaces += usize::from(!named.name.namespace.is_empty());
        match &named.body {
            Body::Record(fields) => {
                let fields: Result<Vec<Value>, _> = fields
                    .iter()
                    .map(|field| self.field(field, id, depth + 2))
                    .collect();
                object.insert("fields".into(), fields?.into());
            }
            Body::Enum { symbols, default } => {
                object.insert("symbols".into(), symbols.clone().into());
                if let Some(default) = default {
                    object.insert("default".into(), default.as_str().into());
                }
            }
            Body::Fixed(size) => {
                object.insert("size".into(), (*size).into());
            }
        }
        self.spaces -= usize::from(!named.name.namespace.is_empty());
        Ok(object.into())
    }

    fn field(&mut self, field: &Field, of: TypeId, depth: usize) -> Result<Value, PrintError> {
        let mut object = Map::new();
        object.insert("name".into(), field.name.as_str().into());
        if let Some(doc) = &field.doc {
            object.insert("doc".into(), doc.as_str().into());
        }
        object.insert("type".into(), self.node(&field.node, Some(of), depth + 1)?);
        if let Some(default) = &field.default {
            object.insert("default".into(), default.clone());
        }
        if !field.aliases.is_empty() {
            object.insert("aliases".into(), field.aliases.clone().into());
        }
        extend(&mut object, &field.properties);
        Ok(object.into())
    }
}

/// What a definition begins with; its namespace may be left unsaid where it is that around it.
fn head(named: &Named, unsaid: bool) -> Map<String, Value> {
    let mut object = Map::new();
    let kind = match named.body {
        Body::Record(_) => "record",
        Body::Enum { .. } => "enum",
        Body::Fixed(_) => "fixed",
    };
    object.insert("type".into(), kind.into());
    object.insert("name".into(), named.name.name.as_str().into());
    if !unsaid {
        let namespace = named.name.namespace.as_str();
        object.insert("namespace".into(), namespace.into());
    }
    if let Some(doc) = &named.doc {
        object.insert("doc".into(), doc.as_str().into());
    }
    if !named.aliases.is_empty() {
        let aliases: Vec<Value> = named
            .aliases
            .iter()
            .map(|alias| written(alias, &named.name.namespace).into())
            .collect();
        object.insert("aliases".into(), aliases.into());
    }
    extend(&mut object, &named.properties);
    object
}

/// A name among the aliases of a type in a namespace. From there, one of the null namespace can only be said by its last
/// part, which is what names are compared by.
fn written(alias: &Name, namespace: &str) -> String {
    if alias.namespace == namespace {
        alias.name.clone()
    } else {
        alias.full()
    }
}

fn extend(object: &mut Map<String, Value>, properties: &Properties) {
    for (key, value) in properties {
        object.insert(key.clone(), value.clone());
    }
}
