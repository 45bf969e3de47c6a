//! The code for protobuf's text format: a table for each message, of what the format calls its fields and what they are.
//! Must not know how text is read or written.

use schemars::JsonSchema;
use serde::Serialize;

use super::docs::quote;
use super::slot::{Holding, Slot};
use super::types::{Kind, Value};
use crate::contract::{Contract, Message, Scalar, WellKnown};

/// The table of a message, as the template prints it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TextTable {
    /// The message type.
    pub(super) ty: String,
    /// The variable.
    pub(super) table: String,
    /// What is true of the message, with a comma at the end.
    pub(super) head: String,
    /// The fields by number.
    pub(super) fields: Vec<String>,
}

/// The table of a message type with these fields.
pub(super) fn table(
    contract: &Contract,
    message: &Message,
    ty: &str,
    slots: &[Slot<'_>],
) -> TextTable {
    let mut head = vec![format!("Name: {}", quote(message.full_name.as_str()))];
    if message.well_known == Some(WellKnown::Any) {
        head.push("Any: true".to_owned());
    }
    if message.message_set {
        head.push("Set: true".to_owned());
    }
    if !message.reserved.names.is_empty() {
        let names: Vec<String> = message
            .reserved
            .names
            .iter()
            .map(|name| quote(name))
            .collect();
        head.push(format!("Reserved: []string{{{}}}", names.join(", ")));
    }
    let fields = message.field_order().into_iter().map(|index| {
        let slot = &slots[index];
        let name = contract.text_name(message, slot.field);
        let own = slot.field.name.as_str();
        field(slot, name, (name != own).then_some(own))
    });
    TextTable {
        ty: ty.to_owned(),
        table: format!("xlc{ty}Text"),
        head: head.join(", "),
        fields: fields.collect(),
    }
}

/// The table of the holder of an extension, whose only field is called by that name, and read by the alias too.
pub(super) fn extension(
    holder: &str,
    slot: &Slot<'_>,
    name: &str,
    alias: Option<&str>,
) -> TextTable {
    TextTable {
        ty: holder.to_owned(),
        table: format!("{holder}Text"),
        head: format!("Name: {}", quote(name)),
        fields: vec![field(slot, name, alias)],
    }
}

/// A field as an element of a table.
fn field(slot: &Slot<'_>, name: &str, alias: Option<&str>) -> String {
    let mut parts = vec![format!("Name: {}", quote(name))];
    if let Some(alias) = alias {
        parts.push(format!("Alias: {}", quote(alias)));
    }
    parts.push(format!("Number: {}", slot.number()));
    parts.push(format!("Kind: xlcrt.{}", kind(&slot.value)));
    match &slot.holding {
        Holding::Plain | Holding::Pointer { .. } => {}
        Holding::Arm { index, .. } => parts.push(format!("Oneof: {}", index + 1)),
        Holding::List { .. } => parts.push("List: true".to_owned()),
        Holding::Map { key } => parts.push(format!("Key: xlcrt.{}", self::kind(key))),
    }
    let go = &slot.value.go;
    match slot.value.kind {
        Kind::Scalar { .. } => {}
        Kind::Enum { closed: true, .. } => parts.push(format!("Enum: xlcrt.ClosedEnum[{go}]{{}}")),
        Kind::Enum { closed: false, .. } => parts.push(format!("Enum: xlcrt.OpenEnum[{go}]{{}}")),
        Kind::Message { .. } => parts.push(format!("Message: (*{go})(nil)")),
    }
    format!("{{{}}}", parts.join(", "))
}

/// The constant of the runtime for a kind of values.
fn kind(value: &Value) -> &'static str {
    match &value.kind {
        Kind::Enum { .. } => "TextEnum",
        Kind::Message {
            delimited: true, ..
        } => "TextGroup",
        Kind::Message { .. } => "TextMessage",
        Kind::Scalar {
            scalar,
            verify_utf8,
            ..
        } => match scalar {
            Scalar::Double => "TextDouble",
            Scalar::Float => "TextFloat",
            Scalar::Int32 => "TextInt32",
            Scalar::Int64 => "TextInt64",
            Scalar::Uint32 => "TextUint32",
            Scalar::Uint64 => "TextUint64",
            Scalar::Sint32 => "TextSint32",
            Scalar::Sint64 => "TextSint64",
            Scalar::Fixed32 => "TextFixed32",
            Scalar::Fixed64 => "TextFixed64",
            Scalar::Sfixed32 => "TextSfixed32",
            Scalar::Sfixed64 => "TextSfixed64",
            Scalar::Bool => "TextBool",
            Scalar::String if *verify_utf8 => "TextText",
            Scalar::String => "TextString",
            Scalar::Bytes => "TextBytes",
        },
    }
}
