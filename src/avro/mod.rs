//! Avro: schemas as values, what a contract becomes in them, their canonical form and fingerprint, and data.
//!
//! One mapping decides how every construct of a contract looks in Avro; the schemas that are printed and the data that is
//! read and written both follow from it, so they cannot disagree. Knows no files, no targets and no terminal.

mod canonical;
#[cfg(feature = "cli")]
pub mod container;
mod convert;
pub mod datum;
pub mod mapping;
mod parse;
mod print;
mod schema;

pub use canonical::{
    canonical_form, crc64, fingerprint, single_object_header, split_single_object,
};
pub use convert::Converter;
pub use mapping::Mapping;
pub use parse::{Schema, SchemaError};
pub use print::{MAX_DEPTH, PrintError, Printed, print};
pub use schema::{Body, Field, Kind, Name, Named, Node, Primitive, Properties, TypeId, Types};
