//! The back ends: one table, and the trait that each of them implements.

pub mod avro;
pub mod csharp;
pub mod dart;
pub mod go;
pub mod json_schema;
mod kafka;
pub mod python;
mod roots;
mod target;

pub use target::{
    Capabilities, Earlier, Options, Plan, Support, Target, TemplateSource, artifact, decode_options,
};

/// Every target, in the order in which lists show them.
pub static TARGETS: &[&dyn Target] = &[
    &avro::Avro,
    &csharp::CSharp,
    &dart::Dart,
    &go::Go,
    &json_schema::JsonSchema,
    &python::Python,
];

/// The target of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Target> {
    TARGETS.iter().copied().find(|target| target.name() == name)
}
