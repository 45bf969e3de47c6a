//! The view of `_write`: every field in the order of the numbers, ranges of extensions among them.

use super::class::{Class, Element, Member};
use super::layout::call;
use super::text;
use super::types::{Coding, encode};
use super::view::{DelimitedWrite, ShortOrLong, WriteField, WriteValue, WriteView};
use crate::contract::{OneofId, Presence, Scalar, Shape};

/// The columns of the statements of a field, from the class body.
const FIELD: usize = 8;

pub(super) fn write(class: &Class<'_>) -> WriteView {
    let mut items: Vec<(i32, WriteField)> = Vec::new();
    let mut checked: Vec<OneofId> = Vec::new();
    for member in class.members_by_number() {
        items.push((member.field.number, field(class, &member, &mut checked)));
    }
    for range in &class.message.extension_ranges {
        let (first, last) = (range.range.first, range.range.last);
        let write = format!("w.append(self._write_extensions({first}, {last}))");
        let field = WriteField {
            extensions: vec![write],
            ..WriteField::default()
        };
        items.push((first, field));
    }
    items.sort_by_key(|(number, _)| *number);
    WriteView {
        builtin: class.builtins(),
        has_lists: uses_holder(class),
        fields: items.into_iter().map(|(_, field)| field).collect(),
    }
}

/// Whether a function that goes through the fields keeps a list, map or oneof in a variable.
pub(super) fn uses_holder(class: &Class<'_>) -> bool {
    class.message.fields.iter().any(|field| {
        field.oneof.is_some() || matches!(field.shape, Shape::Repeated { .. } | Shape::Map { .. })
    })
}

fn field(class: &Class<'_>, member: &Member<'_>, checked: &mut Vec<OneofId>) -> WriteField {
    let number = member.field.number;
    let name = member.name;
    let element = class.element(member.field);
    let at = format!("i = {number}");
    match member.field.shape {
        Shape::Singular { .. } if member.arm.is_some() => {
            oneof_member(class, member, &element, checked)
        }
        Shape::Singular { presence, .. } => {
            let load = format!("v = self.{name}");
            let is_float = matches!(&element, Element::Scalar(Scalar::Float | Scalar::Double, _));
            let (load, condition, prepare) = match presence {
                // Negative zero is not the default.
                Presence::Implicit if is_float => (
                    vec![at, load],
                    "if v or _w.copysign(1, v) < 0:".to_owned(),
                    vec![],
                ),
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
                    "    x = _w.elements(x)".to_owned(),
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
                "    x = _w.mapping(x)".to_owned(),
            ],
            each: Some("for k in sorted(x) if d else x:".to_owned()),
            value: entry(class, member, key, &element),
            ..WriteField::default()
        },
    }
}

/// A member of a oneof; the first one also refuses what is none of the members.
fn oneof_member(
    class: &Class<'_>,
    member: &Member<'_>,
    element: &Element,
    checked: &mut Vec<OneofId>,
) -> WriteField {
    let (Some(arm), Some(oneof)) = (member.arm, member.field.oneof) else {
        return WriteField::default();
    };
    let column = class.column + FIELD;
    let at = format!("i = {}", member.field.number);
    let mut load = vec![format!("x = self.{}", class.oneof(oneof))];
    if !checked.contains(&oneof) {
        checked.push(oneof);
        let alias = class.alias_path(oneof);
        let check = call(column + 4, "_x.check_member", &["x", &alias], "");
        load.push("if x is not None:".to_owned());
        load.push(format!("    {at}"));
        load.push("    v = x".to_owned());
        load.push(format!("    {}", check.replace('\n', "\n    ")));
    }
    let condition = call(column, "if isinstance", &["x", &class.arm_path(arm)], ":");
    WriteField {
        load,
        condition: Some(condition),
        prepare: vec![at, "v = x.value".to_owned()],
        value: value(class, member, element, FIELD + 4),
        ..WriteField::default()
    }
}

/// The statements that refuse what is no message of this class.
pub(super) fn check_message(path: &str, column: usize) -> Vec<String> {
    vec![
        call(column, "if not isinstance", &["v", path], ":"),
        format!(
            "    {}",
            call(column + 4, "raise _x.wrong", &["v", path], "").replace('\n', "\n    ")
        ),
    ]
}

/// What writes the value `v` with its tag.
fn value(class: &Class<'_>, member: &Member<'_>, element: &Element, from: usize) -> WriteValue {
    let tag = member.tag();
    let literal = text::tag(tag);
    match element {
        Element::Scalar(Scalar::Bool | Scalar::Sint32 | Scalar::Sint64, facts) => WriteValue {
            plain: vec![format!("w += {literal}, {}(v)", facts.put)],
            ..WriteValue::default()
        },
        Element::Scalar(_, facts) => match facts.coding {
            Coding::Varint { .. } => varint(class, tag, facts.put),
            Coding::Fixed(fixed) => WriteValue {
                plain: vec![format!("w += {literal}, {}(v)", fixed.pack)],
                ..WriteValue::default()
            },
            Coding::String => delimited(class, tag, encode(member.field.verify_utf8)),
            Coding::Bytes => delimited(class, tag, "v if v.__class__ is bytes else _w.blob(v)"),
        },
        Element::Enum { .. } => varint(class, tag, "_w.int32"),
        Element::Message {
            class: path, group, ..
        } => {
            let mut write = if *group {
                let end = text::tag(member.tag_of(4));
                WriteValue {
                    plain: vec![format!("w += {literal}, v._write(d), {end}")],
                    ..WriteValue::default()
                }
            } else {
                delimited(class, tag, "v._write(d)")
            };
            write.check = check_message(path, class.column + from);
            write
        }
    }
}

fn varint(class: &Class<'_>, tag: u32, put: &str) -> WriteValue {
    let literal = text::tag(tag);
    let short = match class.heads(tag) {
        Some(heads) => format!("w.append({heads}[v])"),
        None => format!("w += {literal}, _w.B[v]"),
    };
    WriteValue {
        varint: Some(ShortOrLong {
            short,
            long: format!("w += {literal}, {put}(v)"),
        }),
        ..WriteValue::default()
    }
}

/// A value with its length: `bytes` is the expression that makes the bytes of `v`.
fn delimited(class: &Class<'_>, tag: u32, bytes: &str) -> WriteValue {
    let literal = text::tag(tag);
    let short = match class.heads(tag) {
        Some(heads) => format!("w.append({heads}[n])"),
        None => format!("w += {literal}, _w.B[n]"),
    };
    WriteValue {
        delimited: Some(DelimitedWrite {
            bytes: bytes.to_owned(),
            short,
            long: format!("w += {literal}, _w.varint(n)"),
        }),
        ..WriteValue::default()
    }
}

fn write_packed(class: &Class<'_>, member: &Member<'_>, element: &Element) -> String {
    let literal = text::tag(member.tag_of(2));
    let head = |function: &str| format!("w += {literal}, _w.{function}");
    let column = class.column + FIELD + 4;
    match element {
        Element::Scalar(Scalar::Bool | Scalar::Sint32 | Scalar::Sint64, facts) => {
            call(column, &head("packed"), &["x", facts.put], "")
        }
        Element::Scalar(_, facts) => match facts.coding {
            Coding::Fixed(fixed) => {
                let letter = format!("\"{}\"", fixed.letter);
                call(
                    column,
                    &head("packed_fixed"),
                    &["x", &letter, facts.put],
                    "",
                )
            }
            Coding::Varint { .. } | Coding::String | Coding::Bytes => {
                call(column, &head("packed_varints"), &["x", facts.put], "")
            }
        },
        Element::Enum { .. } => call(column, &head("packed_varints"), &["x", "_w.int32"], ""),
        Element::Message { .. } => String::new(),
    }
}

/// What writes an entry of a map: a message with the key and the value, both always there.
fn entry(class: &Class<'_>, member: &Member<'_>, key: Scalar, element: &Element) -> WriteValue {
    let key_facts = super::types::facts(key, member.field.verify_utf8);
    let mut write = delimited(class, member.tag(), "");
    let key_tag = text::tag(8 | key.wire_type());
    write.check = vec!["v = x[k]".to_owned()];
    let (wire, put) = match element {
        Element::Scalar(scalar, facts) => (scalar.wire_type(), format!("{}(v)", facts.put)),
        Element::Enum { .. } => (0, "_w.int32(v)".to_owned()),
        Element::Message { class: path, .. } => {
            let check = check_message(path, class.column + FIELD + 8);
            write.check.extend(check);
            (2, "_w.delimited(v._write(d))".to_owned())
        }
    };
    write
        .check
        .push(format!("s = {key_tag} + {}(k)", key_facts.put));
    if let Some(delimited) = &mut write.delimited {
        delimited.bytes = format!("s + {} + {put}", text::tag(16 | wire));
    }
    write
}
