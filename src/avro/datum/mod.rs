//! Avro data: read by the schema that it was written with, as a value of the schema that it is wanted in (Avro
//! specification, "Binary Encoding" and "Schema Resolution"). Knows no contract.

mod defaults;
mod matching;
mod pairs;
mod read;
mod resolve;

use std::borrow::Cow;

pub use pairs::{RecordPair, RecordPairs};
pub use resolve::{Problem, Resolution};

/// A value of a schema.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An int.
    Int(i32),
    /// A long.
    Long(i64),
    /// A float.
    Float(f32),
    /// A double.
    Double(f64),
    /// Bytes, or a fixed.
    Bytes(Cow<'a, [u8]>),
    /// Text.
    String(Cow<'a, str>),
    /// A list.
    Array(Vec<Value<'a>>),
    /// A map, in the order in which it is written.
    Map(Vec<(Cow<'a, str>, Value<'a>)>),
    /// The fields of a record, in their order.
    Record(Vec<Value<'a>>),
    /// The index of a symbol.
    Enum(usize),
    /// A branch of a union, by its index, and its value.
    Union(usize, Box<Value<'a>>),
}
