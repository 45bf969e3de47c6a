//! The JSON Schema target, proved by validators, by google's protobuf and by documents that must be refused.

mod book;
mod bundles;
mod conformance;
mod contracts;
mod documents;
mod generated;
mod parsers;
mod poison;
mod rows;
mod schemas;
mod snapshots;
#[path = "../support/mod.rs"]
mod support;
mod validated;
