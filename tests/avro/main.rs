//! The Avro target, proved by the parsers of three Avro libraries and by data that they read and write.
#![cfg(feature = "cli")]

mod baseline;
mod clashes;
mod container;
#[path = "../json_schema/contracts.rs"]
mod contracts;
mod convert;
mod data;
mod edits;
mod fastavro;
mod hostile;
mod losses;
mod parsers;
mod random;
mod rows;
mod schemas;
mod squares;
#[path = "../support/mod.rs"]
mod support;
mod verdicts;
