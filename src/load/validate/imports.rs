//! Rules of imports: each file once, public and weak ones are among them, and lite files are imported by lite files.

use hashbrown::HashMap;

use super::at::FileAt;
use super::extensions::is_lite;
use super::report::Report;
use super::{Check, Rule, error};
use crate::diagnostics::codes;
use crate::load::paths::to_i32;
use crate::load::tag;
use crate::source::Span;

pub(super) static RULES: &[Rule] = &[
    error(&codes::IMPORT_TWICE, Check::File(once)),
    error(&codes::DESCRIPTOR_SET, Check::File(indices)),
    error(&codes::LITE, Check::File(lite)),
];

/// The span of an import statement.
pub(super) fn span(file: FileAt<'_>, position: usize) -> Option<Span> {
    file.span(&[tag::file::DEPENDENCY, to_i32(position)])
}

fn once(file: FileAt<'_>, report: &mut Report<'_>) {
    let imports = &file.proto().dependency;
    if imports.len() < 2 {
        return;
    }
    let mut first = HashMap::with_capacity(imports.len());
    for (position, import) in imports.iter().enumerate() {
        let found = *first.entry(import.as_str()).or_insert(position);
        if found < position {
            report.push(
                report
                    .about(file, format!("`{import}` is imported twice"))
                    .at(span(file, position), "imported again")
                    .and(span(file, found), "first imported here")
                    .help("remove one of the two; keep the public one if one of them is"),
            );
        }
    }
}

fn indices(file: FileAt<'_>, report: &mut Report<'_>) {
    let proto = file.proto();
    let known = proto.dependency.len();
    for (list, noun) in [
        (&proto.public_dependency, "public"),
        (&proto.weak_dependency, "weak"),
    ] {
        for &index in list {
            if !usize::try_from(index).is_ok_and(|index| index < known) {
                report.push(
                    report
                        .about(
                            file,
                            format!("`{}` has no import {index} to be {noun}", proto.path),
                        )
                        .help("make the descriptor set anew with protoc or buf"),
                );
            }
        }
    }
}

fn lite(file: FileAt<'_>, report: &mut Report<'_>) {
    if is_lite(file) {
        return;
    }
    for (position, import) in file.file.imports.iter().enumerate() {
        let Some(import) = import.map(|import| file.other(import)) else {
            continue;
        };
        if is_lite(import) {
            report.push(
                report
                    .about(
                        file,
                        format!(
                            "`{}` imports the lite file `{}` and is not lite itself",
                            file.proto().path,
                            import.proto().path
                        ),
                    )
                    .at(span(file, position), "a lite file")
                    .and(
                        import.option_span(&[tag::file::OPTIONS], "optimize_for"),
                        "made lite here",
                    )
                    .note("code with descriptors needs the descriptors of all that it uses")
                    .help("set `optimize_for = LITE_RUNTIME` in both files, or in neither"),
            );
        }
    }
}
