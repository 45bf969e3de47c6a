//! The view of what `_read` does with an entry of a map.

use super::class::{Class, Element, Member};
use super::layout::Annotation;
use super::place::Place;
use super::read::{ARM, local, value, zero_of};
use super::text;
use super::view::ReadMap;
use crate::contract::{Scalar, Type};

/// What reads an entry of a map: a message of its own with a key and a value.
pub(super) fn map(class: &Class<'_>, member: &Member<'_>, key: Scalar) -> ReadMap {
    let number = member.field.number;
    let (key_name, value_name) = (format!("k{number}"), format!("v{number}"));
    let column = class.column + ARM;
    let key_element = class
        .module
        .element(Type::Scalar(key), member.field.verify_utf8, false);
    let element = class.element(member.field);
    let types = class.value_types(&element, false).join(" | ");
    let list = local(member);
    let mut store = vec![format!("{list}[{key_name}] = {value_name}")];
    let mut keeps_start = false;
    let (default, place) = match &element {
        Element::Scalar(_, facts) => (
            format!("{value_name} = {}", facts.zero),
            Place::Assign(value_name.clone()),
        ),
        Element::Enum { first, closed, .. } => {
            let annotation = Annotation::union([&types]);
            let annotation = if *closed {
                annotation.or_none()
            } else {
                annotation
            };
            if *closed {
                keeps_start = true;
                let tag = text::tag(member.tag());
                store = vec![
                    format!("if {value_name} is None:"),
                    format!("    u.append({tag} + _p.delimited(b[y:z]))"),
                    "else:".to_owned(),
                    format!("    {list}[{key_name}] = {value_name}"),
                ];
            }
            (
                annotation.statement(column, &value_name, Some(first)),
                Place::Assign(value_name.clone()),
            )
        }
        Element::Message { class: path, .. } => {
            let annotation = Annotation::union([path, "None"]);
            store = vec![
                format!("if {value_name} is None:"),
                format!("    {value_name} = {path}()"),
                format!("{list}[{key_name}] = {value_name}"),
            ];
            (
                annotation.statement(column, &value_name, Some("None")),
                Place::Merge(value_name.clone()),
            )
        }
    };
    let key_place = Place::Assign(key_name.clone());
    let mut value = value(class, &element, member, &place, "z", ARM + 8);
    if keeps_start {
        // The whole entry is kept as an unknown field, not the value alone.
        let get = format!("{value_name} = ");
        value.keeps_start = false;
        value.store = value
            .store
            .first()
            .map(|line| vec![line.replace(&format!("c{number} = "), &get)])
            .unwrap_or_default();
    }
    ReadMap {
        keeps_start,
        defaults: vec![format!("{key_name} = {}", zero_of(key)), default],
        key_tag: 8 | key.wire_type(),
        key: super::read::value(class, &key_element, member, &key_place, "z", ARM + 8),
        value_tag: 16 | element_wire(&element),
        value,
        store,
    }
}

fn element_wire(element: &Element) -> u32 {
    match element {
        Element::Scalar(scalar, _) => scalar.wire_type(),
        Element::Enum { .. } => 0,
        Element::Message { .. } => 2,
    }
}
