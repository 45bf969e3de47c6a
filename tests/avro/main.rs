//! The Avro target, proved by the parsers of three Avro libraries and by data that they read and write.

mod clashes;
mod container;
#[path = "../json_schema/contracts.rs"]
mod contracts;
mod convert;
mod data;
mod fastavro;
mod losses;
mod parsers;
mod rows;
mod schemas;
#[path = "../support/mod.rs"]
mod support;
