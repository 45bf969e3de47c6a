//! The view of `_write`: every field in the order of the numbers, ranges of extensions among them.

use super::class::{Class, Element, Member};
use super::layout::{call, indented, nested_call};
use super::view::{WriteField, WriteView};
use super::write_value::{Pieces, entry, value, write_packed};
use crate::contract::{NumberRange, OneofId, Presence, Scalar, Shape, Written};

/// The columns of the statements of a field, from the class body.
pub(super) const FIELD: usize = 8;

pub(super) fn write(class: &Class<'_>) -> WriteView {
    let items = class.message.wire_order();
    let oneofs: Vec<Option<OneofId>> = items
        .iter()
        .map(|item| match item {
            Written::Field(index) => class.message.fields[*index].oneof,
            Written::Extensions(_) => None,
        })
        .collect();
    WriteView {
        unknown: write_unknown(class),
        builtin: class.builtins(),
        has_lists: uses_holder(class),
        adds_up: Pieces::of(class) == Pieces::Sum,
        fields: items
            .iter()
            .enumerate()
            .map(|(place, item)| match item {
                Written::Extensions(range) => extensions(*range),
                Written::Field(index) => {
                    let member = class.member(*index);
                    match (member.arm, member.field.oneof) {
                        (Some(arm), Some(oneof)) => {
                            let chain = Chain::of(place, &oneofs);
                            oneof_member(class, &member, (oneof, arm), &chain)
                        }
                        _ => field(class, &member),
                    }
                }
            })
            .collect(),
    }
}

/// The statements that write the unknown fields, without the extensions among them, which nobody has asked for.
fn write_unknown(class: &Class<'_>) -> Vec<String> {
    let ranges = class.message.extension_ranges.iter();
    let ranges: Vec<String> = ranges
        .flat_map(|it| [it.range.first.to_string(), it.range.last.to_string()])
        .collect();
    let ranges: Vec<&str> = ranges.iter().map(String::as_str).collect();
    let statement = if !ranges.is_empty() {
        let column = class.column + FIELD + 4;
        nested_call(column, "w.append", "self._write_unknown", &ranges)
    } else if Pieces::of(class) == Pieces::Sum {
        "w += self._unknown".to_owned()
    } else {
        "w.append(self._unknown)".to_owned()
    };
    statement.lines().map(str::to_owned).collect()
}

fn extensions(range: NumberRange) -> WriteField {
    let NumberRange { first, last } = range;
    WriteField {
        extensions: vec![format!("w.append(self._write_extensions({first}, {last}))")],
        ..WriteField::default()
    }
}

/// Where a member of a oneof stands among the others, in the order in which fields are written.
pub(super) struct Chain {
    /// Whether what is written directly before it belongs to the same oneof.
    pub(super) goes_on: bool,
    /// Whether no other member comes later.
    pub(super) last: bool,
}

impl Chain {
    /// `oneofs` has the oneof of everything that is written.
    pub(super) fn of(index: usize, oneofs: &[Option<OneofId>]) -> Self {
        let own = oneofs[index];
        Self {
            goes_on: index > 0 && oneofs[index - 1] == own,
            last: !oneofs[index + 1..].contains(&own),
        }
    }

    /// The statements before a member's condition.
    pub(super) fn load(&self, attribute: &str) -> Vec<String> {
        if self.goes_on {
            return Vec::new();
        }
        vec![
            format!("x = self.{attribute}"),
            "if x is None:".to_owned(),
            "    pass".to_owned(),
        ]
    }

    /// The statements behind a member's, which refuse what is none of the members.
    pub(super) fn otherwise(&self, class: &Class<'_>, number: i32, oneof: OneofId) -> Vec<String> {
        if !self.last {
            return Vec::new();
        }
        let alias = class.alias_path(oneof);
        let column = class.column + FIELD + 4;
        let check = call(column, "_x.check_member", &["x", &alias], "");
        vec![
            "else:".to_owned(),
            format!("    i = {number}"),
            "    v = x".to_owned(),
            indented(&check),
        ]
    }
}

/// Whether a function that goes through the fields keeps a list, map or oneof in a variable.
pub(super) fn uses_holder(class: &Class<'_>) -> bool {
    class.message.fields.iter().any(|field| {
        field.oneof.is_some() || matches!(field.shape, Shape::Repeated { .. } | Shape::Map { .. })
    })
}

fn field(class: &Class<'_>, member: &Member<'_>) -> WriteField {
    let number = member.field.number;
    let name = member.name;
    let element = class.element(member.field);
    let at = format!("i = {number}");
    match member.field.shape {
        Shape::Singular { presence, .. } => {
            let load = format!("v = self.{name}");
            let is_float = matches!(&element, Element::Scalar(Scalar::Float | Scalar::Double, _));
            let (load, condition, prepare) = match presence {
                Presence::Implicit if is_float => (vec![at, load], class.float_is_set(), vec![]),
                Presence::Implicit => (vec![load], "if v:".to_owned(), vec![at]),
                Presence::Explicit => (vec![load], "if v is not None:".to_owned(), vec![at]),
                Presence::Required => (
                    vec![at, load],
                    "if v is None:\n    raise _x.unset()\nelse:".to_owned(),
                    vec![],
                ),
            };
            WriteField {
                load,
                condition: Some(condition),
                prepare,
                value: value(class, member, &element, FIELD + 4),
                ..WriteField::default()
            }
        }
        Shape::Repeated { packed, .. } => {
            let mut field = WriteField {
                load: vec![format!("x = self.{name}")],
                condition: Some("if x:".to_owned()),
                prepare: vec![at, "v = x".to_owned()],
                ..WriteField::default()
            };
            if packed {
                field.value.plain = vec![write_packed(class, member, &element)];
            } else {
                field.prepare.extend([
                    "if x.__class__ is not list:".to_owned(),
                    "    x = _p.elements(x)".to_owned(),
                ]);
                field.each = Some("for v in x:".to_owned());
                field.value = value(class, member, &element, FIELD + 8);
            }
            field
        }
        Shape::Map { key, .. } => WriteField {
            load: vec![format!("x = self.{name}")],
            condition: Some("if x:".to_owned()),
            prepare: vec![
                at,
                "v = x".to_owned(),
                "if x.__class__ is not dict:".to_owned(),
                "    x = _p.mapping(x)".to_owned(),
            ],
            each: Some("for k in _p.by_key(x) if d else x:".to_owned()),
            value: entry(class, member, key, &element),
            ..WriteField::default()
        },
    }
}

/// A member of a oneof; the last one also refuses what is none of the members.
fn oneof_member(
    class: &Class<'_>,
    member: &Member<'_>,
    (oneof, arm): (OneofId, &str),
    chain: &Chain,
) -> WriteField {
    let number = member.field.number;
    let arm = class.arm_path(arm);
    let column = class.column + FIELD;
    WriteField {
        load: chain.load(class.oneof(oneof)),
        condition: Some(call(column, "elif isinstance", &["x", &arm], ":")),
        prepare: vec![format!("i = {number}"), "v = x.value".to_owned()],
        value: value(class, member, &class.element(member.field), FIELD + 4),
        otherwise: chain.otherwise(class, number, oneof),
        ..WriteField::default()
    }
}
