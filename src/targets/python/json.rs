//! The view of `_from_dict`, and the names of the fields in JSON.

use super::class::{Class, Element, Member};
use super::layout::call;
use super::lines::Lines;
use super::text;
use super::types::facts;
use super::view::FromDictView;
use crate::contract::{Scalar, Shape};

pub(super) fn from_dict(class: &Class<'_>) -> FromDictView {
    let mut lines = Lines::new(class);
    let names = class.message.json_names();
    for (member, names) in class.members_by_number().iter().zip(names) {
        if !names.read.is_empty() {
            get_field(class, member, &names.read, &mut lines);
        }
    }
    let builtin = class.builtins();
    let data = format!("d: {}", builtin.object);
    let depth = format!("depth: {}", builtin.int);
    let parameters = ["cls", &data, "o: _j.Options", &depth];
    FromDictView {
        head: format!(
            "{}\n{}",
            class.class_method(),
            call(class.column, "def _from_dict", &parameters, " -> _Self:")
        ),
        has_fields: !class.message.fields.is_empty(),
        lines: lines.lines,
    }
}

fn get_field(class: &Class<'_>, member: &Member<'_>, names: &[&str], lines: &mut Lines) {
    let field = member.field;
    let element = class.element(field);
    let nullable = matches!(field.shape, Shape::Singular { .. }) && takes_null(&element);
    look_up(names, nullable, lines);
    lines.push(1, &format!("i = {}", field.number));
    lines.push(1, "n += 1");
    let name = member.name;
    match field.shape {
        Shape::Singular { .. } => {
            if let (Some(arm), Some(oneof)) = (member.arm, field.oneof) {
                let attribute = class.oneof(oneof);
                lines.push(1, &format!("if m.{attribute} is not None:"));
                lines.push(2, "raise _x.second_member()");
                let head = format!("m.{attribute} = {}(", class.arm_path(arm));
                get_value(&element, member, "v", (&head, ")"), 1, lines);
            } else {
                get_value(
                    &element,
                    member,
                    "v",
                    (&format!("m.{name} = "), ""),
                    1,
                    lines,
                );
            }
        }
        Shape::Repeated { .. } => {
            lines.push(1, "for y in _j.array(v):");
            let head = format!("m.{name}.append(");
            get_value(&element, member, "y", (&head, ")"), 2, lines);
        }
        Shape::Map { key, .. } => {
            lines.push(1, "for k, y in _j.entries(v).items():");
            let get_key = if key == Scalar::Bool {
                "_j.get_bool_key"
            } else {
                facts(key, true).get_json
            };
            let head = format!("m.{name}[{get_key}(k)] = ");
            get_value(&element, member, "y", (&head, ""), 2, lines);
        }
    }
}

/// Whether JSON `null` is a value of the type instead of an absent field.
fn takes_null(element: &Element) -> bool {
    match element {
        Element::Scalar(..) => false,
        Element::Enum { null, .. } | Element::Message { null, .. } => *null,
    }
}

/// The statements that look for the field under each of its names.
fn look_up(names: &[&str], nullable: bool, lines: &mut Lines) {
    let absent = if nullable { "_j.ABSENT" } else { "None" };
    let literals: Vec<String> = names.iter().map(|name| text::string(name)).collect();
    let mut inner: Option<String> = nullable.then(|| absent.to_owned());
    for literal in literals.iter().skip(1) {
        inner = Some(match inner {
            Some(inner) => format!("get({literal}, {inner})"),
            None => format!("get({literal})"),
        });
    }
    let mut args: Vec<&str> = literals.iter().take(1).map(String::as_str).collect();
    args.extend(inner.as_deref());
    lines.call(0, "v = get", &args, "");
    lines.push(0, &format!("if v is not {absent}:"));
}

/// The statements that put the value read from `variable` between the two parts of `around`.
fn get_value(
    element: &Element,
    member: &Member<'_>,
    variable: &str,
    around: (&str, &str),
    level: usize,
    lines: &mut Lines,
) {
    let (head, tail) = around;
    let (function, args) = match element {
        Element::Scalar(_, facts) => (facts.get_json.to_owned(), vec![variable.to_owned()]),
        Element::Enum {
            null: true, first, ..
        } => {
            lines.push(level, &format!("_j.get_null({variable})"));
            wrap(head, first, tail, level, lines);
            return;
        }
        Element::Enum { table, closed, .. } => {
            let get = if *closed {
                "get_closed_enum"
            } else {
                "get_enum"
            };
            let found = format!("c{}", member.field.number);
            let (names, values) = (format!("{table}.numbers"), format!("{table}.values"));
            let args = [variable, &names, &values, "o"];
            lines.call(level, &format!("{found} = _j.{get}"), &args, "");
            lines.push(level, &format!("if {found} is not None:"));
            wrap(head, &found, tail, level + 1, lines);
            return;
        }
        Element::Message { class, .. } => (
            format!("{class}._from_dict"),
            vec![variable.to_owned(), "o".to_owned(), "depth - 1".to_owned()],
        ),
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    lines.wrapped_call(level, around, &function, &args);
}

/// `head`, a name and `tail`, with the name on a line of its own if need be.
fn wrap(head: &str, name: &str, tail: &str, level: usize, lines: &mut Lines) {
    match head.strip_suffix('(') {
        Some(function) => lines.call(level, function, &[name], tail.trim_start_matches(')')),
        None => lines.push(level, &format!("{head}{name}{tail}")),
    }
}
