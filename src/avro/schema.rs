//! An Avro schema as values (Avro specification, "Schema Declaration"). Types with a name live in an arena, so that
//! recursion is an id; everything else is a tree. Decides nothing about how a schema is written down.

use serde_json::{Map, Value};

/// Attributes that a schema carries beside those that Avro gives a meaning to, in their order.
pub type Properties = Map<String, Value>;

/// The full name of a record, an enum or a fixed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Names with dots between them; empty for the null namespace.
    pub namespace: String,
    /// The last part.
    pub name: String,
}

impl Name {
    /// The name as it is referred to: with its namespace.
    #[must_use]
    pub fn full(&self) -> String {
        if self.namespace.is_empty() {
            self.name.clone()
        } else {
            format!("{}.{}", self.namespace, self.name)
        }
    }
}

/// A type with a name in its [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(usize);

impl TypeId {
    /// The index in the arena.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// The types with names that some schemas share.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Types(Vec<Named>);

impl Types {
    /// The type with this id, which must be of this arena.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &Named {
        &self.0[id.0]
    }

    /// All of them, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Named)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, named)| (TypeId(index), named))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a type. A record may be added without its fields and be completed by [`Types::set_fields`].
    pub fn add(&mut self, named: Named) -> TypeId {
        self.0.push(named);
        TypeId(self.0.len() - 1)
    }

    /// Gives a record its fields.
    pub fn set_fields(&mut self, id: TypeId, fields: Vec<Field>) {
        self.0[id.0].body = Body::Record(fields);
    }
}

/// A record, an enum or a fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its name.
    pub name: Name,
    /// Names that it had, by which data of older schemas is found.
    pub aliases: Vec<Name>,
    /// What it is for.
    pub doc: Option<String>,
    /// Further attributes.
    pub properties: Properties,
    /// What it is.
    pub body: Body,
}

/// What a type with a name is.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Fields, in the order in which they are written.
    Record(Vec<Field>),
    /// Symbols, and the one that stands for those that a reader does not know.
    Enum {
        /// The symbols, in the order of their indices.
        symbols: Vec<String>,
        /// The default symbol.
        default: Option<String>,
    },
    /// This many bytes.
    Fixed(usize),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Names that it had.
    pub aliases: Vec<String>,
    /// What it is for.
    pub doc: Option<String>,
    /// What it holds.
    pub node: Node,
    /// What a reader takes where the writer has no such field; a union's default is of its first branch.
    pub default: Option<Value>,
    /// Further attributes.
    pub properties: Properties,
}

/// A schema in place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Further attributes, a logical type among them. Always empty for a union and for a type with a name.
    pub properties: Properties,
}

/// What a schema is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A primitive type.
    Primitive(Primitive),
    /// A list of these.
    Array(Box<Node>),
    /// A map from strings to these.
    Map(Box<Node>),
    /// One of these.
    Union(Vec<Node>),
    /// A type with a name.
    Named(TypeId),
}

/// A primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Primitive {
    /// Nothing.
    Null,
    /// True or false.
    Boolean,
    /// 32 bits, signed.
    Int,
    /// 64 bits, signed.
    Long,
    /// IEEE 754 binary32.
    Float,
    /// IEEE 754 binary64.
    Double,
    /// Bytes.
    Bytes,
    /// Text.
    String,
}

impl Primitive {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Null,
        Self::Boolean,
        Self::Int,
        Self::Long,
        Self::Float,
        Self::Double,
        Self::Bytes,
        Self::String,
    ];

    /// The name in schemas.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
        }
    }

    /// The primitive of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|primitive| primitive.name() == name)
    }
}

impl Node {
    /// A schema without further attributes.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            properties: Properties::new(),
        }
    }

    /// A primitive.
    #[must_use]
    pub fn primitive(primitive: Primitive) -> Self {
        Self::new(Kind::Primitive(primitive))
    }

    /// A list.
    #[must_use]
    pub fn array(items: Self) -> Self {
        Self::new(Kind::Array(Box::new(items)))
    }

    /// A map.
    #[must_use]
    pub fn map(values: Self) -> Self {
        Self::new(Kind::Map(Box::new(values)))
    }

    /// A type with a name.
    #[must_use]
    pub fn named(id: TypeId) -> Self {
        Self::new(Kind::Named(id))
    }

    /// `null` or a value, in this order, so that the default can be `null`.
    #[must_use]
    pub fn nullable(value: Self) -> Self {
        Self::new(Kind::Union(vec![Self::primitive(Primitive::Null), value]))
    }

    /// The same with a logical type.
    #[must_use]
    pub fn logical(mut self, name: &str) -> Self {
        self.properties.insert("logicalType".into(), name.into());
        self
    }

    /// The same with one more attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }
}
