//! The view of the text format: what its reader and writer must know of the fields of a message. How they go about it is
//! the runtime's.

use super::class::{Class, Part};
use super::text;
use crate::contract::Shape;

/// The declaration of the fields.
pub(super) fn fields(class: &Class<'_>) -> String {
    let fields: Vec<String> = class.parts().iter().map(|it| field(class, it)).collect();
    let mut arguments = format!("[{}]", fields.join(", "));
    let names: Vec<String> = class
        .message
        .reserved
        .names
        .iter()
        .map(|it| text::string(it))
        .collect();
    if !names.is_empty() {
        arguments.push_str(&format!(", reserved: {{{}}}", names.join(", ")));
    }
    if class.message.message_set {
        arguments.push_str(", isMessageSet: true");
    }
    format!("static final _$text = xlc.TextFields({arguments});")
}

fn field(class: &Class<'_>, part: &Part<'_>) -> String {
    let text_name = class.contract.text_name(class.message, part.field);
    let name = text::string(text_name);
    let also = if text_name == part.field.name {
        String::new()
    } else {
        format!(", also: {}", text::string(&part.field.name))
    };
    let number = part.field.number;
    let kind = part.element.extension_kind();
    match part.field.shape {
        Shape::Map { .. } => {
            let key = part.key().extension_kind();
            format!("xlc.TextField.map({name}, {number}, {key}, {kind})")
        }
        Shape::Repeated { .. } => {
            format!("xlc.TextField({name}, {number}, {kind}{also}, isList: true)")
        }
        Shape::Singular { .. } => {
            let oneof =
                part.field
                    .oneof
                    .filter(|_| part.arm.is_some())
                    .map_or_else(String::new, |id| {
                        let oneof = &class.message.oneofs[id.index()];
                        format!(", oneof: {}", text::string(&oneof.name))
                    });
            format!("xlc.TextField({name}, {number}, {kind}{also}{oneof})")
        }
    }
}
