//! The view of `_to_json`: the text of each field.

use super::class::{Class, Element, Member};
use super::lines::Lines;
use super::text;
use super::types::facts;
use super::view::ToJsonView;
use super::write::{Chain, uses_holder};
use super::write_value::check_message;
use crate::contract::{FieldNames, OneofId, Presence, Primitive, Scalar, Shape};

pub(super) fn to_json(class: &Class<'_>) -> ToJsonView {
    let mut lines = Lines::new(class);
    let members = class.members_by_number();
    let oneofs: Vec<Option<OneofId>> = members.iter().map(|member| member.field.oneof).collect();
    let names = class.message.json_names();
    for (index, (member, names)) in members.iter().zip(&names).enumerate() {
        let chain = Chain::of(index, &oneofs);
        field(class, member, names, &chain, &mut lines);
    }
    let mut declarations = Vec::new();
    if uses_holder(class) {
        declarations.push("x: _t.Any".to_owned());
    }
    let mut shapes = class.message.fields.iter().map(|field| &field.shape);
    if shapes.any(|shape| matches!(shape, Shape::Repeated { .. } | Shape::Map { .. })) {
        declarations.push("a: list[str]".to_owned());
    }
    if lines.lines.is_empty() && !class.message.is_extendable() {
        lines.push(0, "pass");
    }
    ToJsonView {
        builtin: class.builtins(),
        declarations,
        lines: lines.lines,
        extendable: class.message.is_extendable(),
    }
}

/// What writes a field under its name; if it has no name of its own, only where no other field has the name.
fn field(
    class: &Class<'_>,
    member: &Member<'_>,
    names: &FieldNames<'_>,
    chain: &Chain,
    lines: &mut Lines,
) {
    let field = member.field;
    let element = class.element(field);
    let json = |close: &str| {
        let quoted = serde_json::Value::from(names.written);
        text::string(&format!("{quoted}:{close}"))
    };
    let key = |open: &str| match (names.read.is_empty(), open) {
        (false, _) => json(open),
        (true, "") => format!("_q.once(w, {})", json("")),
        (true, _) => format!("_q.once(w, {}) + \"{open}\"", json("")),
    };
    match field.shape {
        Shape::Singular { presence, .. } => {
            if let (Some(arm), Some(oneof)) = (member.arm, field.oneof) {
                lines.extend(0, &chain.load(class.oneof(oneof)));
                lines.call(0, "elif isinstance", &["x", &class.arm_path(arm)], ":");
                lines.push(1, &format!("i = {}", field.number));
                lines.push(1, "v = x.value");
                value(&element, "w.append", &key(""), 1, lines);
                lines.extend(0, &chain.otherwise(class, field.number, oneof));
            } else {
                condition(class, member, &element, presence, lines);
                value(&element, "w.append", &key(""), 1, lines);
            }
        }
        Shape::Repeated { .. } => {
            holder(member, lines);
            if matches!(element, Element::Enum { null: true, .. }) {
                lines.push(1, "a = [\"null\"] * len(x)");
            } else {
                lines.push(1, "a = []");
                lines.push(1, "for v in _p.elements(x):");
                value(&element, "a.append", "", 2, lines);
            }
            lines.sum(1, "w.append", &[&key("["), "\",\".join(a)", "\"]\""]);
        }
        Shape::Map { key: of_key, .. } => {
            holder(member, lines);
            lines.push(1, "a = []");
            lines.push(1, "for k in _p.by_key(_p.mapping(x)):");
            // In an error, `v` is what could not be written.
            lines.push(2, "v = k");
            lines.push(2, &format!("s = {} + \":\"", map_key(of_key)));
            lines.push(2, "v = x[k]");
            value(&element, "a.append", "s", 2, lines);
            lines.sum(1, "w.append", &[&key("{"), "\",\".join(a)", "\"}\""]);
        }
    }
}

/// The statements that come before a singular value `v`, up to the `if` under which it is written.
fn condition(
    class: &Class<'_>,
    member: &Member<'_>,
    element: &Element,
    presence: Presence,
    lines: &mut Lines,
) {
    let at = format!("i = {}", member.field.number);
    let load = format!("v = self.{}", member.name);
    match presence {
        Presence::Implicit
            if matches!(element, Element::Scalar(Scalar::Float | Scalar::Double, _)) =>
        {
            lines.push(0, &at);
            lines.push(0, &load);
            lines.push(0, &class.float_is_set());
        }
        Presence::Implicit => {
            lines.push(0, &load);
            lines.push(0, "if v:");
            lines.push(1, &at);
        }
        Presence::Explicit | Presence::Required => {
            lines.push(0, &load);
            lines.push(0, "if v is not None:");
            lines.push(1, &at);
        }
    }
}

/// The statements that begin a list or a map.
fn holder(member: &Member<'_>, lines: &mut Lines) {
    lines.push(0, &format!("x = self.{}", member.name));
    lines.push(0, "if x:");
    lines.push(1, &format!("i = {}", member.field.number));
    lines.push(1, "v = x");
}

/// The expression that makes a name in a JSON object of the key `k` of a map.
fn map_key(key: Scalar) -> String {
    let put = format!("{}(k)", facts(key, true).put_json);
    match key.primitive() {
        // They are strings in JSON anyhow.
        Primitive::String | Primitive::Int64 | Primitive::Uint64 => put,
        Primitive::Bool
        | Primitive::Int32
        | Primitive::Uint32
        | Primitive::Float
        | Primitive::Double
        | Primitive::Bytes => format!("_q.quoted({put})"),
    }
}

/// The statements that give `target` the text of `v`, behind what comes before it.
fn value(element: &Element, target: &str, before: &str, level: usize, lines: &mut Lines) {
    let text = match element {
        Element::Scalar(_, facts) => format!("{}(v)", facts.put_json),
        Element::Enum { null: true, .. } => "\"null\"".to_owned(),
        Element::Enum { table, .. } => format!("_q.enum(v, {table}.names)"),
        Element::Message { class, .. } => {
            let check = check_message(class, lines.column + 4 * level);
            lines.extend(level, &check);
            "v._to_json(o)".to_owned()
        }
    };
    let parts: Vec<&str> = [before, text.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    lines.sum(level, target, &parts);
}
