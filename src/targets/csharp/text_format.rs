//! What the text format of protobuf needs to know of a message: one line for each field. How a text is written and read is
//! in the runtime, which goes by the binary form.

use super::field::FieldCode;
use super::symbols::Symbols;
use super::text::{indent, string};
use super::types::Value;
use crate::contract::{Field, Message, Shape};

/// The declaration of the fields of a message.
pub(super) fn fields(
    message: &Message,
    fields: &[FieldCode<'_>],
    symbols: &Symbols<'_>,
) -> Vec<String> {
    let set = if message.message_set { ", true" } else { "" };
    let head =
        format!("private static readonly TextNames s_textNames = new TextNames(ProtoName{set})");
    let mut all = vec![head];
    all.extend(indent(
        fields.iter().map(|code| field(message, code, symbols)),
    ));
    let names: Vec<String> = message.reserved.names.iter().map(|it| string(it)).collect();
    if !names.is_empty() {
        all.extend(indent([format!(".Reserve({})", names.join(", "))]));
    }
    if let Some(last) = all.last_mut() {
        last.push(';');
    }
    all
}

fn field(message: &Message, code: &FieldCode<'_>, symbols: &Symbols<'_>) -> String {
    let field = code.field;
    let name = symbols.contract.text_name(message, field);
    let mut arguments = vec![field.number.to_string(), string(name)];
    if let Some((_, key)) = &code.key {
        arguments.push(key.text_type());
    }
    arguments.push(code.value.text_type());
    if let Some(oneof) = field.oneof {
        arguments.push(format!(
            "oneof: {}",
            string(&message.oneofs[oneof.index()].name)
        ));
    }
    if name != field.name {
        arguments.push(format!("alias: {}", string(&field.name)));
    }
    let method = match field.shape {
        Shape::Singular { .. } => "Add",
        Shape::Repeated { .. } => "List",
        Shape::Map { .. } => "Map",
    };
    format!(".{method}({})", arguments.join(", "))
}

/// The call that gives the key of an extension its text.
pub(super) fn extension(field: &Field, value: &Value) -> String {
    let list = match field.shape {
        Shape::Repeated { .. } => ", true",
        // An extension cannot be a map.
        Shape::Singular { .. } | Shape::Map { .. } => "",
    };
    format!(".InText({}{list})", value.text_type())
}
