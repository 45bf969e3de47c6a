//! How fields are read from ProtoJSON and written to it.

use super::field::FieldCode;
use super::text::{block, lines, string};
use super::types::{Kind, Value, json_name};
use super::views::SectionView;
use crate::contract::Shape;

/// The declaration of the names of the fields.
pub(super) fn names(fields: &[FieldCode<'_>]) -> Vec<String> {
    let head = "private static readonly JsonNames s_jsonNames = new JsonNames()";
    let mut all = vec![head.to_owned()];
    all.extend(fields.iter().map(|code| format!("    {}", name(code))));
    if let Some(last) = all.last_mut() {
        last.push(';');
    }
    all
}

fn name(code: &FieldCode<'_>) -> String {
    let field = code.field;
    let mut arguments = vec![field.number.to_string()];
    arguments.extend(code.names.read.iter().map(|name| string(name)));
    if code.value.takes_null && matches!(field.shape, Shape::Singular { .. }) {
        arguments.push("takesNull: true".to_owned());
    }
    format!(".Add({})", arguments.join(", "))
}

/// The section that reads a field.
pub(super) fn read(code: &FieldCode<'_>) -> SectionView {
    let (property, storage, number) = (&code.property, &code.storage, code.field.number);
    let value = &code.value;
    let lines = match (code.field.shape, &code.key) {
        (Shape::Singular { .. }, _) => match &code.arm {
            Some(arm) => {
                let mut all = vec![format!("r.Only({storage});")];
                all.extend(read_value(value, number, &|read| {
                    format!("{storage} = new {arm}({read});")
                }));
                all
            }
            None => vec![format!("{storage} = {};", read_singular(code))],
        },
        (Shape::Repeated { .. }, _) => block(
            "for (bool more = r.BeginArray(); more; more = r.NextElement())",
            read_value(value, number, &|read| format!("{property}.Add({read});")),
        ),
        (Shape::Map { .. }, Some((key, _))) => {
            let key_local = format!("key{number}");
            let mut entry = vec![format!("var {key_local} = r.{}Key();", json_name(*key))];
            entry.extend(read_value(value, number, &|read| {
                format!("r.Once({property}.TryAdd({key_local}, {read}));")
            }));
            block(
                "for (bool more = r.BeginMap(); more; more = r.NextEntry())",
                entry,
            )
        }
        (Shape::Map { .. }, None) => Vec::new(),
    };
    SectionView {
        label: number.to_string(),
        lines,
    }
}

fn read_singular(code: &FieldCode<'_>) -> String {
    let (value, read) = (&code.value, code.value.read_json());
    match value.kind {
        Kind::Enum(_) if code.has_presence() => format!("({}?){read}", value.name),
        Kind::Enum(_) => format!("({})({read} ?? 0)", value.name),
        Kind::Scalar(_) | Kind::Message(_) => read,
    }
}

/// The statements that read a value and hand it on; an enum's only if its name is not to be ignored.
fn read_value(value: &Value, number: i32, then: &dyn Fn(&str) -> String) -> Vec<String> {
    match value.kind {
        Kind::Enum(_) => block(
            format!("if ({} is int value{number})", value.read_json()),
            [then(&format!("({})value{number}", value.name))],
        ),
        Kind::Scalar(_) | Kind::Message(_) => vec![then(&value.read_json())],
    }
}

/// The statements that write a field.
pub(super) fn write(code: &FieldCode<'_>) -> Vec<String> {
    let (storage, property, number) = (&code.storage, &code.property, code.field.number);
    let value = &code.value;
    let (condition, statements) =
        match (code.field.shape, &code.key) {
            (Shape::Singular { .. }, _) => match &code.arm {
                Some(arm) => {
                    let local = format!("value{number}");
                    let write = value.write_json(&format!("{local}.Value"));
                    (format!("{storage} is {arm} {local}"), vec![write])
                }
                None => {
                    let or = if code.has_presence() {
                        ""
                    } else {
                        " || w.Defaults"
                    };
                    (
                        format!("{}{or}", code.is_set("")),
                        vec![value.write_json(&code.present())],
                    )
                }
            },
            (Shape::Repeated { .. }, _) => {
                let mut all = vec!["w.BeginArray();".to_owned()];
                all.extend(block(
                    format!("foreach ({} element in {property})", value.name),
                    ["w.Next();".to_owned(), value.write_json("element")],
                ));
                all.extend(lines(["", "w.EndArray();"]));
                (format!("{storage}?.Count > 0 || w.Defaults"), all)
            }
            (Shape::Map { .. }, key) => {
                let key = key.as_ref().map_or("", |(_, key)| key.name.as_str());
                let mut all = vec!["w.BeginMap();".to_owned()];
                all.extend(block(
                format!(
                    "foreach (KeyValuePair<{key}, {}> entry in MessageValues.Sorted({property}))",
                    value.name
                ),
                ["w.Key(entry.Key);".to_owned(), value.write_json("entry.Value")],
            ));
                all.extend(lines(["", "w.EndMap();"]));
                (format!("{storage}?.Count > 0 || w.Defaults"), all)
            }
        };
    let mut all = vec![written_name(code)];
    if code.field.redact {
        all.extend(block("if (w.Debug)", lines(["w.Redacted();"])));
        all.extend(block("else", statements));
    } else {
        all.extend(statements);
    }
    block(format!("if ({condition})"), all)
}

/// The call that writes the name: the plain one where nothing in the name has to be escaped.
fn written_name(code: &FieldCode<'_>) -> String {
    let field = code.field;
    let (json, name) = (code.names.written, string(&field.name));
    let is_plain = json.chars().all(|c| c >= ' ' && c != '"' && c != '\\');
    match (is_plain, json == field.name) {
        (true, true) => format!("w.Name({name});"),
        (true, false) => format!("w.Name({}, {name});", string(json)),
        (false, _) => format!("w.AnyName({}, {name});", string(json)),
    }
}
