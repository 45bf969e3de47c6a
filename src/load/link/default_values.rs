//! Checks explicit default values: that the type can have one, and that the text is a value of the type.

use super::Linked;
use crate::diagnostics::{Diagnostic, codes};
use crate::load::defaults;
use crate::load::descriptor::{FieldProto, Kind, TypeRef, tag};
use crate::load::paths::{join, to_i32, to_u32};

/// Checks the defaults of all fields of all files.
pub(super) fn check(linked: &Linked, diagnostics: &mut Vec<Diagnostic>) {
    for (file_index, file) in (0..).zip(&linked.files) {
        let proto = &file.proto;
        let mut one = |field: &FieldProto, path: &dyn Fn() -> Vec<i32>| {
            let Some(text) = &field.default_value else {
                return;
            };
            if let Some(diagnostic) = problem(linked, field, text) {
                let path = join(&path(), &[tag::field::DEFAULT_VALUE]);
                diagnostics.push(
                    diagnostic
                        .at(linked.span(file_index, &path), "this default")
                        .in_file(proto.path.clone()),
                );
            }
        };
        for (index, message) in proto.messages.iter().enumerate() {
            for (position, field) in message.fields.iter().enumerate() {
                one(field, &|| {
                    join(
                        &proto.message_path(to_u32(index)),
                        &[tag::message::FIELD, to_i32(position)],
                    )
                });
            }
        }
        for (index, extension) in proto.extensions.iter().enumerate() {
            one(&extension.field, &|| proto.extension_path(to_u32(index)));
        }
    }
}

/// What is wrong with a field's default, if anything.
fn problem(linked: &Linked, field: &FieldProto, text: &str) -> Option<Diagnostic> {
    let name = &field.name;
    let error = |message| Diagnostic::error(&codes::DEFAULT_VALUE, message);
    match (field.kind?, field.resolved) {
        (Kind::Message | Kind::Group, _) => Some(
            error(format!("`{name}` is a message and cannot have a default"))
                .help("remove the default: an absent message is absent"),
        ),
        (Kind::Enum, TypeRef::Enum(reference)) => {
            let enumeration = linked.enumeration(reference);
            if defaults::parse(text, Kind::Enum, Some(enumeration)).is_some() {
                return None;
            }
            let names: Vec<String> = enumeration
                .values
                .iter()
                .take(8)
                .map(|value| format!("`{}`", value.name))
                .collect();
            Some(
                error(format!(
                    "the default of `{name}` is not a value of the enum `{}`",
                    linked.enum_name(reference)
                ))
                .and(linked.declaration(enumeration.symbol), "the enum")
                .help(format!("name one of its values: {}", names.join(", "))),
            )
        }
        // The type was not found, which was told.
        (Kind::Enum, TypeRef::None | TypeRef::Message(_)) => None,
        (kind @ Kind::Scalar(scalar), _) => {
            if defaults::parse(text, kind, None).is_some() {
                return None;
            }
            Some(
                error(format!(
                    "the default of `{name}` is not a value of the type `{}`",
                    scalar.name()
                ))
                .help("write a value in the range of the type"),
            )
        }
    }
}
