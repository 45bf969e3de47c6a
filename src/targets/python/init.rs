//! The constructor: a keyword parameter for each attribute.

use super::build::{Attribute, attributes_of};
use super::class::{Class, Element, Member};
use super::layout::{assign, call, fits};
use crate::contract::{Presence, Shape};

pub(super) fn parameters(class: &Class<'_>) -> Vec<String> {
    let column = class.column + 4;
    attributes_of(class)
        .iter()
        .map(|attribute| match attribute {
            Attribute::Field(member) => {
                let annotation = class.annotation(member, true);
                let annotation = match member.field.shape {
                    Shape::Singular { .. } => annotation,
                    Shape::Repeated { .. } | Shape::Map { .. } => annotation.or_none(),
                };
                annotation.parameter(column, member.name, &argument(class, member))
            }
            Attribute::Oneof(id, name) => class
                .oneof_annotation(*id, true)
                .parameter(column, name, "None"),
        })
        .collect()
}

/// The default argument of a field.
pub(super) fn argument(class: &Class<'_>, member: &Member<'_>) -> String {
    match member.field.shape {
        Shape::Singular {
            presence: Presence::Implicit,
            ..
        } => initial(class, member),
        Shape::Singular { .. } | Shape::Repeated { .. } | Shape::Map { .. } => "None".to_owned(),
    }
}

/// The default argument of an implicit field.
fn initial(class: &Class<'_>, member: &Member<'_>) -> String {
    match class.element(member.field) {
        Element::Scalar(_, facts) => facts.zero.to_owned(),
        Element::Enum { default, .. } => default.to_string(),
        Element::Message { .. } => "None".to_owned(),
    }
}

pub(super) fn assignments(class: &Class<'_>) -> Vec<String> {
    let column = class.column + 4;
    attributes_of(class)
        .iter()
        .map(|attribute| match attribute {
            Attribute::Field(member) => {
                let name = member.name;
                let target = format!("self.{name}");
                match (member.field.shape, class.element(member.field)) {
                    (Shape::Repeated { .. }, _) => conditional(column, &target, "[]", name),
                    (Shape::Map { .. }, _) => conditional(column, &target, "{}", name),
                    (
                        Shape::Singular {
                            presence: Presence::Implicit,
                            ..
                        },
                        Element::Enum { table, .. },
                    ) => call(
                        column,
                        &format!("{target} = {table}.values.get"),
                        &[name, name],
                        "",
                    ),
                    (Shape::Singular { .. }, _) => assign(column, &target, name),
                }
            }
            Attribute::Oneof(_, name) => assign(column, &format!("self.{name}"), name),
        })
        .collect()
}

fn conditional(column: usize, target: &str, empty: &str, name: &str) -> String {
    let line = format!("{target} = {empty} if {name} is None else {name}");
    if fits(column, &line) {
        return line;
    }
    let value = format!("{empty} if {name} is None else {name}");
    if fits(column + 4, &value) {
        return format!("{target} = (\n    {value}\n)");
    }
    format!("{target} = (\n    {empty}\n    if {name} is None\n    else {name}\n)")
}
