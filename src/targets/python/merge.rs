//! The views of `_merge` and `_missing`: messages put together, and required fields that are not set.

use super::build::{Attribute, attributes_of};
use super::class::{Class, Element, Member};
use super::layout::{assign, call, indented};
use super::view::{MergeView, MissingView};
use crate::contract::{Presence, Scalar, Shape, Type};

pub(super) fn merge(class: &Class<'_>) -> MergeView {
    let mut statements = Vec::new();
    for attribute in attributes_of(class) {
        match attribute {
            Attribute::Oneof(_, name) => {
                statements.push(format!("if other.{name} is not None:"));
                let head = format!("    self.{name} = _x.merged_arm");
                let args = [format!("self.{name}"), format!("other.{name}")];
                let args = [args[0].as_str(), args[1].as_str()];
                let text = call(class.column + 4, &head, &args, "");
                statements.push(text.replace('\n', "\n    "));
            }
            Attribute::Field(member) => merge_field(class, &member, &mut statements),
        }
    }
    MergeView {
        statements,
        extendable: class.message.is_extendable(),
    }
}

fn merge_field(class: &Class<'_>, member: &Member<'_>, statements: &mut Vec<String>) {
    let name = member.name;
    let element = class.element(member.field);
    let copy = indented(&assign(
        class.column + 8,
        &format!("self.{name}"),
        &format!("other.{name}"),
    ));
    match member.field.shape {
        Shape::Repeated { .. } => statements.push(format!("self.{name} += other.{name}")),
        Shape::Map { .. } => statements.push(format!("self.{name}.update(other.{name})")),
        Shape::Singular {
            presence: Presence::Implicit,
            ..
        } => {
            let is_float = matches!(&element, Element::Scalar(Scalar::Float | Scalar::Double, _));
            if is_float {
                statements.push(format!("v = other.{name}"));
                statements.push(class.float_is_set());
                statements.push(format!("    self.{name} = v"));
            } else {
                statements.push(format!("if other.{name}:"));
                statements.push(copy);
            }
        }
        Shape::Singular { .. } => {
            statements.push(format!("if other.{name} is not None:"));
            match element {
                Element::Message { .. } => {
                    let head = format!("    self.{name} = _x.merged");
                    let args = [format!("self.{name}"), format!("other.{name}")];
                    let args = [args[0].as_str(), args[1].as_str()];
                    let text = call(class.column + 4, &head, &args, "");
                    statements.push(text.replace('\n', "\n    "));
                }
                Element::Scalar(..) | Element::Enum { .. } => statements.push(copy),
            }
        }
    }
}

pub(super) fn missing(class: &Class<'_>) -> MissingView {
    let mut view = MissingView {
        builtin: class.builtins(),
        required: Vec::new(),
        nested: Vec::new(),
        rest: if class.message.is_extendable() {
            "self._missing_extension()".to_owned()
        } else {
            "\"\"".to_owned()
        },
    };
    for member in class.members_by_number() {
        if member.field.presence() == Some(Presence::Required) {
            view.required.push(member.name.to_owned());
        }
    }
    for attribute in attributes_of(class) {
        let (name, ids) = match attribute {
            Attribute::Field(member) => (member.name, vec![member.field.shape.value_type()]),
            Attribute::Oneof(id, name) => {
                let members = class.message.members(id);
                (
                    name,
                    members.map(|field| field.shape.value_type()).collect(),
                )
            }
        };
        let nested = ids.iter().any(
            |ty| matches!(ty, Type::Message(id) if class.module.style.needs_check[id.index()]),
        );
        if nested {
            view.nested.push(name.to_owned());
        }
    }
    view
}
