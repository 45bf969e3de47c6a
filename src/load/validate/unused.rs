//! The warning about imports that nothing uses: no type, extended message or option of the file comes from them.

use super::at::{FileAt, Load};
use super::imports;
use super::report::Report;
use super::walk::{self, Found, Walker};
use super::{Check, Rule, warning};
use crate::diagnostics::codes;
use crate::load::descriptor::{EnumRef, FieldProto, MessageRef, TypeRef};
use crate::load::paths::{to_i32, to_u32};

pub(super) static RULES: &[Rule] = &[warning(&codes::UNUSED_IMPORT, Check::Load(unused))];

fn unused(load: Load<'_>, report: &mut Report<'_>) {
    // What does not resolve may be meant to come from any import.
    if report.has_errors() {
        return;
    }
    let mut walker = None;
    let mut waiting = Vec::new();
    for index in 0..load.linked.files.len() {
        let file = load.file(to_u32(index));
        if !file.file.requested || !file.file.from_source {
            continue;
        }
        candidates(file, &mut waiting);
        if !waiting.is_empty() {
            used_by_types(file, &mut waiting);
        }
        if !waiting.is_empty() {
            let walker = walker.get_or_insert_with(|| Walker::new(load.linked));
            used_by_options(file, walker, &mut waiting);
        }
        for &(_, position) in &waiting {
            report.push(
                report
                    .about(
                        file,
                        format!(
                            "nothing of `{}` is used",
                            file.proto().dependency[position as usize]
                        ),
                    )
                    .at(imports::span(file, position as usize), "unused import")
                    .help("remove the import"),
            );
        }
    }
}

/// The files that a file imports for itself, each with the position of its import. What is imported publicly is for
/// others, and so may be what an import itself passes on.
fn candidates(file: FileAt<'_>, waiting: &mut Vec<(u32, u32)>) {
    waiting.clear();
    for (position, import) in file.file.imports.iter().enumerate() {
        let Some(import) = *import else { continue };
        let passed_on = file.proto().public_dependency.contains(&to_i32(position));
        let passes_on = !file.other(import).proto().public_dependency.is_empty();
        if !passed_on && !passes_on {
            waiting.push((import, to_u32(position)));
        }
    }
}

/// Takes a file that is used from those that wait.
fn use_file(waiting: &mut Vec<(u32, u32)>, used: u32) {
    waiting.retain(|&(import, _)| import != used);
}

fn used_by_types(file: FileAt<'_>, waiting: &mut Vec<(u32, u32)>) {
    let proto = file.proto();
    let fields = proto.messages.iter().flat_map(|message| &message.fields);
    let extensions = proto.extensions.iter().map(|extension| &extension.field);
    let of_field = |field: &FieldProto| match field.resolved {
        TypeRef::None => None,
        TypeRef::Message(MessageRef { file, .. }) | TypeRef::Enum(EnumRef { file, .. }) => {
            Some(file)
        }
    };
    let types = fields.chain(extensions).filter_map(of_field);
    let extendees = proto
        .extensions
        .iter()
        .filter_map(|extension| Some(extension.resolved_extendee?.file));
    let methods = proto
        .services
        .iter()
        .flat_map(|service| &service.methods)
        .flat_map(|method| [method.resolved_input, method.resolved_output])
        .filter_map(|message| Some(message?.file));
    for used in types.chain(extendees).chain(methods) {
        if used != file.index {
            use_file(waiting, used);
        }
        if waiting.is_empty() {
            return;
        }
    }
}

fn used_by_options(file: FileAt<'_>, walker: &Walker<'_>, waiting: &mut Vec<(u32, u32)>) {
    walk::each(file.proto(), &mut |target, options, _| {
        if waiting.is_empty() {
            return;
        }
        walker.options(target, options, &mut |found| match found {
            Found::Extension(file, _) => use_file(waiting, file),
            Found::Packed(message) => use_file(waiting, message.file),
            Found::Field(..) => {}
        });
    });
}
