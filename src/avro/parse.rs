//! Reads schemas, as they stand in files and in the headers of containers. Takes what other libraries write; what is no
//! schema is refused with the place in it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::schema::{Body, Field, Kind, Name, Named, Node, Primitive, Properties, TypeId, Types};

/// A schema that stands by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// Its types with names.
    pub types: Types,
    /// What data of it is.
    pub root: Node,
}

/// Why a text is no schema: lower case, with the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError(String);

impl std::fmt::Display for SchemaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SchemaError {}

impl Schema {
    /// Reads a schema from JSON.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(schema: &Value) -> Result<Self, SchemaError> {
        let mut parser = Parser::default();
        let root = parser.node(schema, "")?;
        Ok(Self {
            types: parser.types,
            root,
        })
    }

    /// Its fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        super::fingerprint(&self.types, &self.root)
    }

    /// Reads a schema from text.
    ///
    /// # Errors
    /// If it is no JSON, or no schema.
    pub fn parse_text(text: &str) -> Result<Self, SchemaError> {
        let schema: Value = serde_json::from_str(text)
            .map_err(|error| SchemaError(format!("the schema is no JSON: {error}")))?;
        Self::parse(&schema)
    }
}

/// What a schema may say of itself in place, beside its properties.
const KEYS: [&str; 10] = [
    "type",
    "name",
    "namespace",
    "doc",
    "aliases",
    "fields",
    "symbols",
    "size",
    "items",
    "values",
];

#[derive(Default)]
struct Parser {
    types: Types,
    known: BTreeMap<String, TypeId>,
}

impl Parser {
    /// A schema in the body of a type of this namespace.
    fn node(&mut self, schema: &Value, enclosing: &str) -> Result<Node, SchemaError> {
        match schema {
            Value::String(name) => self.reference(name, enclosing),
            Value::Array(branches) => self.union(branches, enclosing),
            Value::Object(object) => self.object(object, enclosing),
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                Err(SchemaError(format!("`{schema}` is no schema")))
            }
        }
    }

    fn reference(&self, name: &str, enclosing: &str) -> Result<Node, SchemaError> {
        if let Some(primitive) = Primitive::of_name(name) {
            return Ok(Node::primitive(primitive));
        }
        // What is not in the namespace may be in none: Java reads it so.
        let full = full(name, None, enclosing).full();
        let id = self.known.get(&full).or_else(|| self.known.get(name));
        let id = id.ok_or_else(|| {
            SchemaError(format!(
                "the type `{full}` is not defined before it is used"
            ))
        })?;
        Ok(Node::named(*id))
    }

    fn union(&mut self, branches: &[Value], enclosing: &str) -> Result<Node, SchemaError> {
        let mut nodes: Vec<Node> = Vec::new();
        for branch in branches {
            let node = self.node(branch, enclosing)?;
            let unclear = match &node.kind {
                Kind::Union(_) => true,
                Kind::Named(id) => nodes.iter().any(|other| other.kind == Kind::Named(*id)),
                Kind::Primitive(_) | Kind::Array(_) | Kind::Map(_) => nodes
                    .iter()
                    .any(|other| same_unnamed(&other.kind, &node.kind)),
            };
            if unclear {
                return Err(SchemaError(format!(
                    "a union holds a union, or two of a type: {branch}"
                )));
            }
            nodes.push(node);
        }
        Ok(Node::new(Kind::Union(nodes)))
    }

    fn object(
        &mut self,
        object: &Map<String, Value>,
        enclosing: &str,
    ) -> Result<Node, SchemaError> {
        let ty = object
            .get("type")
            .ok_or_else(|| SchemaError("a schema has no `type`".into()))?;
        let mut node = match ty.as_str() {
            Some("record" | "error" | "enum" | "fixed") => return self.named(object, enclosing),
            Some("array") => Node::array(self.part(object, "items", enclosing)?),
            Some("map") => Node::map(self.part(object, "values", enclosing)?),
            Some(_) | None => self.node(ty, enclosing)?,
        };
        if matches!(
            node.kind,
            Kind::Primitive(_) | Kind::Array(_) | Kind::Map(_)
        ) {
            node.properties.extend(properties(object, &[]));
        }
        Ok(node)
    }

    fn part(
        &mut self,
        object: &Map<String, Value>,
        key: &str,
        enclosing: &str,
    ) -> Result<Node, SchemaError> {
        let part = object
            .get(key)
            .ok_or_else(|| SchemaError(format!("a schema has no `{key}`")))?;
        self.node(part, enclosing)
    }

    fn named(&mut self, object: &Map<String, Value>, enclosing: &str) -> Result<Node, SchemaError> {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let name = text("name").ok_or_else(|| SchemaError("a type has no `name`".into()))?;
        let name = full(name, text("namespace"), enclosing);
        let aliases = strings(object, "aliases");
        let named = Named {
            aliases: aliases
                .iter()
                .map(|alias| full(alias, None, &name.namespace))
                .collect(),
            doc: text("doc").map(str::to_owned),
            properties: properties(object, &["default"]),
            body: self.body(object, &name)?,
            name: name.clone(),
        };
        let is_record = matches!(named.body, Body::Record(_));
        let id = self.types.add(named);
        if self.known.insert(name.full(), id).is_some() {
            return Err(SchemaError(format!(
                "the type `{}` is defined twice",
                name.full()
            )));
        }
        if is_record {
            let fields = self.fields(object, &name)?;
            self.types.set_fields(id, fields);
        }
        Ok(Node::named(id))
    }

    /// What a type with a name is; of a record only that, as its fields may refer to it.
    fn body(&self, object: &Map<String, Value>, name: &Name) -> Result<Body, SchemaError> {
        Ok(match object.get("type").and_then(Value::as_str) {
            Some("enum") => Body::Enum {
                symbols: strings(object, "symbols"),
                default: object
                    .get("default")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            },
            Some("fixed") => {
                let size = object.get("size").and_then(Value::as_u64);
                let size = size.and_then(|size| usize::try_from(size).ok());
                let size = size.ok_or_else(|| {
                    SchemaError(format!("the fixed `{}` has no `size`", name.full()))
                })?;
                Body::Fixed(size)
            }
            Some(_) | None => Body::Record(Vec::new()),
        })
    }

    fn fields(
        &mut self,
        object: &Map<String, Value>,
        of: &Name,
    ) -> Result<Vec<Field>, SchemaError> {
        let fields = object.get("fields").and_then(Value::as_array);
        let fields = fields
            .ok_or_else(|| SchemaError(format!("the record `{}` has no `fields`", of.full())))?;
        let mut parsed: Vec<Field> = Vec::new();
        for field in fields {
            let object = field.as_object();
            let name = object.and_then(|it| it.get("name")).and_then(Value::as_str);
            let (Some(object), Some(name)) = (object, name) else {
                return Err(SchemaError(format!(
                    "a field of `{}` has no name",
                    of.full()
                )));
            };
            if parsed.iter().any(|other| other.name == name) {
                return Err(SchemaError(format!(
                    "the record `{}` has two fields `{name}`",
                    of.full()
                )));
            }
            let node = self
                .part(object, "type", &of.namespace)
                .map_err(|error| SchemaError(format!("{error}, in `{name}` of `{}`", of.full())))?;
            parsed.push(Field {
                name: name.to_owned(),
                aliases: strings(object, "aliases"),
                doc: object.get("doc").and_then(Value::as_str).map(str::to_owned),
                node,
                default: object.get("default").cloned(),
                properties: properties(object, &["default"]),
            });
        }
        Ok(parsed)
    }
}

fn same_unnamed(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::Primitive(one), Kind::Primitive(other)) => one == other,
        (Kind::Array(_), Kind::Array(_)) | (Kind::Map(_), Kind::Map(_)) => true,
        (
            Kind::Primitive(_) | Kind::Array(_) | Kind::Map(_) | Kind::Union(_) | Kind::Named(_),
            _,
        ) => false,
    }
}

/// The full name of what is called so (Avro specification, "Names"): a name with dots is one, another one is in the
/// namespace that is said, or in that around it.
fn full(name: &str, namespace: Option<&str>, enclosing: &str) -> Name {
    match name.rsplit_once('.') {
        Some((namespace, name)) => Name {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        },
        None => Name {
            namespace: namespace.unwrap_or(enclosing).to_owned(),
            name: name.to_owned(),
        },
    }
}

fn strings(object: &Map<String, Value>, key: &str) -> Vec<String> {
    let items = object.get(key).and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

fn properties(object: &Map<String, Value>, without: &[&str]) -> Properties {
    object
        .iter()
        .filter(|(key, _)| !KEYS.contains(&key.as_str()) && !without.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
