//! How fields are read from the wire and written to it: one section of a `switch` per tag, and one block of statements
//! per field. Values are written before their tags, since the writer goes from the end to the beginning.

use super::field::FieldCode;
use super::text::{block, indent, lines};
use super::types::Value;
use super::views::SectionView;
use crate::contract::{Shape, Tag};

/// The sections that read a field.
pub(super) fn read(code: &FieldCode<'_>) -> Vec<SectionView> {
    let number = code.field.number;
    let section = |tag: Tag, lines| SectionView {
        label: tag.to_string(),
        lines,
    };
    let own = code.field.value_tag();
    match code.field.shape {
        Shape::Singular { .. } => vec![section(own, read_singular(code))],
        Shape::Repeated { .. } => {
            let add = read_value(&code.value, &format!("element{number}"), &|value| {
                format!("{}.Add({value});", code.property)
            });
            let mut sections = vec![section(own, add.clone())];
            if code.value.encoding.is_packable() {
                sections.push(section(code.field.packed_tag(), read_packed(code, add)));
            }
            sections
        }
        Shape::Map { .. } => vec![section(own, read_map(code))],
    }
}

/// The statements that read a value and hand it on; a closed enum's only if its number is known.
fn read_value(value: &Value, local: &str, then: &dyn Fn(&str) -> String) -> Vec<String> {
    if value.is_closed() {
        let known = then(&format!("({}){local}", value.name));
        return block(
            format!("if (r.ClosedEnum({}, this) is int {local})", value.table()),
            [known],
        );
    }
    vec![then(&value.read(&format!("new {}()", value.name)))]
}

fn read_singular(code: &FieldCode<'_>) -> Vec<String> {
    let (storage, number, value) = (&code.storage, code.field.number, &code.value);
    match &code.arm {
        Some(arm) if value.is_message() => {
            let old = format!("old{number}");
            let target = format!(
                "{storage} is {arm} {old} ? {old}.Value : new {}()",
                value.name
            );
            vec![format!("{storage} = new {arm}({});", value.read(&target))]
        }
        Some(arm) => read_value(value, &format!("value{number}"), &|read| {
            format!("{storage} = new {arm}({read});")
        }),
        None if value.is_message() => {
            let target = format!("{storage} ??= new {}()", value.name);
            vec![format!("{};", value.read(&target))]
        }
        None => read_value(value, &format!("value{number}"), &|read| {
            format!("{storage} = {read};")
        }),
    }
}

fn read_packed(code: &FieldCode<'_>, add: Vec<String>) -> Vec<String> {
    let outer = format!("outer{}", code.field.number);
    let begin = match code.value.size() {
        Some(size) => format!("r.Begin({}, {size})", code.property),
        None => "r.Begin()".to_owned(),
    };
    let mut all = vec![format!("int {outer} = {begin};")];
    all.extend(block(
        "while (!r.AtEnd)",
        add.into_iter().map(|line| {
            // The list is a property: its two names would read the same local.
            line.replace("element", "packed")
        }),
    ));
    all.extend([String::new(), format!("r.End({outer});")]);
    all
}

fn read_map(code: &FieldCode<'_>) -> Vec<String> {
    let number = code.field.number;
    let Some((_, key)) = &code.key else {
        return Vec::new();
    };
    let value = &code.value;
    let (outer, start) = (format!("outer{number}"), format!("start{number}"));
    let (key_local, value_local) = (format!("key{number}"), format!("value{number}"));
    let mut all = Vec::new();
    if value.is_closed() {
        all.push(format!("int {start} = r.TagAt;"));
    }
    all.push(format!("int {outer} = r.BeginEntry();"));
    all.push(format!("{} {key_local} = {};", key.name, key.zero()));
    let (declared, read) = if value.is_closed() {
        ("int", "r.Int32()".to_owned())
    } else if value.is_message() {
        (value.name.as_str(), value.read(&value_local))
    } else {
        (value.name.as_str(), value.read(""))
    };
    let zero = if value.is_closed() {
        "0".to_owned()
    } else {
        value.zero()
    };
    all.push(format!("{declared} {value_local} = {zero};"));
    let read_value = if value.is_message() {
        format!("{read};")
    } else {
        format!("{value_local} = {read};")
    };
    let mut sections = section(
        key.encoding.tag(1),
        &format!("{key_local} = {};", key.read("")),
    );
    sections.extend(section(value.encoding.tag(2), &read_value));
    sections.extend(lines(["default:", "    r.Skip();", "    break;"]));
    all.extend(block(
        "while ((tag = r.Tag()) != 0)",
        block("switch (tag)", sections),
    ));
    all.extend([String::new(), format!("r.EndEntry({outer});")]);
    if !value.is_closed() {
        all.push(format!("{}[{key_local}] = {value_local};", code.property));
        return all;
    }
    all.extend(block(
        format!("if ({}.Has({value_local}))", value.table()),
        [format!(
            "{}[{key_local}] = ({}){value_local};",
            code.property, value.name
        )],
    ));
    all.extend(block("else", [format!("r.Keep(this, {start});")]));
    all
}

fn section(tag: Tag, statement: &str) -> Vec<String> {
    let mut all = vec![format!("case {tag}:")];
    all.extend(indent([statement.to_owned(), "break;".to_owned()]));
    all
}

/// The statements that write a field.
pub(super) fn write(code: &FieldCode<'_>) -> Vec<String> {
    let (storage, number, value) = (&code.storage, code.field.number, &code.value);
    match code.field.shape {
        Shape::Singular { .. } => match &code.arm {
            Some(arm) => {
                let local = format!("value{number}");
                let statements = value.write(&format!("{local}.Value"), number);
                block(format!("if ({storage} is {arm} {local})"), statements)
            }
            None => block(
                format!("if ({})", code.is_set("")),
                value.write(&code.present(), number),
            ),
        },
        Shape::Repeated { packed: true, .. } => {
            let mut all = vec!["int mark = w.Written;".to_owned()];
            all.extend(backwards(
                storage,
                "Count",
                vec![value.put(&format!("{storage}[index]"))],
            ));
            all.extend(lines(["", "w.Length(mark);"]));
            all.push(format!("w.Tag({});", code.field.packed_tag()));
            block(
                format!("if ({storage} != null && {storage}.Count != 0)"),
                all,
            )
        }
        Shape::Repeated { packed: false, .. } => {
            let statements = value.write(&format!("{storage}[index]"), number);
            block(
                format!("if ({storage} != null)"),
                backwards(storage, "Count", statements),
            )
        }
        Shape::Map { .. } => write_map(code),
    }
}

fn write_map(code: &FieldCode<'_>) -> Vec<String> {
    let (storage, value) = (&code.storage, &code.value);
    let Some((_, key)) = &code.key else {
        return Vec::new();
    };
    let mut entry = vec!["int mark = w.Written;".to_owned()];
    entry.extend(value.write("entries[index].Value", 2));
    entry.extend(key.write("entries[index].Key", 1));
    entry.push("w.Length(mark);".to_owned());
    entry.push(format!("w.Tag({});", code.field.value_tag()));
    let mut all = vec![format!(
        "KeyValuePair<{}, {}>[] entries = MessageValues.Sorted({storage});",
        key.name, value.name
    )];
    all.extend(backwards("entries", "Length", entry));
    block(format!("if ({storage} != null)"), all)
}

fn backwards(list: &str, count: &str, statements: Vec<String>) -> Vec<String> {
    block(
        format!("for (int index = {list}.{count} - 1; index >= 0; index--)"),
        statements,
    )
}
