//! Works out, once for two schemas, how data of the one is read as data of the other. What cannot be read is known then,
//! and an error only when such data is met, as the specification wants it for unions.

use std::collections::BTreeMap;
use std::mem::take;

use super::matching::{self, Fit};
use super::{Value, defaults};
use crate::avro::Schema;
use crate::avro::schema::{Body, Field, Kind, Node, Primitive, TypeId, Types};

/// How deep the zero of a field without a default goes: enough for the records that only Avro needs.
const ZERO_DEPTH: usize = 3;

/// How data of a writer's schema is read as data of a reader's.
#[derive(Debug, Clone)]
pub struct Resolution {
    pub(super) root: Read,
    pub(super) records: Vec<RecordRead>,
    /// The writer's types, to pass over what is not wanted.
    pub(super) writer: Types,
    problems: Vec<Problem>,
}

/// Data that a reader cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is, as a path of fields: `series.uid`. Empty for the whole.
    pub path: String,
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// The records that it is in, of the writer and of the reader, the outermost first.
    pub records: Vec<(TypeId, TypeId)>,
    /// The reader's field that the writer has not, if it is that.
    pub missing: Option<String>,
}

/// How a value is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Read {
    /// As it is.
    Primitive(Primitive),
    /// A primitive, as another one.
    Promote(Primitive, Primitive),
    /// A list.
    Array(Box<Read>),
    /// A map.
    Map(Box<Read>),
    /// A record, by its index in [`Resolution::records`].
    Record(usize),
    /// An enum: the reader's index of each of the writer's symbols.
    Enum(Vec<Result<usize, usize>>),
    /// This many bytes.
    Fixed(usize),
    /// The writer's branches.
    Union(Vec<Read>),
    /// A value that is this branch of the reader's union.
    Branch(usize, Box<Read>),
    /// What cannot be read, by its index in the problems.
    Fail(usize),
}

/// How a record is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordRead {
    /// The writer's record.
    pub(super) of: TypeId,
    /// The writer's fields in their order.
    pub(super) fields: Vec<FieldRead>,
    /// The reader's record before anything is read: the defaults of fields that the writer has not.
    pub(super) empty: Vec<Value<'static>>,
    /// Fields that the writer has not and that have no default, by their problems.
    pub(super) missing: Vec<usize>,
}

/// What becomes of a writer's field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FieldRead {
    /// It is the reader's field of this index and name.
    Into(usize, String, Read),
    /// The reader has no such field.
    Skip(Node),
}

impl Resolution {
    /// Works out how data of one schema is read as data of another. Always possible; see [`Resolution::problems`].
    #[must_use]
    pub fn new(writer: &Schema, reader: (&Types, &Node)) -> Self {
        let mut resolver = Resolver::new(&writer.types, reader.0);
        let root = resolver.node(&writer.root, reader.1);
        resolver.done(root)
    }

    /// What data of the writer the reader cannot read. Empty if it can read all.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Read {
    /// Whether one of these problems is in it, what is inside of records aside.
    pub(super) fn has(&self, problem: &dyn Fn(usize) -> bool) -> bool {
        match self {
            Self::Primitive(_) | Self::Promote(..) | Self::Fixed(_) | Self::Record(_) => false,
            Self::Array(inner) | Self::Map(inner) | Self::Branch(_, inner) => inner.has(problem),
            Self::Enum(indices) => indices.iter().any(|it| it.is_err_and(problem)),
            Self::Union(branches) => branches.iter().any(|it| it.has(problem)),
            Self::Fail(own) => problem(*own),
        }
    }
}

pub(super) struct Resolver<'a> {
    writer: &'a Types,
    reader: &'a Types,
    /// Whether a writer's record stands by itself: then paths begin in it.
    pub(super) stands_alone: Option<&'a dyn Fn(TypeId) -> bool>,
    /// The place of each pair of records that was met.
    pub(super) known: BTreeMap<(TypeId, TypeId), usize>,
    /// `None` while it is worked out.
    records: Vec<Option<RecordRead>>,
    problems: Vec<Problem>,
    path: Vec<String>,
    /// The records around what is resolved.
    within: Vec<(TypeId, TypeId)>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(writer: &'a Types, reader: &'a Types) -> Self {
        Self {
            writer,
            reader,
            stands_alone: None,
            known: BTreeMap::new(),
            records: Vec::new(),
            problems: Vec::new(),
            path: Vec::new(),
            within: Vec::new(),
        }
    }

    pub(super) fn done(self, root: Read) -> Resolution {
        Resolution {
            root,
            records: self.records.into_iter().flatten().collect(),
            writer: self.writer.clone(),
            problems: self.problems,
        }
    }

    fn node(&mut self, writer: &Node, reader: &Node) -> Read {
        if let Kind::Union(branches) = &writer.kind {
            let branches = branches.iter().map(|branch| self.node(branch, reader));
            return Read::Union(branches.collect());
        }
        if let Kind::Union(branches) = &reader.kind {
            let best = branches
                .iter()
                .enumerate()
                .filter_map(|(index, branch)| {
                    let fit = matching::fit((self.writer, writer), (self.reader, branch))?;
                    Some((fit, index, branch))
                })
                .min_by_key(|(fit, index, _)| (*fit, *index));
            return match best {
                Some((_, index, branch)) => {
                    Read::Branch(index, Box::new(self.plain(writer, branch)))
                }
                None => self.fail(writer, reader),
            };
        }
        self.plain(writer, reader)
    }

    /// Two schemas of which neither is a union.
    fn plain(&mut self, writer: &Node, reader: &Node) -> Read {
        let fit = matching::fit((self.writer, writer), (self.reader, reader));
        match (&writer.kind, &reader.kind, fit) {
            (_, _, None) => self.fail(writer, reader),
            (Kind::Primitive(from), Kind::Primitive(to), Some(Fit::Promotion)) => {
                Read::Promote(*from, *to)
            }
            (Kind::Primitive(primitive), _, Some(_)) => Read::Primitive(*primitive),
            (Kind::Array(from), Kind::Array(to), Some(_)) => {
                Read::Array(Box::new(self.node(from, to)))
            }
            (Kind::Map(from), Kind::Map(to), Some(_)) => Read::Map(Box::new(self.node(from, to))),
            (Kind::Named(from), Kind::Named(to), Some(_)) => self.named(*from, *to),
            (Kind::Array(_) | Kind::Map(_) | Kind::Union(_) | Kind::Named(_), _, Some(_)) => {
                self.fail(writer, reader)
            }
        }
    }

    /// Two types of one kind.
    pub(super) fn named(&mut self, from: TypeId, to: TypeId) -> Read {
        match (&self.writer.get(from).body, &self.reader.get(to).body) {
            (Body::Fixed(size), _) => Read::Fixed(*size),
            (
                Body::Enum { symbols, .. },
                Body::Enum {
                    symbols: to,
                    default,
                },
            ) => self.symbols(symbols, to, default.as_deref()),
            (Body::Record(fields), Body::Record(to_fields)) => {
                if let Some(&index) = self.known.get(&(from, to)) {
                    return Read::Record(index);
                }
                let index = self.records.len();
                self.known.insert((from, to), index);
                self.records.push(None);
                let alone = self.stands_alone.is_some_and(|it| it(from));
                let around = alone.then(|| (take(&mut self.path), take(&mut self.within)));
                self.within.push((from, to));
                let record = self.record(from, fields, to_fields);
                self.within.pop();
                if let Some(around) = around {
                    (self.path, self.within) = around;
                }
                self.records[index] = Some(record);
                Read::Record(index)
            }
            (Body::Enum { .. } | Body::Record(_), _) => {
                let message = "the types are of different kinds".to_owned();
                self.problem(message)
            }
        }
    }

    fn symbols(&mut self, from: &[String], to: &[String], default: Option<&str>) -> Read {
        let index = |symbol: &str| to.iter().position(|it| it == symbol);
        let default = default.and_then(index);
        let indices = from
            .iter()
            .map(|symbol| match index(symbol).or(default) {
                Some(index) => Ok(index),
                None => {
                    let message = format!("the reader has no symbol `{symbol}` and no default");
                    self.problem(message);
                    Err(self.problems.len() - 1)
                }
            })
            .collect();
        Read::Enum(indices)
    }

    fn record(&mut self, of: TypeId, writer: &[Field], reader: &[Field]) -> RecordRead {
        let mut fields = Vec::new();
        let mut read = vec![false; reader.len()];
        for field in writer {
            // A name goes before an alias.
            let target = reader
                .iter()
                .position(|it| it.name == field.name)
                .or_else(|| {
                    let named = |name: &str| writer.iter().any(|it| it.name == name);
                    reader
                        .iter()
                        .position(|it| it.aliases.contains(&field.name) && !named(&it.name))
                })
                .filter(|&index| !read[index]);
            let Some(index) = target else {
                fields.push(FieldRead::Skip(field.node.clone()));
                continue;
            };
            read[index] = true;
            let name = reader[index].name.clone();
            self.path.push(name.clone());
            let how = self.node(&field.node, &reader[index].node);
            self.path.pop();
            fields.push(FieldRead::Into(index, name, how));
        }
        let mut missing = Vec::new();
        let mut empty = Vec::new();
        for (field, read) in reader.iter().zip(read) {
            let default = field.default.as_ref();
            let default = default.and_then(|json| defaults::value(self.reader, &field.node, json));
            if !read && default.is_none() {
                let name = &field.name;
                missing.push(self.problems.len());
                self.problem(format!(
                    "the writer has no field `{name}`, and it has no default"
                ));
                if let Some(problem) = self.problems.last_mut() {
                    problem.missing = Some(name.clone());
                }
            }
            let zero = || defaults::zero(self.reader, &field.node, ZERO_DEPTH);
            empty.push(default.unwrap_or_else(zero));
        }
        RecordRead {
            of,
            fields,
            empty,
            missing,
        }
    }

    fn fail(&mut self, writer: &Node, reader: &Node) -> Read {
        let (from, to) = (describe(self.writer, writer), describe(self.reader, reader));
        self.problem(format!("{from} cannot be read as {to}"))
    }

    fn problem(&mut self, message: String) -> Read {
        self.problems.push(Problem {
            path: self.path.join("."),
            message,
            records: self.within.clone(),
            missing: None,
        });
        Read::Fail(self.problems.len() - 1)
    }
}

/// A schema in a few words.
fn describe(types: &Types, node: &Node) -> String {
    match &node.kind {
        Kind::Primitive(primitive) => format!("`{}`", primitive.name()),
        Kind::Array(_) => "an array".to_owned(),
        Kind::Map(_) => "a map".to_owned(),
        Kind::Named(id) => format!("`{}`", types.get(*id).name.full()),
        Kind::Union(branches) => {
            let branches: Vec<String> = branches
                .iter()
                .map(|branch| describe(types, branch))
                .collect();
            format!("one of {}", branches.join(", "))
        }
    }
}
