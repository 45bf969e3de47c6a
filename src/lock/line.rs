//! Reads one line of a lock. Decides what is written wrongly and where in the line; whether lines go together is
//! decided elsewhere.

use std::borrow::Cow;

use super::default;
use super::item::{FieldItem, FileItem, Item, Kept, Label, MethodItem, Sort, TypeItem, ValueItem};
use super::words::{MAP, Words, Wrong};
use crate::contract::Idempotency;

/// What a line says.
#[derive(Debug)]
pub(super) enum Line<'a> {
    /// Nothing: it is blank or a comment.
    Nothing,
    /// The version of the format.
    Version(u64),
    /// An element, and whether it is gone.
    Element(Item<'a>, bool),
}

/// The word behind an element that is gone.
pub(super) const GONE: &str = "gone";
/// The word before the version of the format.
pub(super) const VERSION: &str = "version";

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Line<'_>, Wrong> {
    let mut words = Words::new(line);
    if words.rest().is_empty() || words.rest().starts_with('#') {
        return Ok(Line::Nothing);
    }
    let (word, at) = words.raw("a word")?;
    let item = match word {
        VERSION => {
            let version = words.number("a version")?;
            words.end()?;
            return Ok(Line::Version(version));
        }
        "file" => file(&mut words)?,
        "message" | "enum" | "service" => return a_type(&mut words, word),
        "field" | "extension" => return field(&mut words, word == "extension"),
        "value" => return value(&mut words),
        "rpc" => return method(&mut words),
        "reserved" => {
            let owner = words.name("a type")?;
            match words.rest().starts_with('"') {
                true => Item::Reserved(owner, Kept::Name(words.text("a name")?)),
                false => Item::Reserved(owner, Kept::Numbers(words.range()?)),
            }
        }
        "extensions" => Item::Extensions(words.name("a message")?, words.range()?),
        _ => {
            return Err(Wrong {
                message: format!("no line begins with `{word}`"),
                at,
            });
        }
    };
    finish(&mut words, item)
}

fn file<'a>(words: &mut Words<'a>) -> Result<Item<'a>, Wrong> {
    let mut file = FileItem {
        path: words.text("a path")?,
        package: Cow::Borrowed(""),
        go_package: None,
        csharp_namespace: None,
        java_package: None,
        imported: false,
    };
    loop {
        if let Some(text) = words.pair("package")? {
            file.package = text;
        } else if let Some(text) = words.pair("go_package")? {
            file.go_package = Some(text);
        } else if let Some(text) = words.pair("csharp_namespace")? {
            file.csharp_namespace = Some(text);
        } else if let Some(text) = words.pair("java_package")? {
            file.java_package = Some(text);
        } else if words.take("imported") {
            file.imported = true;
        } else {
            return Ok(Item::File(file));
        }
    }
}

fn a_type<'a>(words: &mut Words<'a>, word: &str) -> Result<Line<'a>, Wrong> {
    let name = words.name("a full name")?;
    let file = words.file()?;
    let (mut message_set, mut legacy_json) = (false, false);
    let (mut closed, mut default) = (false, 0);
    let sort = |message_set, legacy_json, closed, default| match word {
        "message" => Sort::Message {
            message_set,
            legacy_json,
        },
        "enum" => Sort::Enum {
            closed,
            default,
            legacy_json,
        },
        _ => Sort::Service,
    };
    loop {
        if word == "message" && words.take("message_set") {
            message_set = true;
        } else if word != "service" && words.take("legacy_json") {
            legacy_json = true;
        } else if word == "enum" && words.take("closed") {
            closed = true;
        } else if word == "enum" && words.key("default") {
            default = words.number("a number")?;
        } else {
            break;
        }
    }
    let sort = sort(message_set, legacy_json, closed, default);
    finish(words, Item::Type(TypeItem { name, file, sort }))
}

fn field<'a>(words: &mut Words<'a>, is_extension: bool) -> Result<Line<'a>, Wrong> {
    let holder = words.name("a message")?;
    let number = words.number("a number")?;
    let mut label = Label::Plain;
    let mut more = true;
    if words.take("optional") {
        label = Label::Optional;
    } else if words.take("required") {
        label = Label::Required;
    } else if words.take("repeated") {
        label = Label::Repeated;
    } else if words.rest().starts_with(MAP) {
        more = false;
        label = Label::Map(words.key_type()?);
    }
    let ty = words.ty(!more)?;
    let mut field = FieldItem {
        holder,
        number,
        name: words.name("a name")?,
        label,
        ty,
        oneof: None,
        json: None,
        default: None,
        expanded: false,
        unverified: false,
        file: match is_extension {
            true => Some(words.file()?),
            false => None,
        },
    };
    loop {
        if words.key("oneof") {
            field.oneof = Some(words.name("a oneof")?);
        } else if let Some(text) = words.pair("json")? {
            field.json = Some(text);
        } else if words.key("default") {
            let (text, at) = words.raw("a default")?;
            if default::read(text, ty).is_none() {
                let message = format!("`{text}` is no default of its type");
                return Err(Wrong { message, at });
            }
            field.default = Some(Cow::Borrowed(text));
        } else if words.take("expanded") {
            field.expanded = true;
        } else if words.take("unverified") {
            field.unverified = true;
        } else {
            return finish(words, Item::Field(field));
        }
    }
}

fn value<'a>(words: &mut Words<'a>) -> Result<Line<'a>, Wrong> {
    let item = ValueItem {
        holder: words.name("an enum")?,
        number: words.number("a number")?,
        name: words.name("a name")?,
        alias: words.take("alias"),
    };
    finish(words, Item::Value(item))
}

fn method<'a>(words: &mut Words<'a>) -> Result<Line<'a>, Wrong> {
    let holder = words.name("a service")?;
    let name = words.name("a name")?;
    let (client_streaming, input) = words.message()?;
    words.expect("returns")?;
    let (server_streaming, output) = words.message()?;
    let idempotency = if words.take("no_side_effects") {
        Idempotency::NoSideEffects
    } else if words.take("idempotent") {
        Idempotency::Idempotent
    } else {
        Idempotency::Unknown
    };
    finish(
        words,
        Item::Method(MethodItem {
            holder,
            name,
            input,
            output,
            client_streaming,
            server_streaming,
            idempotency,
        }),
    )
}

fn finish<'a>(words: &mut Words<'a>, item: Item<'a>) -> Result<Line<'a>, Wrong> {
    let gone = words.take(GONE);
    words.end()?;
    Ok(Line::Element(item, gone))
}
