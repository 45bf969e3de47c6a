//! The JSON Schema target, proved by validators, by google's protobuf and by documents that must be refused.
#![cfg(feature = "cli")]

mod book;
mod bundles;
mod conformance;
mod contracts;
mod documents;
#[path = "../avro/edits.rs"]
mod edits;
mod generated;
mod parsers;
mod poison;
#[path = "../avro/random.rs"]
mod random;
mod rows;
mod schemas;
mod snapshots;
#[path = "../support/mod.rs"]
mod support;
mod validated;
mod values;
mod verdicts;
